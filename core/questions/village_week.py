"""What the last seven days brought to pickup points: for the Friday card, from the cards themselves.

What waits is found by its pickup number, what was taken by the place that it was taken from. One that was closed
(moved, died) is at no place any more, and not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, case, exists, func, select, text
from sqlalchemy import cast as as_type
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.points import given_there, lies_in
from core.rules.card import Stage
from core.rules.friday import PointWeek
from core.rules.notices import TABLE
from core.store.delivery_tables import Notice
from core.store.tables import Card
from core.store.words import NoticeState
from core.store.work_tables import Box

_VILLAGE_LENGTH = len("35.22.15.2003")
_IDS_PER_QUERY = 500
#: In the very words of the index of pickup numbers, without which SQLite does not use it.
_NUMBERED = text("card.stage IN ('SHIPPED', 'READY_FOR_PICKUP')")
_ARRIVED = (Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)
#: What tells somebody that her card is there.
_TELLING = [kind for kind, rule in TABLE.items() if Stage.READY_FOR_PICKUP in rule.while_stage and rule.worth_a_visit]


def weeks_of_points(session: Session, region: str, *, since: datetime) -> list[PointWeek]:
    """Return the week of each pickup point in this region at which anything is or was, by their codes.

    since: the midnight from which the week counts.
    """
    counted: dict[str, dict[str, Any]] = defaultdict(dict)
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    taken_ever: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _arrived(session, region, since):
        _add(counted[row.point], arrived=row.cards, told=row.told, unreached=row.unreached)
    for row in _waiting(session, region, since):
        _add(counted[row.point], waiting=row.cards, waiting_told=row.told, waiting_unreached=row.unreached)
        counted[row.point]["oldest_since"] = row.oldest
        _add(counted[row.point], arrived=row.new, told=row.new_told, unreached=row.new_unreached)
    for row in _taken(session, region, since):
        taken_ever[row.point][row.taken or ""] += row.cards
        taken[row.point][row.taken or ""] += row.new
    return [
        PointWeek(code=code, taken=+taken[code], taken_ever=+taken_ever[code], **counted.get(code, {}))
        for code in sorted({*counted, *taken_ever})
    ]


def _add(sums: dict[str, Any], **more: int | None) -> None:
    for name, number in more.items():
        sums[name] = sums.get(name, 0) + (number or 0)


def _at(column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], region: str) -> ColumnElement[bool]:
    """A village is looked up as it is, so that an index leads to it."""
    return column == region if len(region) == _VILLAGE_LENGTH else lies_in(column, region)


def _waiting(session: Session, region: str, since: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    new = case((Card.box_id.is_(None) & (Card.stage_since >= since), 1), else_=0)
    told, unreached = _told(), _unreached()
    query = select(
        Card.pickup_point.label("point"),
        func.count().label("cards"),
        func.min(Card.stage_since).label("oldest"),
        func.sum(told).label("told"),
        func.sum(unreached).label("unreached"),
        func.sum(new).label("new"),
        func.sum(new * told).label("new_told"),
        func.sum(new * unreached).label("new_unreached"),
    ).where(_NUMBERED, Card.stage == Stage.READY_FOR_PICKUP, _at(Card.pickup_point, region))
    return session.execute(query.group_by(Card.pickup_point)).all()


def _arrived(session: Session, region: str, since: datetime) -> Iterator[Row[*tuple[Any, ...]]]:
    """Cards of the boxes that arrived, taken since or not; what was missing in one has left it."""
    boxes = session.scalars(select(Box.id).where(Box.arrived_at >= since, _at(Box.point, region))).all()
    for ids in _some(boxes):
        query = select(
            Card.pickup_point.label("point"),
            func.count().label("cards"),
            func.sum(_told()).label("told"),
            func.sum(_unreached()).label("unreached"),
        ).where(Card.box_id.in_(ids), Card.stage.in_(_ARRIVED), Card.pickup_point.is_not(None))
        yield from session.execute(query.group_by(Card.pickup_point)).all()


def _taken(session: Session, region: str, since: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    new = func.sum(case((Card.stage_since >= since, 1), else_=0))
    query = (
        select(Card.pickup_point.label("point"), Card.taken, func.count().label("cards"), new.label("new"))
        .where(given_there(session), _at(Card.pickup_point, region))
        .group_by(Card.pickup_point, Card.taken)
    )
    return session.execute(query).all()


def _some(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _IDS_PER_QUERY] for start in range(0, len(ids), _IDS_PER_QUERY))


def _told() -> ColumnElement[int]:
    return as_type(_has_notice(NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE), Integer)


def _unreached() -> ColumnElement[int]:
    """No message reached her, and none did before."""
    return as_type(_has_notice(NoticeState.UNREACHABLE), Integer) * (1 - _told())


def _has_notice(*states: NoticeState) -> ColumnElement[bool]:
    return exists().where(
        Notice.resident_id == Card.resident_id,
        Notice.card_id == Card.id,
        Notice.kind.in_(_TELLING),
        Notice.state.in_(states),
    )
