"""An office's list, opened: where it stands in its file is known, its rows are read as they are asked for."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from core.errors import InputError, NotFound
from core.files.cells import plain
from core.files.columns import CARDS, Column
from core.files.dates import title_date
from core.files.detect import table_in
from core.files.header import MOST_TITLE_ROWS, Header
from core.files.lost_digits import last_digits_lost
from core.files.read_row import RowReader
from core.files.records import BrokenRecord, Record
from core.files.rows import ExportRow, RefusedRow
from core.files.table import NumberCell, Table
from core.files.villages import VillageNames

#: So many rows show whether a spreadsheet took the last digit of every NIK.
_SAMPLE_ROWS = 1000


class ListHead(NamedTuple):
    """What is known of a list without its rows. titles: the rows above its header; sheet: a workbook's."""

    path: Path
    sheet: str | None
    header: Sequence[str]
    titles: Sequence[Sequence[str]]
    title_date: date | None
    delimiter: str


class ExportFile:
    """Iterate over it for the rows, as often as needed: each time the list is read again from its start."""

    def __init__(self, path: Path, table: Table, header: Header[Column], villages: VillageNames) -> None:
        self.path = path
        self.sheet = table.sheet
        self.header = list(header.cells)
        self.titles = (*table.preamble, *header.titles)[-MOST_TITLE_ROWS + 1 :]  # with them the header is found again
        #: Of when the list is, if a title says so: "PER 27 SEPTEMBER 2017".
        self.title_date: date | None = title_date(" ".join(cell for cells in self.titles for cell in cells))
        self.delimiter = table.delimiter
        self.size_bytes = table.size_bytes
        self._table = table
        self._last_header_row = header.last_row
        self._reader = RowReader(header, villages, may_shift=table.may_shift, doubtful=self._last_digits_lost(header))

    @property
    def head(self) -> ListHead:
        """What is known of it without its rows."""
        return ListHead(self.path, self.sheet, self.header, self.titles, self.title_date, self.delimiter)

    @property
    def bytes_read(self) -> int:
        """How far the iteration under way has come, of size_bytes; it reads a little ahead."""
        return self._table.bytes_read

    def __iter__(self) -> Iterator[ExportRow | RefusedRow]:
        for number, record in self._records():
            if isinstance(record, BrokenRecord):
                yield self._broken(number, record)
            elif row := self._reader.read(number, record):
                yield row

    def _records(self) -> Iterator[tuple[int, Record]]:
        for number, record in self._table:
            if number > self._last_header_row:
                yield number, record

    def _broken(self, number: int, record: BrokenRecord) -> RefusedRow:
        return RefusedRow(
            number=number,
            column=self.header[0],
            reason="a quotation mark is opened and not closed, or the row is longer than any real one",
            fix="remove the quotation mark, or close it",
            cells=record.cells,
        )

    def _last_digits_lost(self, header: Header[Column]) -> bool:
        place = header.columns[Column.NIK]
        rows = (cells for _, cells in islice(self._records(), _SAMPLE_ROWS) if not isinstance(cells, BrokenRecord))
        niks = (cells[place] for cells in rows if len(cells) > place)
        return last_digits_lost(plain(nik.strip()) for nik in niks if not isinstance(nik, NumberCell))


def open_export(path: Path, villages: VillageNames, *, sheet: str | None = None) -> ExportFile:
    """Open a list for reading; says plainly what is wrong if there is none. sheet: a workbook's, by name or number."""
    try:
        return ExportFile(path, *table_in(path, CARDS, sheet=sheet), villages)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path.name} in that folder; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path.name} is a folder; name the file in it") from None
    except PermissionError:
        raise InputError(f"{path.name} may not be read by this user; change its permissions") from None
