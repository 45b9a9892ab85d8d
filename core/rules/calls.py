"""A village's call: who is called comes on a day of its own, and is told the afternoon of the working day before.

1. Nobody is called to a closed day, nor to Friday noon, when many are at prayer.
2. Told means between TOLD_FROM and TOLD_UNTIL; whoever cannot be told in time gets a later day.
3. What is to be put into an SMS is short: a place that an official types is read by typed_places.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from core.rules.calendar import Calendar, is_working_day, next_working_day, working_day_before
from core.rules.hours import Shift

TOLD_FROM, TOLD_UNTIL = time(15), time(17, 30)
MOST_PER_DAY = 5000
_FRIDAY = 4
_NOON_FROM, _NOON_UNTIL = time(11, 30), time(13)
#: Where an office's week could not be read, it is taken to work from Monday to Friday.
_USUAL_WEEK = (((time(8), time(15)),),) * 5 + ((), ())


class Problem(StrEnum):
    """Why a call cannot be made as it is. The first three: of its first day; the plan names one that works."""

    PAST = "past"
    CLOSED = "closed"
    TOO_LATE = "too-late"
    STOPPED = "stopped"
    NOBODY = "nobody"
    PER_DAY = "per-day"
    HOURS = "hours"
    PLACE_LONG = "place-long"
    PLACE_SIGNS = "place-signs"
    PLACE_LOOKS_LIKE_FRAUD = "place-fraud"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """What a call says. point: a pickup point's region code. opens, closes: by the office's clock, every day of it.

    place: None: where cards are handed over there anyway. per_day: people; a larger family has a day of its own.
    """

    point: str
    first_day: date
    opens: time
    closes: time
    place: str | None = None
    per_day: int


def hours_on(terms: CallTerms, day: date) -> Shift | None:
    """Return from when to when people come on a day; None where nothing is left of a Friday."""
    opens, closes = terms.opens, terms.closes
    if day.weekday() == _FRIDAY:
        if opens < _NOON_FROM:
            closes = min(closes, _NOON_FROM)
        elif opens < _NOON_UNTIL:
            opens = _NOON_UNTIL
    return (opens, closes) if opens < closes else None


def days_of_call(terms: CallTerms, calendar: Calendar) -> Calendar:
    """Return the days on which people may be called: the office's, without Fridays where nothing is left of them."""
    any_friday = terms.first_day + timedelta(days=(_FRIDAY - terms.first_day.weekday()) % 7)
    if hours_on(terms, any_friday) is not None:
        return calendar
    week = calendar.week or _USUAL_WEEK
    if not any(shifts for day, shifts in enumerate(week) if day != _FRIDAY):
        return calendar  # it works on Fridays only; then those it is
    return replace(calendar, week=(*week[:_FRIDAY], (), *week[_FRIDAY + 1 :]))


def told_from(day: date, calendar: Calendar, zone: tzinfo) -> datetime:
    """Return from when on people who are called for a day are told."""
    return datetime.combine(working_day_before(calendar, day), TOLD_FROM, zone)


def told_until(day: date, calendar: Calendar, zone: tzinfo) -> datetime:
    """Return until when they are; whoever is not, gets another day."""
    return datetime.combine(working_day_before(calendar, day), TOLD_UNTIL, zone)


def first_possible(now: datetime, terms: CallTerms, calendar: Calendar, zone: tzinfo) -> date:
    """Return the first day, none before the call's own, for which people can still be told in time."""
    of_call, today = days_of_call(terms, calendar), now.astimezone(zone).date()
    day = next_working_day(of_call, max(today, terms.first_day - timedelta(days=1)))
    while told_until(day, calendar, zone) <= now:
        day = next_working_day(of_call, day)
    return day


def trouble_with_first_day(now: datetime, terms: CallTerms, calendar: Calendar, zone: tzinfo) -> Problem | None:
    """Return why people cannot be called to the first day; None when they can."""
    first = terms.first_day
    if first < now.astimezone(zone).date():
        return Problem.PAST
    if not is_working_day(days_of_call(terms, calendar), first):
        return Problem.CLOSED
    return None if told_until(first, calendar, zone) > now else Problem.TOO_LATE
