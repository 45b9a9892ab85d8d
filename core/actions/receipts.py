"""A provider's later word about a message. Receipts repeat, come in any order, and may be quicker than our own commit.

They only ever move a message forward: one that is not of a higher rank than the last changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.outcomes import apply_outcome, close_contacts_at, halt_channel
from core.actions.sending import reroute
from core.rules.delivery import Failure, GiveUp, Halt, OptedOut, Outcome, Sent, TryLater
from core.rules.retry import pause_before_retry
from core.store.delivery_tables import Message, Notice
from core.store.words import MessageState, NoticeState

#: From this rank on the provider has nothing more to say.
FINAL_RANK = 4

_OPEN = (MessageState.STARTED, MessageState.UNSURE)
_DISPROVABLE = (NoticeState.TOLD, NoticeState.SENDING, NoticeState.IN_DOUBT)


def note_receipt(
    session: Session,
    message_id: int,
    *,
    provider_id: str,
    rank: int,
    outcome: Outcome,
    resends: int | None,
    now: datetime,
) -> bool:
    """Move a message forward by a verified receipt; return whether it changed anything.

    outcome: Sent until the provider knows better. resends: how often such a failure may be tried again.
    """
    message = session.get(Message, message_id)
    if message is None or rank <= message.rank or message.state in (MessageState.FAILED, MessageState.WAITING):
        return False
    if message.provider_id is not None and message.provider_id != provider_id:
        return False  # speaks of an earlier try, which this message has left behind
    message.rank = rank
    if isinstance(outcome, Sent):
        if message.state in _OPEN:
            apply_outcome(session, message, outcome, now=now, jitter=0)
        if rank >= FINAL_RANK:
            message.state = MessageState.DELIVERED
    else:
        _not_delivered(session, message, outcome, resends=resends, now=now)
    session.flush()
    return True


def _not_delivered(session: Session, message: Message, outcome: Failure, *, resends: int | None, now: datetime) -> None:
    notices = session.scalars(
        select(Notice).where(Notice.message_id == message.id, Notice.state.in_(_DISPROVABLE))
    ).all()
    if isinstance(outcome, TryLater) and (resends is None or message.failures < resends):
        message.failures += 1
        pause = timedelta(seconds=outcome.after_seconds or 0) or pause_before_retry(message.failures, 1)
        _wait_again(message, notices, until=now + pause)
        return
    if isinstance(outcome, Halt):  # ours to repair: nobody's message fails for it
        halt_channel(session, message.channel, code=outcome.code, hint=outcome.hint, now=now)
        _wait_again(message, notices, until=now)
        return
    message.state, message.check_at = MessageState.FAILED, None
    if isinstance(outcome, GiveUp | OptedOut):
        why = "opted-out" if isinstance(outcome, OptedOut) else "unreachable"
        close_contacts_at(session, message, why=why, now=now)
    for notice in notices:
        notice.ended_at = None
        reroute(session, notice, now=now, why=outcome.code)


def _wait_again(message: Message, notices: Sequence[Notice], *, until: datetime) -> None:
    """Take the message back to before it was sent."""
    message.state, message.provider_id, message.rank = MessageState.WAITING, None, 0
    for notice in notices:
        notice.state, notice.due_at, notice.ended_at = NoticeState.WAITING, until, None
