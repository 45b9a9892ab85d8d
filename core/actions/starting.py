"""Recording that messages start, for all that start together: after this they may have left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from core.rules.delivery import Channel, Outgoing
from core.rules.notices import TABLE
from core.store.delivery_tables import Attempt, Message, MessageNotice, Notice
from core.store.office import seal_of
from core.store.ready import run, run_all
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState
from core.wording import Wording
from core.wording.buttons import answer_rows

# One statement for all rows, which on SQLite keeps no order: hence what tells them apart.
_MESSAGE = insert(Message).returning(Message.address_index, Message.id)
_ATTEMPT = insert(Attempt).returning(Attempt.message_id, Attempt.id)
_CARRIES = insert(MessageNotice).returning(MessageNotice.notice_id)
_carrying = select(func.max(MessageNotice.message_id)).where(
    MessageNotice.notice_id == Notice.id, MessageNotice.message_id.in_(bindparam("messages", expanding=True))
)
_SENDING = (
    update(Notice)
    .where(Notice.id.in_(bindparam("notices", expanding=True)))
    .values(state=NoticeState.SENDING, message_id=_carrying.scalar_subquery())
)


@dataclass(slots=True)
class Envelope:
    """A message that is to start. notices: the first is the one it is written for. message: as it was begun before."""

    notices: list[Notice]
    contact: Contact
    address: str
    text: str
    wording: Wording
    message: Message | None


def put_down(
    session: Session, channel: Channel, envelopes: Sequence[Envelope], *, now: datetime, closes_at: datetime | None
) -> list[Outgoing]:
    """Record a started attempt for each, and return them as they are to leave. closes_at: the end of the window."""
    if not envelopes:
        return []
    session.flush()
    messages = _messages(session, channel, envelopes, now=now)
    _link(session, envelopes, messages)
    attempts = [{"message_id": message, "channel": channel, "started_at": now} for message in messages]
    started = {row.message_id: row.id for row in run_all(session, _ATTEMPT, attempts)}
    return [
        _outgoing(envelope, channel, message, started[message], now=now, closes_at=closes_at)
        for envelope, message in zip(envelopes, messages, strict=True)
    ]


def _messages(session: Session, channel: Channel, envelopes: Sequence[Envelope], *, now: datetime) -> list[int]:
    """The ids of their messages, in order; one address gets but one. What is tried again is written anew."""
    seal = seal_of(session)
    rows: list[dict[str, Any]] = []
    for envelope in envelopes:
        text = seal.seal(envelope.text)
        if envelope.message is not None:
            envelope.message.state, envelope.message.text_sealed = MessageState.STARTED, text
            continue
        row = {
            "channel": channel,
            "kind": envelope.notices[0].kind,
            "contact_id": envelope.contact.id,
            "address_index": envelope.contact.address_index,
            "text_sealed": text,
            "state": MessageState.STARTED,
            "created_at": now,
            "rank": 0,
            "failures": 0,
            "doubts": 0,
        }
        rows.append(row)
    new = {row.address_index: row.id for row in run_all(session, _MESSAGE, rows)} if rows else {}
    return [envelope.message.id if envelope.message else new[envelope.contact.address_index] for envelope in envelopes]


def _link(session: Session, envelopes: Sequence[Envelope], messages: Sequence[int]) -> None:
    pairs = [
        (message, notice) for envelope, message in zip(envelopes, messages, strict=True) for notice in envelope.notices
    ]
    new = [{"message_id": message, "notice_id": notice.id} for message, notice in pairs if notice.message_id != message]
    if new:
        run_all(session, _CARRIES, new)
    run(session, _SENDING, notices=tuple(notice.id for _, notice in pairs), messages=tuple(messages))


def _outgoing(
    envelope: Envelope, channel: Channel, message: int, attempt: int, *, now: datetime, closes_at: datetime | None
) -> Outgoing:
    """The provider must not deliver at night, nor what is worthless by then."""
    ends = [notice.worthless_after for notice in envelope.notices]
    kind = envelope.notices[0].kind
    return Outgoing(
        attempt_id=attempt,
        message_id=message,
        channel=channel,
        address=envelope.address,
        text=envelope.text,
        buttons=answer_rows(envelope.wording, kind, message) if channel is Channel.TELEGRAM else (),
        silent=TABLE[kind].silent,
        started_at=now,
        worthless_after=min([*ends, closes_at] if closes_at else ends),
    )
