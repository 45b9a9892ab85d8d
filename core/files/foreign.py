"""Another office's list: nearly every row is refused for its village, and its codes or NIKs say of which regency."""

from collections import Counter

from core.errors import NotFound
from core.files.cells import plain
from core.files.columns import Column, columns_of
from core.files.export import ListHead
from core.files.rows import RefusedRow
from core.regions import Region, regency

#: Fewer rows are somebody's slip, and are told one by one.
_FEWEST_ROWS = 10
_NEARLY_ALL = 0.9
_PLACES = (Column.VILLAGE_CODE, Column.VILLAGE, Column.DISTRICT)
_VILLAGE_LENGTH = 10


class ForeignRows:
    """Notes, row by row, what is refused for its village, to know at the end whose list this is."""

    def __init__(self, head: ListHead, *, own: str) -> None:
        """own: this office's regency."""
        columns = columns_of(head.header)
        self._own = own
        self._places = {head.header[columns[column]].strip() for column in _PLACES if column in columns} | set(_PLACES)
        self._code_at, self._nik_at = columns.get(Column.VILLAGE_CODE), columns[Column.NIK]
        self._named: Counter[str] = Counter()

    def add(self, row: RefusedRow) -> None:
        """Note one refused row."""
        if row.column in self._places:
            self._named[self._regency(row)] += 1

    def regency(self, *, rows: int) -> Region | None:
        """Return the regency whose list this is, if it is plainly another's. rows: all there are."""
        for_place = self._named.total()
        if for_place < max(_FEWEST_ROWS, _NEARLY_ALL * rows):
            return None
        code, named = self._named.most_common(1)[0]
        try:
            return regency(code) if code != self._own and 2 * named > for_place else None
        except NotFound:
            return None

    def _regency(self, row: RefusedRow) -> str:
        """Of the village's code, or where there is none of the NIK, whose place of registration is mostly home."""
        code = _digits(row, self._code_at) if self._code_at is not None else ""
        if len(code) != _VILLAGE_LENGTH:
            code = _digits(row, self._nik_at)
        return f"{code[:2]}.{code[2:4]}"


def _digits(row: RefusedRow, at: int) -> str:
    cell = plain(row.cells[at].strip()) if at < len(row.cells) else ""
    return "".join(filter(str.isdecimal, cell))
