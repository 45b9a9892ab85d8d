"""Drawing posters: A4, black on white, words large enough for old eyes, in a font that every printer has.

Not compressed, so that what stands on it can be read back from the file as it is. The QR code is in the file once,
however many pages show it.
"""

from collections.abc import Sequence
from io import BytesIO

from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from cli.poster.bands import WIDTH, Band, Beside, Framed, Lines
from core.wording.posters import PosterText

_MARGIN = (A4[0] - WIDTH) / 2
_ROOM = A4[1] - 2 * _MARGIN
_QR = 190.0
#: So much white at least between two bands.
_LEAST_GAP = 8.0
_FORM = "qr"
#: Points: who holds a phone at arm's length reads 16 on a wall from a metre.
TITLE, HEAD, BODY, SMALL = 31.0, 20.0, 16.5, 14.0


class Posters:
    """A file of posters, a page each."""

    def __init__(self, *, title: str, author: str, link: str) -> None:
        """link: what the QR code opens."""
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, pageCompression=0)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.beginForm(_FORM, 0, 0, _QR, _QR)
        QrCode(link, width=_QR, height=_QR, qrLevel="M").drawOn(self._canvas, 0, 0)
        self._canvas.endForm()

    def add(self, text: PosterText) -> None:
        """Draw a page. An office's own texts may be longer than ours: then all of it is drawn smaller."""
        bands = bands_of(text)
        needed = sum(band.height for band in bands)
        shrunk = scale_of(bands)
        gap = (_ROOM - shrunk * needed) / (len(bands) - 1)
        top = A4[1] - _MARGIN
        for band in bands:
            self._canvas.saveState()
            self._canvas.translate(_MARGIN + WIDTH * (1 - shrunk) / 2, top)
            self._canvas.scale(shrunk, shrunk)
            band.draw(self._canvas)
            self._canvas.restoreState()
            top -= shrunk * band.height + gap
        self._canvas.showPage()

    def end(self) -> bytes:
        """Return the PDF."""
        self._canvas.save()
        return self._file.getvalue()


def bands_of(text: PosterText) -> Sequence[Band]:
    """A poster from top to bottom."""
    ask, *steps = text.ask
    genuine, *signs = text.genuine
    head, where, bring = text.pickup
    return (
        Lines([(text.title, TITLE, True), (text.where, HEAD, True)], centred=True),
        Beside([(ask, HEAD, True), *((step, BODY, False) for step in steps)], form=_FORM, side=_QR),
        Lines([(text.register[0], HEAD, True), (text.register[1], BODY, False)]),
        Framed([(genuine, HEAD, True), *((f"•  {sign}", BODY, False) for sign in signs), (text.doubt, BODY, True)]),
        Lines([(head, HEAD, True), (where, HEAD, False), (bring, BODY, False)]),
        Lines([(text.office, SMALL, True), (text.hours, SMALL, False)]),
        Framed([(text.free, TITLE, True)], thick=3.0, centred=True),
    )


def scale_of(bands: Sequence[Band]) -> float:
    """To what part of its size a poster is drawn, so that it has room on its page: 1 where that is enough."""
    least = _LEAST_GAP * (len(bands) - 1)
    return min(1.0, (_ROOM - least) / sum(band.height for band in bands))
