"""Records out of lines of CSV, so that one broken record does not swallow the next.

A cell in quotes may run over several lines; a quote that is opened and never closed would take the rest of the file
into one cell. So a record ends, broken, where the next line plainly begins a row of its own, after 20 lines, or at
the end of the file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from core.rules.nik import find_niks

_LONGEST_LINE = 100_000
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record whose quotes do not close, or which is longer than any row; cells are split as if there were none."""

    cells: tuple[str, ...]


Record = list[str] | BrokenRecord


class _BrokenQuoteError(Exception):
    """Ends a record from inside the csv module, which would otherwise read on."""


class _Lines:
    """The lines of a file, one record at a time."""

    def __init__(self, text: TextIO, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter
        self._held: list[str] = []
        self.of_record: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._held.pop() if self._held else self._text.readline(_LONGEST_LINE)
        if self.of_record and (not line or len(self.of_record) == _MOST_LINES or self._begins_a_row(line)):
            self._held.append(line)
            raise _BrokenQuoteError
        if not line:
            raise StopIteration
        self.of_record.append(line)
        return line

    def _begins_a_row(self, line: str) -> bool:
        return line.count(self._delimiter) > 1 and bool(find_niks(line))

    def give_up_record(self) -> str:
        """The record's first line; the others are read again as records of their own."""
        first, *others = self.of_record
        self._held.extend(reversed(others))
        return first


def records(text: TextIO, *, delimiter: str) -> Iterator[Record]:
    """Every record of the file; an empty line is an empty record, so that counting them gives a spreadsheet's rows."""
    lines = _Lines(text, delimiter)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.of_record.clear()
        try:
            yield next(reader)
        except StopIteration:
            return
        except (_BrokenQuoteError, csv.Error):
            yield BrokenRecord(tuple(lines.give_up_record().rstrip("\r\n").split(delimiter)))
