"""Rows out of HTML, as web applications write it when they offer a file for Excel.

1. A table may stand inside another, as on a page that is laid out by tables: it is one of its own.
2. A cell that spans columns or rows stands in the first of them and the others are empty, as in a spreadsheet.
3. Such empty cells are bounded by the cells that stand in the file: else a small file would fill the memory.
4. End tags may be missing. Runs of spaces and line breaks count as one space, as a browser shows them.
"""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from core.errors import InputError
from core.files.table import NumberCell

#: A spreadsheet has no more columns; HTML allows no longer span; no list that spans cells reaches further.
_MOST_CELLS, _MOST_ROWS_SPANNED, _LAST_SPANNED = 16_384, 65_534, 256
#: So many cells may be empty because of others: for each that stands in the file, and besides these in all of it.
_EMPTY_FOR_EACH, _MOST_EMPTY = 16, 65_536
#: Markup that is opened and not closed within this is broken; waiting longer would read it again with every piece.
_LONGEST_MARKUP = 1_048_576
#: What Excel and LibreOffice note on a cell that holds a number.
_NUMBER_MARKS = frozenset({"x:num", "sdval"})
_CELLS = frozenset({"td", "th"})
_BREAKS = frozenset({"br", "p", "div", "li"})

_Attributes = list[tuple[str, str | None]]


class HtmlRow(NamedTuple):
    """table: which one, in the order in which they begin; None for text outside of every cell. number: from 1."""

    table: int | None
    number: int
    cells: list[str]


class _OpenTable:
    """A table whose end has not come yet. text: of the cell under way, if one is."""

    def __init__(self, table: int) -> None:
        self.text: list[str] | None = None
        self._table = table
        self._number = 0
        self._cells: list[str] | None = None
        self._place = 0
        self._is_number = False
        #: Into how many rows, the present one counted, a cell from above reaches down in this column.
        self._reaches: dict[int, int] = {}

    def begin_row(self) -> list[str]:
        self._number += 1
        self._cells = []
        return self._cells

    def begin_cell(self, attributes: _Attributes) -> int:
        """Returns how many cells are empty because of this one, or before it because of others."""
        self.end_cell()
        cells = self.begin_row() if self._cells is None else self._cells
        before = len(cells)
        while self._reaches.get(len(cells)):
            cells.append("")
        self._place = len(cells)
        columns, rows = _spans(attributes)
        if self._place == _MOST_CELLS:
            return self._place - before
        cells.append("")
        if columns > 1:
            cells.extend([""] * (min(self._place + columns, _LAST_SPANNED) - len(cells)))
        if rows > 1:
            self._reaches.update(dict.fromkeys(range(self._place, min(len(cells), _LAST_SPANNED)), rows))
        self._is_number = any(name in _NUMBER_MARKS for name, _ in attributes)
        self.text = []
        return len(cells) - before - 1

    def end_cell(self) -> None:
        if self.text is not None and self._cells is not None:
            text = " ".join("".join(self.text).split())
            self._cells[self._place] = NumberCell(text) if self._is_number else text
        self.text = None

    def end_row(self) -> Iterator[HtmlRow]:
        self.end_cell()
        if self._cells is not None:
            yield HtmlRow(self._table, self._number, self._cells)
            self._reaches = {place: rows - 1 for place, rows in self._reaches.items() if rows > 1}
        self._cells = None


def _spans(attributes: _Attributes) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    if not attributes:
        return 1, 1
    said = {name: value[:6] for name, value in attributes if value and value.isascii() and value.isdigit()}
    columns, rows = (int(said.get(name, 1)) for name in ("colspan", "rowspan"))
    return columns, min(rows, _MOST_ROWS_SPANNED)


class _Parser(HTMLParser):
    """finished: rows that nobody has taken yet. empty: cells that only spans have made, beyond what may be."""

    def __init__(self) -> None:
        super().__init__()
        self.finished: list[HtmlRow] = []
        self.empty = -_MOST_EMPTY
        self._open: list[_OpenTable] = []
        self._begun = 0

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        if tag == "table":
            self._open.append(_OpenTable(self._begun))
            self._begun += 1
        elif not self._open:
            return
        elif tag == "tr":
            self._end_row()
            self._open[-1].begin_row()
        elif tag in _CELLS:
            self.empty += self._open[-1].begin_cell(attrs) - _EMPTY_FOR_EACH
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        if tag in _CELLS:
            self._open[-1].end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:  # a script's or a style sheet's
            return
        text = self._open[-1].text if self._open else None
        if text is not None:
            text.append(data)
        elif said := " ".join(data.split()):
            self.finished.append(HtmlRow(None, 0, [said]))

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _end_row(self) -> None:
        self.finished.extend(self._open[-1].end_row())


def html_rows(pieces: Iterable[str], *, name: str) -> Iterator[HtmlRow]:
    """Every row of every table, and every text between them, as they end. name: of the file, for the error."""
    parser = _Parser()
    try:
        for piece in pieces:
            parser.feed(piece)
            if parser.empty > 0:
                raise InputError(
                    f"{name}: its cells span far more than stands in it; save the list as XLSX, and import that"
                )
            yield from parser.finished
            parser.finished.clear()
            if len(parser.rawdata) > _LONGEST_MARKUP:
                raise InputError(f"{name}: its HTML breaks off in the middle; download it again")
        parser.close()
        yield from parser.finished
    except AssertionError:  # how the standard library refuses some declarations
        raise InputError(f"{name}: its HTML cannot be read; open it in a spreadsheet and save it as XLSX") from None
