"""An office's export, opened: its layout is known, its rows are read as they are asked for."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from core.errors import InputError, NotFound
from core.files.dates import title_date
from core.files.detect import Shape, shape_of
from core.files.read_row import RowReader
from core.files.records import BrokenRecord, records
from core.files.rows import ExportRow, RefusedRow
from core.files.villages import VillageNames


class ExportFile:
    """Iterate over it for the rows, as often as needed: each time the file is read again from its start."""

    def __init__(self, path: Path, shape: Shape, villages: VillageNames) -> None:
        self.path = path
        self.header = list(shape.header)
        self.titles = shape.titles
        #: Of when the list is, if a title says so: "PER 27 SEPTEMBER 2017".
        self.title_date: date | None = title_date(" ".join(cell for cells in shape.titles for cell in cells))
        self.encoding = shape.encoding
        self.delimiter = shape.delimiter
        self.size_bytes = path.stat().st_size
        self._columns = shape.columns
        self._villages = villages
        self._source: io.BufferedReader | None = None

    @property
    def bytes_read(self) -> int:
        """How far the iteration under way has come, of size_bytes; it reads a little ahead."""
        return self._source.tell() if self._source and not self._source.closed else 0

    def __iter__(self) -> Iterator[ExportRow | RefusedRow]:
        reader = RowReader(self.header, self._columns, self._villages)
        first_row = len(self.titles) + 2
        with self.path.open("rb") as source:
            self._source = source
            text = io.TextIOWrapper(source, encoding=self.encoding, errors="replace", newline="")
            for number, record in enumerate(records(text, delimiter=self.delimiter), start=1):
                if number < first_row:
                    continue
                row = self._broken(number, record) if isinstance(record, BrokenRecord) else reader.read(number, record)
                if row is not None:
                    yield row

    def _broken(self, number: int, record: BrokenRecord) -> RefusedRow:
        return RefusedRow(
            number=number,
            column=self.header[0],
            reason="a quotation mark is opened and not closed, or the row is longer than any real one",
            fix="remove the quotation mark, or close it",
            cells=record.cells,
        )


def open_export(path: Path, villages: VillageNames) -> ExportFile:
    """Open an export for reading; says plainly what is wrong if it cannot be one."""
    try:
        return ExportFile(path, shape_of(path), villages)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path.name} in that folder; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path.name} is a folder; name the file in it") from None
    except PermissionError:
        raise InputError(f"{path.name} may not be read by this user; change its permissions") from None
