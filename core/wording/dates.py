"""Dates and times of day as residents write them."""

import re
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from core.rules.hours import DAYS
from core.rules.notices import OfficeWords
from core.wording import Wording

_DAY_NAME = re.compile(rf"\b({'|'.join(DAYS)})\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def long_date(w: Wording, day: date) -> str:
    """27 September 2017."""
    return f"{day.day} {w.text('months').split()[day.month - 1]} {day.year}"


@lru_cache(maxsize=512)
def day_date(w: Wording, day: date) -> str:
    """Selasa 29/12: at most 12 characters."""
    return f"{w.text('weekdays').split()[day.weekday()]} {short_date(day)}"


def pickup_day(w: Wording, day: date | None) -> str:
    """Hari: Kamis 29/12. Empty for who may come on any day."""
    return w.text("pickup-day", kapan=day_date(w, day)) if day else ""


@lru_cache(maxsize=512)
def weekday_date(w: Wording, day: date) -> str:
    """Selasa, 29 September 2026."""
    return f"{w.text('weekdays').split()[day.weekday()]}, {long_date(w, day)}"


def short_date(day: date) -> str:
    """29/12."""
    return f"{day.day}/{day.month}"


@lru_cache(maxsize=16)
def spoken_office(w: Wording, office: OfficeWords) -> OfficeWords:
    """The office, its hours with the days of this language: an office writes them in Indonesian."""
    names = w.text("weekdays").split()
    hours = _DAY_NAME.sub(lambda found: names[DAYS.index(found[0].lower())], office.hours)
    return replace(office, hours=hours)


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """14.05, in the office's zone; the moment is aware."""
    return f"{moment.astimezone(zone):%H.%M}"


def hours_text(opens: time, closes: time) -> str:
    """08.00-11.30."""
    return f"{opens:%H.%M}-{closes:%H.%M}"
