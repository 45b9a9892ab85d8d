"""Where a notice goes when it cannot be said here: to the next address, the next channel, or an end."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import case, exists
from sqlalchemy.orm import Session

from core.questions.addresses import address_for
from core.rules.delivery import Channel
from core.rules.notices import TABLE
from core.store.delivery_tables import Broadcast, Message, Notice
from core.store.words import NoticeState

#: What is kept of a provider's word for what went wrong.
LONGEST_CODE = 60
#: As what a notice ends that became worthless while it waited: one that may have left already is told by nobody again.
EXPIRED_OR_IN_DOUBT = case(
    (exists().where(Message.id == Notice.message_id, Message.doubts > 0), NoticeState.IN_DOUBT.value),
    else_=NoticeState.EXPIRED.value,
)


def end_notice(notice: Notice, state: NoticeState, *, now: datetime, why: str | None = None) -> None:
    """End a notice; an ended one never moves again, save one that was told and then proven not to have arrived."""
    notice.state, notice.ended_at, notice.why = state, now, why[:LONGEST_CODE] if why else None


def reroute(session: Session, notice: Notice, *, now: datetime, why: str) -> None:
    """Send a notice on: to another address of its channel, to the next channel, or to the list of people to visit."""
    notice.message_id = None
    channel = next((one for one in _channels_left(session, notice) if address_for(session, notice, one)), None)
    if channel is None:
        end_notice(notice, NoticeState.UNREACHABLE, now=now, why=why)
    else:
        notice.channel, notice.state, notice.due_at = channel, NoticeState.WAITING, now


def _channels_left(session: Session, notice: Notice) -> Iterator[Channel]:
    """From its own channel on. What one address is told about itself concerns no other."""
    if notice.contact_id is not None:
        return
    order = TABLE[notice.kind].channels
    paid = notice.broadcast_id is None or session.get_one(Broadcast, notice.broadcast_id).sms
    for channel in order[order.index(notice.channel) :] if notice.channel in order else order:
        if paid or channel is not Channel.SMS:
            yield channel
