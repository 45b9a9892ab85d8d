"""Dates and times of day as residents write them."""

from datetime import date, datetime, tzinfo
from functools import lru_cache

from core.wording import Wording


@lru_cache(maxsize=512)
def long_date(w: Wording, day: date) -> str:
    """27 September 2017."""
    return f"{day.day} {w.text('months').split()[day.month - 1]} {day.year}"


@lru_cache(maxsize=512)
def day_date(w: Wording, day: date) -> str:
    """Selasa 29/12: at most 12 characters."""
    return f"{w.text('weekdays').split()[day.weekday()]} {short_date(day)}"


def short_date(day: date) -> str:
    """29/12."""
    return f"{day.day}/{day.month}"


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """14.05, in the office's zone; the moment is aware."""
    return f"{moment.astimezone(zone):%H.%M}"
