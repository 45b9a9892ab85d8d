"""Forgetting: an address is kept for thirty days after its resident's last card was handed over or closed.

The consent text promises it, and UU PDP 27/2022 asks for deletion at the end of the purpose.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.actions.facts import Happened, append_fact
from core.rules.card import OPEN
from core.store.office import seal_of
from core.store.tables import Card, Contact

KEPT = timedelta(days=30)

_MOST_AT_ONCE = 200
_FORGOTTEN = "forgotten"


def forget_finished_contacts(session: Session, *, now: datetime) -> int:
    """Close and erase addresses whose purpose is over, a bounded number; return how many."""
    query = (
        select(Contact.id, Contact.resident_id, Contact.channel)
        .join(Card, Card.resident_id == Contact.resident_id)
        .where(
            Card.id == _newest_card_of(Contact.resident_id),
            Card.stage.not_in(OPEN),
            Card.stage_since < now - KEPT,
            _still_holds_an_address(),
        )
        .limit(_MOST_AT_ONCE)
    )
    found = session.execute(query).all()
    for contact_id, resident_id, channel in found:
        # The index goes too: it would still tell whoever has the key which number it was.
        erased = {"address_sealed": b"", "address_index": seal_of(session).index("forgotten", str(contact_id))}
        session.execute(
            update(Contact)
            .where(Contact.id == contact_id)
            .values(**erased, closed_at=func.coalesce(Contact.closed_at, now), closed_why=_FORGOTTEN)
        )
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


def _still_holds_an_address() -> ColumnElement[bool]:
    return Contact.closed_why.is_distinct_from(_FORGOTTEN)
