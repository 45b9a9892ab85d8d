"""Orders about batches: wait, go on, or never mind. The sender obeys from its next tick on.

1. While a batch has an order, nothing of it leaves, also what is put into it later.
2. A pause can be taken back. A cancel is final, because what it ended never moves again.
3. What may have left already when its batch was cancelled ends in doubt; nobody is told that it did not leave.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, Update, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import Refused
from core.questions.batches import broadcast_of, check_known, states_of
from core.questions.to_do import waiting_in_cancelled
from core.store.delivery_tables import BatchOrder, Broadcast, Message, Notice
from core.store.per_database import alone_with
from core.store.words import REACHED, BatchOrderWord, BroadcastState, NoticeState

#: Why a notice ended that its batch's cancelling ended.
CANCELLED = "cancelled"


def pause_batch(session: Session, batch: str, *, now: datetime, by: str) -> bool:
    """Let everything of a batch wait; return False if it waits already. Raises Refused when it was cancelled."""
    order = _standing(session, batch)
    if order is BatchOrderWord.CANCELLED:
        raise Refused(f"{batch} was cancelled, so nothing of it leaves any more; there is nothing to pause")
    if order is None:
        _order(session, batch, BatchOrderWord.PAUSED, now=now, by=by)
        append_fact(session, Happened.BATCH_PAUSED, now=now, by=by, details={"batch": batch})
    return order is None


def go_on_with_batch(session: Session, batch: str, *, now: datetime, by: str) -> bool:
    """Take a pause back; return False if there is none. Raises Refused when it was cancelled."""
    order = _standing(session, batch)
    if order is BatchOrderWord.CANCELLED:
        raise Refused(f"{batch} was cancelled, and that is final; whoever is still to be told needs a new one")
    if order is BatchOrderWord.PAUSED:
        session.execute(delete(BatchOrder).where(BatchOrder.batch == batch))
        append_fact(session, Happened.BATCH_RESUMED, now=now, by=by, details={"batch": batch})
    return order is BatchOrderWord.PAUSED


def cancel_batch(session: Session, batch: str, *, now: datetime, by: str) -> bool:
    """Let nothing more of a batch leave, for good; return False if it was cancelled before.

    `end_cancelled` ends its notices, a chunk at a time.
    """
    order = _standing(session, batch)
    if order is BatchOrderWord.CANCELLED:
        return False
    if order is BatchOrderWord.PAUSED:
        session.execute(delete(BatchOrder).where(BatchOrder.batch == batch))
    _order(session, batch, BatchOrderWord.CANCELLED, now=now, by=by)
    if (broadcast_id := broadcast_of(batch)) is not None:
        unprepared = (Broadcast.id == broadcast_id, Broadcast.state == BroadcastState.PREPARING)
        _changed(session, update(Broadcast).where(*unprepared).values(state=BroadcastState.CANCELLED))
    states = states_of(session, batch)
    details = {
        "batch": batch,
        "waiting": states[NoticeState.WAITING],
        "reached": sum(states[state] for state in REACHED),
    }
    append_fact(session, Happened.BATCH_CANCELLED, now=now, by=by, details=details)
    return True


def end_cancelled(session: Session, *, now: datetime, most: int = 500) -> int:
    """End some of what waits in cancelled batches; return how many, to be called again until that is 0.

    Whoever was preparing when the cancel came may put some more; the next call ends those.
    """
    waiting = waiting_in_cancelled().limit(most)
    # Held from here on: what the sender records of an earlier try is seen whole by the two statements below.
    ids = session.scalars(waiting.with_for_update(of=Notice, skip_locked=True)).all()
    if not ids:
        return 0
    may_have_left = exists().where(Message.id == Notice.message_id, Message.doubts > 0)
    return _end(session, ids, NoticeState.IN_DOUBT, may_have_left, now=now) + _end(
        session, ids, NoticeState.CANCELLED, ~may_have_left, now=now
    )


def _standing(session: Session, batch: str) -> BatchOrderWord | None:
    """Return the order that stands about a batch; nobody else gives one until the transaction ends."""
    check_known(session, batch)
    alone_with(session, batch.encode()[-8:].rjust(8))  # two batches that share these wait for one another: no harm
    return session.scalar(select(BatchOrder.order).where(BatchOrder.batch == batch))


def _order(session: Session, batch: str, order: BatchOrderWord, *, now: datetime, by: str) -> None:
    session.execute(insert(BatchOrder).values(batch=batch, order=order, at=now, by=by))


def _end(session: Session, ids: Sequence[int], state: NoticeState, which: ColumnElement[bool], *, now: datetime) -> int:
    ended = {"state": state, "ended_at": now, "why": CANCELLED}
    return _changed(session, update(Notice).where(Notice.id.in_(ids), which).values(ended))


def _changed(session: Session, change: Update) -> int:
    result = session.execute(change.execution_options(synchronize_session=False))
    return result.rowcount if isinstance(result, CursorResult) else 0
