"""The squares of a QR code, and the code as a terminal shows it."""

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from rich.text import Text

#: White around the code, in squares: without it no camera finds it.
QUIET = 4

Squares = list[list[bool]]


def squares(link: str) -> Squares:
    """Return the dark squares of a link's code, row by row, with the white around it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(link)
    code.make()
    width = len(code.modules) + 2 * QUIET
    inner = [[False] * QUIET + [bool(cell) for cell in row] + [False] * QUIET for row in code.modules]
    return [[False] * width for _ in range(QUIET)] + inner + [[False] * width for _ in range(QUIET)]


def for_terminal(rows: Squares) -> Text:
    """Two rows in a line of half blocks, black on white whatever the terminal's own colours are."""
    padded = rows if len(rows) % 2 == 0 else [*rows, [False] * len(rows[0])]
    signs = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    pairs = zip(padded[::2], padded[1::2], strict=True)
    lines = ["".join(signs[above, below] for above, below in zip(*pair, strict=True)) for pair in pairs]
    return Text("\n".join(lines), style="black on white", no_wrap=True)
