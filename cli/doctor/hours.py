"""When the office is open: whether its hours can be read, and how far ahead its closed days are known."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cli.doctor.finding import Finding, broken, look, well
from core.calendar import calendar_of
from core.errors import KabarError
from core.questions.regions import office_words, office_zone
from core.rules.calendar import Calendar, closed_days
from core.rules.hours import EXAMPLE, Hours
from core.settings import Settings
from core.store.office import OpenOffice

#: A decree for the next year comes in September or October; what is missing then has to be put in by hand.
_ENDS_SOON = timedelta(days=60)
_AHEAD_DAYS = 60


def look_at_hours(office: OpenOffice, settings: Settings, now: datetime) -> Iterator[Finding]:
    """The hours that residents read, and the calendar behind them."""
    hours = settings.office_hours or Hours.shown_only(office.read(office_words).hours)
    if hours.week is None:
        said = f"'{hours.text}' is shown, but nobody can be told whether the office is open now"
        yield look("office hours", said, f'set KABAR_OFFICE_HOURS="{EXAMPLE}"')
    else:
        yield well("office hours", hours.text)
    try:
        calendar = calendar_of(hours, settings.closed_days)
    except KabarError as error:
        yield broken("closed days", str(error), "kabar run refuses to start like this")
        return
    yield _closed_days(calendar, now.astimezone(office.read(office_zone)).date())


def _closed_days(calendar: Calendar, today: date) -> Finding:
    if calendar.known_until - today < _ENDS_SOON:
        said = f"holidays are known until {calendar.known_until} only; after that only the hours of the week count"
        fix = "install the newest version; until then put them into the file KABAR_CLOSED_DAYS"
        return look("closed days", said, fix)
    coming = closed_days(calendar, today, within_days=_AHEAD_DAYS)
    said = f"next: {coming[0][0]}, {coming[0][1].name}" if coming else f"none within {_AHEAD_DAYS} days"
    return well("closed days", f"holidays are known until {calendar.known_until}; {said}")
