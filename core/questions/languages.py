"""In which language somebody is spoken to."""

from collections.abc import Collection

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
    return languages_at(session, [address_index]).get(address_index)


def languages_at(session: Session, address_indexes: Collection[bytes]) -> dict[bytes, str]:
    """Return, per index of an address, the language that was chosen there."""
    chosen = select(AddressLanguage.address_index, AddressLanguage.language)
    rows = session.execute(chosen.where(AddressLanguage.address_index.in_(address_indexes)))
    return {row.address_index: row.language for row in rows}
