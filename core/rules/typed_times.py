"""What officials type of a day and its hours: "Kamis 8-12", "besok 08.00-11.30", "12/10"; and how many people a day.

Forgiving, because what was understood is shown before anything is sent; words that say nothing are passed over, and
a number that was not understood makes all of it unread, so that nobody is told of a day that was not meant.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from core.rules.hours import DAYS, Shift

LONGEST_READ = 80
_WEEK = 7
#: A date without a year that is past is meant for the next year when that is so near.
_NEXT_YEAR_WITHIN = timedelta(days=180)
#: Nobody hands over cards before six in the morning: "1-3" is the afternoon.
_MORNING = 6
_HALF_A_DAY = 12

_MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
_ENGLISH_MONTHS = {"may": "mei", "aug": "agu", "oct": "okt", "dec": "des"}
_ENGLISH_DAYS = dict(zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], DAYS, strict=True))
_RELATIVE = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2}
_APOSTROPHES = re.compile(r"['\u2019`]")
_NUMERIC = re.compile(r"(?<![\d.:])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d.:])", re.ASCII)
_WRITTEN = re.compile(r"(?<![\d.:])(\d{1,2})\s+([a-z]{3,9})(?:\s+(\d{4}))?", re.ASCII)
_TO = r"(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|s/d|s\.d\.?|sd|sampai|hingga|to|until)"
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = re.compile(rf"(?<![\d.:]){_CLOCK}\s*{_TO}\s*(?:jam|pukul)?\s*{_CLOCK}(?![\d.:])", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*[-.]\s*(?=\d)")
_NEXT_WEEK = re.compile(r"\b(?:minggu depan|pekan depan|next week)\b")
_WORD = re.compile(r"[a-z]+")
_PEOPLE = re.compile(r"(?<!\d)(\d{1,3}(?:\.\d{3})|\d{1,6})(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """What was typed of a day, and of hours; None where it said nothing of it."""

    day: date | None
    hours: Shift | None


def read_when(typed: str, today: date) -> When | None:
    """Return the day and the hours that a text names; None when it cannot be read, or names neither."""
    text = _folded(typed)
    if not 0 < len(text) <= LONGEST_READ:
        return None
    day, text = _day(text, today)
    hours, text = _hours(text)
    if _has_digits(text) or (day is None and hours is None):
        return None
    return When(day, hours)


def read_day(typed: str, today: date) -> date | None:
    """Return the day that a text names where only a day is asked for: "29-12" and "29.12" are no hours there."""
    when = read_when(_BETWEEN_NUMBERS.sub("/", typed), today)
    return when.day if when and when.hours is None else None


def read_hours(typed: str) -> Shift | None:
    """Return the hours that a text names where only hours are asked for."""
    text = _folded(typed)
    if len(text) > LONGEST_READ:
        return None
    hours, text = _hours(text)
    return None if _has_digits(text) else hours


def read_people(typed: str) -> int | None:
    """Return how many people a day a text names, as in "100 orang"; None when it names no number, or several."""
    found = _PEOPLE.findall(typed[:LONGEST_READ])
    return int(found[0].replace(".", "")) if len(found) == 1 else None


def _folded(typed: str) -> str:
    return " ".join(_APOSTROPHES.sub("", typed.casefold()).split())


def _has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day, and what of the text is left."""
    for find in (_numeric, _written, _relative, _weekday):
        found = find(text, today)
        if found is not None:
            return found
    return None, text


def _numeric(text: str, today: date) -> tuple[date | None, str] | None:
    match = _NUMERIC.search(text)
    return _cut(text, match, _date(int(match[1]), int(match[2]), match[3], today)) if match else None


def _written(text: str, today: date) -> tuple[date | None, str] | None:
    for match in _WRITTEN.finditer(text):
        month = _ENGLISH_MONTHS.get(match[2][:3], match[2][:3])
        if month in _MONTHS:
            return _cut(text, match, _date(int(match[1]), _MONTHS.index(month) + 1, match[3], today))
    return None


def _relative(text: str, today: date) -> tuple[date | None, str] | None:
    for words, days in _RELATIVE.items():
        if match := re.search(rf"\b{words}\b", text):
            return _cut(text, match, today + timedelta(days=days))
    return None


def _weekday(text: str, today: date) -> tuple[date | None, str] | None:
    """The next one, never today; with "minggu depan" the one of the week after this."""
    rest, next_week = _NEXT_WEEK.subn(" ", text)
    for match in _WORD.finditer(rest):
        name = _ENGLISH_DAYS.get(match[0][:3]) if match[0].endswith("day") else _day_named(match[0])
        if name is None:
            continue
        number = DAYS.index(name)
        if next_week:
            return _cut(rest, match, today + timedelta(days=_WEEK - today.weekday() + number))
        return _cut(rest, match, today + timedelta(days=(number - today.weekday() - 1) % _WEEK + 1))
    return None


def _day_named(word: str) -> str | None:
    """By its name, or the first three letters of it."""
    if word in ("ahad", "min"):
        return "minggu"
    word = "jumat" if word in ("jumaat", "jum") else word
    return next((day for day in DAYS if word == day or word == day[:3]), None)


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(today.year, month, day)
        if this_year >= today:
            return this_year
        next_year = date(today.year + 1, month, day)
    except ValueError:
        return None
    return next_year if next_year - today <= _NEXT_YEAR_WITHIN else this_year


def _cut(text: str, match: re.Match[str], day: date | None) -> tuple[date | None, str] | None:
    """What cannot be a day stays in the text, where its numbers tell that it was not understood."""
    return (day, f"{text[: match.start()]} {text[match.end() :]}") if day else None


def _hours(text: str) -> tuple[Shift | None, str]:
    match = _HOURS.search(text)
    if match is None:
        return None, text
    opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
    if opens and closes and closes <= opens and closes.hour < _HALF_A_DAY:
        closes = closes.replace(hour=closes.hour + _HALF_A_DAY)  # "8-2" ends in the afternoon
    if opens is None or closes is None or opens >= closes:
        return None, text
    return (opens, closes), f"{text[: match.start()]} {text[match.end() :]}"


def _clock(hour: str, minute: str | None) -> time | None:
    try:
        read = time(int(hour), int(minute or 0))
    except ValueError:
        return None
    return read.replace(hour=read.hour + _HALF_A_DAY) if read.hour < _MORNING else read
