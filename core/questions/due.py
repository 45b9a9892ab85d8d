"""What is due to be said next on a channel: acts on single cards first, then the batches in turn.

In each of these lanes first what was begun and had to wait, or a chat held for three seconds would wait for the end of
its batch. Nothing of a batch that an operator ordered to wait, or cancelled, is due.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.delivery_tables import BatchOrder, Notice
from core.store.ready import run
from core.store.words import NoticeState

_CHANNEL = Notice.channel == bindparam("channel")
_WAITS = Notice.state == NoticeState.WAITING
_SINGLES, _OF_BATCH = Notice.batch.is_(None), Notice.batch == bindparam("batch")
_ANYTHING = (
    select(Notice.id)
    .where(Notice.channel.in_(bindparam("channels", expanding=True)), _WAITS, Notice.due_at <= bindparam("now"))
    .limit(1)
)
_ORDERED = select(BatchOrder.batch)
_NEXT_BATCH = select(func.min(Notice.batch)).where(_CHANNEL, _WAITS, Notice.batch > bindparam("last"))


def _next(lane: ColumnElement[bool]) -> Select[Notice]:
    due = (_CHANNEL, _WAITS, lane, Notice.due_at <= bindparam("now"))
    others = select(Notice).where(*due, Notice.id.not_in(bindparam("but", expanding=True)))
    in_order = others.order_by(Notice.due_at, Notice.id).limit(bindparam("most"))
    return in_order.with_for_update(skip_locked=True)


_BEGUN = Notice.message_id.is_not(None)
_SINGLES_NEXT = (_next(_SINGLES & _BEGUN), _next(_SINGLES))
_OF_BATCH_NEXT = (_next(_OF_BATCH & _BEGUN), _next(_OF_BATCH))


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
    asked = {"channel": channel, "now": now, "but": tuple(but)}
    notices = _of_lane(session, _SINGLES_NEXT, asked, most=most)
    batches = _in_turn(_batches(session, channel), after_batch) if len(notices) < most else []
    share = -(-(most - len(notices)) // len(batches)) if batches else 0
    for batch in batches:
        left = min(share, most - len(notices))
        notices += _of_lane(session, _OF_BATCH_NEXT, asked | {"batch": batch}, most=left)
    return notices


def _of_lane(
    session: Session, begun_and_all: tuple[Select[Notice], Select[Notice]], asked: dict[str, Any], *, most: int
) -> list[Notice]:
    begun, whole = begun_and_all
    notices = list(session.scalars(begun, asked | {"most": most}))
    if len(notices) < most:
        besides = {"but": (*asked["but"], *(notice.id for notice in notices)), "most": most - len(notices)}
        notices += session.scalars(whole, asked | besides)
    return notices


def is_anything_due(session: Session, channels: Collection[Channel], *, now: datetime) -> bool:
    """Whether a look may find anything, were it only in a batch ordered to stay; costs next to nothing."""
    return run(session, _ANYTHING, channels=tuple(channels), now=now).first() is not None


def ordered_to_stay(session: Session) -> frozenset[str]:
    """Return the batches of which nothing may leave."""
    return frozenset(run(session, _ORDERED).scalars())


def _batches(session: Session, channel: Channel) -> list[str]:
    """Every batch with something waiting that may leave; one index seek each."""
    stay = ordered_to_stay(session)
    batches: list[str] = []
    last = ""
    while True:
        batch = run(session, _NEXT_BATCH, channel=channel, last=last).scalar()
        if batch is None:
            return batches
        if batch not in stay:
            batches.append(batch)
        last = batch


def _in_turn(batches: list[str], after: str | None) -> list[str]:
    turn = batches.index(after) + 1 if after in batches else 0
    return batches[turn:] + batches[:turn]
