"""Drawing the record of hand-over: A4, its head on every page, two columns of numbers, room to sign at the end.

Not compressed, so that what stands on it can be read back from the file as it is.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, LongTable, Paragraph, SimpleDocTemplate, Spacer, Table
from reportlab.platypus.flowables import Flowable

from core.wording.handover_records import HandoverRecordText

_MM = 72 / 25.4
_MARGIN = 15 * _MM
_TOP = 40 * _MM
#: Number, time, how, by whom; twice beside each other.
_WIDTHS = (17 * _MM, 14 * _MM, 37 * _MM, 21 * _MM)
_GAP = 2 * _MM
_ROW = 6 * _MM
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13)
_SIGN_ROOM = 20 * _MM
#: As many rows fit on a side of a page; so few stand below each other, with room to sign.
_ON_A_SIDE, _ALONE = 38, 20
_Cells = list[str]
_Row = tuple[str, str, str, str]
_NOTHING: _Row = ("", "", "", "")


def handover_record_pdf(text: HandoverRecordText) -> bytes:
    """Return the PDF."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_TOP,
        bottomMargin=_MARGIN,
        pageCompression=0,
        title=text.title,
        author=text.head[0],
    )

    def head(canvas: Canvas, _: SimpleDocTemplate) -> None:
        _draw_head(canvas, text)

    parts: list[Flowable] = [_numbers(text), Spacer(1, 5 * _MM)] if text.rows else []
    document.build([*parts, KeepTogether(_end(text))], head, head)
    return file.getvalue()


def _numbers(text: HandoverRecordText) -> LongTable:
    rows: list[_Cells] = [[*text.columns, "", *text.columns]]
    lefts = rights = 0
    for left, right in _beside(text.rows):
        lefts, rights = lefts + 1, rights + bool(right)
        rows.append([*left, "", *(right or _NOTHING)])
    if not rights:
        rows[0][len(text.columns) + 1 :] = _NOTHING
    table = LongTable(rows, colWidths=(*_WIDTHS, _GAP, *_WIDTHS), rowHeights=_ROW, repeatRows=1)
    style = [*_grid(0, len(text.columns) - 1, lefts), *(_grid(len(text.columns) + 1, -1, rights) if rights else [])]
    table.setStyle([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"), ("FONTSIZE", (0, 0), (-1, -1), 8.5), *style])
    return table


def _beside(rows: Sequence[_Row]) -> Iterator[tuple[_Row, _Row | None]]:
    """Page by page, down the left side and then down the right one."""
    for start in range(0, len(rows), 2 * _ON_A_SIDE):
        page = rows[start : start + 2 * _ON_A_SIDE]
        half = len(page) if len(page) <= _ALONE else min(_ON_A_SIDE, (len(page) + 1) // 2)
        yield from zip_longest(page[:half], page[half:])


def _grid(first: int, last: int, rows: int) -> list[Any]:
    return [
        ("GRID", (first, 0), (last, rows), 0.4, colors.black),
        ("FONTNAME", (first, 1), (first, -1), "Helvetica-Bold"),
        ("FONTSIZE", (first, 1), (first, -1), 11),
        ("ALIGN", (first, 0), (first, -1), "RIGHT"),
        ("VALIGN", (first, 0), (last, -1), "MIDDLE"),
        ("LEFTPADDING", (first, 0), (last, -1), 3),
        ("RIGHTPADDING", (first, 0), (last, -1), 3),
    ]


def _end(text: HandoverRecordText) -> list[Flowable]:
    """The sums, the words and the lines to sign, which stay on one page."""
    lines: list[Flowable] = [Paragraph(escape(line), _TEXT) for line in text.sums]
    if text.words:
        lines += [Spacer(1, 3 * _MM), Paragraph(escape(text.words), _TEXT)]
    half = (A4[0] - 2 * _MARGIN) / 2
    dots = "." * 45
    signed = Table(
        [[f"{name}," for name in text.signatures], [dots, dots]], colWidths=(half, half), rowHeights=(_ROW, _SIGN_ROOM)
    )
    signed.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), "Helvetica"),
            ("FONTSIZE", (0, 0), (-1, -1), 10),
            ("VALIGN", (0, 1), (-1, 1), "BOTTOM"),
        ]
    )
    return [*lines, Spacer(1, 8 * _MM), signed]


def _draw_head(canvas: Canvas, text: HandoverRecordText) -> None:
    canvas.saveState()
    top = A4[1] - _MARGIN
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(_MARGIN, top - 10, text.title)
    canvas.setFont("Helvetica", 10)
    for place, line in enumerate(text.head, start=1):
        canvas.drawString(_MARGIN, top - 12 - place * 15, _drawable(line))
    canvas.drawRightString(A4[0] - _MARGIN, top - 10, f"{text.page} {canvas.getPageNumber()}")
    canvas.restoreState()


def _drawable(text: str) -> str:
    """What this font has no sign for becomes a question mark."""
    return text.encode("cp1252", errors="replace").decode("cp1252")
