"""Another office's list: nearly every row is refused for its village, and its codes or NIKs say of which regency."""

from collections import Counter
from collections.abc import Sequence

from core.errors import NotFound
from core.files.cells import plain
from core.files.columns import Column, columns_of
from core.files.export import ExportFile
from core.files.rows import RefusedRow
from core.regions import Region, regency

#: Fewer rows are somebody's slip, and are told one by one.
_FEWEST_ROWS = 10
_NEARLY_ALL = 0.9
_PLACES = (Column.VILLAGE_CODE, Column.VILLAGE, Column.DISTRICT)
_VILLAGE_LENGTH = 10


def other_regency(export: ExportFile, refused: Sequence[RefusedRow], *, taken: int, own: str) -> Region | None:
    """Return the regency whose list this is, if it is plainly another's.

    taken: how many rows were not refused. own: this office's regency.
    """
    columns = columns_of(export.header)
    places = {export.header[columns[column]].strip() for column in _PLACES if column in columns} | set(_PLACES)
    for_place = [row for row in refused if row.column in places]
    if len(for_place) < max(_FEWEST_ROWS, _NEARLY_ALL * (len(refused) + taken)):
        return None
    named = Counter(_regency(row, columns.get(Column.VILLAGE_CODE), columns[Column.NIK]) for row in for_place)
    code, rows = named.most_common(1)[0]
    try:
        return regency(code) if code != own and 2 * rows > len(for_place) else None
    except NotFound:
        return None


def _regency(row: RefusedRow, code_at: int | None, nik_at: int) -> str:
    """Of the village's code, or where there is none of the NIK, whose place of registration is mostly home."""
    code = _digits(row, code_at) if code_at is not None else ""
    if len(code) != _VILLAGE_LENGTH:
        code = _digits(row, nik_at)
    return f"{code[:2]}.{code[2:4]}"


def _digits(row: RefusedRow, at: int) -> str:
    cell = plain(row.cells[at].strip()) if at < len(row.cells) else ""
    return "".join(filter(str.isdecimal, cell))
