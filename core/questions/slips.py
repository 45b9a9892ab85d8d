"""The receipt in force for a card: the newest slip that the counter printed, or else the code in the office's export.

Once a slip was printed the export's code is worthless, also after that slip is void: it may be guessed, or copied
from an older paper.
"""

import hmac
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from core.rules.card import Stage
from core.rules.receipt import TAIL, bare_code, read_slip_code
from core.store.desk_tables import Slip
from core.store.office import seal_of
from core.store.ready import run
from core.store.tables import Card

_SLIPS = (
    select(Slip.card_id, Slip.code_sealed).where(Slip.card_id.in_(bindparam("cards", expanding=True))).order_by(Slip.id)
)


def newest_slip(session: Session, card_id: int) -> Slip | None:
    """Return the newest slip of a card, void or not."""
    return session.scalar(select(Slip).where(Slip.card_id == card_id).order_by(Slip.id.desc()).limit(1))


def slip_in_force(session: Session, resident_id: int) -> int | None:
    """Return the id of the slip that proves a resident's card at this moment."""
    query = select(Slip.id).join(Card, Card.id == Slip.card_id)
    return session.scalar(query.where(Card.resident_id == resident_id, Slip.void_at.is_(None)).limit(1))


def slip_of_link(session: Session, secret: str) -> Slip | None:
    """Return the slip that this secret stands on, void or not."""
    return session.scalar(select(Slip).where(Slip.link_index == seal_of(session).index("slip-link", secret)))


def receipt_fits(session: Session, card: Card, typed: str) -> bool:
    """Whether this is the code in force. typed: as a person wrote it; spaces, dashes and case do not matter."""
    seal = seal_of(session)
    slip = newest_slip(session, card.id)
    if slip is None:
        held, told = card.receipt_index, seal.index("receipt", bare_code(typed) or "")
    else:
        held = slip.code_index if slip.void_at is None else None
        told = seal.index("slip", read_slip_code(typed) or "")
    return card.stage is not Stage.CLOSED and held is not None and hmac.compare_digest(held, told)


def receipt_tail(session: Session, card: Card | Row[*tuple[Any, ...]]) -> str | None:
    """The receipt's last three characters, by which its holder knows whose card (or a card's columns) a message is of.

    None too for a code that is too short to be told the end of, as older imports kept them.
    """
    return tail_of(session, receipts_in_force(session, [card])[card.id])


def receipts_in_force(session: Session, cards: Collection[Card | Row[*tuple[Any, ...]]]) -> dict[int, bytes | None]:
    """Return, per id of a card, the sealed code that its messages mention."""
    slips = run(session, _SLIPS, cards=tuple({card.id for card in cards})) if cards else ()
    newest = {row.card_id: row.code_sealed for row in slips}
    return {card.id: newest.get(card.id, card.receipt_sealed) for card in cards}


def tail_of(session: Session, receipt_sealed: bytes | None) -> str | None:
    """Return the last characters of a sealed code."""
    code = seal_of(session).open(receipt_sealed) if receipt_sealed else ""
    return code[-TAIL:] if bare_code(code) else None
