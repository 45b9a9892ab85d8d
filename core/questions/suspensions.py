"""Which services are stopped, whom that touches, and what is back when one suspension ends."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from core.questions.regions import office_zone
from core.rules.suspension import Service, SuspensionNote
from core.store.ready import run, table_of
from core.store.tables import Card, Resident, Suspension

_suspensions = table_of(Suspension)
_OPEN = select(_suspensions).where(_suspensions.c.resumed_at.is_(None)).order_by(_suspensions.c.id)

#: A suspension, or its columns.
_AnySuspension = Suspension | Row[*tuple[Any, ...]]


def services_of(suspension: _AnySuspension) -> tuple[Service, ...]:
    """Return the services of a row, in their usual order."""
    return tuple(Service(word) for word in suspension.services.split(","))


def note_of(suspension: _AnySuspension, zone: ZoneInfo) -> SuspensionNote:
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


def suspensions_touching(session: Session, *, village: str, recorded_on: date | None) -> tuple[SuspensionNote, ...]:
    """Return the open suspensions that cover a person, whatever she waits for: an answer speaks of letters as well."""
    zone = office_zone(session)
    return tuple(
        note_of(suspension, zone)
        for suspension in run(session, _OPEN)
        if touches(suspension, village=village, recorded_on=recorded_on)
    )


def touches(suspension: _AnySuspension, *, village: str, recorded_on: date | None) -> bool:
    """Whether the suspension's region and recorded-since filter cover this person."""
    in_region: bool = village == suspension.region or village.startswith(suspension.region + ".")
    since = suspension.recorded_since
    return in_region and (since is None or (recorded_on is not None and recorded_on >= since))


def services_back(
    session: Session, suspension: Suspension, resident_ids: Collection[int]
) -> dict[int, tuple[Service, ...]]:
    """Return, per resident, what is back with a suspension's end: the services that no other one stops for her."""
    others = [other for other in open_suspensions(session) if other.id != suspension.id]
    newest = aliased(Card)
    is_newest = Card.id == select(func.max(newest.id)).where(newest.resident_id == Resident.id).scalar_subquery()
    query = (
        select(Resident.id, Resident.village, Card.recorded_on)
        .outerjoin(Card, is_newest)
        .where(Resident.id.in_(resident_ids))
    )
    back = {}
    for id_, village, recorded_on in session.execute(query):
        stopping = [other for other in others if touches(other, village=village, recorded_on=recorded_on)]
        stopped = {service for other in stopping for service in services_of(other)}
        here = services_of(suspension) if touches(suspension, village=village, recorded_on=recorded_on) else ()
        back[id_] = tuple(service for service in here if service not in stopped)
    return back


def ended_with(session: Session, suspension: Suspension) -> list[int]:
    """Return a suspension that is over and those that ended before, while it kept a service of theirs stopped.

    Whom those had told was not told that the service is back: this one's end tells them.
    """
    ended = select(Suspension).where(Suspension.resumed_at <= suspension.resumed_at, Suspension.id != suspension.id)
    found = [suspension]
    for other in session.scalars(ended.order_by(Suspension.resumed_at.desc())):  # one that kept one that kept another
        if any(_kept_stopped(one, other) for one in found):
            found.append(other)
    return [one.id for one in found]


def _kept_stopped(suspension: Suspension, other: Suspension) -> bool:
    """Whether a service of the other one stood still beyond the other's end, because of this one."""
    ended = other.resumed_at
    return ended is not None and suspension.since <= ended and bool({*services_of(suspension)} & {*services_of(other)})


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
