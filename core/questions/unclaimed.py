"""Cards that are ready and that nobody collects: how many lie where, and for how long."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.regions import example_village, office_zone
from core.questions.residents import region_name
from core.rules.card import Stage
from core.rules.reminders import REMINDED_AFTER_DAYS
from core.store.tables import Card, Region, Resident

#: Ages that are counted, in days.
AGES = REMINDED_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class PointCount:
    """name: with its code. older: how many lie longer than each of AGES. oldest: the day since when one is ready."""

    name: str
    cards: int
    older: tuple[int, ...]
    oldest: date


@dataclass(frozen=True, slots=True)
class Lying:
    """One card. since: the day from which it is ready."""

    resident_id: int
    place: str
    number: int | None
    since: date
    days: int
    reminders: int


def unclaimed_by_point(
    session: Session, *, today: date, over_days: int = 0, region: str | None = None
) -> list[PointCount]:
    """Return what lies at each pickup point, the most first. over_days: only what lies longer; region: whose."""
    zone = office_zone(session)
    older = [func.sum(case((_since_before(session, today, days), 1), else_=0)) for days in AGES]
    query = (
        select(Card.pickup_point, func.count(), func.min(Card.stage_since), *older)
        .where(*_lies(session, today, over_days, region))
        .group_by(Card.pickup_point)
        .order_by(func.count().desc(), Card.pickup_point)
    )
    return [
        PointCount(_name(session, point), cards, tuple(map(int, ages)), oldest.astimezone(zone).date())
        for point, cards, oldest, *ages in session.execute(query)
    ]


def lying(session: Session, *, today: date, over_days: int = 0, region: str | None = None) -> list[Lying]:
    """Return the same card by card, place by place, the oldest first."""
    zone = office_zone(session)
    query = (
        select(Card.resident_id, Card.pickup_point, Card.pickup_number, Card.stage_since, Card.reminders)
        .where(*_lies(session, today, over_days, region))
        .order_by(Card.pickup_point, Card.stage_since, Card.id)
    )
    names: dict[str | None, str] = {}
    cards = []
    for row in session.execute(query):
        if row.pickup_point not in names:
            names[row.pickup_point] = _name(session, row.pickup_point)
        since = row.stage_since.astimezone(zone).date()
        place, days = names[row.pickup_point], (today - since).days
        cards.append(Lying(row.resident_id, place, row.pickup_number, since, days, row.reminders))
    return cards


def _lies(session: Session, today: date, over_days: int, region: str | None) -> list[ColumnElement[bool]]:
    holds: list[ColumnElement[bool]] = [Card.stage == Stage.READY_FOR_PICKUP]
    if over_days:
        holds.append(_since_before(session, today, over_days))
    if region is not None:
        if session.get(Region, region) is None:
            raise NotFound(f"{region} is no region of this office; give a code like {example_village(session)}")
        lives = or_(Resident.village == region, Resident.village.startswith(f"{region}."))
        holds.append(select(Resident.id).where(Resident.id == Card.resident_id, lives).exists())
    return holds


def _since_before(session: Session, today: date, days: int) -> ColumnElement[bool]:
    """Whether it lies for more than so many days of the office."""
    midnight = datetime.combine(today - timedelta(days=days), time(), office_zone(session))
    return Card.stage_since < midnight


def _name(session: Session, point: str | None) -> str:
    return region_name(session, point) if point else "–"
