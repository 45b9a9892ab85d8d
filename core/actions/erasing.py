"""Erasing addresses because their owner asks for it (UU PDP 27/2022), with what else is kept under them.

1. A Telegram account goes at once and leaves nothing to know it by: no list brings it back, only its owner can.
   What counts against guessing stays as codes for its time, or erasing would buy new guesses.
2. A phone is closed at once, and erased once nothing is on its way to it: an SMS in doubt is looked for by its number.
   Its keyed index stays: the next list of the office must not open it again.
3. What is still owed goes on by another channel, as for any address that closed.
4. With an address goes what our messages said there, and its language, unless somebody else is told there too.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from core.actions.contacts import ERASED, close_contact
from core.actions.facts import Happened, append_fact
from core.actions.languages import forget_language
from core.questions.looks import is_on_its_way
from core.questions.residents import contacts_of, known_resident
from core.rules.delivery import Channel
from core.store.delivery_tables import Message
from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import UpdateState

#: Addresses, so that one step lasts less than 50 ms.
MOST_AT_ONCE = 20
#: A sender that read an address as open has noted by then what it sends there.
_SENDER_NOTED = timedelta(minutes=1)


def erase_account(session: Session, chat_id: int, *, now: datetime, by: str) -> int:
    """Close and erase a Telegram account wherever it stands; return at how many residents it stood open.

    Also its language, what it wrote that we failed to answer, and at once the questions in the chat that were to be
    deleted within the hour. By messages too: their contact may have been forgotten before them.
    """
    seal = seal_of(session)
    index = seal.index(Channel.TELEGRAM, str(chat_id))
    contacts = session.scalars(
        select(Contact).where(Contact.channel == Channel.TELEGRAM, Contact.address_index == index)
    ).all()
    standing = sum(contact.closed_at is None for contact in contacts)
    # All are closed first: what a family's one message said is known by the address that erasing takes away.
    for contact in contacts:
        _close(session, contact, now=now, by=by)
    for contact in contacts:
        _erase(session, contact, now=now, by=by)
    left = session.scalars(select(Message.contact_id).where(Message.address_index == index).distinct()).all()
    for contact_id in left:
        _forget_messages(session, contact_id, index, keep_index=False)
    forget_language(session, index)
    hers = InboxUpdate.person_index == seal.index("person", str(chat_id))
    session.execute(update(InboxUpdate).where(hers, InboxUpdate.state == UpdateState.SET_ASIDE).values(body_sealed=b""))
    asked_here = exists().where(InboxUpdate.id == QuestionToDelete.update_id, hers)
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
    query = select(Contact).where(
        Contact.closed_why == ERASED,
        Contact.closed_at <= now - _SENDER_NOTED,
        Contact.address_sealed != b"",
        ~something_on_its_way(),
    )
    # Of two at once the second leaves these to the first, or each would note that it erased them.
    found = query.limit(MOST_AT_ONCE).with_for_update(of=Contact, skip_locked=True)
    contacts = session.scalars(found).all()
    for contact in contacts:
        _erase(session, contact, now=now, by="kabar")
    return len(contacts)


def something_on_its_way() -> ColumnElement[bool]:
    """Of a contact to which something is leaving, or may have left."""
    return exists().where(
        Message.address_index == Contact.address_index, Message.contact_id == Contact.id, is_on_its_way()
    )


def blank_address(session: Session, contact: Contact, *, keep_index: bool) -> None:
    """Erase the address of a closed contact. keep_index: a list that brings it again must find whose wish it was."""
    index = contact.address_index
    _forget_messages(session, contact.id, index, keep_index=keep_index)
    erased: dict[str, bytes] = {"address_sealed": b""}
    if not keep_index:
        erased["address_index"] = _nobody(session, contact.id)
    session.execute(update(Contact).where(Contact.id == contact.id).values(erased))
    forget_language(session, index)


def _forget_messages(session: Session, contact_id: int, index: bytes, *, keep_index: bool) -> None:
    forgotten: dict[str, bytes] = {"text_sealed": b""}
    if not keep_index:
        forgotten["address_index"] = _nobody(session, contact_id)
    session.execute(
        update(Message).where(Message.address_index == index, Message.contact_id == contact_id).values(forgotten)
    )


def _nobody(session: Session, contact_id: int) -> bytes:
    return seal_of(session).index("forgotten", str(contact_id))


def _close(session: Session, contact: Contact, *, now: datetime, by: str) -> None:
    """One that was closed before is from now on closed by her own wish, whatever it was."""
    close_contact(session, contact, why=ERASED, now=now, by=by)
    session.execute(update(Contact).where(Contact.id == contact.id).values(closed_why=ERASED))


def _erase(session: Session, contact: Contact, *, now: datetime, by: str) -> None:
    blank_address(session, contact, keep_index=contact.channel is Channel.SMS)
    append_fact(
        session,
        Happened.CONTACT_ERASED,
        now=now,
        by=by,
        resident_id=contact.resident_id,
        contact_id=contact.id,
        details={"channel": contact.channel},
    )
