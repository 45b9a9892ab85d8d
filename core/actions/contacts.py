"""Addresses of residents: added with a proof and a consent, closed with a reason, never reopened against a wish."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.actions.silence import nothing_for_silence
from core.errors import Refused
from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS, MOST_RESIDENTS_PER_CHAT, residents_at
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.office import seal_of
from core.store.per_database import alone_with
from core.store.tables import Contact

#: Whoever is written to there said that she wants no more.
STOPPED = "stopped"
#: Whoever is written to there said that it is not her card.
NOT_MINE = "not-mine"
#: Whose address it was asked for it to be erased.
ERASED = "erased"
#: Reasons by which a person, not a fault, closed an address.
OWN_WISH = frozenset({STOPPED, "opted-out", NOT_MINE, ERASED})
_HEARD_US = frozenset({STOPPED, ERASED})
#: The proof of a phone that stood in an office's list: nobody but the office says whose it is.
LISTED = "import"


def add_contact(
    session: Session,
    resident_id: int,
    channel: Channel,
    address: str,
    *,
    proof: str,
    how: str,
    text: str,
    now: datetime,
    by: str,
    welcome: bool = False,
) -> Contact:
    """Add an address with consent, or complete the one already held; return it.

    One from an office's list becomes the person's own, so that no newer list takes it away.
    proof: how it was proven (`receipt`, `link`, `phone`, `counter`, `paper`, `import`); how: how consent was given;
    text: which consent text. welcome: tell the address that it was registered, so a wrong one can object.
    """
    index = seal_of(session).index(channel, address)
    alone_with(session, index)  # of two who add it at once, one waits here, and finds it and all who stand there
    contact = _open_contact(session, resident_id, channel, index)
    if contact is not None and contact.consent_at is not None and contact.proof != LISTED:
        return contact
    others = residents_at(session, channel, index) - (contact is not None)
    if channel is Channel.SMS and others >= MOST_RESIDENTS_PER_ADDRESS:
        raise Refused(
            f"this number stands at {MOST_RESIDENTS_PER_ADDRESS} residents already, so it is a broker's or a clerk's; "
            "ask for the family's own number"
        )
    if channel is Channel.TELEGRAM and others >= MOST_RESIDENTS_PER_CHAT:
        raise Refused(
            f"this account is told of {MOST_RESIDENTS_PER_CHAT} cards already, which is the most for a family; "
            "link another account"
        )
    if contact is None:
        contact = Contact(
            resident_id=resident_id,
            channel=channel,
            address_index=index,
            address_sealed=seal_of(session).seal(address),
            added_at=now,
        )
        session.add(contact)
    contact.proof = proof
    contact.consent_at, contact.consent_by, contact.consent_how, contact.consent_text = now, by, how, text
    session.flush()
    fact_id = append_fact(
        session,
        Happened.CONTACT_ADDED,
        now=now,
        by=by,
        resident_id=resident_id,
        contact_id=contact.id,
        details={"channel": channel, "proof": proof, "how": how, "text": text},
    )
    if welcome:
        debt = Debt(kind=Kind.REGISTERED, resident_id=resident_id, fact_id=fact_id, contact_id=contact.id)
        owe(session, [debt], now=now, only=frozenset({channel}))
    return contact


def close_contact(session: Session, contact: Contact, *, why: str, now: datetime, by: str) -> None:
    """Close one address; an address that is closed already stays as it is.

    Whoever closes her own account by what she says to us heard us there: nothing goes by SMS for her silence.
    """
    if contact.channel is Channel.TELEGRAM and why in _HEARD_US:
        nothing_for_silence(session, contact, now=now)
    closed = session.execute(
        update(Contact)
        .where(Contact.id == contact.id, Contact.closed_at.is_(None))
        .values(closed_at=now, closed_why=why)
    )
    if closed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        append_fact(
            session,
            Happened.CONTACT_CLOSED,
            now=now,
            by=by,
            resident_id=contact.resident_id,
            contact_id=contact.id,
            details={"channel": contact.channel, "why": why},
        )


def close_address(session: Session, channel: Channel, address: str, *, why: str, now: datetime, by: str) -> int:
    """Close an address wherever it stands; return at how many residents it stood."""
    index = seal_of(session).index(channel, address)
    query = select(Contact).where(
        Contact.channel == channel, Contact.address_index == index, Contact.closed_at.is_(None)
    )
    contacts = list(session.scalars(query))
    for contact in contacts:
        close_contact(session, contact, why=why, now=now, by=by)
    return len(contacts)


def _open_contact(session: Session, resident_id: int, channel: Channel, index: bytes) -> Contact | None:
    return session.scalar(
        select(Contact).where(
            Contact.resident_id == resident_id,
            Contact.channel == channel,
            Contact.address_index == index,
            Contact.closed_at.is_(None),
        )
    )
