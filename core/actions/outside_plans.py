"""Cards that leave the print queue without a plan having printed them: by hand, or because an import says so.

1. A print uses a blank whoever made it, and one outside any plan is listed.
2. A card that was in an open plan leaves it: that place of the plan is ELSEWHERE, and nobody prints it again.
3. What was printed is not spoiled any more.
4. A card taken back to be printed again heads the next plan: its blank stays used, and the new print uses another.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.blanks import use_blanks
from core.rules.card import PRINTED_FROM, Stage, is_print
from core.store.tables import Card
from core.store.words import BlankKind, PlanOutcome, PlanState
from core.store.work_tables import PlanCard, PrintPlan

_IDS_PER_QUERY = 500


def print_changes(seen: Stage, to: Stage) -> dict[str, object]:
    """Return what else a step outside any plan changes of a card: its plan, and whether its last print was spoiled."""
    if is_print(seen, to):
        return {"spoiled": False, "plan_id": None}
    if seen in PRINTED_FROM and to is Stage.PRINT_READY:
        return {"spoiled": True, "plan_id": None}
    return {"plan_id": None} if Stage.PRINT_READY in (seen, to) else {}


def note_print_by_hand(
    session: Session, card: Card, *, seen: Stage, to: Stage, plan_id: int | None, day: date, now: datetime, by: str
) -> None:
    """Note what a step by hand means to the stock and to the plan that the card was in. day: of the office, today."""
    if is_print(seen, to):
        use_blanks(session, BlankKind.USED, 1, day=day, now=now, by=by, card_id=card.id)
    if plan_id is None:
        return
    place = update(PlanCard).where(PlanCard.plan_id == plan_id, PlanCard.card_id == card.id)
    if seen is Stage.PRINT_READY:
        session.execute(place.where(PlanCard.outcome.is_(None)).values(outcome=PlanOutcome.ELSEWHERE))
        end_finished_plans(session, [plan_id], now=now)
    elif to is Stage.PRINT_READY:
        session.execute(place.where(PlanCard.outcome == PlanOutcome.PRINTED).values(outcome=PlanOutcome.SPOILED))


def note_prints_of_import(
    session: Session, left_queue: Sequence[int], *, printed: int, day: date, now: datetime, by: str
) -> None:
    """Note the same of a chunk of an import. left_queue: cards that were at PRINT_READY. printed: how many cards were.

    day: the one that the import speaks of. by: the import.
    """
    use_blanks(session, BlankKind.USED, printed, day=day, now=now, by=by)
    plans = session.scalars(select(PrintPlan.id).where(PrintPlan.state == PlanState.OPEN)).all() if left_queue else ()
    if not plans:
        return
    left: set[int] = set()
    for start in range(0, len(left_queue), _IDS_PER_QUERY):
        ids = left_queue[start : start + _IDS_PER_QUERY]
        theirs = PlanCard.card_id.in_(ids), PlanCard.plan_id.in_(plans), PlanCard.outcome.is_(None)
        left |= set(session.scalars(select(PlanCard.plan_id).where(*theirs).distinct()))
        elsewhere = update(PlanCard).where(*theirs).values(outcome=PlanOutcome.ELSEWHERE)
        session.execute(elsewhere.execution_options(synchronize_session=False))
    end_finished_plans(session, left, now=now)


def end_finished_plans(session: Session, plan_ids: Collection[int], *, now: datetime) -> None:
    """End as DONE those of these plans that are open and have nothing left to print."""
    if not plan_ids:
        return
    left = select(PlanCard.place).where(PlanCard.plan_id == PrintPlan.id, PlanCard.outcome.is_(None)).exists()
    finished = update(PrintPlan).where(PrintPlan.id.in_(plan_ids), PrintPlan.state == PlanState.OPEN, ~left)
    session.execute(finished.values(state=PlanState.DONE, ended_at=now).execution_options(synchronize_session=False))
