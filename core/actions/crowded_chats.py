"""An account that proves more cards than a family has: the desk looks who it is."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.desk import list_for_desk
from core.rules.delivery import Channel
from core.store.desk_tables import DeskItem
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import DeskKind

_LISTED_EVERY = timedelta(days=1)


def list_crowded_chat(session: Session, chat_id: int, resident_id: int, *, now: datetime) -> None:
    """Put an account on the desk's list, once a day, by the oldest of its contacts. resident_id: the one too many."""
    index = seal_of(session).index(Channel.TELEGRAM, str(chat_id))
    hers = select(Contact.id).where(Contact.channel == Channel.TELEGRAM, Contact.address_index == index)
    listed = select(DeskItem.id).where(
        DeskItem.kind == DeskKind.MANY_CARDS, DeskItem.contact_id.in_(hers), DeskItem.at > now - _LISTED_EVERY
    )
    if session.scalar(listed.limit(1)) is None:
        oldest = session.scalar(select(func.min(Contact.id)).where(Contact.id.in_(hers), Contact.closed_at.is_(None)))
        list_for_desk(session, DeskKind.MANY_CARDS, now=now, resident_id=resident_id, contact_id=oldest)
