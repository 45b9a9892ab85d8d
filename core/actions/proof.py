"""Proving that a card is one's own: by NIK and receipt together, or by the link on a slip.

Five wrong tries lock the NIK's proof for a day, whoever made them; five unknown links lock the links of that chat.
Neither lock shuts the other way, so nobody can lock an owner out.
"""

from datetime import datetime
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card, resident_by_nik
from core.questions.regions import office_row
from core.questions.slips import receipt_fits, slip_of_link
from core.rules.asking import LOCKED_FOR, WRONG_TRIES
from core.store.inbox_tables import ProofTry
from core.store.office import seal_of
from core.store.tables import Card


class NoProof(Enum):
    WRONG = "wrong"
    LOCKED = "locked"


def prove(session: Session, chat_id: int, nik: str, receipt: str, *, now: datetime) -> int | NoProof:
    """Return the resident's id when NIK and receipt belong together.

    A NIK that does not exist is as wrong, and locks, as one with another receipt: nothing is to be learnt from it.
    receipt: as typed; spaces, dashes and case do not matter.
    """
    tries = _Tries(session, chat_id, seal_of(session).index("nik", nik), now)
    if tries.are_used_up():
        return NoProof.LOCKED
    resident = resident_by_nik(session, nik)
    card = newest_card(session, resident.id) if resident else None
    return card.resident_id if card and receipt_fits(session, card, receipt) else tries.wrong()


def prove_by_link(session: Session, chat_id: int, secret: str, *, now: datetime) -> int | NoProof:
    """Return the resident's id when this is the secret in the link of a slip in force.

    The secret of a void slip is no guess, so it costs no try.
    """
    tries = _Tries(session, chat_id, seal_of(session).index("links-of-chat", str(chat_id)), now)
    if tries.are_used_up():
        return NoProof.LOCKED
    slip = slip_of_link(session, secret)
    if slip is None:
        return tries.wrong()
    return session.get_one(Card, slip.card_id).resident_id if slip.void_at is None else NoProof.WRONG


class _Tries:
    """The wrong tries of the last day at one thing; of tries at once, each waits for the one before to be counted."""

    def __init__(self, session: Session, chat_id: int, at_what: bytes, now: datetime) -> None:
        office_row(session, lock=True)
        recent = select(func.count(ProofTry.id)).where(ProofTry.nik_index == at_what, ProofTry.at > now - LOCKED_FOR)
        self._made = session.scalar(recent) or 0
        self._session = session
        self._next = ProofTry(at=now, nik_index=at_what, chat_index=seal_of(session).index("chat", str(chat_id)))

    def are_used_up(self) -> bool:
        return self._made >= WRONG_TRIES

    def wrong(self) -> NoProof:
        """Count one more; the last of them is told that it was."""
        self._session.add(self._next)
        self._session.flush()
        return NoProof.LOCKED if self._made + 1 >= WRONG_TRIES else NoProof.WRONG
