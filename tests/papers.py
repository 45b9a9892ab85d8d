"""Reading a slip back from its PDF: what is written on it, and the squares of its QR code."""

import re
from pathlib import Path

from core.rules.receipt import read_slip_code

_WRITTEN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")
_CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{3}\b")
#: x, y, width and height of a filled rectangle; nothing else on a slip is one.
_SQUARES = re.compile(rb"^n ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f\*$", re.MULTILINE)
_QUIET = 4


def written(pdf: bytes) -> str:
    """All that can be read on a slip, line by line."""
    return "\n".join(line.decode("cp1252") for line in _WRITTEN.findall(pdf))


def code_on(paper: Path | bytes) -> str:
    """The code on a slip, as it was drawn."""
    pdf = paper if isinstance(paper, bytes) else paper.read_bytes()
    codes = {read_slip_code(code) for code in _CODE.findall(written(pdf))}
    [code] = [code for code in codes if code]
    return code


def dark_squares(pdf: bytes, *, side: float, squares: int) -> set[tuple[int, int]]:
    """The dark squares of the QR code, by row and column. side: of it all in points, with the white around it."""
    unit = side / (squares + 2 * _QUIET)
    dark = set()
    for x, y, width, _ in (map(float, found) for found in _SQUARES.findall(pdf)):
        row = round((side - y) / unit) - _QUIET - 1
        left = round(x / unit) - _QUIET
        dark |= {(row, column) for column in range(left, left + round(width / unit))}
    return dark
