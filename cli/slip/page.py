"""Drawing a slip: one page of black on white, in a font that every printer has.

Not compressed, so that what stands on it can be read back from the file as it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, Paragraph, Spacer
from reportlab.platypus.flowables import Flowable

from cli.slip.paper import FORMATS, Format, Paper
from core.wording.slips import SlipText

_BOLD = "Helvetica-Bold"
#: Every sign as wide as the other, so that no code breaks in the middle.
_CODE_FONT = "Courier-Bold"


def slip_pdf(text: SlipText, *, link: str | None, paper: Paper) -> bytes:
    """Return the PDF. link: what the QR code opens; None for no QR code."""
    form = FORMATS[paper] if link else _without_qr(FORMATS[paper])
    inner = form.width - 2 * form.margin
    blocks = list(_blocks(text, link, form))
    sizes = [block.wrap(inner, 1_000_000) for block in blocks]
    needed = sum(height for _, height in sizes)
    height = form.height or needed + 2 * form.margin
    file = BytesIO()
    canvas = Canvas(file, pagesize=(form.width, height), pageCompression=0)
    canvas.setTitle(text.title)
    canvas.setAuthor(text.office)
    canvas.translate(form.width / 2, height - form.margin)
    shrunk = min(1.0, (height - 2 * form.margin) / needed)  # an office's own texts may be longer than a sheet
    canvas.scale(shrunk, shrunk)
    rules = sum(isinstance(block, HRFlowable) for block in blocks)
    spare = max(0.0, height - 2 * form.margin - needed) / rules  # what a sheet has left goes above the rules
    top = 0.0
    for block, (width, block_height) in zip(blocks, sizes, strict=True):
        top -= block_height + (spare if isinstance(block, HRFlowable) else 0)
        block.drawOn(canvas, -width / 2, top)
    canvas.save()
    return file.getvalue()


def _blocks(text: SlipText, link: str | None, form: Format) -> Iterator[Flowable]:
    yield _line(text.title, form.text * 1.3, font=_BOLD)
    yield _line(text.office, form.text)
    yield from _rule(form)
    yield _line(text.code_label, form.text)
    yield _line(text.code, form.code, font=_CODE_FONT)
    yield QrCode(link, width=form.qr, height=form.qr, qrLevel="M") if link else Spacer(1, form.text)
    for line in text.use:
        yield _line(line, form.text)
        yield Spacer(1, form.text / 3)
    if link is None:
        yield from _name_by_hand(form)
    yield from _rule(form)
    for line in text.advice:
        yield _line(line, form.text)
        yield Spacer(1, form.text / 2)
    yield from _rule(form)
    yield _line(text.free, form.text * 1.2, font=_BOLD)
    yield _line(text.made, form.text)


def _without_qr(form: Format) -> Format:
    """A sheet then has room for larger words; on a roll they would only take more paper."""
    return replace(form, text=form.text * 1.25) if form.height else form


def _name_by_hand(form: Format) -> Iterator[Flowable]:
    """A line to write the bot's name on: nobody but the staff knows it yet."""
    yield Spacer(1, form.text * 2)
    yield HRFlowable(width="80%", thickness=0.7, color="black", spaceBefore=0, spaceAfter=0, dash=(1, 2))
    yield Spacer(1, form.text / 2)


def _line(text: str, size: float, *, font: str = "Helvetica") -> Paragraph:
    style = ParagraphStyle("slip", fontName=font, fontSize=size, leading=size * 1.25, alignment=TA_CENTER)
    return Paragraph(escape(text), style)


def _rule(form: Format) -> Iterator[Flowable]:
    yield Spacer(1, form.text / 2)
    yield HRFlowable(width="100%", thickness=0.7, color="black", spaceBefore=0, spaceAfter=0)
    yield Spacer(1, form.text / 2)
