"""Services stop and come back, all or some, and their expected end moves; who waits is told once at each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.broadcasts import start_broadcast
from core.actions.facts import Happened, append_fact
from core.errors import NotFound, Overtaken, Refused
from core.questions.proposals import is_held
from core.questions.regions import office_row, office_today, office_zone
from core.questions.suspensions import ended_with, services_of, start_broadcasts
from core.questions.working_days import office_calendar
from core.rules.calendar import first_open_day
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service, outermost
from core.store.delivery_tables import Broadcast
from core.store.tables import Region, Suspension
from core.store.words import BroadcastState


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
    since: datetime | None = None,
    region: str | None = None,
    recorded_since: date | None = None,
    sms: bool = False,
    tell: bool = False,
    held: bool = False,
) -> Started:
    """Note that services stopped. Who waits is told unless it is expected to last less than a working day.

    since: when they really stopped, if that was before now. tell: tell people of a short stop too. held: nobody is told
    before a second official agrees (core.actions.proposals); the answers say it at once.
    """
    _check(session, services, now=now, until=until, since=since, region=region)
    suspension = Suspension(
        services=_written(services),
        region=region or office_row(session).regency,
        recorded_since=recorded_since,
        cause=cause,
        since=since or now,
        noted_at=now,
        expected_until=until,
    )
    session.add(suspension)
    session.flush()
    _fact(session, Happened.SUSPENSION_STARTED, suspension, now=now, by=by)
    if held or not (tell or worth_telling(session, until, now=now)):
        return Started(suspension.id, None)
    broadcast_id = start_broadcast(session, Kind.SUSPENDED, suspension.id, sms=sms, now=now, until=until)
    return Started(suspension.id, broadcast_id)


def suspend_regions(
    session: Session,
    services: Collection[Service],
    *,
    regions: Collection[str],
    cause: Cause,
    now: datetime,
    by: str,
    until: date | None = None,
    since: datetime | None = None,
    recorded_since: date | None = None,
    sms: bool = False,
    tell: bool = False,
) -> list[Started]:
    """The same in several regions, a suspension for each, all or none; without any in the whole regency.

    One that lies within another of them is left out: it is touched already.
    """
    return [
        suspend(
            session,
            services,
            cause=cause,
            now=now,
            by=by,
            until=until,
            since=since,
            region=region,
            recorded_since=recorded_since,
            sms=sms,
            tell=tell,
        )
        for region in whole_or(regions)
    ]


def whole_or(regions: Collection[str]) -> list[str | None]:
    """Return the regions, without those that lie within another; None for the whole regency where none is named."""
    return [*outermost(regions)] or [None]


def worth_telling(session: Session, until: date | None, *, now: datetime) -> bool:
    """Whether a stop is expected to last a working day or more: not over today, nor before the office opens again."""
    if until is None:
        return True
    local = now.astimezone(office_zone(session))
    return until > max(local.date(), first_open_day(office_calendar(session), local))


def move_end(session: Session, suspension_id: int, until: date | None, *, now: datetime, by: str) -> Started:
    """Note another expected end, or that none is known; whom the news of the start reached is told.

    The same end changes nothing. A short stop that nobody was told of, and that lasts after all, is told as one that
    starts. What of an earlier move was not told yet is not told any more.
    """
    suspension = _open_suspension(session, suspension_id)
    was = suspension.expected_until
    if until == was:
        return Started(suspension_id, None)
    _check_end(session, until, now=now)
    moved = session.execute(
        update(Suspension)
        .where(
            Suspension.id == suspension_id,
            Suspension.resumed_at.is_(None),
            Suspension.expected_until.is_not_distinct_from(was),
        )
        .values(expected_until=until)
    )
    _exactly_one(moved)
    dates = {"from": was.isoformat() if was else None, "to": until.isoformat() if until else None}
    _fact(session, Happened.SUSPENSION_MOVED, suspension, now=now, by=by, **dates)
    _cancel(session, Kind.SUSPENSION_MOVED, [suspension_id])
    told = start_broadcasts(session, [suspension_id])
    if not told and (is_held(session, suspension_id) or not worth_telling(session, until, now=now)):
        return Started(suspension_id, None)
    kind = Kind.SUSPENSION_MOVED if told else Kind.SUSPENDED
    sms = any(broadcast.sms for broadcast in told)
    return Started(suspension_id, start_broadcast(session, kind, suspension_id, sms=sms, now=now, until=until, was=was))


def resume(
    session: Session, suspension_id: int, *, now: datetime, by: str, services: Collection[Service] = ()
) -> Started:
    """Note that a suspension is over; only those whom the start notice reached are told, of what runs again for them.

    So are those who were told of one that ended before, while this one kept its services stopped. services: only
    these are back; the rest of the suspension goes on as it was.
    """
    suspension = _open_suspension(session, suspension_id)
    stopped = services_of(suspension)
    if missing := [service for service in services if service not in stopped]:
        raise Refused(f"suspension {suspension_id} does not stop {', '.join(missing)}; it stops: {', '.join(stopped)}")
    rest = [service for service in stopped if service not in services] if services else []
    ended = _split(session, suspension, rest, now=now) if rest else _end(session, suspension, now=now)
    _fact(session, Happened.SUSPENSION_RESUMED, ended, now=now, by=by)
    told = start_broadcasts(session, ended_with(session, ended))
    if not told:
        return Started(ended.id, None)
    if not rest:  # nobody further needs to hear of a stop that is over
        _cancel(session, Kind.SUSPENSION_MOVED, [suspension_id])
    _cancel(session, Kind.SUSPENDED, _over(session, told))
    sms = any(broadcast.sms for broadcast in told)
    return Started(ended.id, start_broadcast(session, Kind.RESUMED, ended.id, sms=sms, now=now))


def _end(session: Session, suspension: Suspension, *, now: datetime) -> Suspension:
    ended = session.execute(
        update(Suspension).where(Suspension.id == suspension.id, Suspension.resumed_at.is_(None)).values(resumed_at=now)
    )
    _exactly_one(ended)
    return suspension


def _split(session: Session, suspension: Suspension, rest: Collection[Service], *, now: datetime) -> Suspension:
    """What is back becomes a suspension of its own, that is over; the rest keeps its number, so that it is found."""
    seen = suspension.services
    back = [service for service in services_of(suspension) if service not in rest]
    left = session.execute(
        update(Suspension)
        .where(Suspension.id == suspension.id, Suspension.resumed_at.is_(None), Suspension.services == seen)
        .values(services=_written(rest))
    )
    _exactly_one(left)
    part = Suspension(
        services=_written(back),
        region=suspension.region,
        recorded_since=suspension.recorded_since,
        cause=suspension.cause,
        since=suspension.since,
        noted_at=suspension.noted_at,
        expected_until=suspension.expected_until,
        resumed_at=now,
        part_of=suspension.id,
    )
    session.add(part)
    session.flush()
    return part


def _open_suspension(session: Session, suspension_id: int) -> Suspension:
    """Locked, so that of two who change it at once one sees what the other did."""
    suspension = session.get(Suspension, suspension_id, with_for_update=True, populate_existing=True)
    if suspension is None:
        raise NotFound(f"there is no suspension {suspension_id}; see: kabar suspensions")
    if suspension.resumed_at is not None:
        raise Refused(f"suspension {suspension_id} is over already; nothing to do")
    return suspension


def _check(
    session: Session,
    services: Collection[Service],
    *,
    now: datetime,
    until: date | None,
    since: datetime | None,
    region: str | None,
) -> None:
    if not services:
        raise Refused("name at least one service, as in --services printing,letters")
    if region is not None and session.get(Region, region) is None:
        raise Refused(f"{region} is not a region of this office; leave it out for the whole regency")
    if since is not None and since > now:
        raise Refused("it cannot have stopped in the future; give a day that is past, or leave --since out for now")
    _check_end(session, until, now=now)


def _check_end(session: Session, until: date | None, *, now: datetime) -> None:
    today = office_today(session, now)
    if until is not None and until < today:
        raise Refused(f"the expected end {until} is past; give a day from {today} on, or none if it is not known")


def _over(session: Session, told: Collection[Broadcast]) -> list[int]:
    ids = [broadcast.suspension_id for broadcast in told]
    over = select(Suspension.id).where(Suspension.id.in_(ids), Suspension.resumed_at.is_not(None))
    return list(session.scalars(over))


def _cancel(session: Session, kind: Kind, suspension_ids: Collection[int]) -> None:
    """Whoever was not put a notice of this kind yet, of one of these suspensions, is put none any more."""
    session.execute(
        update(Broadcast)
        .where(
            Broadcast.suspension_id.in_(suspension_ids),
            Broadcast.kind == kind,
            Broadcast.state == BroadcastState.PREPARING,
        )
        .values(state=BroadcastState.CANCELLED)
    )


def _exactly_one(changed: object) -> None:
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("somebody else changed this suspension meanwhile; see: kabar suspensions")


def _written(services: Collection[Service]) -> str:
    return ",".join(service for service in Service if service in services)


def _fact(
    session: Session, kind: Happened, suspension: Suspension, *, now: datetime, by: str, **details: str | None
) -> None:
    append_fact(
        session,
        kind,
        now=now,
        by=by,
        suspension_id=suspension.id,
        details={
            "services": [str(service) for service in services_of(suspension)],
            "region": suspension.region,
            **details,
        },
    )
