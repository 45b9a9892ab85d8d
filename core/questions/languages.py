"""In which language somebody is spoken to."""

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.desk_tables import AddressLanguage
from core.store.office import seal_of
from core.store.ready import run, table_of

_languages = table_of(AddressLanguage).c
_CHOSEN = select(_languages.language).where(_languages.address_index == bindparam("address"))

_CHOSEN_BY_EACH = select(_languages.address_index, _languages.language).where(
    _languages.address_index.in_(bindparam("addresses", expanding=True))
)


def language_of(session: Session, channel: Channel, address: str) -> str | None:
    """Return the language that was chosen for an address; None when none was."""
    return language_at(session, seal_of(session).index(channel, address))


def language_at(session: Session, address_index: bytes) -> str | None:
    """The same, for an address known by its index only."""
    chosen: str | None = run(session, _CHOSEN, address=address_index).scalar()
    return chosen


def languages_at(session: Session, address_indexes: Collection[bytes]) -> dict[bytes, str]:
    """Return, per index of an address, the language that was chosen there."""
    rows = run(session, _CHOSEN_BY_EACH, addresses=tuple(address_indexes))
    return {row.address_index: row.language for row in rows}
