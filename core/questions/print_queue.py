"""The print queue as it stands: cards that passed the centre, are in nobody's plan, and are old enough."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from core.rules.print_queue import Alike, PrintPolicy, Queue, Waiting
from core.store.tables import IN_QUEUE, Card


def print_queue(session: Session, policy: PrintPolicy, *, today: date) -> Queue:
    """Return the queue by this policy: one pass over an index of the queue alone, grouped to some thousands of rows."""
    before: ColumnElement[bool] = literal(False)
    if policy.recorded_before:
        before = and_(Card.recorded_on.is_not(None), Card.recorded_on < policy.recorded_before)
    urgent = Card.urgent.is_not(None)
    alike = (Card.spoiled, urgent, Card.reason, Card.elderly, Card.queued_on, before)
    query = (
        select(
            Card.spoiled,
            urgent.label("is_urgent"),
            Card.reason,
            Card.elderly,
            Card.queued_on,
            before.label("recorded_before"),
            func.count().label("cards"),
            func.min(Card.id).label("first_id"),
            func.max(Card.id).label("last_id"),
        )
        .where(IN_QUEUE, or_(Card.print_not_before.is_(None), Card.print_not_before <= today))
        .group_by(*alike)
    )
    groups = [
        Alike(
            Waiting(
                reason=row.reason,
                elderly=row.elderly,
                urgent=bool(row.is_urgent),
                spoiled=row.spoiled,
                recorded_before=bool(row.recorded_before),
                queued_on=row.queued_on,
            ),
            row.cards,
            row.first_id,
            row.last_id,
        )
        for row in session.execute(query)
    ]
    return Queue(groups, policy)
