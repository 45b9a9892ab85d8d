"""Drawing the list of a box: A4, its head on every page, in a font that every printer has.

Not compressed, so that what stands on it can be read back from the file as it is.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

from core.wording.box_lists import BoxListText

_MM = 72 / 25.4
_MARGIN = 15 * _MM
_TOP = 38 * _MM
#: Number, name, and room to sign.
_WIDTHS = (22 * _MM, 88 * _MM, 70 * _MM)
_ROW = 9 * _MM
_NAME = ParagraphStyle("name", fontName="Helvetica", fontSize=10, leading=12)
_ADVICE = ParagraphStyle("advice", fontName="Helvetica", fontSize=9, leading=11)


def box_list_pdf(text: BoxListText, people: Sequence[tuple[int, str]]) -> bytes:
    """Return the PDF. people: pickup number and name, in the order of the list."""
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
        author=text.office,
    )
    rows: list[list[Any]] = [
        list(text.columns),
        *([f"{number}", Paragraph(escape(name), _NAME), ""] for number, name in people),
    ]
    table = LongTable(rows, colWidths=_WIDTHS, rowHeights=_ROW, repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
            ("FONTNAME", (0, 1), (0, -1), "Helvetica-Bold"),
            ("FONTSIZE", (0, 1), (0, -1), 13),
            ("ALIGN", (0, 0), (0, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
    )

    def head(canvas: Canvas, _: SimpleDocTemplate) -> None:
        _draw_head(canvas, text)

    document.build([table, Spacer(1, 4 * _MM), Paragraph(escape(text.advice), _ADVICE)], head, head)
    return file.getvalue()


def _draw_head(canvas: Canvas, text: BoxListText) -> None:
    """What tells one sheet of one box from all others."""
    canvas.saveState()
    top = A4[1] - _MARGIN
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(_MARGIN, top - 10, text.title)
    canvas.setFont("Helvetica", 9.5)
    for place, line in enumerate((text.office, text.place, text.sent), start=1):
        canvas.drawString(_MARGIN, top - 10 - place * 14, line)
    canvas.drawRightString(A4[0] - _MARGIN, top - 10, f"{text.page} {canvas.getPageNumber()}")
    canvas.restoreState()
