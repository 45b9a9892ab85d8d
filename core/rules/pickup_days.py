"""Pickup days: no more people on one working day than the counter can serve, whoever shares a phone on the same one."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from core.rules.calendar import Calendar, next_working_day

T = TypeVar("T", bound=Hashable)


def pickup_days(
    groups: Iterable[Sequence[T]], *, first: date, per_day: int, calendar: Calendar, called: Mapping[date, int]
) -> dict[T, date]:
    """Return a working day for everybody, none before `first`.

    groups: who shares a phone, in the order of their numbers; each gets the first day that has room for all of it.
    called: how many have a day already. A group larger than a day has a day of its own, and no other day is overrun.
    """
    days = [next_working_day(calendar, first - timedelta(days=1))]
    load = Counter(called)
    chosen: dict[T, date] = {}
    for group in groups:
        day = _day_for(len(group), days, load, per_day=per_day, calendar=calendar)
        load[day] += len(group)
        chosen.update(dict.fromkeys(group, day))
    return chosen


def _day_for(people: int, days: list[date], load: Counter[date], *, per_day: int, calendar: Calendar) -> date:
    """days: those looked at so far; more are added as they are needed, full ones at the front are dropped."""
    while len(days) > 1 and load[days[0]] >= per_day:
        del days[0]
    place = 0
    while load[days[place]] and load[days[place]] + people > per_day:
        place += 1
        if place == len(days):
            days.append(next_working_day(calendar, days[-1]))
    return days[place]
