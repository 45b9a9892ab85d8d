"""Pickup points within a region at which an official has something to do: boxes on their way, cards that wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.regions import office_zone
from core.rules.card import Stage
from core.store.tables import Card
from core.store.work_tables import Box

LONG_DAYS = 30


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
