"""Proving that a card is one's own: NIK and receipt together, five wrong tries lock it for a day."""

import hmac
from datetime import datetime
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card, resident_by_nik
from core.rules.asking import LOCKED_FOR, WRONG_TRIES
from core.rules.card import Stage
from core.rules.receipt import bare_code
from core.store.inbox_tables import ProofTry
from core.store.office import seal_of


class NoProof(Enum):
    WRONG = "wrong"
    LOCKED = "locked"


def prove(session: Session, chat_id: int, nik: str, receipt: str, *, now: datetime) -> int | NoProof:
    """Return the resident's id when NIK and receipt belong together.

    A NIK that does not exist is as wrong, and locks, as one with another receipt: nothing is to be learnt from it.
    receipt: as typed; spaces, dashes and case do not matter.
    """
    seal = seal_of(session)
    nik_index = seal.index("nik", nik)
    tries = select(func.count(ProofTry.id)).where(ProofTry.nik_index == nik_index, ProofTry.at > now - LOCKED_FOR)
    if (session.scalar(tries) or 0) >= WRONG_TRIES:
        return NoProof.LOCKED
    resident = resident_by_nik(session, nik)
    card = newest_card(session, resident.id) if resident else None
    typed = seal.index("receipt", bare_code(receipt) or "")
    held = card.receipt_index if card and card.receipt_index and card.stage is not Stage.CLOSED else bytes(len(typed))
    if resident is not None and hmac.compare_digest(held, typed):
        return resident.id
    session.add(ProofTry(at=now, nik_index=nik_index, chat_index=seal.index("chat", str(chat_id))))
    session.flush()
    return NoProof.WRONG
