"""A CSV file: its encoding and its records."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from core.files.records import Record, records
from core.files.table import Table

_CHUNK_BYTES = 1_048_576


class CsvTable(Table):
    """The records of a CSV file, split by this delimiter."""

    may_shift = True

    def __init__(self, path: Path, *, encoding: str, delimiter: str) -> None:
        self._path = path
        self._encoding = encoding
        self.delimiter = delimiter
        self.size_bytes = path.stat().st_size

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        with self._path.open("rb") as source:
            self._source = source
            text = io.TextIOWrapper(source, encoding=self._encoding, errors="replace", newline="")
            yield from enumerate(records(text, delimiter=self.delimiter), start=1)


def encoding_of(path: Path) -> str:
    """UTF-8 if the whole file is, else Windows-1252: one accented name may stand in the last row of a million."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "windows-1252"
    return "utf-8-sig"
