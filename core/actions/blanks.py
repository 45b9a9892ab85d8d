"""Movements of blank cards. None of them makes the stock negative without saying so.

1. What an operator gives (received, spoiled, adjusted) is refused when it would leave less than nothing.
2. What was printed was printed: that uses blanks whatever the stock says, and a stock below nothing is shown as such.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import Refused
from core.questions.blanks import blank_stock
from core.questions.regions import office_row
from core.store.words import BlankKind
from core.store.work_tables import BlankMovement

#: Kinds that put blanks into the store, and kinds that happened whatever the stock says.
_ADDS = frozenset({BlankKind.RECEIVED, BlankKind.GIVEN_BACK})
_ALWAYS = frozenset({BlankKind.USED, BlankKind.RECEIVED, BlankKind.GIVEN_BACK})


def move_blanks(
    session: Session,
    kind: BlankKind,
    blanks: int,
    *,
    day: date,
    now: datetime,
    by: str,
    card_id: int | None = None,
    plan_id: int | None = None,
) -> int:
    """Note a movement and return the stock after it. blanks: how many; signed only for ADJUSTED.

    day: of the office, on which it happened. Raises Refused when it would leave less than nothing, or is none.
    """
    office_row(session, lock=True)  # two at once would both see the same stock
    quantity = blanks if kind in _ADDS or kind is BlankKind.ADJUSTED else -blanks
    stock = blank_stock(session)
    if blanks == 0 or (blanks < 0 and kind is not BlankKind.ADJUSTED):
        raise Refused(f"{blanks} blanks is no movement; give a number from 1 on")
    if kind not in _ALWAYS and stock + quantity < min(stock, 0):
        raise Refused(f"there are {stock:,} blanks, so {abs(quantity):,} cannot be taken; count them, and adjust first")
    session.add(BlankMovement(at=now, day=day, kind=kind, quantity=quantity, card_id=card_id, plan_id=plan_id, by=by))
    session.flush()
    details = {"kind": kind, "quantity": quantity, "day": day.isoformat()} | ({"plan": plan_id} if plan_id else {})
    append_fact(session, Happened.BLANKS_MOVED, now=now, by=by, card_id=card_id, details=details)
    return stock + quantity
