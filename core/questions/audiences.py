"""Suspensions and the people they concern: who would be told, by which channel, and of which how many were."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.letters import NOT_READY
from core.questions.regions import office_row
from core.questions.suspensions import (
    ended_with,
    is_newest_card,
    services_of,
    something_back,
    start_broadcasts,
    told_already_by,
    touching,
)
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.rules.suspension import WAITS_FOR, Cause, Service, within
from core.store.delivery_tables import Broadcast, Notice
from core.store.official_tables import Proposal
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
    of the stop reached, if anything is back for them. An announcement is for those of its region who wait for a card.
    """
    if broadcast.kind is Kind.ANNOUNCED:
        return _whose(_waits_in(session.get_one(Proposal, broadcast.proposal_id).region))
    suspension = session.get_one(Suspension, broadcast.suspension_id)
    if broadcast.kind is Kind.SUSPENDED:
        return _whose(_hears_of(session, suspension))
    if broadcast.kind is Kind.RESUMED:
        return _hears_of_end(session, suspension)
    return _told_of_start([suspension.id], session)


def _waits_in(region: str) -> ColumnElement[bool]:
    """Whether the resident of a row lives in this region, and her newest card is open."""
    return and_(Card.stage.in_(OPEN), touching(region, None))


def _hears_of_end(session: Session, ended: Suspension) -> ColumnElement[bool]:
    """Whether the resident of a contact was told of the start of what is over, and anything is back for her."""
    told = _told_of_start(ended_with(session, ended), session)
    return and_(told, _whose(something_back(session, ended)))


def _hears_of(session: Session, stop: Suspension) -> ColumnElement[bool]:
    """Whether the resident and the newest card of a row wait for something that stops, and know nothing of it yet.

    Whom the news of another suspension reached that stops the same, for as long or longer, learns nothing new.
    """
    told_by = told_already_by(session, stop)
    unknown = [service for service in services_of(stop) if not told_by[service]]
    waits = [_waits_for(unknown)] if unknown else []
    for service, others in told_by.items():
        if others:
            waits.append(and_(_waits_for([service]), ~_reached_by(others, Resident.id).exists()))
    return and_(or_(false(), *waits), touching(stop.region, stop.recorded_since))


