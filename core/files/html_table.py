"""The first table of a web page that has a header; what web applications save under the name of .xls is such a page."""

import io
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from core.errors import InputError
from core.files.columns import C, Vocabulary
from core.files.header import MOST_TITLE_ROWS, header_in
from core.files.html_rows import HtmlRow, html_rows
from core.files.records import Record
from core.files.table import Table

_PIECE_CHARACTERS = 65_536
_MOST_TABLES = 200
#: What is said above a table, and may name its day, is close to it.
_LINES_BEFORE = 10


class HtmlTable(Table):
    """The rows of that table, or of the first one if none has a header."""

    def __init__(self, path: Path, known: Vocabulary[C], *, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self.size_bytes = path.stat().st_size
        self._table = self._look(known)

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        for table, number, cells in self._rows():
            if table == self._table:
                yield number, cells

    def _rows(self) -> Iterator[HtmlRow]:
        with self._path.open("rb") as source:
            self._source = source
            text = io.TextIOWrapper(source, encoding=self._encoding, errors="replace")
            yield from html_rows(iter(partial(text.read, _PIECE_CHARACTERS), ""), name=self._path.name)

    def _look(self, known: Vocabulary[C]) -> int:
        """Choose the table, reading no further than needed."""
        heads: dict[int, list[tuple[int, Record]]] = {}
        before: dict[int, tuple[tuple[str, ...], ...]] = {}
        said: deque[tuple[str, ...]] = deque(maxlen=_LINES_BEFORE)
        for table, number, cells in self._rows():
            if table is not None and len(heads) < _MOST_TABLES:
                before.setdefault(table, tuple(said))
                head = heads.setdefault(table, [])
                if len(head) < MOST_TITLE_ROWS:
                    head.append((number, cells))
                    if len(head) == MOST_TITLE_ROWS and not known.missing_columns(header_in(head, known).columns):
                        break
            said.append(tuple(cells))
        if not heads:
            raise InputError(f"{self._path.name} is a web page without a table; export it again, as XLSX or CSV")
        fitting = (table for table, head in heads.items() if not known.missing_columns(header_in(head, known).columns))
        chosen = next(fitting, min(heads))
        self.preamble = before[chosen]
        return chosen
