"""Services stop and come back; who waits for them is told once at each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.broadcasts import start_broadcast
from core.actions.facts import Happened, append_fact
from core.errors import NotFound, Refused
from core.questions.regions import office_row, office_zone
from core.questions.suspensions import ended_with, services_of
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Broadcast
from core.store.tables import Region, Suspension
from core.store.words import BroadcastState

#: A stop expected to end sooner changes only the answers; nobody is written to (design.md, "Who is told what").
WORTH_TELLING = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Started:
    """A suspension and, where people are told of it, its broadcast."""

    suspension_id: int
    broadcast_id: int | None


def suspend(
    session: Session,
    services: Collection[Service],
    *,
    cause: Cause,
    now: datetime,
    by: str,
    until: date | None = None,
    region: str | None = None,
    recorded_since: date | None = None,
    sms: bool = False,
) -> Started:
    """Note that services stopped. Who waits is told unless it is expected to last less than a working day."""
    if not services:
        raise Refused("name at least one service, as in --services printing,letters")
    if region is not None and session.get(Region, region) is None:
        raise Refused(f"{region} is not a region of this office; leave it out for the whole regency")
    today = now.astimezone(office_zone(session)).date()
    if until is not None and until < today:
        raise Refused(f"the expected end {until} is past; give a day from {today} on, or none if it is not known")
    suspension = Suspension(
        services=",".join(service for service in Service if service in services),
        region=region or office_row(session).regency,
        recorded_since=recorded_since,
        cause=cause,
        since=now,
        expected_until=until,
    )
    session.add(suspension)
    session.flush()
    _fact(session, Happened.SUSPENSION_STARTED, suspension, now=now, by=by)
    tell = until is None or until - today >= WORTH_TELLING
    broadcast_id = start_broadcast(session, Kind.SUSPENDED, suspension.id, sms=sms, now=now) if tell else None
    return Started(suspension.id, broadcast_id)


def resume(session: Session, suspension_id: int, *, now: datetime, by: str) -> Started:
    """Note that a suspension is over; only those whom the start notice reached are told, of what runs again for them.

    So are those who were told of one that ended before, while this one kept its services stopped.
    """
    suspension = session.get(Suspension, suspension_id)
    if suspension is None:
        raise NotFound(f"there is no suspension {suspension_id}; see: kabar suspensions")
    resumed = session.execute(
        update(Suspension).where(Suspension.id == suspension_id, Suspension.resumed_at.is_(None)).values(resumed_at=now)
    )
    if resumed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Refused(f"suspension {suspension_id} is over already; nothing to do")
    _fact(session, Happened.SUSPENSION_RESUMED, suspension, now=now, by=by)
    ids = ended_with(session, suspension)
    told = session.scalars(
        select(Broadcast).where(Broadcast.suspension_id.in_(ids), Broadcast.kind == Kind.SUSPENDED)
    ).all()
    if not told:
        return Started(suspension_id, None)
    for broadcast in told:
        if broadcast.state is BroadcastState.PREPARING:  # nobody further needs to hear of a stop that is over
            broadcast.state = BroadcastState.CANCELLED
    sms = any(broadcast.sms for broadcast in told)
    return Started(suspension_id, start_broadcast(session, Kind.RESUMED, suspension_id, sms=sms, now=now))


def _fact(session: Session, kind: Happened, suspension: Suspension, *, now: datetime, by: str) -> None:
    append_fact(
        session,
        kind,
        now=now,
        by=by,
        suspension_id=suspension.id,
        details={"services": [str(service) for service in services_of(suspension)], "region": suspension.region},
    )
