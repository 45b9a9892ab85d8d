"""On which days this office works, by its settings or, without any, by the hours that it was founded with."""

from sqlalchemy.orm import Session

from core.calendar import calendar_of
from core.questions.regions import office_row
from core.rules.calendar import Calendar
from core.rules.hours import Hours
from core.store.office import known_of


def office_calendar(session: Session) -> Calendar:
    """Return the office's calendar; it is put together once. SetupError when its own list of days cannot be used."""
    known = known_of(session)
    if "calendar" not in known:
        hours: Hours | None = known.get("office_hours")
        known["calendar"] = calendar_of(hours or Hours.shown_only(office_row(session).hours), known.get("closed_days"))
    calendar: Calendar = known["calendar"]
    return calendar
