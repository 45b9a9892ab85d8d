"""Which services are stopped, and whom that touches."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.suspension import WAITS_FOR, Service, SuspensionNote
from core.store.tables import Suspension


def services_of(suspension: Suspension) -> tuple[Service, ...]:
    """Return the services of a row, in their usual order."""
    return tuple(Service(word) for word in suspension.services.split(","))


def note_of(suspension: Suspension, zone: ZoneInfo) -> SuspensionNote:
    """Return what anybody may know of a suspension."""
    return SuspensionNote(
        services=services_of(suspension),
        cause=suspension.cause,
        since=suspension.since.astimezone(zone).date(),
        expected_until=suspension.expected_until,
    )


def open_suspensions(session: Session) -> list[Suspension]:
    """Return the suspensions that are not resumed, oldest first."""
    return list(session.scalars(select(Suspension).where(Suspension.resumed_at.is_(None)).order_by(Suspension.id)))


def suspensions_touching(
    session: Session, stage: Stage, *, village: str, recorded_on: date | None
) -> tuple[SuspensionNote, ...]:
    """Return the open suspensions that a card at this stage, of this village, waits for."""
    zone = None
    notes = []
    for suspension in open_suspensions(session):
        waits = any(stage in WAITS_FOR[service] for service in services_of(suspension))
        if waits and touches(suspension, village=village, recorded_on=recorded_on):
            zone = zone or office_zone(session)
            notes.append(note_of(suspension, zone))
    return tuple(notes)


def touches(suspension: Suspension, *, village: str, recorded_on: date | None) -> bool:
    """Whether the suspension's region and recorded-since filter cover this person."""
    in_region = village == suspension.region or village.startswith(suspension.region + ".")
    since = suspension.recorded_since
    return in_region and (since is None or (recorded_on is not None and recorded_on >= since))


def centre_stops(session: Session) -> list[tuple[date, date | None]]:
    """Return the days on which the centre was suspended: they do not count as waiting (the SFE rule)."""
    zone = office_zone(session)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    return [
        (day(suspension.since), day(suspension.resumed_at) if suspension.resumed_at else None)
        for suspension in session.scalars(select(Suspension))
        if Service.CENTRE in services_of(suspension)
    ]
