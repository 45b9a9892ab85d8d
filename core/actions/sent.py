"""What the provider accepted: nearly every attempt ends so, hence all of a tick's are noted together."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from core.actions.halts import end_trial
from core.rules.delivery import Channel, Sent
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Attempt, Message, MessageNotice, Notice
from core.store.ready import run, run_all
from core.store.words import MessageState, NoticeState

_OF_MESSAGE = (Message.id.label("message"), Message.state, Message.kind, Message.channel)
_OPEN = (
    select(Attempt.id, Attempt.started_at, *_OF_MESSAGE)
    .join(Message, Message.id == Attempt.message_id)
    .where(Attempt.id.in_(bindparam("attempts", expanding=True)), Attempt.ended_at.is_(None))
    .with_for_update(of=Message)
)
_its_id = select(Message.provider_id).where(Message.id == Attempt.message_id).scalar_subquery()
_ENDED = (
    update(Attempt)
    .where(Attempt.id.in_(bindparam("attempts", expanding=True)))
    .values(ended_at=bindparam("at"), outcome=Sent.__name__, provider_id=func.coalesce(Attempt.provider_id, _its_id))
)
_SENT = (
    update(Message)
    .where(Message.id == bindparam("of"))
    .values(state=MessageState.SENT, provider_id=bindparam("by"), check_at=None)
)


def record_sent(session: Session, sent: Mapping[int, str], *, now: datetime) -> None:
    """Note the provider's id for each attempt; those whom its message speaks to are told.

    An attempt that ended already stays as it is, and a message that a receipt moved meanwhile too.
    """
    if not sent:
        return
    rows = run(session, _OPEN, attempts=tuple(sent)).all()
    if not rows:
        return
    started = [row for row in rows if row.state is MessageState.STARTED]
    if started:
        run_all(session, _SENT, [{"of": row.message, "by": sent[row.id]} for row in started])
    run(session, _ENDED, attempts=tuple(row.id for row in rows), at=now)
    for kind, channel in {(row.kind, row.channel) for row in started}:
        messages = [row.message for row in started if (row.kind, row.channel) == (kind, channel)]
        _told(session, messages, kind, channel, now=now)
    for channel in {row.channel for row in rows}:
        end_trial(session, channel, started_at=max(row.started_at for row in rows if row.channel is channel))


def _told(session: Session, messages: list[int], kind: Kind, channel: Channel, *, now: datetime) -> None:
    silence = TABLE[kind].answered_within if channel is Channel.TELEGRAM else None
    carried = select(MessageNotice.notice_id).where(MessageNotice.message_id.in_(messages))
    session.execute(
        update(Notice)
        .where(Notice.id.in_(carried), Notice.message_id.in_(messages), Notice.state == NoticeState.SENDING)
        .values(state=NoticeState.TOLD, ended_at=now, why=None, unanswered_at=now + silence if silence else None)
        .execution_options(synchronize_session=False)
    )
