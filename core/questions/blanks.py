"""Blank cards: how many there are, how many of them are promised to plans, and how many were printed on which day."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.store.words import BlankKind, PlanState
from core.store.work_tables import BlankMovement, PlanCard, PrintPlan

#: What a day's output is the sum of: a print that was undone is taken off the day it was noted for.
_PRINTING = (BlankKind.USED, BlankKind.GIVEN_BACK)


def blank_stock(session: Session) -> int:
    """Return the stock: the sum of all movements. Below nothing means that more was printed than was ever noted."""
    return session.scalar(select(func.coalesce(func.sum(BlankMovement.quantity), 0))) or 0


def blanks_promised(session: Session) -> int:
    """Return how many blanks open plans hold: one for each card still to be printed."""
    still = select(func.count()).select_from(PlanCard).join(PrintPlan, PrintPlan.id == PlanCard.plan_id)
    return session.scalar(still.where(PrintPlan.state == PlanState.OPEN, PlanCard.outcome.is_(None))) or 0


def keeps_stock(session: Session) -> bool:
    """Whether the office notes its blanks here at all; before its first movement the stock says nothing."""
    return session.scalar(select(BlankMovement.id).limit(1)) is not None


def output_by_day(session: Session, *, first: date, last: date) -> Mapping[date, int]:
    """Return how many cards were printed on each of these days; a day without any is left out."""
    query = (
        select(BlankMovement.day, -func.sum(BlankMovement.quantity))
        .where(BlankMovement.kind.in_(_PRINTING), BlankMovement.day.between(first, last))
        .group_by(BlankMovement.day)
    )
    return {day: printed for day, printed in session.execute(query) if printed}
