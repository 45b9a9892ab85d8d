"""How long somebody in the print queue still waits, as honestly as an office's own prints can tell it.

1. The pace is what was printed on each of the last 20 working days on which printing was not suspended; a day without a
   print counts as none. Days before the office's first print, or more than 180 days ago, are not looked at.
2. The near end of a range is the place divided by a good day's prints (the upper quartile), to the nearest; the far end
   is the place divided by a poor day's (the lower quartile), up to the next whole.
3. Working days up to 15, weeks of five of them up to 25, then months of the 260 working days of a year.
4. With fewer than five such days nothing is said at all; it is never a date, and never a promise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.rules.calendar import Calendar, is_working_day
from core.rules.print_queue import USUAL_POLICY, Line, PrintPolicy

PACE_DAYS = 20
FEWEST_DAYS = 5
LOOK_BACK_DAYS = 180
_MOST_DAYS = 15
_MOST_WEEKS = 25
_EXACT_BELOW = 20

#: Days from the first to the last, both of them and both known by a suspension; a last of None: it goes on.
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class PrintTerms:
    """By what a place is told: when the office works, and whom it prints first."""

    calendar: Calendar
    policy: PrintPolicy = USUAL_POLICY


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


#: How many working days a unit is, as a fraction: months are twelfths of 52 weeks of five days.
_WORKING_DAYS = {Unit.DAYS: (1, 1), Unit.WEEKS: (5, 1), Unit.MONTHS: (65, 3)}


@dataclass(frozen=True, slots=True)
class Pace:
    """Prints a day, on a poor day and on a good one (lower and upper quartile). days: how many it was seen on."""

    days: int
    poor: int
    good: int


@dataclass(frozen=True, slots=True)
class Wait:
    """How much longer. latest: None where a poor day brings nothing, so that only the soonest can be told."""

    soonest: int
    latest: int | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Place:
    """ahead: cards printed before hers. needs_free: blanks that no plan holds yet and that it takes to print hers."""

    ahead: int
    needs_free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What somebody in the print queue may expect.

    ahead: cards printed before hers; None: she is too young to be printed. wait: None where nobody can say.
    pace_days: how many days the wait rests on. blanks: how many are free, where those do not reach her place.
    lines: who goes before everybody else.
    """

    ahead: int | None
    wait: Wait | None = None
    pace_days: int = 0
    blanks: int | None = None
    lines: tuple[Line, ...] = ()


def working_days_before(calendar: Calendar, today: date, *, first: date, stopped: Iterable[Span] = ()) -> list[date]:
    """Return the last 20 working days before today, newest first; none before `first`, and none that was stopped.

    A day on which printing stood still for some hours only is left out as well: it says nothing of a whole day.
    """
    spans = list(stopped)
    days: list[date] = []
    day = today - timedelta(days=1)
    earliest = max(first, today - timedelta(days=LOOK_BACK_DAYS))
    while day >= earliest and len(days) < PACE_DAYS:
        if is_working_day(calendar, day) and not any(_within(day, span) for span in spans):
            days.append(day)
        day -= timedelta(days=1)
    return days


def _within(day: date, span: Span) -> bool:
    first, last = span
    return first <= day and (last is None or day <= last)


def pace_of(prints: Sequence[int]) -> Pace | None:
    """Return the pace of days with so many prints each; None for fewer than five days.

    Quartiles by nearest rank: the smallest of the numbers that at least a quarter (three quarters) of the days did not
    exceed, so always one that was really printed (type 1 of Hyndman and Fan, 1996).
    """
    if len(prints) < FEWEST_DAYS:
        return None
    ordered = sorted(prints)
    return Pace(len(ordered), ordered[_up(len(ordered), 4) - 1], ordered[_up(3 * len(ordered), 4) - 1])


def wait_for(ahead: int, pace: Pace) -> Wait | None:
    """Return how much longer who has so many before her waits; None where even a good day brings nothing."""
    if pace.good <= 0:
        return None
    unit = _unit(ahead, pace.poor if pace.poor > 0 else pace.good)
    days, parts = _WORKING_DAYS[unit]
    soonest = _nearest(ahead * parts, days * pace.good)
    latest = _up(ahead * parts, days * pace.poor) if pace.poor > 0 else None
    return Wait(max(1, soonest), None if latest is None else max(1, latest), unit)


def _unit(ahead: int, prints: int) -> Unit:
    if _up(ahead, prints) <= _MOST_DAYS:
        return Unit.DAYS
    return Unit.WEEKS if _up(ahead, 5 * prints) <= _MOST_WEEKS else Unit.MONTHS


def _up(number: int, by: int) -> int:
    return -(-number // by)


def _nearest(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


def expectation(
    place: Place, *, pace: Pace | None, free_blanks: int | None, suspended: bool, policy: PrintPolicy = USUAL_POLICY
) -> Expectation | None:
    """Return what somebody may expect; None while the office's prints say nothing yet.

    free_blanks: that no plan holds; None where the office keeps no stock here. suspended: for her, so her place is all.
    """
    if pace is None:
        return None
    if suspended:
        return Expectation(ahead=place.ahead)
    if free_blanks is not None and place.needs_free > free_blanks:
        return Expectation(ahead=place.ahead, blanks=max(0, free_blanks))
    wait = wait_for(place.ahead, pace)
    if wait is None:
        return Expectation(ahead=place.ahead)
    return Expectation(ahead=place.ahead, wait=wait, pace_days=pace.days, lines=first_lines(policy))


TOO_YOUNG = Expectation(ahead=None)


def first_lines(policy: PrintPolicy) -> tuple[Line, ...]:
    """Return the lines that go before everybody else, in their order."""
    return policy.order[: policy.order.index(Line.ORDINARY)]


def as_told(cards: int) -> int:
    """Return a number of cards as it is told: exact below 20, else its first two digits."""
    if cards < _EXACT_BELOW:
        return cards
    step = int(10 ** (len(str(cards)) - 2))
    return _nearest(cards, step) * step
