"""The next days on which the office is open, so many people on each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from core.rules.calendar import Calendar, next_working_day


def next_open_days(after: date, *, calendar: Calendar, per_day: int, called: Mapping[date, int]) -> Iterator[date]:
    """Give a day for one person after the other: the first open one after that day that has room.

    per_day: how many the counter serves. called: how many have that day already.
    """
    load = Counter(called)
    day = next_working_day(calendar, after)
    while True:
        while load[day] >= per_day:
            day = next_working_day(calendar, day)
        load[day] += 1
        yield day
