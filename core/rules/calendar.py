"""On which days the office works: its week, less the holidays and the days it closes by itself.

Where the week could not be read, the office is taken to work from Monday to Friday, and no hour is promised.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.rules.hours import Shift, Week

_DAY = timedelta(days=1)
_WORKDAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """name: as residents read it. leave: of collective leave (cuti bersama), and told as such."""

    name: str
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """known_until: the last day whose holidays are known; after it only the week counts."""

    week: Week | None
    closed: Mapping[date, ClosedDay]
    known_until: date


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether the office serves people on this day."""
    return day not in calendar.closed and _in_week(calendar, day)


def next_working_day(calendar: Calendar, day: date) -> date:
    """Return the first working day after a day; a week has at least one, and the days closed come to an end."""
    day += _DAY
    while not is_working_day(calendar, day):
        day += _DAY
    return day


def working_day_before(calendar: Calendar, day: date) -> date:
    """Return the last working day before a day."""
    day -= _DAY
    while not is_working_day(calendar, day):
        day -= _DAY
    return day


def first_open_day(calendar: Calendar, local: datetime) -> date:
    """Return the day on which the office serves people next: this one while it is open, or opens again on it."""
    today = local.date()
    if calendar.week is None:
        return today if is_working_day(calendar, today) else next_working_day(calendar, today)
    still_open = any(closes > local.time() for _, closes in _shifts(calendar, today))
    return today if still_open else next_working_day(calendar, today)


def open_until(calendar: Calendar, local: datetime) -> time | None:
    """When the shift ends that is going on at this moment of the office's own clock; None while it is closed."""
    now = local.time()
    return next((closes for opens, closes in _shifts(calendar, local.date()) if opens <= now < closes), None)


def next_open(calendar: Calendar, local: datetime) -> datetime | None:
    """When the next shift begins after this moment of the office's own clock; None where no hours are known."""
    if calendar.week is None:
        return None
    day, now = local.date(), local.time()
    opening = next((opens for opens, _ in _shifts(calendar, day) if opens > now), None)
    if opening is None:
        day = next_working_day(calendar, day)
        opening = _shifts(calendar, day)[0][0]
    return datetime.combine(day, opening, local.tzinfo)


def closed_days(calendar: Calendar, today: date, *, within_days: int) -> list[tuple[date, ClosedDay]]:
    """Return the days, today and so many more, on which the office is closed though its week says otherwise."""
    days = [today + _DAY * number for number in range(within_days + 1)]
    return [(day, calendar.closed[day]) for day in days if day in calendar.closed and _in_week(calendar, day)]


def _in_week(calendar: Calendar, day: date) -> bool:
    if calendar.week is None:
        return day.weekday() < _WORKDAYS_A_WEEK
    return bool(calendar.week[day.weekday()])


def _shifts(calendar: Calendar, day: date) -> tuple[Shift, ...]:
    if calendar.week is None or day in calendar.closed:
        return ()
    return calendar.week[day.weekday()]
