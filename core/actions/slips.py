"""Slips: receipts that the counter prints, each with a code to type and a secret in its link to the bot."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import Refused
from core.questions.residents import known_resident
from core.rules.card import OPEN
from core.rules.receipt import SLIP_LENGTH, SLIP_SIGNS, read_slip_code
from core.store.desk_tables import Slip
from core.store.office import seal_of
from core.store.tables import Card

_LINK_BYTES = 16
_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True, repr=False)
class SlipSecrets:
    """What only the paper holds. link: 128 bits, fit for a deep link. Without a representation, so no log gets it."""

    code: str
    link: str


def draw_secrets() -> SlipSecrets:
    """Draw a code and a link's secret that nobody can guess."""
    return SlipSecrets(draw_code(), secrets.token_urlsafe(_LINK_BYTES))


def draw_code() -> str:
    """Draw a code to be printed and typed, that nobody can guess."""
    while True:
        code = "".join(secrets.choice(SLIP_SIGNS) for _ in range(SLIP_LENGTH))
        if read_slip_code(code):
            return code


def make_slip(session: Session, nik: str, drawn: SlipSecrets, *, now: datetime, by: str) -> Slip:
    """Make these secrets the receipt of the card that the person with this NIK waits for; the slip before is void.

    Raises NotFound when nobody has this NIK, Refused when no card is awaited.
    """
    card = _awaited_card(session, nik)
    void_slips(session, [card.id], now=now)
    seal = seal_of(session)
    slip = Slip(
        card_id=card.id,
        code_index=seal.index("slip", drawn.code),
        code_sealed=seal.seal(drawn.code),
        link_index=seal.index("slip-link", drawn.link),
        made_at=now,
        made_by=by,
    )
    session.add(slip)
    session.flush()
    ids = {"resident_id": card.resident_id, "card_id": card.id}
    append_fact(session, Happened.SLIP_MADE, now=now, by=by, details={"slip": slip.id}, **ids)
    return slip


def _awaited_card(session: Session, nik: str) -> Card:
    """The open card of the person with this NIK, locked: of two slips at once, one waits for the other."""
    resident = known_resident(session, nik)
    newest = select(Card).where(Card.resident_id == resident.id).order_by(Card.id.desc()).limit(1)
    card = session.scalar(newest.with_for_update())
    if card is None or card.stage not in OPEN:
        stands = f"the card is {card.stage}" if card else "no card is known"
        raise Refused(f"{stands}, and a slip is made for a card that is still awaited; see: kabar history NIK")
    return card


def void_slips(session: Session, card_ids: Collection[int], *, now: datetime) -> None:
    """Let the slips of these cards prove nothing any more."""
    ids = sorted(card_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = ids[start : start + _IDS_PER_QUERY]
        session.execute(update(Slip).where(Slip.card_id.in_(some), Slip.void_at.is_(None)).values(void_at=now))
