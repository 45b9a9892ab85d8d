"""Drawing slips of invitations: eight on an A4 page with lines to cut along, black on white, the villages in order.

A single page is not compressed, so that what stands on it can be read back from the file as it is.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph, Spacer
from reportlab.platypus.flowables import Flowable

from cli.official.qr import squares
from core.wording.officials import InviteSlip

_MM = 72 / 25.4
_COLUMNS, _ROWS = 2, 4
PER_PAGE = _COLUMNS * _ROWS
_WIDTH, _HEIGHT = A4[0] / _COLUMNS, A4[1] / _ROWS
_MARGIN = 8 * _MM
QR_SIDE = 36 * _MM
_GAP = 3 * _MM
_BOLD, _CODE_FONT = "Helvetica-Bold", "Courier-Bold"
#: Of the code's font, for a size of 1.
_SIGN_WIDTH = 0.6


def slips_pdf(slips: Sequence[tuple[InviteSlip, str]], *, progress: Callable[[int], None] = lambda _: None) -> bytes:
    """Return the PDF. slips: each with what its QR code opens."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=int(len(slips) > PER_PAGE))
    canvas.setTitle(slips[0][0].title)
    canvas.setAuthor(slips[0][0].office)
    for place, (slip, link) in enumerate(slips):
        if place and place % PER_PAGE == 0:
            canvas.showPage()
        if place % PER_PAGE == 0:
            _draw_cuts(canvas)
        row, column = divmod(place % PER_PAGE, _COLUMNS)
        _draw_slip(canvas, slip, link, left=column * _WIDTH, top=A4[1] - row * _HEIGHT)
        progress(place + 1)
    canvas.save()
    return file.getvalue()


def _draw_cuts(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    canvas.line(_WIDTH, 0, _WIDTH, A4[1])
    for row in range(1, _ROWS):
        canvas.line(0, row * _HEIGHT, A4[0], row * _HEIGHT)
    canvas.restoreState()


def _draw_slip(canvas: Canvas, slip: InviteSlip, link: str, *, left: float, top: float) -> None:
    inner = _WIDTH - 2 * _MARGIN
    head = [_line(slip.title, 8, font=_BOLD), _line(slip.office, 7.5), Spacer(1, 1.5 * _MM)]
    head += [_line(slip.area, 12, font=_BOLD), _line(slip.role, 9)]
    y = _draw(canvas, head, left + _MARGIN, top - _MARGIN, inner, 20 * _MM) - _GAP / 2
    _draw_qr(canvas, link, left + _MARGIN - 3 * _MM, y)
    beside = [_line(slip.until, 8.5, font=_BOLD), Spacer(1, 1.5 * _MM), _line(slip.scan, 8), Spacer(1, 1.5 * _MM)]
    beside += [_line(slip.keep, 7.5)]
    _draw(
        canvas, beside, left + _MARGIN + QR_SIDE - 2 * _MM, y - 1.5 * _MM, inner - QR_SIDE + 2 * _MM, QR_SIDE - 3 * _MM
    )
    # In one line, whatever the bot is called: a link that goes on in the next one is typed wrongly.
    size = min(7.0, inner / (_SIGN_WIDTH * len(slip.link)) - 0.05)
    foot = [_line(slip.link_label, 7), _line(slip.link, size, font=_CODE_FONT)]
    below = y - QR_SIDE
    _draw(canvas, foot, left + _MARGIN, below, inner, below - (top - _HEIGHT) - 4 * _MM)


def _draw(canvas: Canvas, blocks: Sequence[Flowable], left: float, top: float, width: float, room: float) -> float:
    """Draw one below the other, shrunk where a name or an office's own text is too long; return where they end."""
    fitted = KeepInFrame(width, max(room, 8 * _MM), list(blocks), mode="shrink", mergeSpace=0)
    _, height = fitted.wrapOn(canvas, width, max(room, 8 * _MM))
    fitted.drawOn(canvas, left, top - height)
    return float(top - height)


def _draw_qr(canvas: Canvas, link: str, left: float, top: float) -> None:
    """One path for all squares, each run of a row one rectangle: a slip takes 4 kB instead of 20."""
    rows = squares(link)
    unit = QR_SIDE / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(left + start * unit, top - (number + 1) * unit, (column - start) * unit, unit)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


def _line(text: str, size: float, *, font: str = "Helvetica") -> Paragraph:
    style = ParagraphStyle("slip", fontName=font, fontSize=size, leading=size * 1.2)
    return Paragraph(escape(text), style)
