"""Blank cards: how many there are, how many of them are promised to plans, and how many were printed on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    """Whether the office notes its blanks here at all: what was printed is noted anyhow, and is no stock."""
    noted = select(BlankMovement.id).where(BlankMovement.kind.in_((BlankKind.RECEIVED, BlankKind.ADJUSTED)))
    return session.scalar(noted.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Stock:
    """stock: the sum of all movements, which may be below nothing. promised: to the cards of open plans."""

    stock: int
    promised: int
    is_kept: bool

    @property
    def free(self) -> int:
        """How many another plan may have; below nothing where open plans hold more than there are."""
        return self.stock - self.promised


def stock_of_blanks(session: Session) -> Stock:
    """Return what there is and what of it is promised."""
    return Stock(blank_stock(session), blanks_promised(session), keeps_stock(session))


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement as a list shows it. plan_id: of the plan that it was for. outside: a print that no plan knew of."""

    id: int
    at: datetime
    day: date
    kind: BlankKind
    quantity: int
    plan_id: int | None
    by: str

    @property
    def outside(self) -> bool:
        """A print outside any plan, whether of a single card or of an import's."""
        return self.kind is BlankKind.USED and self.plan_id is None


def movements_of_blanks(session: Session, *, most: int | None, outside: bool = False) -> list[Movement]:
    """Return movements, the newest first. most: None for all. outside: only prints outside any plan."""
    query = select(BlankMovement).order_by(BlankMovement.id.desc()).limit(most)
    if outside:
        query = query.where(BlankMovement.kind == BlankKind.USED, BlankMovement.plan_id.is_(None))
    return [
        Movement(row.id, row.at, row.day, row.kind, row.quantity, row.plan_id, row.by) for row in session.scalars(query)
    ]


def prints_outside_plans(session: Session) -> int:
    """Return how many cards were ever printed outside any plan."""
    used = select(func.sum(BlankMovement.quantity)).where(BlankMovement.kind == BlankKind.USED)
    return -(session.scalar(used.where(BlankMovement.plan_id.is_(None))) or 0)


def output_by_day(session: Session, *, first: date, last: date) -> Mapping[date, int]:
    """Return how many cards were printed on each of these days; a day without any is left out."""
    query = (
        select(BlankMovement.day, -func.sum(BlankMovement.quantity))
        .where(BlankMovement.kind.in_(_PRINTING), BlankMovement.day.between(first, last))
        .group_by(BlankMovement.day)
    )
    return {day: printed for day, printed in session.execute(query) if printed}