def _whose(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether this holds of the resident of a contact and of her newest card, if she has any."""
    person = select(Resident.id).outerjoin(Card, and_(Card.resident_id == Resident.id, is_newest_card()))
    return _is_found(person.where(Resident.id == Contact.resident_id, holds))


def _is_found(query: Select[int]) -> ColumnElement[bool]:
    """EXISTS, but asked of one contact after the other whatever the planner thinks.

    PostgreSQL would make a join of it, and begin each chunk with all notices of the start while it has no statistics.
    """
    return query.correlate(Contact).limit(1).scalar_subquery().is_not(None)


def _waits_for(services: Collection[Service]) -> ColumnElement[bool]:
    """Whether the resident and the newest card of a row wait for one of these services."""
    stages = {stage for service in services if service is not Service.PICKUP for stage in WAITS_FOR[service]}
    waits: ColumnElement[bool] = Card.stage.in_(stages)
    if Service.LETTERS in services:
        asked = select(Letter.id).where(Letter.resident_id == Resident.id, Letter.state.in_(NOT_READY))
        waits = or_(waits, and_(Card.id.is_not(None), asked.exists()))
    if Service.PICKUP in services:
        waits = or_(waits, and_(Card.stage.in_(WAITS_FOR[Service.PICKUP]), Card.pickup_on.is_not(None)))
    return waits


def _told_of_start(suspension_ids: Collection[int], session: Session) -> ColumnElement[bool]:
    """Whether the news of the start of one of these reached the resident of a contact."""
    broadcasts = start_broadcasts(session, suspension_ids)
    return _is_found(_reached_by([one.id for one in broadcasts], Contact.resident_id))


def _reached_by(
    broadcast_ids: Collection[int], resident: ColumnElement[int] | InstrumentedAttribute[int]
) -> Select[int]:
    return select(Notice.id).where(
        Notice.broadcast_id.in_(broadcast_ids), Notice.state.in_(REACHED), Notice.resident_id == resident
    )


def suspension_audience(
    session: Session,
    services: Collection[Service],
    *,
    region: str | None,
    recorded_since: date | None,
    sms: bool,
    until: date | None = None,
) -> Counter[Channel | None]:
    """Return how many people would be told by each channel first; None: those whom no channel reaches."""
    stop = Suspension(
        services=",".join(services),
        region=region or office_row(session).regency,
        recorded_since=recorded_since,
        expected_until=until,
    )
    waits = _hears_of(session, stop)
    waiting = select(func.count(Resident.id)).join(Card, Card.resident_id == Resident.id).where(is_newest_card(), waits)
    counts = _by_channel(session, Kind.SUSPENDED, _whose(waits), sms=sms)
    return counts + Counter({None: (session.scalar(waiting) or 0) - counts.total()})


def announcement_audience(session: Session, region: str, *, sms: bool) -> Counter[Channel | None]:
    """Return how many people an announcement would reach by each channel first; None: whom no channel reaches."""
    channels = [channel for channel in TABLE[Kind.ANNOUNCED].channels if sms or channel is Channel.TELEGRAM]
    # From the residents of the region to their addresses: from all addresses to the region takes three times as long.
    place = case({channel: place for place, channel in enumerate(channels)}, value=Contact.channel)
    usable = Contact.closed_at.is_(None), Contact.consent_at.is_not(None), Contact.channel.in_(channels)
    first = (
        select(func.min(place).label("place"))
        .select_from(Resident)
        .join(Card, Card.resident_id == Resident.id)
        .outerjoin(Contact, and_(Contact.resident_id == Resident.id, *usable))
        .where(is_newest_card(), _waits_in(region))
        .group_by(Resident.id)
        .subquery()
    )
    counts = session.execute(select(first.c.place, func.count().label("people")).group_by(first.c.place))
    return Counter({None if row.place is None else channels[row.place]: row.people for row in counts})


def resumption_audience(
    session: Session, suspension_id: int, services: Collection[Service], *, now: datetime
) -> Counter[Channel | None]:
    """Return how many people would be told by each channel first that these services of a suspension are back."""
    row = session.get_one(Suspension, suspension_id)
    kept = {"region": row.region, "recorded_since": row.recorded_since, "since": row.since, "noted_at": row.noted_at}
    ended = Suspension(id=row.id, services=",".join(services), resumed_at=now, **kept)  # never added to the session
    sms = any(one.sms for one in start_broadcasts(session, ended_with(session, ended)))
    return _by_channel(session, Kind.RESUMED, _hears_of_end(session, ended), sms=sms)


def _by_channel(session: Session, kind: Kind, whose: ColumnElement[bool], *, sms: bool) -> Counter[Channel | None]:
    channels = [channel for channel in TABLE[kind].channels if sms or channel is Channel.TELEGRAM]
    reached = reached_first_by(channels, whose).order_by(None).subquery()
    by_channel = select(reached.c.channel, func.count().label("people")).group_by(reached.c.channel)
    return Counter({row.channel: row.people for row in session.execute(by_channel)})


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
    noted_at: datetime | None
    part_of: int | None
    notices: int


def others_stopping(session: Session, services: Collection[Service], *, region: str | None) -> list[SuspensionLine]:
    """Return the open suspensions that stop one of these services too, for some of the same people."""
    here = region or office_row(session).regency
    return [
        line
        for line in every_suspension(session)
        if line.resumed_at is None
        and not set(line.services).isdisjoint(services)
        and (within(line.region, here) or within(here, line.region))
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
            row.noted_at,
            row.part_of,
            notices,
        )
        for row, notices in session.execute(select(Suspension, put).order_by(Suspension.id))
    ]
