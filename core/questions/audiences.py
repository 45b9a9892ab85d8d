"""Suspensions and the people they concern: who would be told, by which channel, and of which how many were."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from core.questions.letters import NOT_READY
from core.questions.regions import office_row
from core.questions.suspensions import ended_with, is_newest_card, services_of, something_back, touching
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.rules.suspension import WAITS_FOR, Cause, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.tables import Card, Contact, Letter, Resident, Suspension
from core.store.words import REACHED


def reached_first_by(channels: Sequence[Channel], *whom: ColumnElement[bool]) -> Select[int, Channel]:
    """Select each resident whom one of these channels reaches with her consent, and the first of them that does.

    channels: in the order they are tried. whom: what else holds of her contact.
    """
    place = case({channel: place for place, channel in enumerate(channels)}, value=Contact.channel)
    first = {place: literal(channel, Contact.channel.type) for place, channel in enumerate(channels)}
    usable = Contact.closed_at.is_(None), Contact.consent_at.is_not(None), Contact.channel.in_(channels)
    return (
        select(Contact.resident_id, case(first, value=func.min(place)).label("channel"))
        .where(*usable, *whom)
        .group_by(Contact.resident_id)
        .order_by(Contact.resident_id)
    )


def belongs_to(session: Session, broadcast: Broadcast) -> ColumnElement[bool]:
    """Whether the resident of a contact is of a broadcast's audience.

    The news of a stop is for those who wait for what stopped; of its end, or of another end, for those whom the news
    of the stop reached, if anything is back for them.
    """
    suspension = session.get_one(Suspension, broadcast.suspension_id)
    if broadcast.kind is Kind.SUSPENDED:
        touched = touching(suspension.region, suspension.recorded_since)
        return _whose(_waits_for(services_of(suspension), touched))
    told = _told_of_start(session, suspension, with_earlier=broadcast.kind is Kind.RESUMED)
    return and_(told, _whose(something_back(session, suspension))) if broadcast.kind is Kind.RESUMED else told


def _whose(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether this holds of the resident of a contact and of her newest card, if she has any."""
    person = select(Resident.id).outerjoin(Card, and_(Card.resident_id == Resident.id, is_newest_card()))
    return _is_found(person.where(Resident.id == Contact.resident_id, holds))


def _is_found(query: Select[int]) -> ColumnElement[bool]:
    """EXISTS, but asked of one contact after the other whatever the planner thinks.

    PostgreSQL would make a join of it, and begin each chunk with all notices of the start while it has no statistics.
    """
    return query.correlate(Contact).limit(1).scalar_subquery().is_not(None)


def _waits_for(services: Collection[Service], touched: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the resident and the newest card of a row wait for one of these services."""
    stages = {stage for service in services if service is not Service.PICKUP for stage in WAITS_FOR[service]}
    waits: ColumnElement[bool] = Card.stage.in_(stages)
    if Service.LETTERS in services:
        asked = select(Letter.id).where(Letter.resident_id == Resident.id, Letter.state.in_(NOT_READY))
        waits = or_(waits, and_(Card.id.is_not(None), asked.exists()))
    return and_(waits, touched)


def _told_of_start(session: Session, suspension: Suspension, *, with_earlier: bool) -> ColumnElement[bool]:
    """Whether the news of the start reached the resident of a contact.

    with_earlier: or that of one that ended before, of which this one kept something stopped.
    """
    ids = ended_with(session, suspension) if with_earlier else [suspension.id]
    started = select(Broadcast.id).where(Broadcast.suspension_id.in_(ids), Broadcast.kind == Kind.SUSPENDED)
    told = select(Notice.id).where(Notice.broadcast_id.in_(session.scalars(started).all()), Notice.state.in_(REACHED))
    return _is_found(told.where(Notice.resident_id == Contact.resident_id))


def suspension_audience(
    session: Session, services: Collection[Service], *, region: str | None, recorded_since: date | None, sms: bool
) -> Counter[Channel | None]:
    """Return how many people would be told by each channel first; None: those whom no channel reaches."""
    waits = _waits_for(services, touching(region or office_row(session).regency, recorded_since))
    waiting = select(func.count(Resident.id)).join(Card, Card.resident_id == Resident.id).where(is_newest_card(), waits)
    everybody = session.scalar(waiting) or 0
    channels = [channel for channel in TABLE[Kind.SUSPENDED].channels if sms or channel is Channel.TELEGRAM]
    reached = reached_first_by(channels, _whose(waits)).order_by(None).subquery()
    by_channel = select(reached.c.channel, func.count().label("people")).group_by(reached.c.channel)
    counts: Counter[Channel | None] = Counter({row.channel: row.people for row in session.execute(by_channel)})
    return counts + Counter({None: everybody - counts.total()})


@dataclass(frozen=True, slots=True)
class SuspensionLine:
    """A suspension as a list shows it. notices: put about its start, sent or not."""

    id: int
    services: tuple[Service, ...]
    region: str
    recorded_since: date | None
    cause: Cause
    since: datetime
    expected_until: date | None
    resumed_at: datetime | None
    notices: int


def others_stopping(session: Session, services: Collection[Service], *, region: str | None) -> list[SuspensionLine]:
    """Return the open suspensions that stop one of these services too, for some of the same people."""
    within = region or office_row(session).regency
    return [
        line
        for line in every_suspension(session)
        if line.resumed_at is None
        and not set(line.services).isdisjoint(services)
        and (f"{line.region}.".startswith(f"{within}.") or f"{within}.".startswith(f"{line.region}."))
    ]


def every_suspension(session: Session) -> list[SuspensionLine]:
    """Return every suspension, oldest first."""
    put = (
        select(func.count(Notice.id))
        .join(Broadcast, Broadcast.id == Notice.broadcast_id)
        .where(Broadcast.suspension_id == Suspension.id, Broadcast.kind == Kind.SUSPENDED)
        .scalar_subquery()
    )
    return [
        SuspensionLine(
            row.id,
            services_of(row),
            row.region,
            row.recorded_since,
            row.cause,
            row.since,
            row.expected_until,
            row.resumed_at,
            notices,
        )
        for row, notices in session.execute(select(Suspension, put).order_by(Suspension.id))
    ]
