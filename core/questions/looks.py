"""Messages in doubt whose provider should be asked, and halted channels that should be tried again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel, Outgoing
from core.store.delivery_tables import Attempt, ChannelHalt, Message
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState

#: Messages asked about in one round.
_MOST = 10


@dataclass(frozen=True, slots=True)
class Inquiries:
    """looks: messages in doubt, as they were sent. probes: stopped channels that should be tried."""

    looks: tuple[Outgoing, ...]
    probes: tuple[Channel, ...]


def what_to_ask(session: Session, channels: Collection[Channel], *, now: datetime) -> Inquiries:
    """Return what it is time to ask providers about."""
    return Inquiries(tuple(due_looks(session, channels, now=now)), tuple(_due_probes(session, channels, now=now)))


def due_looks(session: Session, channels: Collection[Channel], *, now: datetime) -> list[Outgoing]:
    """Return messages in doubt that it is time to look for in the provider's own list."""
    query = (
        select(Message)
        .where(Message.channel.in_(channels), Message.state == MessageState.UNSURE, Message.check_at <= now)
        .order_by(Message.check_at)
        .limit(_MOST)
    )
    return [_as_sent(session, message) for message in session.scalars(query)]


def _due_probes(session: Session, channels: Collection[Channel], *, now: datetime) -> list[Channel]:
    due = select(ChannelHalt.channel).where(ChannelHalt.channel.in_(channels), ChannelHalt.probe_at <= now)
    return list(session.scalars(due.order_by(ChannelHalt.channel)))


def _as_sent(session: Session, message: Message) -> Outgoing:
    seal = seal_of(session)
    last = session.scalars(
        select(Attempt).where(Attempt.message_id == message.id).order_by(Attempt.id.desc()).limit(1)
    ).one()
    return Outgoing(
        attempt_id=last.id,
        message_id=message.id,
        channel=message.channel,
        address=seal.open(session.get_one(Contact, message.contact_id).address_sealed),
        text=seal.open(message.text_sealed),
        started_at=last.started_at,
    )


def is_on_its_way() -> ColumnElement[bool]:
    """Of a message that may still be looked for by its address and its text, or is leaving at this moment."""
    looked_for = (Message.state == MessageState.UNSURE) & Message.check_at.is_not(None)
    return (Message.state == MessageState.STARTED) | looked_for
