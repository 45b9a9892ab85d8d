"""The print queue as it stands: cards that passed the centre, are in nobody's plan, and are old enough."""

from datetime import date

from sqlalchemy import ColumnElement, TextClause, and_, func, or_, select, text
from sqlalchemy.orm import Session

from core.rules.print_queue import Alike, PrintPolicy, Queue, Waiting
from core.store.per_database import is_sqlite
from core.store.tables import IN_QUEUE, Card

#: SQLite takes the index of all stages otherwise, and looks at every card that waits: a tenth of the speed.
_IN_QUEUE_ON_SQLITE = text("likelihood(stage = 'PRINT_READY', 0.99) AND plan_id IS NULL")


def in_queue(session: Session) -> TextClause:
    """Return IN_QUEUE in the words that have this database keep to the queue's own index."""
    return _IN_QUEUE_ON_SQLITE if is_sqlite(session) else IN_QUEUE


def is_before(day: date) -> ColumnElement[bool]:
    """Whether the card of a row was recorded before the policy's day; never null."""
    return and_(Card.recorded_on.is_not(None), Card.recorded_on < day)


def print_queue(session: Session, policy: PrintPolicy, *, today: date) -> Queue:
    """Return the queue by this policy: one pass over an index of the queue alone, grouped to some thousands of rows.

    The groups are asked for in the index's own order, so that nothing has to be sorted.
    """
    alike = [Card.spoiled, Card.urgent, Card.reason, Card.elderly, Card.queued_on]
    before = is_before(policy.recorded_before).label("before") if policy.recorded_before else None
    columns = [*alike, before] if before is not None else alike
    query = (
        select(*columns, func.count().label("cards"), func.min(Card.id).label("first"), func.max(Card.id).label("last"))
        .where(in_queue(session), or_(Card.print_not_before.is_(None), Card.print_not_before <= today))
        .group_by(*columns)
    )
    groups: dict[Waiting, Alike] = {}
    for row in session.execute(query):
        card = Waiting(
            reason=row.reason,
            elderly=row.elderly,
            urgent=row.urgent is not None,
            spoiled=row.spoiled,
            recorded_before=before is not None and bool(row.before),
            queued_on=row.queued_on,
        )
        other = groups.get(card)  # urgent for another reason
        groups[card] = _together(Alike(card, row.cards, row.first, row.last), other)
    return Queue(groups.values(), policy)


def _together(one: Alike, other: Alike | None) -> Alike:
    if other is None:
        return one
    first, last = min(one.first_id, other.first_id), max(one.last_id, other.last_id)
    return Alike(one.card, one.cards + other.cards, first, last)
