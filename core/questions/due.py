"""What is due to be said next on a channel: acts on single cards first, then the batches in turn.

Nothing of a batch that an operator ordered to wait, or cancelled, is due.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.delivery_tables import BatchOrder, Notice
from core.store.words import NoticeState


def due_notices(
    session: Session,
    channel: Channel,
    *,
    now: datetime,
    most: int,
    after_batch: str | None,
    but: Collection[int] = (),
) -> list[Notice]:
    """Return so many notices in their order, the batches beginning after the last served; nobody else changes them.

    but: the ids of notices that were looked at before.
    """
    notices = list(session.scalars(_next(channel, None, now, but).limit(most)))
    batches = _in_turn(_batches(session, channel), after_batch) if len(notices) < most else []
    share = -(-(most - len(notices)) // len(batches)) if batches else 0
    for batch in batches:
        notices += session.scalars(_next(channel, batch, now, but).limit(min(share, most - len(notices))))
    return notices


def is_anything_due(session: Session, channel: Channel, *, now: datetime) -> bool:
    """Whether a look for what is due would find anything; asked instead of looking, because it locks nothing."""
    lanes = [None, *_batches(session, channel)]
    return any(session.scalar(select(Notice.id).where(*_due(channel, lane, now)).limit(1)) for lane in lanes)


def ordered_to_stay(session: Session) -> frozenset[str]:
    """Return the batches of which nothing may leave."""
    return frozenset(session.scalars(select(BatchOrder.batch)))


def _next(channel: Channel, batch: str | None, now: datetime, but: Collection[int]) -> Select[Notice]:
    query = select(Notice).where(*_due(channel, batch, now)).order_by(Notice.due_at, Notice.id)
    return (query.where(Notice.id.not_in(but)) if but else query).with_for_update(skip_locked=True)


def _due(channel: Channel, batch: str | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    lane = Notice.batch.is_(None) if batch is None else Notice.batch == batch
    return Notice.channel == channel, Notice.state == NoticeState.WAITING, lane, Notice.due_at <= now


def _batches(session: Session, channel: Channel) -> list[str]:
    """Every batch with something waiting that may leave; one index seek each."""
    stay = ordered_to_stay(session)
    batches: list[str] = []
    last = ""
    while True:
        batch = session.scalar(
            select(func.min(Notice.batch)).where(
                Notice.channel == channel, Notice.state == NoticeState.WAITING, Notice.batch > last
            )
        )
        if batch is None:
            return batches
        if batch not in stay:
            batches.append(batch)
        last = batch


def _in_turn(batches: list[str], after: str | None) -> list[str]:
    turn = batches.index(after) + 1 if after in batches else 0
    return batches[turn:] + batches[:turn]
