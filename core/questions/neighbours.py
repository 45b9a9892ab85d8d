"""Whom an official asks for, by NIK or receipt, and what she may be told: never a name, a number of hers, a phone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card, resident_by_nik, where_is_proven
from core.questions.handover import card_with_receipt
from core.rules.answer import CardAnswer
from core.rules.card import OPEN
from core.rules.expectation import PrintTerms
from core.rules.receipt import read_slip_code
from core.store.desk_tables import Slip
from core.store.office import seal_of
from core.store.tables import Card, Contact, Resident


@dataclass(frozen=True, slots=True)
class Neighbour:
    """addresses: at how many she is told, by whichever channel. is_open: her card is still on its way to her."""

    resident_id: int
    answer: CardAnswer
    addresses: int
    is_open: bool


def neighbour_meant(session: Session, *, nik: str | None, receipt: str) -> Resident | None:
    """Return the person with this NIK, else the one whose receipt this is.

    A slip of the counter is known at every stage, the code of an export from the printing on: before that no index
    leads to it.
    """
    if nik is not None:
        return resident_by_nik(session, nik)
    card = _with_slip(session, receipt) or card_with_receipt(session, receipt)
    return session.get(Resident, card.resident_id) if card else None


def neighbour(session: Session, resident_id: int, *, now: datetime, terms: PrintTerms | None) -> Neighbour | None:
    """What the counter would tell her of her card; None where it would tell nothing."""
    answer = where_is_proven(session, resident_id, now=now, terms=terms)
    card = newest_card(session, resident_id)
    if answer is None or card is None:
        return None
    told = select(func.count()).where(
        Contact.resident_id == resident_id, Contact.closed_at.is_(None), Contact.consent_at.is_not(None)
    )
    return Neighbour(resident_id, answer, session.scalar(told) or 0, card.stage in OPEN)


def _with_slip(session: Session, typed: str) -> Card | None:
    code = read_slip_code(typed)
    if code is None:
        return None
    query = select(Card).join(Slip).where(Slip.code_index == seal_of(session).index("slip", code))
    return session.scalar(query.where(Slip.void_at.is_(None)).limit(1))
