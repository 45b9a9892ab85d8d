"""One record into one row: what must be readable, and what the row can do without."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeVar

from core.files.cells import FORMULA_STARTS, plain
from core.files.columns import Column
from core.files.dates import read_date
from core.files.rows import ExportRow, RefusedRow, RowWarning
from core.files.villages import DistrictError, VillageError, VillageNames
from core.regions import is_district, retired_district
from core.rules.nik import SYNTHETIC_DISTRICT, read_nik, registered_district
from core.rules.phone import read_phone
from core.rules.siak import read_status
from core.rules.unreadable import Unreadable

_Value = TypeVar("_Value")

_CONSENT = frozenset({"YA", "Y", "SETUJU", "1", "X", "V"})
_NOTHING = frozenset({"", "-", "--"})
_MAYBE_MARKED = frozenset("'=")
_FORMULA = tuple(FORMULA_STARTS)


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
    phone: str
    consent: str
    receipt: str
    note: str


class _RowRefusedError(Exception):
    """This record cannot be taken, because of this column."""

    def __init__(self, column: Column, reason: str, fix: str) -> None:
        super().__init__(column)
        self.column, self.reason, self.fix = column, reason, fix


class RowReader:
    """Reads the records of one file, whose columns stand where its header says."""

    def __init__(self, header: Sequence[str], columns: Mapping[Column, int], villages: VillageNames) -> None:
        self._width = len(header)
        self._headers = {column: header[columns[column]].strip() if column in columns else column for column in Column}
        self._dated = Column.RECORDED_ON in columns or Column.APPLIED_ON in columns
        # One empty cell is put behind each record; columns that the file lacks are picked from there.
        self._pick = itemgetter(*(columns.get(Column[text.upper()], self._width) for text in _Texts._fields))
        self._villages = villages

    def read(self, number: int, cells: list[str]) -> ExportRow | RefusedRow | None:
        """The row, or why it is refused; None for an empty record and for the header repeated on a new page."""
        if not any(cells):
            return None
        try:
            return self._row(number, self._texts(cells))
        except _RowRefusedError as refusal:
            if not any(map(str.strip, cells)) or self._headers[Column.NIK] in map(str.strip, cells):
                return None
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

    def _row(self, number: int, texts: _Texts) -> ExportRow:
        warnings: list[RowWarning] = []
        nik = self._nik(texts.nik, warnings)
        name = self._name(texts.name, warnings)
        village = self._village(texts)
        status = self._status(texts.status, warnings)
        recorded_on = self._ordering_date(Column.RECORDED_ON, texts.recorded_on)
        applied_on = self._ordering_date(Column.APPLIED_ON, texts.applied_on)
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
            phone=self._if_readable(Column.PHONE, read_phone, text=texts.phone, warnings=warnings),
            consent=texts.consent.upper() in _CONSENT,
            receipt=None if texts.receipt in _NOTHING else "".join(texts.receipt.split()).upper(),
            note=" ".join(texts.note.upper().split()),
            warnings=tuple(warnings),
        )

    def _nik(self, text: str, warnings: list[RowWarning]) -> str:
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
        if _known_status(text) is None:
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


@lru_cache(maxsize=8192)
def _was_ever_a_district(first_six: str) -> bool:
    """Where a NIK was first issued is nobody's domicile now, but it was a district once."""
    code = registered_district(first_six)
    return first_six[4:] == SYNTHETIC_DISTRICT or is_district(code) or retired_district(code) is not None


_known_status = lru_cache(maxsize=1024)(read_status)
