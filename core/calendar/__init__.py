"""The days on which the office is closed: the holidays that ship (holidays.csv), and the office's own list.

A new year's decree is a few more lines in holidays.csv; until they are there the doctor says so.
"""

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from core.calendar.own_days import read_own_days
from core.rules.calendar import Calendar, ClosedDay
from core.rules.hours import Hours

_LEAVE = "leave"


def calendar_of(hours: Hours, own: Path | None) -> Calendar:
    """Return when an office with these hours works; SetupError when its own list cannot be used.

    Own days, however far ahead, say nothing of the holidays around them: only a decree moves `known_until`.
    """
    closed = national_days()
    known_until = date(max(closed).year, 12, 31)
    if own is not None:
        adds, opens = read_own_days(own, national=closed.keys())
        closed = {day: closed[day] for day in closed.keys() - opens} | adds
    return Calendar(hours.week, closed, known_until)


@cache
def national_days() -> dict[date, ClosedDay]:
    """The holidays and days of collective leave that are decreed."""
    lines = files(__package__).joinpath("holidays.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {date.fromisoformat(row["date"]): ClosedDay(row["name"], leave=row["kind"] == _LEAVE) for row in rows}
