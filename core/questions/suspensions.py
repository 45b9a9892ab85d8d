"""Which services are stopped, whom that touches, and what is back when one suspension ends."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, false, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from core.questions.regions import office_zone
from core.rules.notices import Kind
from core.rules.suspension import Service, SuspensionNote, lasts_as_long, within
from core.store.delivery_tables import Broadcast
from core.store.ready import run_once, table_of
from core.store.tables import Card, Resident, Suspension

_REGENCY_LENGTH = len("35.22")


_suspensions = table_of(Suspension)
_EVER = select(_suspensions).order_by(_suspensions.c.id)
_OPEN = select(_suspensions).where(_suspensions.c.resumed_at.is_(None)).order_by(_suspensions.c.id)

#: A suspension, or its columns.
_AnySuspension = Suspension | Row[*tuple[Any, ...]]


def stops_of(session: Session, service: Service) -> list[Suspension]:
    """Return the open suspensions of a service, wherever, oldest first."""
    return [suspension for suspension in open_suspensions(session) if service in services_of(suspension)]


def stopped_services(session: Session, *, village: str, recorded_on: date | None = None) -> frozenset[Service]:
    """Return what is stopped at this moment for who lives in a village; its code may be a district's or the regency's.

    recorded_on: her day of recording; without it only those suspensions count that concern everybody there.
    """
    notes = suspensions_touching(session, village=village, recorded_on=recorded_on)
    return frozenset(service for note in notes for service in note.services)


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
        for suspension in run_once(session, _OPEN)
        if touches(suspension, village=village, recorded_on=recorded_on)
    )


def touches(suspension: _AnySuspension, *, village: str, recorded_on: date | None) -> bool:
    """Whether the suspension's region and recorded-since filter cover this person."""
    in_region: bool = village == suspension.region or village.startswith(suspension.region + ".")
    since = suspension.recorded_since
    return in_region and (since is None or (recorded_on is not None and recorded_on >= since))


def touching(region: str, recorded_since: date | None) -> ColumnElement[bool]:
    """`touches` for the database to decide, of the resident and the card of a row; never null."""
    in_region: ColumnElement[bool] = true()  # in the whole regency is everybody: her village need not be looked up
    if len(region) > _REGENCY_LENGTH:
        in_region = or_(Resident.village == region, Resident.village.startswith(f"{region}.", autoescape=True))
    if recorded_since is None:
        return in_region
    return and_(in_region, Card.recorded_on.is_not(None), Card.recorded_on >= recorded_since)


def is_newest_card() -> ColumnElement[bool]:
    """Whether the card of a row is its resident's newest.

    Not "with the highest id": PostgreSQL goes through all cards for that, from the newest on, until it has statistics.
    """
    newer = aliased(Card)
    return ~select(newer.id).where(newer.resident_id == Card.resident_id, newer.id > Card.id).exists()


def services_back(
    session: Session, suspension: Suspension, resident_ids: Collection[int]
) -> dict[int, tuple[Service, ...]]:
    """Return, per resident, what is back with a suspension's end: the services that no other one stops for her."""
    others = _others_open(session, suspension)
    query = (
        select(Resident.id, Resident.village, Card.recorded_on)
        .outerjoin(Card, and_(Card.resident_id == Resident.id, is_newest_card()))
        .where(Resident.id.in_(resident_ids))
    )
    back = {}
    for id_, village, recorded_on in session.execute(query):
        stopping = [other for other in others if touches(other, village=village, recorded_on=recorded_on)]
        stopped = {service for other in stopping for service in services_of(other)}
        here = services_of(suspension) if touches(suspension, village=village, recorded_on=recorded_on) else ()
        back[id_] = tuple(service for service in here if service not in stopped)
    return back


def something_back(session: Session, suspension: Suspension) -> ColumnElement[bool]:
    """`services_back` for the database to decide, of the resident and the card of a row: whether it is anything."""
    others = _others_open(session, suspension)
    runs_again = [
        and_(true(), *(not_(_touched_by(other)) for other in others if service in services_of(other)))
        for service in services_of(suspension)
    ]
    return and_(_touched_by(suspension), or_(false(), *runs_again))


def _touched_by(suspension: Suspension) -> ColumnElement[bool]:
    return touching(suspension.region, suspension.recorded_since)


def _others_open(session: Session, suspension: Suspension) -> list[Suspension]:
    return [other for other in open_suspensions(session) if other.id != suspension.id]


def ended_with(session: Session, suspension: Suspension) -> list[int]:
    """Return a suspension that is over and those that ended before, while it kept a service of theirs stopped.

    Whom those had told was not told that the service is back: this one's end tells them. Of a part that came back
    before the rest, the start was told with the whole, which is returned too.
    """
    ended = select(Suspension).where(Suspension.resumed_at <= suspension.resumed_at, Suspension.id != suspension.id)
    found = [suspension]
    for other in session.scalars(ended.order_by(Suspension.resumed_at.desc())):  # one that kept one that kept another
        if any(_kept_stopped(one, other) for one in found):
            found.append(other)
    return list({id_ for one in found for id_ in (one.id, one.part_of) if id_ is not None})


def _kept_stopped(suspension: Suspension, other: Suspension) -> bool:
    """Whether a service of the other one stood still beyond the other's end, because of this one.

    One noted later, however long before it began, kept nobody from hearing of the other's end.
    """
    ended = other.resumed_at
    return (
        ended is not None
        and (suspension.noted_at or suspension.since) <= ended
        and bool({*services_of(suspension)} & {*services_of(other)})
    )


def ever_stopped(session: Session, service: Service) -> list[_AnySuspension]:
    """Return every suspension of a service, open or over; read once for all that is answered in one transaction."""
    return [suspension for suspension in run_once(session, _EVER) if service in services_of(suspension)]


def standstills(session: Session, *, region: str | None = None) -> list[tuple[Service, date, date | None]]:
    """Return which service stood still from which day to which, the last of None while it does.

    region: only suspensions of all of it.
    """
    zone = office_zone(session)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    return [
        (service, day(suspension.since), day(suspension.resumed_at) if suspension.resumed_at else None)
        for suspension in session.scalars(select(Suspension).order_by(Suspension.since, Suspension.id))
        if region in (None, suspension.region)
        for service in services_of(suspension)
    ]


def start_broadcasts(session: Session, suspension_ids: Collection[int]) -> Sequence[Broadcast]:
    """Return the broadcasts by which people were told of the start of these suspensions, oldest first."""
    told = select(Broadcast).where(Broadcast.suspension_id.in_(suspension_ids), Broadcast.kind == Kind.SUSPENDED)
    return session.scalars(told.order_by(Broadcast.id)).all()


def told_already_by(session: Session, stop: Suspension) -> dict[Service, list[int]]:
    """Return, per service that stops, the broadcasts of other open suspensions that say the same, for as long."""
    others = [
        other
        for other in _others_open(session, stop)
        if lasts_as_long(other.expected_until, stop.expected_until)
        and (within(other.region, stop.region) or within(stop.region, other.region))
    ]
    told_by = {}
    for service in services_of(stop):
        ids = [other.id for other in others if service in services_of(other)]
        told_by[service] = [broadcast.id for broadcast in start_broadcasts(session, ids)] if ids else []
    return told_by
