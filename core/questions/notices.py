"""Did she get it? Notices, the messages that carried them, and every attempt; never an address, never a text."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.contacts import channels_of
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Answer, Kind
from core.store.delivery_tables import Attempt, Message, MessageNotice, Notice
from core.store.words import MessageState, NoticeState

#: How a notice ends without anybody having been told for sure.
FAILED = (NoticeState.UNREACHABLE, NoticeState.IN_DOUBT, NoticeState.EXPIRED)

_NO_ADDRESS = "will not go: her address is closed"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as a list shows it. why: what ended it, or stands in its way. answer: pressed below it on Telegram."""

    id: int
    kind: Kind
    state: NoticeState
    channel: Channel | None
    created_at: datetime
    due_at: datetime
    worthless_after: datetime
    ended_at: datetime | None
    batch: str | None
    why: str | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt, with the state of the message it carried. outcome: None while it is in flight or in doubt."""

    message_id: int
    message_state: MessageState
    covers: int
    provider_id: str | None
    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    code: str | None


def notice_counts(session: Session) -> Counter[NoticeState]:
    """Return how many notices are in each state."""
    rows = session.execute(select(Notice.state, func.count().label("notices")).group_by(Notice.state))
    return Counter({row.state: row.notices for row in rows})


def newest_notices(session: Session, *, states: Collection[NoticeState] | None, limit: int) -> list[NoticeLine]:
    """Return the newest notices, in the given states only; of what waits in vain it is said that it will not go."""
    query = select(Notice).order_by(Notice.id.desc()).limit(limit)
    if states is not None:
        query = query.where(Notice.state.in_(states))
    return _lines(session, session.scalars(query).all())


def notice_line(session: Session, notice_id: int) -> NoticeLine:
    """Return one notice; NotFound if there is none."""
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound(f"there is no notice {notice_id}; see: kabar notices")
    return _lines(session, [notice])[0]


def tries_of(session: Session, notice_id: int) -> list[Try]:
    """Return every attempt of every message that carried this notice, in order."""
    covers = select(func.count()).where(MessageNotice.message_id == Message.id).correlate(Message).scalar_subquery()
    query = (
        select(Message, Attempt, covers)
        .join(MessageNotice, MessageNotice.message_id == Message.id)
        .join(Attempt, Attempt.message_id == Message.id)
        .where(MessageNotice.notice_id == notice_id)
        .order_by(Attempt.id)
    )
    return [
        Try(
            message.id,
            message.state,
            covered,
            message.provider_id,
            attempt.channel,
            attempt.started_at,
            attempt.ended_at,
            attempt.outcome,
            attempt.code,
        )
        for message, attempt, covered in session.execute(query)
    ]


def owed_since(session: Session, resident_id: int, since: datetime) -> list[NoticeLine]:
    """Return the notices put for a person at or after a moment."""
    query = select(Notice).where(Notice.resident_id == resident_id, Notice.created_at >= since).order_by(Notice.id)
    return [_line(notice) for notice in session.scalars(query)]


def reach_of(session: Session, broadcast_id: int) -> Counter[Channel | None]:
    """Return how many people a broadcast was put for, by the channel that was first for them; None: by none."""
    people = func.count().label("people")
    query = select(Notice.channel, people).where(Notice.broadcast_id == broadcast_id).group_by(Notice.channel)
    return Counter({row.channel: row.people for row in session.execute(query)})


def waiting_by_channel(session: Session) -> Counter[Channel]:
    """Return how many notices wait for each channel."""
    query = (
        select(Notice.channel, func.count())
        .where(Notice.state == NoticeState.WAITING, Notice.channel.is_not(None))
        .group_by(Notice.channel)
    )
    return Counter({channel: count for channel, count in session.execute(query) if channel})


def _lines(session: Session, notices: Sequence[Notice]) -> list[NoticeLine]:
    reach = channels_of(session, {notice.resident_id for notice in notices if notice.state is NoticeState.WAITING})
    lines = []
    for notice in notices:
        left = reach.get(notice.resident_id, frozenset()) & set(TABLE[notice.kind].channels)
        in_vain = notice.state is NoticeState.WAITING and not left
        lines.append(replace(_line(notice), why=_NO_ADDRESS) if in_vain else _line(notice))
    return lines


def _line(notice: Notice) -> NoticeLine:
    return NoticeLine(
        notice.id,
        notice.kind,
        notice.state,
        notice.channel,
        notice.created_at,
        notice.due_at,
        notice.worthless_after,
        notice.ended_at,
        notice.batch,
        notice.why,
        notice.answer,
    )
