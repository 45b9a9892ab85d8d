"""Proving that a card is one's own: by NIK and receipt together, by the link on a slip, or by a phone.

1. Five wrong receipts lock their NIK for a day, whoever typed them; five unknown links lock the links of that chat.
2. Ten wrong receipts from one chat, or at five NIKs, lock receipts for that chat; it adds nothing to any NIK then. So
   nobody can lock a village out, or try one code at many NIKs; right codes, however many, count for nothing.
3. No lock shuts another way, so nobody can lock an owner out.
4. Every proof is noted, once a day for a card in a chat: its owner can see that it was proven.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.actions.facts import Happened, append_fact
from core.questions.cards import newest_card, resident_by_nik
from core.questions.regions import office_row
from core.questions.slips import receipt_fits, slip_of_link
from core.rules.asking import LOCKED_FOR, NIKS_TRIED_PER_CHAT, WRONG_TRIES, WRONG_TRIES_PER_CHAT, is_locked
from core.rules.delivery import Channel
from core.rules.retention import TRY_KEPT
from core.store.inbox_tables import ProofTry
from core.store.office import seal_of
from core.store.tables import Card


class NoProof(Enum):
    """LOCKED: whoever tries. LOCKED_HERE: from this chat, whatever the NIK."""

    WRONG = "wrong"
    LOCKED = "locked"
    LOCKED_HERE = "locked here"


def prove(session: Session, chat_id: int, nik: str, receipt: str, *, now: datetime) -> int | NoProof:
    """Return the resident's id when NIK and receipt belong together.

    A NIK that does not exist is as wrong, and locks, as one with another receipt: nothing is to be learnt from it.
    receipt: as typed; spaces, dashes and case do not matter.
    """
    seal = seal_of(session)
    tries = Tries(session, seal.index("nik", nik), seal.index("chat", str(chat_id)), now)
    locked = tries.locked()
    if locked:
        return locked
    resident = resident_by_nik(session, nik)
    card = newest_card(session, resident.id) if resident else None
    if card and receipt_fits(session, card, receipt):
        return card.resident_id
    tries.add()
    return tries.locked() or NoProof.WRONG


def prove_by_link(session: Session, chat_id: int, secret: str, *, now: datetime) -> int | NoProof:
    """Return the resident's id when this is the secret in the link of a slip in force.

    The secret of a void slip is no guess, so it costs no try.
    """
    links = seal_of(session).index("links-of-chat", str(chat_id))
    tries = Tries(session, links, links, now)
    locked = tries.locked()
    if locked:
        return locked
    slip = slip_of_link(session, secret)
    if slip is None:
        tries.add()
        return tries.locked() or NoProof.WRONG
    return session.get_one(Card, slip.card_id).resident_id if slip.void_at is None else NoProof.WRONG


def note_proof(session: Session, chat_id: int, resident_id: int, *, how: str, now: datetime) -> None:
    """Append the fact that a card was proven in a chat; not a second time within a day. how: as kept with a consent."""
    here = seal_of(session).index("proven", f"{chat_id} {resident_id}")
    noted = select(ProofTry.id).where(ProofTry.nik_index == here, ProofTry.at > now - LOCKED_FOR)
    card = newest_card(session, resident_id)
    if card is None or session.scalar(noted.limit(1)) is not None:
        return
    session.add(ProofTry(at=now, nik_index=here, chat_index=here))
    append_fact(
        session,
        Happened.CARD_PROVEN,
        now=now,
        by="resident",
        resident_id=resident_id,
        card_id=card.id,
        details={"how": how, "channel": Channel.TELEGRAM},
    )


class Tries:
    """The wrong tries at one thing and from one chat; of tries at once, each waits for the one before to be counted."""

    def __init__(self, session: Session, at_what: bytes, by_whom: bytes, now: datetime) -> None:
        office_row(session, lock=True)
        self._session = session
        self._at_what = at_what
        self._by_whom = by_whom
        self._now = now

    def locked(self) -> NoProof | None:
        """The chat's own comes first: it holds for every other NIK too."""
        by_chat = self._made(ProofTry.chat_index, self._by_whom)
        if is_locked(by_chat, self._now, most=WRONG_TRIES_PER_CHAT, most_niks=NIKS_TRIED_PER_CHAT):
            return NoProof.LOCKED_HERE
        made = self._made(ProofTry.nik_index, self._at_what)
        return NoProof.LOCKED if is_locked(made, self._now, most=WRONG_TRIES) else None

    def add(self) -> None:
        """Count one more."""
        self._session.add(ProofTry(at=self._now, nik_index=self._at_what, chat_index=self._by_whom))
        self._session.flush()

    def _made(self, which: InstrumentedAttribute[bytes], index: bytes) -> Sequence[tuple[datetime, bytes]]:
        made = select(ProofTry.at, ProofTry.nik_index).where(which == index, ProofTry.at > self._now - TRY_KEPT)
        return [(row.at, row.nik_index) for row in self._session.execute(made)]
