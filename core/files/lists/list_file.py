"""A list of any kind, opened: its rows are read as they are asked for, each as what its kind makes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from core.errors import InputError, NotFound
from core.files.cells import plain
from core.files.columns import C, Vocabulary
from core.files.dates import title_date
from core.files.detect import table_in
from core.files.export import ListHead
from core.files.header import MOST_TITLE_ROWS
from core.files.lists.cells import CellError, Cells
from core.files.lost_digits import last_digits_lost
from core.files.records import BrokenRecord, Record
from core.files.rows import RefusedRow
from core.files.table import NumberCell

_SAMPLE_ROWS = 1000

V = TypeVar("V")


@dataclass(frozen=True, slots=True, repr=False)
class ListRow(Generic[V]):
    """One row that can be read. number: as a spreadsheet shows it. cells: as in the file, to be corrected there.

    Without a representation: nothing personal may reach a log through a traceback.
    """

    number: int
    cells: tuple[str, ...]
    value: V


class ListFile(Generic[C, V]):
    """Iterate over it for the rows."""

    def __init__(
        self, path: Path, known: Vocabulary[C], nik: C | None, read: Callable[[Cells[C]], V], *, sheet: str | None
    ) -> None:
        """nik: the column of NIKs, if this kind has one. read: makes a value of a row, or raises CellError."""
        table, header = table_in(path, known, sheet=sheet)
        titles = (*table.preamble, *header.titles)[-MOST_TITLE_ROWS + 1 :]
        day = title_date(" ".join(cell for cells in titles for cell in cells))
        self.head = ListHead(path, table.sheet, list(header.cells), titles, day, table.delimiter)
        self.size_bytes = table.size_bytes
        self._table, self._header, self._read = table, header, read
        self._doubtful = nik is not None and self._last_digits_lost(nik)

    @property
    def bytes_read(self) -> int:
        """How far the iteration under way has come, of size_bytes."""
        return self._table.bytes_read

    def __iter__(self) -> Iterator[ListRow[V] | RefusedRow]:
        width = len(self._header.cells)
        header_rows = {_without_blanks(cells) for cells in self._header.rows}
        for number, record in self._records():
            if isinstance(record, BrokenRecord):
                yield self.refusal(number, record.cells, self.head.header[0], _BROKEN, "remove the mark, or close it")
                continue
            blank = not _without_blanks(record)
            if blank or _without_blanks(record) in header_rows:
                continue
            if self._table.may_shift and any(map(str.strip, record[width:])):
                yield self.refusal(number, record, self.head.header[0], _SHIFTED, "put a cell with a ; in quotes")
                continue
            yield self._row(number, record[:width])

    def refusal(self, number: int, cells: Sequence[str], column: str, reason: str, fix: str) -> RefusedRow:
        """A row of this list that cannot be taken."""
        return RefusedRow(number=number, column=column, reason=reason, fix=fix, cells=tuple(cells))

    def _row(self, number: int, record: list[str]) -> ListRow[V] | RefusedRow:
        texts = {column: _meant(record[place]) for column, place in self._header.columns.items() if place < len(record)}
        try:
            value = self._read(Cells(texts, doubtful=self._doubtful))
        except CellError as error:
            place = self._header.columns.get(error.column)
            named = self._header.cells[place].strip() if place is not None else str(error.column)
            if error.cell is not None and place is not None:
                record[place] = error.cell
            return self.refusal(number, record, named, error.reason, error.fix)
        return ListRow(number, tuple(record), value)

    def _records(self) -> Iterator[tuple[int, Record]]:
        return ((number, record) for number, record in self._table if number > self._header.last_row)

    def _last_digits_lost(self, nik: C) -> bool:
        place = self._header.columns.get(nik)
        if place is None:
            return False
        rows = (cells for _, cells in islice(self._records(), _SAMPLE_ROWS) if not isinstance(cells, BrokenRecord))
        niks = [cells[place] for cells in rows if len(cells) > place]
        return last_digits_lost(plain(one.strip()) for one in niks if not isinstance(one, NumberCell))


_BROKEN = "a quotation mark is opened and not closed, or the row is longer than any real one"
_SHIFTED = "the row has more cells than the header, so they may stand in the wrong columns"


def _meant(cell: str) -> str:
    """Without what a spreadsheet puts around; that it is a number's cell stays known."""
    return cell if isinstance(cell, NumberCell) else plain(cell.strip())


def _without_blanks(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cells)))


def check_file(path: Path) -> None:
    """Raise NotFound or InputError, with what to do, where there is no file to read."""
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise NotFound(f"there is no file {path.name} in that folder; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path.name} is a folder; name the file in it") from None
    except PermissionError:
        raise InputError(f"{path.name} may not be read by this user; change its permissions") from None
