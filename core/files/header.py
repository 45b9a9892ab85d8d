"""Where the table begins: a header of one row, or of two whose upper one names groups, below whatever titles.

1. The header is the row, among the first fifty, with the most known columns; two rows count as one only if together
   they name more than either alone.
2. Of two rows each column gets the text that is known: both words ("TGL" over "REKAM"), else the lower one ("DESA"
   under "ALAMAT"). A group stands over the empty cells to its right, as a merged cell is stored.
3. A row that only numbers the columns, (1) (2) (3), belongs to the header.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from typing import Generic

from core.errors import InputError
from core.files.columns import CARDS, C, Column, Vocabulary
from core.files.records import BrokenRecord, Record
from core.rules.nik import find_niks

#: Where a header is looked for.
MOST_TITLE_ROWS = 50
_FEWEST_NUMBERS = 3

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Generic[C]):
    """titles: the rows above. rows: the header's own, as in the file. cells: one text for each column.

    columns: where the known ones stand. last_row: the spreadsheet's number of the last row that is no data.
    """

    titles: tuple[_Row, ...]
    rows: tuple[_Row, ...]
    cells: _Row
    columns: dict[C, int]
    last_row: int


def header_of(table: Iterable[tuple[int, Record]]) -> Header[Column]:
    """The likeliest header of an export; if none is there, one whose columns say so."""
    return header_in(table, CARDS)


def header_in(table: Iterable[tuple[int, Record]], known: Vocabulary[C]) -> Header[C]:
    """The same of a table with these columns."""
    numbered = [(number, _cells(record)) for number, record in islice(table, MOST_TITLE_ROWS)]
    rows = [cells for _, cells in numbered] or [()]
    one = [(at, 1, cells) for at, cells in enumerate(rows)]
    two = [
        (at, 2, _combined(upper, lower, known))
        for at, ((above, upper), (below, lower)) in enumerate(pairwise(numbered))
        if below == above + 1 and not _data(lower)
    ]
    found = [(known.columns_of(cells), at, height, cells) for at, height, cells in one + two]
    columns, at, height, cells = max(found, key=lambda candidate: len(candidate[0]))
    height += _numbers_columns(rows[at + height] if at + height < len(rows) else ())
    return Header(
        titles=tuple(rows[:at]),
        rows=tuple(rows[at : at + height]),
        cells=cells,
        columns=columns,
        last_row=numbered[at + height - 1][0] if numbered else 0,
    )


def require_columns(place: str, header: Header[C], known: Vocabulary[C]) -> None:
    """InputError, naming the place and what to add, if a column is missing that every row needs."""
    if missing := known.missing_columns(header.columns):
        found = "no header row was found"
        if len(header.columns) > 1:
            found = "the header row was found, but not every column"
        raise InputError(f"{place}: {found}; add a column headed {' and one headed '.join(missing)}")


def _cells(record: Record) -> _Row:
    return record.cells if isinstance(record, BrokenRecord) else tuple(record)


def _data(cells: _Row) -> bool:
    """Whether somebody's NIK stands there, so that it is no header however well its other cells read as one."""
    return any(map(find_niks, cells))


def _combined(upper: _Row, lower: _Row, known: Vocabulary[C]) -> _Row:
    texts = []
    group = ""
    for above, below in zip_longest(map(str.strip, upper), map(str.strip, lower), fillvalue=""):
        group = (above or group) if below else ""
        both = " ".join(filter(None, (group or above, below)))
        texts.append(below if below and not known.columns_of([both]) and known.columns_of([below]) else both)
    return tuple(texts)


def _numbers_columns(cells: Sequence[str]) -> bool:
    numbers = [cell.strip(" ().") for cell in cells if cell.strip()]
    return len(numbers) >= _FEWEST_NUMBERS and numbers == [str(place + 1) for place in range(len(numbers))]
