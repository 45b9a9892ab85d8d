"""Forgetting: an address is kept for thirty days after its resident's last card was handed over or closed.

The consent text promises it, and UU PDP 27/2022 asks for deletion at the end of the purpose.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.actions.contacts import OWN_WISH
from core.actions.erasing import erase_closed_addresses
from core.actions.facts import Happened, append_fact
from core.actions.forgetting import forget_askers
from core.actions.languages import forget_languages
from core.rules.card import OPEN
from core.rules.retention import ADDRESS_KEPT
from core.store.delivery_tables import Message
from core.store.office import seal_of
from core.store.tables import Card, Contact, Letter
from core.store.words import LetterState, MessageState

_MOST_AT_ONCE = 200
_FORGOTTEN = "forgotten"
_LETTER_AWAITED = (LetterState.ASKED, LetterState.READY)
_ON_ITS_WAY = (MessageState.STARTED, MessageState.WAITING, MessageState.UNSURE)


def forget_what_is_over(session: Session, *, now: datetime) -> int:
    """Erase a bounded part of all that is kept no longer; return how much that was."""
    return (
        forget_finished_contacts(session, now=now)
        + erase_closed_addresses(session, now=now)
        + forget_askers(session, now=now)
        + forget_languages(session, now=now)
    )


def forget_finished_contacts(session: Session, *, now: datetime) -> int:
    """Close and erase addresses whose purpose is over, a bounded number; return how many.

    A number added since, a letter still awaited and a message under way keep an address.
    """
    query = (
        select(Contact.id, Contact.resident_id, Contact.channel, Contact.closed_why)
        .join(Card, Card.resident_id == Contact.resident_id)
        .where(
            Card.id == _newest_card_of(Contact.resident_id),
            Card.stage.not_in(OPEN),
            Card.stage_since < now - ADDRESS_KEPT,
            Contact.added_at < now - ADDRESS_KEPT,
            Contact.address_sealed != b"",
            ~exists().where(Letter.resident_id == Contact.resident_id, Letter.state.in_(_LETTER_AWAITED)),
            ~exists().where(Message.contact_id == Contact.id, Message.state.in_(_ON_ITS_WAY)),
        )
        .limit(_MOST_AT_ONCE)
    )
    found = session.execute(query).all()
    for contact_id, resident_id, channel, closed_why in found:
        erased: dict[str, Any] = {"address_sealed": b"", "closed_at": func.coalesce(Contact.closed_at, now)}
        if closed_why not in OWN_WISH:  # whose stop it was must still be known when a list brings the number again
            erased |= {"address_index": seal_of(session).index("forgotten", str(contact_id)), "closed_why": _FORGOTTEN}
        session.execute(update(Contact).where(Contact.id == contact_id).values(erased))
        append_fact(
            session,
            Happened.CONTACT_CLOSED,
            now=now,
            by="kabar",
            resident_id=resident_id,
            contact_id=contact_id,
            details={"channel": channel, "why": _FORGOTTEN},
        )
    return len(found)


def _newest_card_of(resident_id: InstrumentedAttribute[int]) -> ColumnElement[int]:
    newest = aliased(Card)
    return select(func.max(newest.id)).where(newest.resident_id == resident_id).scalar_subquery()
