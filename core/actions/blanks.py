"""Movements of blank cards. None of them makes the stock negative without saying so.

1. What an operator gives (received, spoiled, adjusted) is refused when it would leave less than nothing.
2. What was printed was printed: that uses blanks whatever the stock says, and a stock below nothing is shown as such.
3. What one import, or one plan on one day, uses is one movement, however many transactions it took.
"""

from datetime import date, datetime

from sqlalchemy import update
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


def count_blanks(session: Session, counted: int, *, day: date, now: datetime, by: str) -> int:
    """Make the stock what was counted; return by how much it differed, below nothing where blanks were missing."""
    if counted < 0:
        raise Refused(f"nobody can count {counted} blanks; give a number from 0 on")
    office_row(session, lock=True)
    difference = counted - blank_stock(session)
    if difference:
        move_blanks(session, BlankKind.ADJUSTED, difference, day=day, now=now, by=by)
    return difference


def use_blanks(
    session: Session,
    kind: BlankKind,
    blanks: int,
    *,
    day: date,
    now: datetime,
    by: str,
    card_id: int | None = None,
    plan_id: int | None = None,
) -> None:
    """Note what printing did to the stock (USED, SPOILED, GIVEN_BACK); what was printed has facts of its own.

    card_id: of a single print. Without one it is added to what the same import, or plan, used on that day.
    """
    quantity = blanks if kind in _ADDS else -blanks
    if not quantity:
        return
    if card_id is None:
        same = (
            BlankMovement.day == day,
            BlankMovement.kind == kind,
            BlankMovement.by == by,
            BlankMovement.plan_id.is_not_distinct_from(plan_id),
            BlankMovement.card_id.is_(None),
        )
        more = update(BlankMovement).where(*same).values(quantity=BlankMovement.quantity + quantity)
        added = session.execute(more.execution_options(synchronize_session=False))
        if added.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
            return
    session.add(BlankMovement(at=now, day=day, kind=kind, quantity=quantity, card_id=card_id, plan_id=plan_id, by=by))
    session.flush()
