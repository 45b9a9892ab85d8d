"""Drawing the printer's list: A4, black on white, first in the order of printing, then as the cards are bundled.

Not compressed, so that what stands on it can be read back from the file as it is.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from core.files.print_list import HEADERS, PrintRow, bundled

_PLAIN, _BOLD = "Helvetica", "Helvetica-Bold"
_SIZE, _LEADING, _MARGIN = 8.0, 13.0, 36.0
#: Where each column begins, in points from the margin, and where the last one ends.
_COLUMNS = (0, 28, 112, 248, 336, 424, 486, 523)
_GAP = 4


class _Paper:
    """Pages of lines, each begun with the title and the headers."""

    def __init__(self, title: str) -> None:
        self.content = BytesIO()
        self._canvas = Canvas(self.content, pagesize=A4, pageCompression=0)
        self._canvas.setTitle(title)
        self._title = title
        self._pages = 0
        self._y = 0.0

    def begin_part(self, name: str) -> None:
        self._name = name
        self._turn()

    def heading(self, text: str) -> None:
        if self._y < _MARGIN + 3 * _LEADING:  # no heading alone at the foot of a page
            self._turn()
        self._canvas.setFont(_BOLD, _SIZE)
        self._canvas.drawString(_MARGIN, self._y, _drawable(text))
        self._y -= _LEADING

    def row(self, cells: Sequence[int | str]) -> None:
        if self._y < _MARGIN + _LEADING:
            self._turn()
        self._cells(cells, _PLAIN)
        self._canvas.setLineWidth(0.2)
        self._canvas.line(_MARGIN, self._y - 3, _MARGIN + _COLUMNS[-1], self._y - 3)
        self._y -= _LEADING

    def end(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self.content.getvalue()

    def _turn(self) -> None:
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        top = A4[1] - _MARGIN
        self._canvas.setFont(_BOLD, _SIZE + 2)
        self._canvas.drawString(_MARGIN, top, _drawable(f"{self._title}, {self._name}"))
        self._canvas.setFont(_PLAIN, _SIZE)
        self._canvas.drawRightString(_MARGIN + _COLUMNS[-1], _MARGIN - _LEADING, str(self._pages))
        self._y = top - 2 * _LEADING
        self._cells(HEADERS, _BOLD)
        self._y -= _LEADING

    def _cells(self, cells: Sequence[int | str], font: str) -> None:
        for cell, begin, end in zip(map(str, cells), _COLUMNS[:-1], _COLUMNS[1:], strict=True):
            text = _drawable(cell)
            width = stringWidth(text, font, _SIZE)
            self._canvas.setFont(font, min(_SIZE, _SIZE * (end - begin - _GAP) / width) if width else _SIZE)
            self._canvas.drawString(_MARGIN + begin, self._y, text)


def print_list_pdf(rows: Sequence[PrintRow], *, title: str) -> bytes:
    """Return the PDF."""
    paper = _Paper(title)
    paper.begin_part("urutan cetak")
    for row in rows:
        paper.row(row.cells)
    paper.begin_part("per desa")
    for heading, village in _bundles(rows):
        paper.heading(heading)
        for row in village:
            paper.row(row.cells)
    return paper.end()


def _bundles(rows: Sequence[PrintRow]) -> Iterator[tuple[str, list[PrintRow]]]:
    for (district, village), group in groupby(bundled(rows), key=lambda row: (row.district, row.village)):
        cards = list(group)
        yield f"Kecamatan {district}, {village}: {len(cards)} KTP-el", cards


def _drawable(text: str) -> str:
    """What these fonts have no sign for becomes a question mark."""
    return text.encode("cp1252", errors="replace").decode("cp1252")
