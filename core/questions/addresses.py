"""At which of a resident's addresses she is told next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.ready import run, table_of
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState

_REACHES = (
    Contact.channel == bindparam("channel"),
    Contact.closed_at.is_(None),
    Contact.consent_at.is_not(None),
)
_OPEN_CONTACTS = (
    select(Contact)
    .where(Contact.resident_id.in_(bindparam("residents", expanding=True)), *_REACHES)
    .order_by(Contact.id)
)
_AT_ADDRESSES = select(Contact.resident_id, Contact.address_index).where(
    Contact.address_index.in_(bindparam("addresses", expanding=True)), *_REACHES
)
_TRIED = (
    select(MessageNotice.notice_id, Message.address_index, Message.created_at)
    .join(Message, Message.id == MessageNotice.message_id)
    .where(MessageNotice.notice_id.in_(bindparam("notices", expanding=True)), Message.state == MessageState.FAILED)
)
_IDS_PER_QUERY = 500
#: Per notice the addresses at which it was tried in vain, and when.
_Tried = dict[int, list[tuple[bytes, datetime]]]


def address_for(session: Session, notice: Notice, channel: Channel) -> Contact | None:
    """Return the address of a channel at which this notice goes next; None if there is none."""
    return addresses_for(session, [notice], channel).get(notice.id)


def addresses_for(session: Session, notices: Sequence[Notice], channel: Channel) -> dict[int, Contact]:
    """Return, per notice id, the oldest open address of a channel at which it was not tried in vain.

    One that was added anew since then may be tried anew. A number that stands at too many residents is somebody
    else's; a chat was proven, however many it cares for.
    """
    open_at = _open_contacts(session, {notice.resident_id for notice in notices}, channel)
    tried = _tried_in_vain(session, notices)
    clerks = _clerks(session, channel, {contact.address_index for those in open_at.values() for contact in those})
    found = {}
    for notice in notices:
        for contact in open_at.get(notice.resident_id, ()):
            hers = contact.address_index not in clerks and notice.contact_id in (None, contact.id)
            if hers and not _in_vain(contact, tried.get(notice.id, ())):
                found[notice.id] = contact
                break
    return found


def addresses_of(session: Session, resident_ids: Collection[int]) -> dict[int, dict[Channel, bytes]]:
    """Return, per resident and channel, the index of the address at which she is told of what is owed to her now."""
    columns = table_of(Contact).c
    at: dict[int, dict[Channel, bytes]] = {}
    ids = sorted(resident_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        query = select(columns.resident_id, columns.channel, columns.address_index).where(
            columns.resident_id.in_(ids[start : start + _IDS_PER_QUERY]),
            columns.closed_at.is_(None),
            columns.consent_at.is_not(None),
        )
        rows = session.execute(query.order_by(columns.id)).all()
        clerks = _clerks(session, Channel.SMS, {row.address_index for row in rows if row.channel is Channel.SMS})
        for row in rows:
            if row.channel is not Channel.SMS or row.address_index not in clerks:
                at.setdefault(row.resident_id, {}).setdefault(row.channel, row.address_index)
    return at


def _open_contacts(session: Session, residents: Collection[int], channel: Channel) -> dict[int, list[Contact]]:
    contacts = defaultdict(list)
    for contact in session.scalars(_OPEN_CONTACTS, {"residents": tuple(residents), "channel": channel}):
        contacts[contact.resident_id].append(contact)
    return contacts


def open_at(session: Session, channel: Channel, address_indexes: Collection[bytes]) -> dict[int, list[bytes]]:
    """Return, per resident, those of these addresses at which she is told."""
    stands = defaultdict(list)
    for row in run(session, _AT_ADDRESSES, addresses=tuple(address_indexes), channel=channel):
        stands[row.resident_id].append(row.address_index)
    return stands


def _tried_in_vain(session: Session, notices: Sequence[Notice]) -> _Tried:
    tried: _Tried = defaultdict(list)
    for row in run(session, _TRIED, notices=tuple({notice.id for notice in notices})):
        tried[row.notice_id].append((row.address_index, row.created_at))
    return tried


def _in_vain(contact: Contact, tried: Iterable[tuple[bytes, datetime]]) -> bool:
    return any(index == contact.address_index and at >= contact.added_at for index, at in tried)


def _clerks(session: Session, channel: Channel, indexes: Collection[bytes]) -> frozenset[bytes]:
    """The numbers among these that stand at more residents than a family has."""
    if channel is not Channel.SMS or not indexes:
        return frozenset()
    residents = func.count(Contact.resident_id.distinct())
    query = (
        select(Contact.address_index)
        .where(Contact.channel == channel, Contact.address_index.in_(indexes), Contact.closed_at.is_(None))
        .group_by(Contact.address_index)
        .having(residents > MOST_RESIDENTS_PER_ADDRESS)
    )
    return frozenset(session.scalars(query))


def greetings_owed_to(session: Session, contacts: Iterable[Contact], *, now: datetime) -> dict[bytes, list[Notice]]:
    """Return, per index of an address, what tells it that it was registered and has not left: the first to be said.

    Who agreed longer ago than a greeting lives is not looked up: whatever she was owed then has ended.
    """
    since = now - TABLE[Kind.REGISTERED].lives
    new = [contact for contact in contacts if contact.consent_at is not None and contact.consent_at > since]
    if not new:
        return {}
    query = (
        select(Contact.address_index, Notice)
        .join(Contact, Contact.id == Notice.contact_id)
        .where(
            Notice.resident_id == Contact.resident_id,  # what is indexed
            Contact.channel == new[0].channel,
            Contact.address_index.in_({contact.address_index for contact in new}),
            Notice.kind == Kind.REGISTERED,
            Notice.state == NoticeState.WAITING,
        )
        .order_by(Notice.id)
    )
    owed = defaultdict(list)
    for row in session.execute(query):
        owed[row.address_index].append(row.Notice)
    return owed
