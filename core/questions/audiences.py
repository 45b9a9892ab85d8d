"""Suspensions and the people they concern: who would be told, by which channel, and of which how many were."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from core.questions.contacts import channels_of
from core.questions.regions import office_row
from core.questions.suspensions import services_of
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.rules.suspension import WAITS_FOR, Cause, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.tables import Card, Letter, Resident, Suspension
from core.store.words import LetterState


def waiting_for(services: Collection[Service], *, recorded_since: date | None) -> Select[int, str, date | None]:
    """Select id, village and recording date of everybody who waits for one of these services, in the order of ids."""
    stages = {stage for service in services if service is not Service.PICKUP for stage in WAITS_FOR[service]}
    waits: ColumnElement[bool] = Card.stage.in_(stages)
    newest = aliased(Card)
    is_newest = Card.id == select(func.max(newest.id)).where(newest.resident_id == Resident.id).scalar_subquery()
    if Service.LETTERS in services:
        asked = select(Letter.resident_id).where(Letter.state == LetterState.ASKED)
        waits = waits | Resident.id.in_(asked)
    if recorded_since is not None:
        waits = waits & (Card.recorded_on >= recorded_since)
    return (
        select(Resident.id, Resident.village, Card.recorded_on)
        .join(Card, Card.resident_id == Resident.id)
        .where(is_newest, waits)
        .order_by(Resident.id)
    )


def suspension_audience(
    session: Session, services: Collection[Service], *, region: str | None, recorded_since: date | None, sms: bool
) -> Counter[Channel | None]:
    """Return how many people would be told by each channel first; None: those whom no channel reaches."""
    within = region or office_row(session).regency
    rows = session.execute(waiting_for(services, recorded_since=recorded_since))
    ids = [row.id for row in rows if row.village == within or row.village.startswith(within + ".")]
    reach = channels_of(session, ids)
    order = [channel for channel in TABLE[Kind.SUSPENDED].channels if sms or channel is Channel.TELEGRAM]
    return Counter(next((channel for channel in order if channel in reach.get(id_, frozenset())), None) for id_ in ids)


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
