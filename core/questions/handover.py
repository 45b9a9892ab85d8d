"""Which card is meant at the counter: by its number at a point, or by the code of its receipt."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.boxes import NUMBERED
from core.questions.points import given_there
from core.questions.slips import receipt_fits
from core.rules.card import Stage
from core.rules.receipt import bare_code, read_slip_code
from core.store.desk_tables import Slip
from core.store.office import seal_of
from core.store.tables import WITH_RECEIPT, Card

#: At the counter lies what is printed; what was handed over is looked for after all others.
_AT_HAND = (*NUMBERED, Stage.PRINTED)


def card_with_number(session: Session, point: str, number: int) -> Card | None:
    """Return the card with this number at a point; when none is open there, the last that was handed over with it."""
    same = (Card.pickup_point == point, Card.pickup_number == number)
    waiting = session.scalar(select(Card).where(*same, Card.stage.in_(NUMBERED)))
    return waiting or session.scalar(
        select(Card).where(*same, given_there(session)).order_by(Card.stage_since.desc()).limit(1)
    )


def card_with_receipt(session: Session, typed: str) -> Card | None:
    """Return the card that this code is the receipt of, as it is written; None when it is nobody's, or of several."""
    seal = seal_of(session)
    index = seal.index("slip", read_slip_code(typed) or "")
    found: Sequence[Card] = session.scalars(select(Card).join(Slip).where(Slip.code_index == index)).all()
    if not found:
        held = Card.receipt_index == seal.index("receipt", bare_code(typed) or "")
        found = session.scalars(select(Card).where(held, WITH_RECEIPT)).all()
    open_ones = [card for card in found if card.stage in _AT_HAND and receipt_fits(session, card, typed)]
    gone = [card for card in found if card.stage is Stage.HANDED_OVER]
    if len(open_ones) == 1:
        return open_ones[0]
    return gone[0] if gone and not open_ones else None
