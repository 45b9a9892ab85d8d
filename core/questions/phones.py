"""Whose phone it is, as far as the office knows: the owner it proves, and the numbers that belong to too many."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.phone import mask_phone
from core.store.office import seal_of
from core.store.tables import Contact

_ADDRESSES_PER_QUERY = 500


def owner_of_phone(session: Session, phone: str) -> int | None:
    """Return the one resident at whom the office holds this number (E.164), agreed to or not, if a card is awaited.

    None when the number stands at anybody else too, also at one whose card was handed over: it may be theirs.
    """
    held = select(Contact.resident_id).where(
        Contact.address_index == seal_of(session).index(Channel.SMS, phone), *_is_open_phone()
    )
    residents = session.scalars(held.distinct().limit(2)).all()
    card = newest_card(session, residents[0]) if len(residents) == 1 else None
    return card.resident_id if card and card.stage in OPEN else None


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A number that is neither proof nor contact. phone: as it may be shown; residents: at how many it stands."""

    phone: str
    residents: int


def shared_numbers(session: Session) -> list[SharedNumber]:
    """Return the numbers that stand at more than six residents, the most shared first.

    Which may be so many is read off the index of addresses alone: 0.6 s for a million contacts.
    """
    often = select(Contact.address_index).group_by(Contact.address_index).having(_is_many(func.count()))
    addresses = session.scalars(often).all()
    shared = [
        SharedNumber(_masked(session, contact_id), residents)
        for start in range(0, len(addresses), _ADDRESSES_PER_QUERY)
        for contact_id, residents in _residents_at(session, addresses[start : start + _ADDRESSES_PER_QUERY])
    ]
    return sorted(shared, key=lambda number: -number.residents)


def _residents_at(session: Session, addresses: Sequence[bytes]) -> Sequence[tuple[int, int]]:
    """A contact and the number of residents for each of these addresses that are phones of too many."""
    stands_at = func.count(Contact.resident_id.distinct())
    query = (
        select(func.min(Contact.id), stands_at)
        .where(Contact.address_index.in_(addresses), *_is_open_phone())
        .group_by(Contact.address_index)
        .having(_is_many(stands_at))
        .order_by(func.min(Contact.id))
    )
    return session.execute(query).all()


def _is_open_phone() -> tuple[ColumnElement[bool], ...]:
    return Contact.channel == Channel.SMS, Contact.closed_at.is_(None)


def _is_many(counted: ColumnElement[int]) -> ColumnElement[bool]:
    return counted > MOST_RESIDENTS_PER_ADDRESS


def _masked(session: Session, contact_id: int) -> str:
    return mask_phone(seal_of(session).open(session.get_one(Contact, contact_id).address_sealed))
