"""Announcements: four fixed forms with a few fields each, so that nobody writes freely to many in the office's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from core.rules.hours import Shift
from core.rules.officials import Role, TellingTerms
from core.rules.suspension import Service

#: A day further away than this was mistyped, or is nothing to tell people of today.
FURTHEST_DAYS = 60
#: An announcement that nobody agreed to for so long is withdrawn.
OPEN_FOR = timedelta(days=7)
#: announcements are counted over so long.
WEEK = timedelta(days=7)
#: The head of the office may let people be told of a stop alone after so long without a second official.
ALONE_AFTER = timedelta(minutes=15)


class Form(StrEnum):
    """The kinds of a proposal that are announcements."""

    HOURS_CHANGED = "hours-changed"
    PLACE_CHANGED = "place-changed"
    SERVICE_DAY = "service-day"
    GENERAL_REMINDER = "general-reminder"


class Field(StrEnum):
    """What is filled in, in this order."""

    DAY = "day"
    HOURS = "hours"
    PLACE = "place"
    SERVICES = "services"


FIELDS: Mapping[Form, tuple[Field, ...]] = {
    Form.HOURS_CHANGED: (Field.DAY, Field.HOURS),
    Form.PLACE_CHANGED: (Field.DAY, Field.PLACE),
    Form.SERVICE_DAY: (Field.DAY, Field.HOURS, Field.PLACE, Field.SERVICES),
    Form.GENERAL_REMINDER: (),
}
#: What can be brought to a village; printing and the way to the centre cannot.
BROUGHT_ALONG = (Service.RECORDING, Service.LETTERS, Service.PICKUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """day: from which the change holds, or on which service is given. hours: by the office's clock."""

    form: Form
    day: date | None = None
    hours: Shift | None = None
    place: str | None = None
    services: tuple[Service, ...] = ()

    def missing(self) -> Field | None:
        """The first field that is still to be filled in."""
        filled = {
            Field.DAY: self.day,
            Field.HOURS: self.hours,
            Field.PLACE: self.place,
            Field.SERVICES: self.services,
        }
        return next((field for field in FIELDS[self.form] if not filled[field]), None)

    def details(self) -> dict[str, Any]:
        """As plain values, for the database."""
        written: dict[str, Any] = {}
        if self.day:
            written["day"] = self.day.isoformat()
        if self.hours:
            written["hours"] = [f"{moment:%H:%M}" for moment in self.hours]
        if self.place:
            written["place"] = self.place
        if self.services:
            written["services"] = [str(service) for service in self.services]
        return written


def announcement_from(form: str, details: Mapping[str, Any]) -> Announcement:
    """Read what `details` wrote; what else stands there is left alone."""
    hours = details.get("hours")
    return Announcement(
        form=Form(form),
        day=date.fromisoformat(details["day"]) if "day" in details else None,
        hours=(time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None,
        place=details.get("place"),
        services=tuple(Service(word) for word in details.get("services", ())),
    )


def fits_day(day: date, today: date) -> bool:
    """Whether people may be told of this day today."""
    return today <= day <= today + timedelta(days=FURTHEST_DAYS)


class Consent(StrEnum):
    """Who has to agree before it goes out. OFFICE: somebody of it. SECOND: another official of the office."""

    NOBODY = "nobody"
    OFFICE = "office"
    SECOND = "second"


def consent_needed(role: Role, people: int, terms: TellingTerms) -> Consent:
    """Who has to agree to what an official of this role wants so many people to be told."""
    if people > terms.agreed_above:
        return Consent.SECOND
    if terms.agreed and role in (Role.VILLAGE, Role.DISTRICT):
        return Consent.OFFICE
    return Consent.NOBODY


def next_allowed(counted: list[datetime], a_week: int, now: datetime) -> datetime | None:
    """When another announcement is possible in a region where these were made; None: at once.

    counted: when each went out or, where it is still open, was made.
    """
    recent = sorted(moment for moment in counted if moment > now - WEEK)
    if len(recent) < a_week:
        return None
    if a_week <= 0:
        return datetime.max.replace(tzinfo=now.tzinfo)
    return recent[-a_week] + WEEK
