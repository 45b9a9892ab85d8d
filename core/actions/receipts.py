"""A provider's later word about a message. Receipts repeat, come in any order, and may be quicker than our own commit.

They only ever move a message forward: one that is not of a higher rank than the last changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.halts import halt_channel
from core.actions.outcomes import apply_outcome, close_contacts_at
from core.actions.rerouting import reroute
from core.rules.delivery import Failure, GiveUp, Halt, OptedOut, Outcome, Sent, TryLater
from core.rules.retry import pause_before_retry
from core.store.delivery_tables import Attempt, Message, Notice
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
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or rank <= message.rank or message.state in (MessageState.FAILED, MessageState.WAITING):
        return False
    tries = list(session.scalars(select(Attempt).where(Attempt.message_id == message_id).order_by(Attempt.id)))
    if not _speaks_of_the_last(tries, provider_id):
        return False
    message.rank = rank
    if isinstance(outcome, Sent):
        if message.state in _OPEN:
            apply_outcome(session, message, outcome, now=now, jitter=0)
            _resolve_doubt(session, message)
        if rank >= FINAL_RANK:
            message.state = MessageState.DELIVERED
    else:
        again = resends is None or sum(one.provider_id is not None for one in tries) <= resends
        _not_delivered(session, message, outcome, again=again, now=now)
    session.flush()
    return True


def _speaks_of_the_last(tries: Sequence[Attempt], provider_id: str) -> bool:
    """Note that a receipt speaks of the last try; False if it is a repeated word about one left behind."""
    if any(earlier.provider_id == provider_id for earlier in tries[:-1]):
        return False
    last = tries[-1]
    last.provider_id = last.provider_id or provider_id
    return last.provider_id == provider_id


def _resolve_doubt(session: Session, message: Message) -> None:
    """A notice was left to the operator, and now the provider says that it has it."""
    query = select(Notice).where(Notice.message_id == message.id, Notice.state == NoticeState.IN_DOUBT)
    for notice in session.scalars(query):
        notice.state = NoticeState.TOLD


def _not_delivered(session: Session, message: Message, outcome: Failure, *, again: bool, now: datetime) -> None:
    notices = session.scalars(
        select(Notice).where(Notice.message_id == message.id, Notice.state.in_(_DISPROVABLE))
    ).all()
    if isinstance(outcome, TryLater) and again:
        message.failures += 1
        pause = timedelta(seconds=outcome.after_seconds or 0) or pause_before_retry(message.failures, 1)
        _wait_again(message, notices, until=now + pause)
        return
    if isinstance(outcome, Halt):  # ours to repair: nobody's message fails for it
        halt_channel(session, message.channel, outcome, now=now)
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
