"""In which language somebody is spoken to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.desk_tables import AddressLanguage
from core.store.office import seal_of


def language_of(session: Session, channel: Channel, address: str) -> str | None:
    """Return the language that was chosen for an address; None when none was."""
    return language_at(session, seal_of(session).index(channel, address))


def language_at(session: Session, address_index: bytes) -> str | None:
    """The same, for an address known by its index only."""
    return session.scalar(select(AddressLanguage.language).where(AddressLanguage.address_index == address_index))
