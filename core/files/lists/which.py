"""Which card a row speaks of: by NIK, by receipt, or by a pickup number with its box or its place."""

import re
from dataclasses import dataclass
from datetime import date

from core.files.columns import C
from core.files.lists.cells import Cells
from core.rules.receipt import SHORTEST_CODE, bare_code

_CODE = re.compile(r"\d\d\.?\d\d(?:\.?\d\d(?:\.?\d{4})?)?", re.ASCII)
_MOST = 999


@dataclass(frozen=True, slots=True, repr=False)
class Which:
    """One way to say it is filled. receipt: its letters and digits. number: with box or point.

    on: for a number at a point, the day of the hand-over, because numbers are given again.
    """

    nik: str | None = None
    receipt: str | None = None
    box: int | None = None
    point: str | None = None
    number: int | None = None
    on: date | None = None


def receipt_of(cells: Cells[C], column: C) -> str:
    """A receipt's code, as its letters and digits."""
    code = bare_code(cells.text(column))
    if code is None:
        raise cells.wrong(column, f"a receipt has at least {SHORTEST_CODE} letters and digits", "write the whole code")
    return code


def number_of(cells: Cells[C], column: C) -> int:
    """A pickup number."""
    number = cells.whole(column, "pickup number")
    if not 1 <= number <= _MOST:
        raise cells.wrong(column, f"a pickup number is 1 to {_MOST}", "write it as on the list in the box")
    return number


def place_of(cells: Cells[C], column: C) -> str | None:
    """A region's code with its dots, or none."""
    text = cells.text(column)
    if not text:
        return None
    if not _CODE.fullmatch(text):
        raise cells.wrong(
            column, "this is no code of the office, a district or a village", "write it like 35.22.15.2003"
        )
    digits = text.replace(".", "")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
