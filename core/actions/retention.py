"""Forgetting: an address is kept for thirty days after its resident's last card was handed over or closed, and what a
message said for thirty days after it was written.

The consent text promises it, and UU PDP 27/2022 asks for deletion at the end of the purpose.
"""

from datetime import datetime

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import Session

from core.actions.contacts import OWN_WISH
from core.actions.erasing import MOST_AT_ONCE, blank_address, erase_closed_addresses, something_on_its_way
from core.actions.facts import Happened, append_fact
from core.actions.forgetting import forget_askers
from core.actions.languages import forget_languages
from core.questions.looks import is_on_its_way
from core.questions.suspensions import is_newest_card
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.retention import ADDRESS_KEPT, TEXT_KEPT
from core.store.delivery_tables import WITH_TEXT, Message
from core.store.tables import Card, Contact, Letter
from core.store.words import LetterState

_MOST_TEXTS_AT_ONCE = 200
_FORGOTTEN = "forgotten"
_LETTER_AWAITED = (LetterState.ASKED, LetterState.ISSUED, LetterState.READY)


def forget_what_is_over(session: Session, *, now: datetime) -> int:
    """Erase a bounded part of all that is kept no longer; return how much that was."""
    return (
        forget_finished_contacts(session, now=now)
        + erase_closed_addresses(session, now=now)
        + forget_texts(session, now=now)
        + forget_askers(session, now=now)
        + forget_languages(session, now=now)
    )


def forget_finished_contacts(session: Session, *, now: datetime) -> int:
    """Close and erase addresses whose purpose is over, a bounded number; return how many.

    A number added since, a letter still awaited and a message under way keep an address.
    """
    query = (
        select(Contact)
        .join(Card, Card.resident_id == Contact.resident_id)
        .where(
            is_newest_card(),
            Card.stage.not_in(OPEN),
            Card.stage_since < now - ADDRESS_KEPT,
            Contact.added_at < now - ADDRESS_KEPT,
            Contact.address_sealed != b"",
            ~exists().where(Letter.resident_id == Contact.resident_id, Letter.state.in_(_LETTER_AWAITED)),
            ~something_on_its_way(),
        )
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Contact)  # nobody says "stop" there meanwhile
    )
    found = session.scalars(query).all()
    for contact in found:
        _forget(session, contact, now=now)
    return len(found)


def _forget(session: Session, contact: Contact, *, now: datetime) -> None:
    wished = contact.closed_why in OWN_WISH
    contact.closed_at = contact.closed_at or now
    contact.closed_why = contact.closed_why if wished else _FORGOTTEN
    session.flush()
    blank_address(session, contact, keep_index=wished and contact.channel is Channel.SMS)  # no list brings a chat
    append_fact(
        session,
        Happened.CONTACT_CLOSED,
        now=now,
        by="kabar",
        resident_id=contact.resident_id,
        contact_id=contact.id,
        details={"channel": contact.channel, "why": _FORGOTTEN},
    )


def forget_texts(session: Session, *, now: datetime) -> int:
    """Forget what old messages said, a bounded number; return how many. One in doubt may still be looked for by it."""
    old = select(Message.id).where(WITH_TEXT, Message.created_at <= now - TEXT_KEPT, ~is_on_its_way())
    forgotten = session.execute(
        update(Message)
        .where(Message.id.in_(old.order_by(Message.created_at).limit(_MOST_TEXTS_AT_ONCE)), ~is_on_its_way())
        .values(text_sealed=b"")
        .execution_options(synchronize_session=False)
    )
    return forgotten.rowcount if isinstance(forgotten, CursorResult) else 0
