"""One record into one row: what must be readable, and what the row can do without."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeVar

from core.files import lost_digits
from core.files.cells import FORMULA_STARTS, plain
from core.files.columns import Column
from core.files.dates import read_date
from core.files.header import Header
from core.files.rows import ExportRow, RefusedRow, RowWarning
from core.files.table import NumberCell
from core.files.villages import DistrictError, VillageError, VillageNames
from core.regions import is_district, retired_district
from core.rules.nik import LENGTH, SYNTHETIC_DISTRICT, read_nik, registered_district
from core.rules.phone import read_phone
from core.rules.receipt import SHORTEST_CODE, bare_code
from core.rules.siak import read_status
from core.rules.unreadable import Unreadable

_Value = TypeVar("_Value")

_CONSENT = frozenset({"YA", "Y", "SETUJU", "1", "X", "V"})
#: Words of a family card for who is married or was; "BELUM KAWIN" is neither.
_MARRIED = frozenset({"KAWIN", "KAWIN TERCATAT", "KAWIN BELUM TERCATAT", "CERAI HIDUP", "CERAI MATI", "MENIKAH"})
_NOTHING = frozenset({"", "-", "--"})
_MAYBE_MARKED = frozenset("'=")
_FORMULA = tuple(FORMULA_STARTS)
_SHORT_RECEIPT = (
    f"a code of fewer than {SHORTEST_CODE} letters and digits proves nothing; print a receipt: kabar receipt"
)


class _Texts(NamedTuple):
    """The cells of one record, named as in Column; empty where the file has no such column."""

    nik: str
    name: str
    village_code: str
    village: str
    district: str
    status: str
    recorded_on: str
    applied_on: str
    born_on: str
    married: str
    phone: str
    consent: str
    receipt: str
    note: str


class _RowRefusedError(Exception):
    """This record cannot be taken, because of this column. cell: what to write back there instead of what it holds."""

    def __init__(self, column: Column, reason: str, fix: str, *, cell: str | None = None) -> None:
        super().__init__(column)
        self.column, self.reason, self.fix, self.cell = column, reason, fix, cell


class RowReader:
    """Reads the records of one file, whose columns stand where its header says."""

    def __init__(self, header: Header[Column], villages: VillageNames, *, may_shift: bool, doubtful: bool) -> None:
        """may_shift: more cells than the header mean that they stand in the wrong columns.

        doubtful: the NIKs of this file that end in 0 have lost their last digit (see lost_digits).
        """
        columns = header.columns
        self._width = len(header.cells)
        self._headers = {
            column: header.cells[columns[column]].strip() if column in columns else column for column in Column
        }
        self._header_rows = {_without_blanks(cells) for cells in header.rows}
        self._columns = columns
        self._may_shift = may_shift
        self._doubtful = doubtful
        self._dated = Column.RECORDED_ON in columns or Column.APPLIED_ON in columns
        # One empty cell is put behind each record; columns that the file lacks are picked from there.
        self._pick = itemgetter(*(columns.get(Column[text.upper()], self._width) for text in _Texts._fields))
        self._villages = villages

    def read(self, number: int, cells: list[str]) -> ExportRow | RefusedRow | None:
        """The row, or why it is refused; None for an empty record and for the header repeated on a new page."""
        if not any(cells):
            return None
        if not self._may_shift:  # what stands beside the table is no part of it
            cells = cells[: self._width]
        try:
            return self._row(number, cells)
        except _RowRefusedError as refusal:
            return None if self._is_no_data(cells) else self._refused(number, cells, refusal)

    def _is_no_data(self, cells: Sequence[str]) -> bool:
        row = _without_blanks(cells)
        # In its own column: a row that was refused before says NIK in another one, as what it was refused for.
        place = self._columns[Column.NIK]
        repeated = self._headers[Column.NIK] in map(str.strip, cells[place : place + 1])
        return not row or repeated or row in self._header_rows

    def _refused(self, number: int, cells: list[str], refusal: _RowRefusedError) -> RefusedRow:
        if refusal.cell is not None:
            cells[self._columns[refusal.column]] = refusal.cell
        return RefusedRow(
            number=number,
            column=self._headers[refusal.column],
            reason=refusal.reason,
            fix=refusal.fix,
            cells=tuple(cells),
        )

    def _texts(self, cells: list[str]) -> _Texts:
        if any(map(str.strip, cells[self._width :])):
            raise _RowRefusedError(
                Column.NIK,
                "the row has more cells than the header, so they may stand in the wrong columns",
                "put a cell that holds the separator in quotes",
            )
        padded = cells[: self._width] + [""] * (self._width - len(cells) + 1)
        picked = map(str.strip, self._pick(padded))
        return _Texts(*[plain(cell) if cell[:1] in _MAYBE_MARKED else cell for cell in picked])

    def _row(self, number: int, cells: list[str]) -> ExportRow:
        texts = self._texts(cells)
        warnings: list[RowWarning] = []
        nik = self._nik(texts.nik, warnings, is_number=self._is_number(cells, Column.NIK))
        name = self._name(texts.name, warnings)
        village = self._village(texts)
        status = self._status(texts.status, warnings)
        recorded_on = self._ordering_date(Column.RECORDED_ON, texts.recorded_on)
        applied_on = self._ordering_date(Column.APPLIED_ON, texts.applied_on)
        if self._is_number(cells, Column.RECEIPT):
            self._warn(warnings, Column.RECEIPT, "a spreadsheet keeps the code as a number, so zeros in front are lost")
        if texts.receipt not in _NOTHING and bare_code(texts.receipt) is None:
            self._warn(warnings, Column.RECEIPT, _SHORT_RECEIPT)
        if self._dated and recorded_on is None and applied_on is None:
            self._warn(warnings, Column.RECORDED_ON, "no date; the card has no place in the print queue")
        return ExportRow(
            number=number,
            nik=nik,
            name=name,
            village=village,
            status=status,
            recorded_on=recorded_on,
            applied_on=applied_on,
            born_on=self._if_readable(Column.BORN_ON, read_date, text=texts.born_on, warnings=warnings),
            married=" ".join(texts.married.upper().split()) in _MARRIED,
            phone=self._if_readable(Column.PHONE, read_phone, text=texts.phone, warnings=warnings),
            consent=texts.consent.upper() in _CONSENT,
            receipt=None if texts.receipt in _NOTHING else "".join(texts.receipt.split()).upper(),
            note=" ".join(texts.note.upper().split()),
            warnings=tuple(warnings),
        )

    def _is_number(self, cells: Sequence[str], column: Column) -> bool:
        if self._may_shift:  # plain text knows no numbers
            return False
        place = self._columns.get(column, self._width)
        return place < len(cells) and isinstance(cells[place], NumberCell)

    def _nik(self, text: str, warnings: list[RowWarning], *, is_number: bool) -> str:
        lost = is_number or (self._doubtful and text.endswith("0"))
        if lost and sum(map(str.isdecimal, text)) == LENGTH:
            raise _RowRefusedError(Column.NIK, lost_digits.REASON, lost_digits.FIX, cell=f"{text[:-1]}?")
        try:
            nik = read_nik(text)
        except Unreadable as error:
            raise _RowRefusedError(Column.NIK, error.reason, error.fix) from None
        if not _was_ever_a_district(nik[:6]):
            self._warn(warnings, Column.NIK, "its first six digits are no district of today or of old")
        return nik

    def _name(self, text: str, warnings: list[RowWarning]) -> str:
        name = " ".join(text.split())
        if name.startswith(_FORMULA):
            # The card must not be lost for it, and no spreadsheet may run the name when a list is written one day.
            name = name.lstrip(FORMULA_STARTS + " ")
            self._warn(warnings, Column.NAME, "the name is a spreadsheet's formula; its first sign was dropped")
        if not name:
            raise _RowRefusedError(Column.NAME, "the name is empty", "write the name as on the family card")
        return name

    def _village(self, texts: _Texts) -> str:
        try:
            return self._villages.code_of(code=texts.village_code, village=texts.village, district=texts.district)
        except VillageError as error:
            named = Column.DISTRICT if isinstance(error, DistrictError) else Column.VILLAGE
            column = Column.VILLAGE_CODE if texts.village_code else named
            raise _RowRefusedError(column, error.reason, error.fix) from None

    def _status(self, text: str, warnings: list[RowWarning]) -> str:
        if not text:
            raise _RowRefusedError(Column.STATUS, "the status is empty", "write the status as SIAK shows it")
        if read_status(text) is None:
            self._warn(warnings, Column.STATUS, "a status not known here; it is kept as it is and moves no card")
        return text.upper()

    def _ordering_date(self, column: Column, text: str) -> date | None:
        """A date that orders the print queue: a wrong one would move somebody before others, so it must be readable."""
        if text in _NOTHING:
            return None
        try:
            return read_date(text)
        except Unreadable as error:
            raise _RowRefusedError(column, error.reason, error.fix) from None

    def _if_readable(
        self, column: Column, read: Callable[[str], _Value], *, text: str, warnings: list[RowWarning]
    ) -> _Value | None:
        """A value that the row can do without."""
        if text in _NOTHING:
            return None
        try:
            return read(text)
        except Unreadable as error:
            self._warn(warnings, column, f"{error.reason}; the row was taken without it")
            return None

    def _warn(self, warnings: list[RowWarning], column: Column, reason: str) -> None:
        warnings.append(RowWarning(self._headers[column], reason))


def _without_blanks(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cells)))


@lru_cache(maxsize=8192)
def _was_ever_a_district(first_six: str) -> bool:
    """Where a NIK was first issued is nobody's domicile now, but it was a district once."""
    code = registered_district(first_six)
    return first_six[4:] == SYNTHETIC_DISTRICT or is_district(code) or retired_district(code) is not None
