"""Substitute letters: for how long one is valid, how its number is read, and what a bank may be told of one.

A letter stands in for the card until the hand-over (Director General's letter 471.13/10231/DUKCAPIL of 29 September
2016). Banks refused letters for fear of forgery: to its number and the secret that is printed on it one of four words
is answered, and nothing of whose it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from core.rules.answer import LetterKind
from core.rules.unreadable import Unreadable

#: Half a year is usual. For a biodata WNI no term is known, so it has the only one that is known for such a letter: a
#: shorter guess would send people back to the counter for nothing.
USUAL_DAYS = 183
#: Who still waits for her card is warned so long before the last day.
WARNED_BEFORE = timedelta(days=14)

_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Validity:
    """days: for which a letter of each kind is valid from the day on which it is issued or extended."""

    days: Mapping[LetterKind, int] = field(default_factory=lambda: dict.fromkeys(LetterKind, USUAL_DAYS))

    def until(self, kind: LetterKind, today: date) -> date:
        """Return the last day on which a letter that is issued or extended today is valid."""
        return today + timedelta(days=self.days[kind])


USUAL = Validity()


class Checked(StrEnum):
    """All that whoever is shown a letter may be told of it."""

    VALID = "valid"
    EXPIRED = "expired"
    VOID = "void"
    UNKNOWN = "unknown"


class NumberError(Unreadable):
    """The text is no letter's number."""


def read_number(text: str) -> str:
    """Return a letter's number as it is compared: in capitals, without blanks; its dots and strokes tell it apart."""
    number = "".join(text.split()).upper()
    if not any(map(str.isdecimal, number)):
        raise NumberError("a letter's number has digits", "write it as it stands on the letter: 471.13/123/2017")
    if len(number) > _LONGEST_NUMBER or not number.isprintable():
        raise NumberError("this is too long for a letter's number", "write the number only: 471.13/123/2017")
    return number
