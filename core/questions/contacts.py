"""Who can be reached how."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.office import seal_of
from core.store.ready import run, table_of
from core.store.tables import Contact

#: A number that stands at more residents than this is a broker's or a clerk's: neither proof nor contact.
MOST_RESIDENTS_PER_ADDRESS = 6
#: A Telegram account cares for so many at most: a family's. More is an official's work, or a broker's.
MOST_RESIDENTS_PER_CHAT = 8
_IDS_PER_QUERY = 500

_contacts = table_of(Contact).c
_TOLD_AT = select(_contacts.resident_id).where(
    _contacts.channel == bindparam("channel"),
    _contacts.address_index == bindparam("address"),
    _contacts.closed_at.is_(None),
    _contacts.consent_at.is_not(None),
)


def channels_of(session: Session, resident_ids: Collection[int]) -> dict[int, frozenset[Channel]]:
    """Return, per resident, the channels with an open address that she consented to."""
    reach: dict[int, frozenset[Channel]] = {}
    ids = sorted(resident_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        query = select(Contact.resident_id, Contact.channel).where(
            Contact.resident_id.in_(ids[start : start + _IDS_PER_QUERY]),
            Contact.closed_at.is_(None),
            Contact.consent_at.is_not(None),
        )
        for resident_id, channel in session.execute(query):
            reach[resident_id] = reach.get(resident_id, frozenset()) | {channel}
    return reach


def linked_residents(session: Session, channel: Channel, address: str) -> frozenset[int]:
    """Return the residents who are told at this address, with their consent."""
    index = seal_of(session).index(channel, address)
    return frozenset(run(session, _TOLD_AT, channel=channel, address=index).scalars())


def residents_at(session: Session, channel: Channel, address_index: bytes) -> int:
    """Return at how many residents this address stands open."""
    query = select(func.count(Contact.resident_id.distinct())).where(
        Contact.channel == channel, Contact.address_index == address_index, Contact.closed_at.is_(None)
    )
    return session.scalar(query) or 0
