"""Cells that a spreadsheet would run as a formula, and the marks that keep it from doing so.

`unescaped(escaped(cell)) == cell` for every cell.
"""

import re

#: What makes a spreadsheet run a cell.
FORMULA_STARTS = "=+-@\t\r\n"

_NEEDS_MARK = re.compile(r"'*[=+\-@\t\r\n]")
_HAS_MARK = re.compile(r"'+[=+\-@\t\r\n]")
#: How people force a number into a text cell.
_FORCED_TEXT = re.compile(r'="([^"]*)"')


def escaped(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would run it."""
    return f"'{cell}" if _NEEDS_MARK.match(cell) else cell


def unescaped(cell: str) -> str:
    """The cell without that apostrophe."""
    return cell[1:] if _HAS_MARK.match(cell) else cell


def plain(cell: str) -> str:
    """What the writer of the cell meant: without the apostrophe, and without ="…" around a number kept as text."""
    cell = unescaped(cell)
    forced = _FORCED_TEXT.fullmatch(cell)
    return forced[1].strip() if forced else cell
