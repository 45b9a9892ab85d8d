"""What the sender has to know beside what is due: what a message covers, and what already left."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel, Sent, Unsure
from core.store.delivery_tables import Attempt, ChannelHalt, Message, MessageNotice, Notice
from core.store.ready import run
from core.store.words import LEFT, MessageState, NoticeState

_FAILED_OVER = (
    select(MessageNotice.notice_id)
    .join(Message, Message.id == MessageNotice.message_id)
    .where(MessageNotice.notice_id.in_(bindparam("notices", expanding=True)), Message.state == MessageState.FAILED)
)
_AS_MANY_AS_THERE_ARE = 1_000_000
_OPEN = (NoticeState.WAITING, NoticeState.SENDING)


def covered_by(session: Session, message_id: int) -> list[Notice]:
    """Return the open notices of a message."""
    return covered_by_each(session, [message_id]).get(message_id, [])


def covered_by_each(session: Session, message_ids: Collection[int]) -> dict[int, list[Notice]]:
    """Return, per id of a message, its open notices in their order."""
    query = (
        select(MessageNotice.message_id, Notice)
        .join(Notice, Notice.id == MessageNotice.notice_id)
        .where(
            MessageNotice.message_id.in_(message_ids),  # what is indexed; a notice names only its latest message
            Notice.message_id == MessageNotice.message_id,
            Notice.state.in_(_OPEN),
        )
        .order_by(Notice.id)
    )
    covered = defaultdict(list)
    for message_id, notice in session.execute(query):
        covered[message_id].append(notice)
    return covered


def locked_message(session: Session, message_id: int) -> Message:
    """Return a message that nobody else changes until the transaction ends: the sender and receipts meet here."""
    return session.get_one(Message, message_id, with_for_update=True)


def said_today(session: Session, notice: Notice, address_index: bytes, *, since: datetime) -> bool:
    """Whether this address already carried the same kind (and broadcast) since then."""
    query = (
        select(Message.id)
        .join(MessageNotice, MessageNotice.message_id == Message.id)
        .join(Notice, Notice.id == MessageNotice.notice_id)
        .where(
            Message.address_index == address_index,
            Message.created_at >= since,
            Message.state.in_(LEFT),
            Notice.kind == notice.kind,
            Notice.broadcast_id.is_(None)
            if notice.broadcast_id is None
            else Notice.broadcast_id == notice.broadcast_id,
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def failed_over(session: Session, notice_ids: Collection[int]) -> frozenset[int]:
    """Return which of these notices a message to another address already tried in vain to carry."""
    return frozenset(run(session, _FAILED_OVER, notices=tuple(notice_ids)).scalars())


def started_since(session: Session, channel: Channel, since: datetime) -> int:
    """Return how many attempts since then were sent, or may have been: what surely was not sent cost nothing."""
    query = select(func.count(Attempt.id)).where(
        Attempt.channel == channel,
        Attempt.started_at >= since,
        Attempt.outcome.is_(None) | Attempt.outcome.in_((Sent.__name__, Unsure.__name__)),
    )
    return session.scalar(query) or 0


def may_start(session: Session, channel: Channel) -> int:
    """Return how many messages a halt lets start: none, or one at a time where only a message shows what is well."""
    halt = session.get(ChannelHalt, channel)
    if halt is None:
        return _AS_MANY_AS_THERE_ARE
    in_flight = select(Attempt.id).where(Attempt.channel == channel, Attempt.ended_at.is_(None)).limit(1)
    return int(halt.well_since is not None and session.scalar(in_flight) is None)


def day_begin(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the local midnight that began this day."""
    day: date = now.astimezone(zone).date()
    return datetime.combine(day, time(), zone)
