"""What was printed, and from which stock, as far as anybody at all may know it."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.regions import office_row, office_zone
from core.questions.suspensions import services_of, touches
from core.rules.expectation import Span
from core.rules.suspension import Service
from core.store.tables import Card, Suspension
from core.store.words import BlankKind, PlanOutcome
from core.store.work_tables import BlankMovement, PlanCard

#: What an office notes that counts its blanks; what is printed is noted even where nobody does.
_COUNTING = (BlankKind.RECEIVED, BlankKind.ADJUSTED)


def counted_stock(session: Session) -> int | None:
    """Return the stock of blanks; None where nobody counts them, or where more was printed than was ever counted.

    Prints alone make a stock below nothing, of which residents are to be told nothing.
    """
    totals = select(BlankMovement.kind, func.sum(BlankMovement.quantity).label("total"))
    by_kind = {row.kind: int(row.total) for row in session.execute(totals.group_by(BlankMovement.kind))}
    stock = sum(by_kind.values())
    return stock if stock >= 0 and any(kind in by_kind for kind in _COUNTING) else None


def first_print_day(session: Session) -> date | None:
    """Return the day of the first print that the office noted."""
    return session.scalar(select(func.min(BlankMovement.day)).where(BlankMovement.kind == BlankKind.USED))


def printing_stops(session: Session) -> list[Span]:
    """Return the days on which printing was suspended in the whole regency, also those in the middle of it."""
    zone, regency = office_zone(session), office_row(session).regency
    return [
        (
            stop.since.astimezone(zone).date(),
            stop.resumed_at.astimezone(zone).date() if stop.resumed_at else None,
        )
        for stop in session.scalars(select(Suspension))
        if Service.PRINTING in services_of(stop) and touches(stop, village=regency, recorded_on=None)
    ]


def urgent_prints(session: Session, *, first: date) -> int:
    """Return how many cards were printed before their turn from this day on; a plan counts whole, by its last print."""
    alone = (
        select(func.coalesce(-func.sum(BlankMovement.quantity), 0))
        .join(Card, Card.id == BlankMovement.card_id)
        .where(
            BlankMovement.kind.in_((BlankKind.USED, BlankKind.GIVEN_BACK)),
            BlankMovement.day >= first,
            BlankMovement.plan_id.is_(None),
            Card.urgent.is_not(None),
        )
    )
    plans = select(BlankMovement.plan_id).where(
        BlankMovement.kind == BlankKind.USED, BlankMovement.day >= first, BlankMovement.plan_id.is_not(None)
    )
    planned = (
        select(func.count())
        .select_from(PlanCard)
        .join(Card, Card.id == PlanCard.card_id)
        .where(PlanCard.plan_id.in_(plans), PlanCard.outcome == PlanOutcome.PRINTED, Card.urgent.is_not(None))
    )
    return int(session.scalar(alone) or 0) + int(session.scalar(planned) or 0)
