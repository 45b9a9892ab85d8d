"""Erasing addresses because their owner asks for it (UU PDP 27/2022), with what else is kept under them.

1. A Telegram account goes at once and leaves nothing to know it by: no list brings it back, only its owner can.
2. A phone is closed at once, and erased once nothing is on its way to it: an SMS in doubt is looked for by its number.
   Its keyed index stays: the next list of the office must not open it again.
3. What is still owed goes on by another channel, as for any address that closed.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from core.actions.contacts import ERASED, close_contact
from core.actions.facts import Happened, append_fact
from core.questions.residents import contacts_of, known_resident
from core.rules.delivery import Channel
from core.store.delivery_tables import Message
from core.store.desk_tables import AddressLanguage
from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState

_MOST_AT_ONCE = 200
_ON_ITS_WAY = (MessageState.STARTED, MessageState.UNSURE)
#: A sender that read an address as open has noted by then what it sends there.
_SENDER_NOTED = timedelta(minutes=1)


def erase_account(session: Session, chat_id: int, *, now: datetime, by: str) -> int:
    """Close and erase a Telegram account wherever it stands; return at how many residents it stood open.

    Also its language, and at once the questions in the chat that were to be deleted within the hour.
    """
    seal = seal_of(session)
    index = seal.index(Channel.TELEGRAM, str(chat_id))
    contacts = session.scalars(
        select(Contact).where(Contact.channel == Channel.TELEGRAM, Contact.address_index == index)
    ).all()
    standing = sum(contact.closed_at is None for contact in contacts)
    for contact in contacts:
        _close(session, contact, now=now, by=by)
        _erase(session, contact, now=now, by=by)
    session.execute(delete(AddressLanguage).where(AddressLanguage.address_index == index))
    asked_here = exists().where(
        InboxUpdate.id == QuestionToDelete.update_id, InboxUpdate.person_index == seal.index("person", str(chat_id))
    )
    session.execute(update(QuestionToDelete).where(asked_here).values(due_at=now))
    return standing


def erase_addresses(session: Session, nik: str, *, now: datetime, by: str) -> None:
    """Close every address of a resident and erase it, phones a little later."""
    held = [contact for contact in contacts_of(session, known_resident(session, nik).id) if contact.address_sealed]
    for contact in held:
        _close(session, contact, now=now, by=by)
        if contact.channel is Channel.TELEGRAM:
            _erase(session, contact, now=now, by=by)


def erase_closed_addresses(session: Session, *, now: datetime) -> int:
    """Erase phones whose owners asked for it and to which nothing is on its way any more; return how many.

    Also the new number of a chat that Telegram told us when its old one was erased already.
    """
    on_its_way = exists().where(
        Message.address_index == Contact.address_index,
        Message.contact_id == Contact.id,
        Message.state.in_(_ON_ITS_WAY),
    )
    query = select(Contact).where(
        Contact.closed_why == ERASED,
        Contact.closed_at <= now - _SENDER_NOTED,
        Contact.address_sealed != b"",
        ~on_its_way,
    )
    contacts = session.scalars(query.limit(_MOST_AT_ONCE)).all()
    for contact in contacts:
        _erase(session, contact, now=now, by="kabar")
    return len(contacts)


def _close(session: Session, contact: Contact, *, now: datetime, by: str) -> None:
    """One that was closed before is from now on closed by her own wish, whatever it was."""
    close_contact(session, contact, why=ERASED, now=now, by=by)
    session.execute(update(Contact).where(Contact.id == contact.id).values(closed_why=ERASED))


def _erase(session: Session, contact: Contact, *, now: datetime, by: str) -> None:
    erased: dict[str, object] = {"address_sealed": b""}
    if contact.channel is Channel.TELEGRAM:
        nobody = seal_of(session).index("forgotten", str(contact.id))
        erased["address_index"] = nobody
        session.execute(
            update(Message)
            .where(Message.address_index == contact.address_index, Message.contact_id == contact.id)
            .values(address_index=nobody)
        )
    session.execute(update(Contact).where(Contact.id == contact.id).values(erased))
    append_fact(
        session,
        Happened.CONTACT_ERASED,
        now=now,
        by=by,
        resident_id=contact.resident_id,
        contact_id=contact.id,
        details={"channel": contact.channel},
    )
