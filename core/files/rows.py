"""What comes out of an export: one of these for every row that is not empty."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class RowWarning(NamedTuple):
    """The row is taken, but somebody should look. column: the header as in the file; reason: never repeats the cell."""

    column: str
    reason: str


class ExportRow(NamedTuple):
    """One card as the office sees it.

    number: the row as a spreadsheet shows it, from 1. village: dotted code. status: as in the file, upper case.
    phone: E.164. receipt: upper case, without spaces. note: the office's remark, upper case: HILANG, RUSAK …
    married: is or was; it lets somebody be printed a card before the age of 17.
    """

    number: int
    nik: str
    name: str
    village: str
    status: str
    recorded_on: date | None
    applied_on: date | None
    born_on: date | None
    married: bool
    phone: str | None
    consent: bool
    receipt: str | None
    note: str
    warnings: tuple[RowWarning, ...]

    def __repr__(self) -> str:
        """The number only: nothing personal may reach a log through a traceback."""
        return f"ExportRow(number={self.number})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RefusedRow:
    """A row that cannot be taken. column: the header as in the file; cells: as in the file, for correcting them."""

    number: int
    column: str
    reason: str
    fix: str
    cells: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the cells, which are personal."""
        return f"RefusedRow(number={self.number}, column={self.column!r}, reason={self.reason!r})"
