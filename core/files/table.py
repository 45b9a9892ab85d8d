"""A table of cells, whatever kind of file it stands in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import BinaryIO

from core.files.records import Record


class NumberCell(str):
    """The text of a cell that a spreadsheet holds as a number, so without leading zeros and with 15 true digits."""

    __slots__ = ()


class Table(ABC):
    """Iterate over it for (row number as a spreadsheet shows it, cells), as often as needed."""

    #: The sheet it stands on; None in a file that has no sheets.
    sheet: str | None = None
    #: For the refused rows, which are written as CSV; it is the one that Indonesian spreadsheets expect.
    delimiter = ";"
    #: Whether a separator inside a cell can shift the cells behind it.
    may_shift = False
    #: What stands above the table and in none of its rows.
    preamble: tuple[tuple[str, ...], ...] = ()
    #: How much there is to read.
    size_bytes = 0
    _source: BinaryIO | None = None

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[int, Record]]: ...

    @property
    def bytes_read(self) -> int:
        """How far the iteration under way has come, of size_bytes; it reads a little ahead."""
        return self._source.tell() if self._source and not self._source.closed else 0
