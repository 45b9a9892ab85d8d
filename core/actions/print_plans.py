"""Making a print plan, and giving back what it did not print.

1. A card is in one plan at most: whoever puts its plan first has it, and a plan that did not get all its cards is none.
2. A plan holds as many blanks as it has cards still to be printed, and only blanks that are free.
3. What is not printed after PLAN_LIVES goes back to the queue by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import Overtaken, Refused
from core.questions.blanks import stock_of_blanks
from core.questions.next_prints import PrintStop, print_stops
from core.questions.print_plans import plan_row
from core.questions.regions import office_row
from core.rules.card import Stage
from core.store.tables import Card
from core.store.words import PlanOutcome, PlanState
from core.store.work_tables import PlanCard, PrintPlan

PLAN_LIVES = timedelta(days=7)
#: What one transaction plans: SQLite's writer is held for it, and a line of printers prints no more in a day.
MOST_PLANNED = 2_000

_IDS_PER_QUERY = 500


def make_plan(session: Session, card_ids: Sequence[int], *, stops: Sequence[PrintStop], now: datetime, by: str) -> int:
    """Make a plan of these cards, in this order, and return its id.

    stops: those that the cards were chosen by. Raises Overtaken when a card, a blank or a stop is not as it was then.
    """
    if not 0 < len(card_ids) <= MOST_PLANNED:
        raise Refused(f"a plan has 1 to {MOST_PLANNED:,} cards; make several plans for more")
    office_row(session, lock=True)  # two at once would both see the same free blanks
    if tuple(stops) != print_stops(session):
        raise Overtaken("printing was suspended or resumed meanwhile; nothing was planned, plan again")
    if stock_of_blanks(session).free < len(card_ids):
        raise Overtaken("some of the free blanks were used meanwhile; nothing was planned, plan again")
    plan = PrintPlan(state=PlanState.OPEN, made_at=now, expires_at=now + PLAN_LIVES, planned=len(card_ids), by=by)
    session.add(plan)
    session.flush()
    taken = 0
    for start in range(0, len(card_ids), _IDS_PER_QUERY):
        free = Card.stage == Stage.PRINT_READY, Card.plan_id.is_(None)
        put = update(Card).where(Card.id.in_(card_ids[start : start + _IDS_PER_QUERY]), *free).values(plan_id=plan.id)
        result = session.execute(put.execution_options(synchronize_session=False))
        taken += result.rowcount  # type: ignore[attr-defined]  # an UPDATE's result has a row count
    if taken != len(card_ids):
        raise Overtaken("some of the cards were planned or moved meanwhile; nothing was planned, plan again")
    places = [{"plan_id": plan.id, "place": place, "card_id": id_} for place, id_ in enumerate(card_ids, start=1)]
    session.execute(insert(PlanCard), places)
    append_fact(session, Happened.PLAN_MADE, now=now, by=by, details={"plan": plan.id, "cards": len(card_ids)})
    return plan.id


def end_plan(session: Session, plan_id: int, *, ending: PlanState, now: datetime, by: str) -> int:
    """Give back to the queue what an open plan did not print, and end it; return how many cards that are.

    ending: CANCELLED or EXPIRED. Whole at once, so that no plan is half given back: up to 0.1 s for MOST_PLANNED.
    """
    plan = plan_row(session, plan_id, lock=True)
    if plan.state is not PlanState.OPEN:
        return 0
    left = update(PlanCard).where(PlanCard.plan_id == plan_id, PlanCard.outcome.is_(None))
    result = session.execute(left.values(outcome=PlanOutcome.RELEASED).execution_options(synchronize_session=False))
    held = update(Card).where(Card.plan_id == plan_id, Card.stage == Stage.PRINT_READY)
    session.execute(held.values(plan_id=None).execution_options(synchronize_session=False))
    plan.state, plan.ended_at = ending, now
    session.flush()
    released: int = result.rowcount  # type: ignore[attr-defined]  # an UPDATE's result has a row count
    kind = Happened.PLAN_EXPIRED if ending is PlanState.EXPIRED else Happened.PLAN_CANCELLED
    append_fact(session, kind, now=now, by=by, details={"plan": plan_id, "cards": released})
    return released


def expire_plans(session: Session, *, now: datetime) -> int:
    """End a plan whose time is over; return how many there were: one at most."""
    over = select(PrintPlan.id).where(PrintPlan.state == PlanState.OPEN, PrintPlan.expires_at <= now)
    plan_id = session.scalar(over.order_by(PrintPlan.id).limit(1))
    if plan_id is None:
        return 0
    end_plan(session, plan_id, ending=PlanState.EXPIRED, now=now, by="kabar")
    return 1
