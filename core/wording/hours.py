"""When the office is open: now, next, and on which days it is closed."""

from datetime import date, datetime, timedelta

from core.rules.calendar import Calendar, ClosedDay, closed_days, next_open, next_working_day, open_until
from core.rules.notices import OfficeWords
from core.wording import Wording
from core.wording.dates import day_date
from core.wording.paragraphs import paragraphs

#: How far ahead closed days are listed to whoever asks for the hours.
_LISTED_DAYS = 14
#: How far ahead they are told to whoever is on the point of coming.
_SOON_DAYS = 3


def opening_hours(w: Wording, office: OfficeWords, calendar: Calendar, *, address: str | None, local: datetime) -> str:
    """local: this moment by the office's own clock. Where its hours could not be read, nothing is said of now."""
    zone = local.tzname() or ""
    told = w.text(
        "office-hours",
        kantor=office.name,
        jam_kantor=office.hours,
        zona="" if zone in office.hours else zone,
        alamat=w.text("office-address", alamat=address) if address else "",
        sekarang=_now(w, calendar, local, zone),
    )
    closed = [
        w.text("closed-on", hari=day_date(w, day), nama=_reason(w, why))
        for day, why in closed_days(calendar, local.date(), within_days=_LISTED_DAYS)
    ]
    return paragraphs("\n".join((told, *closed)), w.text("office-hours-closing"))


def closing_soon(w: Wording, calendar: Calendar, today: date) -> str:
    """One line when the office will be closed within three days although its week says otherwise; else nothing."""
    soon = closed_days(calendar, today, within_days=_SOON_DAYS)
    if not soon:
        return ""
    day, why = soon[0]
    again = day_date(w, next_working_day(calendar, day))
    return w.text("closing-soon", hari=day_date(w, day), nama=_reason(w, why), lagi=again)


def _now(w: Wording, calendar: Calendar, local: datetime, zone: str) -> str:
    if closes := open_until(calendar, local):
        return w.text("open-now", jam=f"{closes:%H.%M}", zona=zone)
    opens = next_open(calendar, local)
    if opens is None:
        return ""
    clock = f"{opens:%H.%M}"
    days = opens.date() - local.date()
    if not days:
        return w.text("opens-today", jam=clock, zona=zone)
    key = "opens-tomorrow" if days == timedelta(days=1) else "opens-later"
    return w.text(key, hari=day_date(w, opens.date()), jam=clock, zona=zone)


def _reason(w: Wording, why: ClosedDay) -> str:
    return w.text("collective-leave", nama=why.name) if why.leave else why.name
