"""Turning a broadcast into notices, a bounded chunk at a time; a kill resumes at the cursor that the chunk commits."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.orm import Session

from core.actions.notices import Debt, owe
from core.errors import Overtaken
from core.questions.regions import office_row
from core.questions.suspensions import services_of, touches
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import WAITS_FOR, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.tables import Card, Letter, Resident, Suspension
from core.store.words import BroadcastState, LetterState, NoticeState

#: Residents looked at in one transaction, so that none lasts over 50 ms.
CHUNK = 1000

_REACHED = (NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE, NoticeState.IN_DOUBT, NoticeState.SENDING)


def start_broadcast(session: Session, kind: Kind, suspension_id: int, *, sms: bool, now: datetime) -> int:
    """Begin a broadcast about a suspension; its audience is filled by `prepare_some`."""
    values = {
        "kind": kind,
        "state": BroadcastState.PREPARING,
        "suspension_id": suspension_id,
        "sms": sms,
        "cursor": 0,
        "created_at": now,
    }
    return session.execute(insert(Broadcast).values(values).returning(Broadcast.id)).scalar_one()


def unprepared(session: Session) -> list[int]:
    """Return the broadcasts whose audience is not complete yet."""
    query = select(Broadcast.id).where(Broadcast.state == BroadcastState.PREPARING).order_by(Broadcast.id)
    return list(session.scalars(query))


def prepare_some(session: Session, broadcast_id: int, *, now: datetime) -> int | None:
    """Owe the next chunk of the audience its notices; return how many, or None when the audience is complete."""
    broadcast = session.get_one(Broadcast, broadcast_id)
    if broadcast.state is not BroadcastState.PREPARING:
        return None
    residents, last = _next_of_audience(session, broadcast)
    only = frozenset(Channel) if broadcast.sms else frozenset({Channel.TELEGRAM})
    debts = [Debt(kind=broadcast.kind, resident_id=id_, broadcast_id=broadcast.id) for id_ in residents]
    owe(session, debts, now=now, batch=f"broadcast:{broadcast.id}", only=only)
    change = {"cursor": last} if last else {"state": BroadcastState.READY}
    moved = session.execute(
        update(Broadcast)
        .where(Broadcast.id == broadcast_id, Broadcast.cursor == broadcast.cursor)
        .values(change)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("somebody else is preparing this broadcast")
    return len(debts) if last else None


def _next_of_audience(session: Session, broadcast: Broadcast) -> tuple[list[int], int | None]:
    """Return the next residents to owe, and the last one looked at (None: there are no more)."""
    suspension = session.get_one(Suspension, broadcast.suspension_id)
    if broadcast.kind is not Kind.SUSPENDED:
        ids = list(session.scalars(_reached_by_start(broadcast)))
        return ids, (ids[-1] if ids else None)
    rows = session.execute(_waiting_for(suspension, after=broadcast.cursor)).all()
    everywhere = suspension.region == office_row(session).regency
    ids = [
        row.id for row in rows if everywhere or touches(suspension, village=row.village, recorded_on=row.recorded_on)
    ]
    last_of_all = session.scalar(select(func.max(Resident.id))) or 0
    return ids, (broadcast.cursor + CHUNK if broadcast.cursor < last_of_all else None)


def _waiting_for(suspension: Suspension, *, after: int) -> Select[int, str, date | None]:
    services = services_of(suspension)
    stages = {stage for service in services if service is not Service.PICKUP for stage in WAITS_FOR[service]}
    waits: ColumnElement[bool] = Card.stage.in_(stages)
    if Service.LETTERS in services:
        asked = select(Letter.resident_id).where(Letter.state == LetterState.ASKED)
        waits = waits | Resident.id.in_(asked)
    if suspension.recorded_since is not None:
        waits = waits & (Card.recorded_on >= suspension.recorded_since)
    return (
        select(Resident.id, Resident.village, Card.recorded_on)
        .join(Card, Card.resident_id == Resident.id)
        .where(Resident.id.between(after + 1, after + CHUNK), Card.stage.in_(OPEN), waits)
        .order_by(Resident.id)
    )


def _reached_by_start(broadcast: Broadcast) -> Select[int]:
    started = select(Broadcast.id).where(
        Broadcast.suspension_id == broadcast.suspension_id, Broadcast.kind == Kind.SUSPENDED
    )
    return (
        select(Notice.resident_id)
        .where(Notice.broadcast_id.in_(started), Notice.state.in_(_REACHED), Notice.resident_id > broadcast.cursor)
        .order_by(Notice.resident_id)
        .limit(CHUNK)
    )
