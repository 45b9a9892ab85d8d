"""The bands that a poster is made of: lines of words, words beside the QR code, words in a frame."""

from collections.abc import Sequence
from typing import Protocol
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

#: Of what is drawn on, in points: A4 with margins that every printer leaves.
WIDTH = 515.0
_PLAIN, _BOLD = "Helvetica", "Helvetica-Bold"
_LEADING = 1.22
_BETWEEN = 4.0
_PAD = 10.0
_GAP = 14.0

#: What is written, its size in points, and whether it is bold.
Line = tuple[str, float, bool]


class Band(Protocol):
    """height: in points. draw: downwards from the origin, WIDTH wide."""

    height: float
    holds_every_word: bool

    def draw(self, canvas: Canvas) -> None: ...


class Lines:
    """Words below one another."""

    def __init__(self, lines: Sequence[Line], *, centred: bool = False, width: float = WIDTH) -> None:
        self._blocks = [Paragraph(escape(text), _style(size, bold, centred)) for text, size, bold in lines]
        self._heights = [block.wrap(width, 1_000_000)[1] for block in self._blocks]
        self.height = sum(self._heights) + _BETWEEN * (len(lines) - 1)
        self.holds_every_word = all(
            stringWidth(word, _BOLD if bold else _PLAIN, size) <= width
            for text, size, bold in lines
            for word in text.split()
        )

    def draw(self, canvas: Canvas) -> None:
        """Downwards from the origin."""
        top = 0.0
        for block, height in zip(self._blocks, self._heights, strict=True):
            block.drawOn(canvas, 0, top - height)
            top -= height + _BETWEEN


class Beside:
    """Words on the right of a picture that the file holds by a name."""

    def __init__(self, lines: Sequence[Line], *, form: str, side: float) -> None:
        self._form, self._side = form, side
        self._words = Lines(lines, width=WIDTH - side - _GAP)
        self.height = max(side, self._words.height)
        self.holds_every_word = self._words.holds_every_word

    def draw(self, canvas: Canvas) -> None:
        """Both in the middle of the band's height."""
        canvas.saveState()
        canvas.translate(0, -(self.height + self._side) / 2)
        canvas.doForm(self._form)
        canvas.restoreState()
        canvas.translate(self._side + _GAP, -(self.height - self._words.height) / 2)
        self._words.draw(canvas)


class Framed:
    """Words in a frame, which a printer without colours sets off as well."""

    def __init__(self, lines: Sequence[Line], *, thick: float = 1.5, centred: bool = False) -> None:
        self._thick = thick
        self._words = Lines(lines, centred=centred, width=WIDTH - 2 * _PAD)
        self.height = self._words.height + 2 * _PAD
        self.holds_every_word = self._words.holds_every_word

    def draw(self, canvas: Canvas) -> None:
        """The frame, then the words within."""
        canvas.setLineWidth(self._thick)
        canvas.roundRect(0, -self.height, WIDTH, self.height, 8)
        canvas.translate(_PAD, -_PAD)
        self._words.draw(canvas)


def _style(size: float, bold: bool, centred: bool) -> ParagraphStyle:
    return ParagraphStyle(
        "poster",
        fontName=_BOLD if bold else _PLAIN,
        fontSize=size,
        leading=size * _LEADING,
        alignment=TA_CENTER if centred else TA_LEFT,
    )
