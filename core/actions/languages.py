"""Choosing the language in which an address is spoken to, and forgetting a choice that nobody needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, exists, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.desk_tables import AddressLanguage
from core.store.office import seal_of
from core.store.per_database import insert_or
from core.store.tables import Contact

#: The choice of somebody who only asks, and is told nothing: she may ask again next year, and choose again.
LANGUAGE_KEPT = timedelta(days=365)

_MOST_AT_ONCE = 200


def choose_language(session: Session, channel: Channel, address: str, language: str, *, now: datetime) -> None:
    """Speak to an address in this language from now on: one that there is a file for (core.wording.languages)."""
    row = {"address_index": seal_of(session).index(channel, address), "language": language, "chosen_at": now}
    put = insert_or(session, AddressLanguage).values(row)
    session.execute(put.on_conflict_do_update(index_elements=["address_index"], set_=row))


def forget_language(session: Session, address_index: bytes) -> None:
    """Forget the choice of an address that was erased, unless somebody else is told there."""
    told = exists().where(Contact.address_index == address_index, Contact.closed_at.is_(None))
    session.execute(delete(AddressLanguage).where(AddressLanguage.address_index == address_index, ~told))


def forget_languages(session: Session, *, now: datetime) -> int:
    """Forget some old choices of addresses at which nobody is told anything; return how many."""
    told = exists().where(Contact.address_index == AddressLanguage.address_index, Contact.closed_at.is_(None))
    over = select(AddressLanguage.address_index).where(AddressLanguage.chosen_at <= now - LANGUAGE_KEPT, ~told)
    forgotten = session.execute(
        delete(AddressLanguage)
        .where(AddressLanguage.address_index.in_(over.limit(_MOST_AT_ONCE)))
        .execution_options(synchronize_session=False)
    )
    return forgotten.rowcount if isinstance(forgotten, CursorResult) else 0
