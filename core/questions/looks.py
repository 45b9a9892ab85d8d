"""Messages in doubt whose provider should be asked, and halted channels that should be tried again."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel, Outgoing
from core.store.delivery_tables import Attempt, ChannelHalt, Message
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState


def due_looks(session: Session, channel: Channel, *, now: datetime, most: int = 10) -> list[Outgoing]:
    """Return messages in doubt that it is time to look for in the provider's own list, as they were sent."""
    query = (
        select(Message)
        .where(Message.channel == channel, Message.state == MessageState.UNSURE, Message.check_at <= now)
        .order_by(Message.check_at)
        .limit(most)
    )
    return [_as_sent(session, message) for message in session.scalars(query)]


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


def due_probe(session: Session, channel: Channel, *, now: datetime) -> bool:
    """Whether a halted channel should be tried again now."""
    halt = session.get(ChannelHalt, channel)
    return halt is not None and halt.probe_at <= now
