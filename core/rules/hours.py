"""When the office serves people in a week, read from the very words that they are shown.

`Senin-Kamis 08.00-15.00, Jumat 08.00-11.00`: parts with commas between them, each a day or a range of days, and hours.
A part without a day goes on after a break: `Senin-Kamis 08.00-12.00, 13.00-15.00`. A day not named is closed.
"""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

#: From opening to closing, without a break.
Shift = tuple[time, time]
#: The shifts of each day, Monday first.
Week = tuple[tuple[Shift, ...], ...]

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
EXAMPLE = "Senin-Kamis 08.00-15.00, Jumat 08.00-11.00"
LONGEST_HOURS = 80

_DAY = "|".join((*DAYS, "ahad"))
_PART = re.compile(rf"(?:({_DAY})(?:-({_DAY}))? )?(\d{{1,2}})[.:](\d\d)-(\d{{1,2}})[.:](\d\d)", re.ASCII)
_UP_TO = re.compile(r" *(?:[-\u2010-\u2015]|s/d|s\.d\.|\bsampai\b) *")
_ZONE = re.compile(r"\b(?:wib|wita|wit)\b")


@dataclass(frozen=True, slots=True)
class Hours:
    """text: as people read it. week: None where the text says nothing that we could read."""

    text: str
    week: Week | None

    @classmethod
    def read(cls, text: str) -> "Hours":
        """Read the hours; raise ValueError, saying which part cannot be read, otherwise."""
        shown = " ".join(text.split())
        if not 0 < len(shown) <= LONGEST_HOURS:
            raise ValueError(f"must have 1 to {LONGEST_HOURS} characters, as in {EXAMPLE}")
        return cls(shown, _week(shown))

    @classmethod
    def shown_only(cls, text: str) -> "Hours":
        """Read them if they can be read; what an office wrote long ago is shown in any case."""
        try:
            return cls.read(text)
        except ValueError:
            return cls(text, None)


def _week(text: str) -> Week:
    folded = _UP_TO.sub("-", _ZONE.sub("", re.sub(r"['\u2019`]", "", text.casefold())))
    days: range | None = None
    week: dict[int, list[Shift]] = {}
    for part in folded.split(","):
        match = _PART.fullmatch(" ".join(part.split()))
        if match is None:
            raise ValueError(f"'{part.strip()}' cannot be read; write days and hours as in {EXAMPLE}")
        days = _days(match[1], match[2]) if match[1] else days
        if days is None:
            raise ValueError(f"'{part.strip()}' names no day; begin with one, as in {EXAMPLE}")
        for day in days:
            week.setdefault(day, []).append(_shift(*match.groups()[2:]))
    return tuple(_in_order(week.get(day, [])) for day in range(len(DAYS)))


def _days(first: str, last: str | None) -> range:
    begin, end = _number(first), _number(last or first)
    if end < begin:
        raise ValueError(f"'{first}-{last}' goes backwards; a week begins with Senin")
    return range(begin, end + 1)


def _number(day: str) -> int:
    return DAYS.index("minggu" if day == "ahad" else day)


def _shift(*numbers: str) -> Shift:
    try:
        opens, closes = (time(int(hour), int(minute)) for hour, minute in (numbers[:2], numbers[2:]))
    except ValueError:
        raise ValueError("there is no such time of day; hours go from 00.00 to 23.59") from None
    if opens >= closes:
        raise ValueError(f"{opens:%H.%M}-{closes:%H.%M} must open before it closes")
    return opens, closes


def _in_order(shifts: list[Shift]) -> tuple[Shift, ...]:
    if any(later[0] <= earlier[1] for earlier, later in pairwise(shifts)):
        raise ValueError("the hours of one day must follow one another, with a break between them")
    return tuple(shifts)
