"""What a sample can be: a word that is the same in every language, one that is not, or another text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.wording import Wording
from core.wording.dates import long_date


@dataclass(frozen=True, slots=True)
class OtherText:
    """The first of these texts where it is typical, the one that grows longest where it is longest."""

    keys: tuple[str, ...]


Value = str | int | OtherText | Callable[[Wording], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """meaning: for whoever writes a text, with the variable's limit."""

    meaning: str
    typical: Value
    longest: Value


#: In September a date is longest in words, on 29 December in digits; both are Tuesdays.
TYPICAL_DAY, LONGEST_LONG_DAY, LONGEST_SHORT_DAY = date(2026, 5, 12), date(2026, 9, 29), date(2026, 12, 29)


def other_text(meaning: str, *keys: str) -> Sample:
    return Sample(meaning, OtherText(keys), OtherText(keys))


def a_date(meaning: str = "a date in words") -> Sample:
    return Sample(meaning, lambda w: long_date(w, TYPICAL_DAY), lambda w: long_date(w, LONGEST_LONG_DAY))


def texts(*keys: str) -> Callable[[Wording], str]:
    """Several texts without variables, with commas between them."""
    return lambda w: ", ".join(w.text(key) for key in keys)
