"""Turning a broadcast into notices, a bounded chunk at a time; a kill resumes at the cursor that the chunk commits."""

from datetime import datetime

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from core.actions.notices import Debt, owe
from core.errors import Overtaken
from core.questions.audiences import waiting_for
from core.questions.contacts import channels_of
from core.questions.regions import office_row
from core.questions.suspensions import ended_with, services_back, services_of, touches
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Broadcast, Notice
from core.store.tables import Resident, Suspension
from core.store.words import REACHED, BroadcastState

#: Residents looked at in one transaction, so that none lasts over 50 ms.
CHUNK = 1000


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


def prepare_some(session: Session, broadcast_id: int, *, now: datetime) -> int | None:
    """Owe the next chunk of the audience its notices; return how many, or None when the audience is complete."""
    broadcast = session.get_one(Broadcast, broadcast_id)
    if broadcast.state is not BroadcastState.PREPARING:
        return None
    residents, last = _next_of_audience(session, broadcast)
    _move_on(session, broadcast, last)
    only = frozenset(Channel) if broadcast.sms else frozenset({Channel.TELEGRAM})
    reach = channels_of(session, residents)
    debts = [  # whom the office chose not to pay an SMS for is not owed one, nor to be visited for it
        Debt(kind=broadcast.kind, resident_id=id_, broadcast_id=broadcast.id)
        for id_ in residents
        if reach.get(id_, frozenset()) & only
    ]
    owe(session, debts, now=now, batch=f"broadcast:{broadcast.id}", only=only)
    return len(debts) if last else None


def _move_on(session: Session, broadcast: Broadcast, last: int | None) -> None:
    """Move the cursor before anything is owed, so that of two who prepare at once one waits here, and is refused."""
    moved = session.execute(
        update(Broadcast)
        .where(
            Broadcast.id == broadcast.id,
            Broadcast.cursor == broadcast.cursor,
            Broadcast.state == BroadcastState.PREPARING,
        )
        .values({"cursor": last} if last else {"state": BroadcastState.READY})
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("somebody else is preparing this broadcast")


def _next_of_audience(session: Session, broadcast: Broadcast) -> tuple[list[int], int | None]:
    """Return the next residents to owe, and the last one looked at (None: there are no more)."""
    suspension = session.get_one(Suspension, broadcast.suspension_id)
    if broadcast.kind is not Kind.SUSPENDED:
        ids = list(session.scalars(_reached_by_start(session, broadcast, suspension)))
        last = ids[-1] if ids else None
        if broadcast.kind is Kind.RESUMED:
            back = services_back(session, suspension, ids)
            ids = [id_ for id_ in ids if back[id_]]
        return ids, last
    waiting = waiting_for(services_of(suspension), recorded_since=suspension.recorded_since)
    chunk = Resident.id.between(broadcast.cursor + 1, broadcast.cursor + CHUNK)
    rows = session.execute(waiting.where(chunk)).all()
    everywhere = suspension.region == office_row(session).regency
    ids = [
        row.id for row in rows if everywhere or touches(suspension, village=row.village, recorded_on=row.recorded_on)
    ]
    last_of_all = session.scalar(select(func.max(Resident.id))) or 0
    return ids, (broadcast.cursor + CHUNK if broadcast.cursor < last_of_all else None)


def _reached_by_start(session: Session, broadcast: Broadcast, suspension: Suspension) -> Select[int]:
    ids = ended_with(session, suspension) if broadcast.kind is Kind.RESUMED else [suspension.id]
    started = select(Broadcast.id).where(Broadcast.suspension_id.in_(ids), Broadcast.kind == Kind.SUSPENDED)
    return (
        select(Notice.resident_id)
        .where(Notice.broadcast_id.in_(started), Notice.state.in_(REACHED), Notice.resident_id > broadcast.cursor)
        .distinct()
        .order_by(Notice.resident_id)
        .limit(CHUNK)
    )
