"""Pickup points within a region at which an official has something to do: boxes on their way, cards that wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, TextClause, case, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.regions import office_zone
from core.rules.card import Stage
from core.store.per_database import is_sqlite
from core.store.tables import GIVEN_THERE, Card
from core.store.work_tables import Box

LONG_DAYS = 30
#: SQLite takes the index of all stages otherwise, and looks at every card that was ever handed over.
_GIVEN_ON_SQLITE = text("likelihood(card.stage = 'HANDED_OVER', 0.99) AND card.pickup_point IS NOT NULL")


def given_there(session: Session) -> TextClause:
    """Return GIVEN_THERE in the words that have this database keep to the index of a point's cards."""
    return _GIVEN_ON_SQLITE if is_sqlite(session) else GIVEN_THERE


@dataclass(frozen=True, slots=True)
class PointWork:
    """code: of its region. boxes: under way to it. ready: cards that wait there; long: over LONG_DAYS days."""

    code: str
    boxes: int
    ready: int
    long: int


def points_with_work(session: Session, region: str, *, today: date) -> list[PointWork]:
    """Return the points in this region with a box under way or a card that waits, by their codes."""
    boxes = select(Box.point, func.count().label("boxes")).where(Box.arrived_at.is_(None), lies_in(Box.point, region))
    under_way = {row.point: row.boxes for row in session.execute(boxes.group_by(Box.point))}
    midnight = datetime.combine(today - timedelta(days=LONG_DAYS), time(), office_zone(session))
    long = func.sum(case((Card.stage_since < midnight, 1), else_=0)).label("long")
    ready = select(Card.pickup_point, func.count().label("ready"), long).where(
        Card.stage == Stage.READY_FOR_PICKUP, lies_in(Card.pickup_point, region)
    )
    waiting = {row.pickup_point: row for row in session.execute(ready.group_by(Card.pickup_point))}
    return [
        PointWork(
            code,
            under_way.get(code, 0),
            waiting[code].ready if code in waiting else 0,
            int(waiting[code].long) if code in waiting else 0,
        )
        for code in sorted({*under_way, *(code for code in waiting if code)})
    ]


def lies_in(column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], region: str) -> ColumnElement[bool]:
    """Whether a region code is this region, or lies in it."""
    return or_(column == region, column.startswith(f"{region}."))
