"""The papers a slip is printed on."""

from dataclasses import dataclass
from enum import StrEnum

_MM = 72 / 25.4


class Paper(StrEnum):
    """The roll of a thermal printer, as long as the text needs, or a sheet."""

    ROLL = "58mm"
    A6 = "a6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Lengths in points. height: None for as long as needed. qr: its side, with the white around it."""

    width: float
    height: float | None
    margin: float
    text: float
    code: float
    qr: float


#: A thermal printer of 58 mm prints 48 mm of it.
FORMATS = {
    Paper.ROLL: Format(width=58 * _MM, height=None, margin=5 * _MM, text=8.5, code=18, qr=44 * _MM),
    Paper.A6: Format(width=105 * _MM, height=148 * _MM, margin=8 * _MM, text=9, code=34, qr=38 * _MM),
}
