"""What one day brought, from facts and movements: what happened on it by the clock of the office.

The stock and what stood still are as they were at the day's end. How many cards were at each stage then is not told:
what was imported since may have corrected it. All facts are read for it, some seconds where there are millions:
nothing in the database orders them by time.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.blanks import keeps_stock, output_by_day
from core.questions.figures import standing_stops
from core.questions.regions import office_zone
from core.rules.card import WAY, Stage
from core.rules.figures import WAITING, DayFigures
from core.store.delivery_tables import Notice
from core.store.tables import Card, Fact, Letter
from core.store.work_tables import BlankMovement, Box

SEEN, MOVED = "card-seen", "card-moved"
LETTER_FACTS = (
    "letter-asked",
    "letter-issued",
    "letter-ready",
    "letter-collected",
    "letter-extended",
    "letter-voided",
)
_PRINTED_OR_LATER = WAY[WAY.index(Stage.PRINTED) :]
_FROM, _TO = Fact.details["from"].as_string(), Fact.details["to"].as_string()


def day_figures(session: Session, day: date) -> DayFigures:
    """Return what a day brought; of a day that is not over, what it brought until now."""
    zone = office_zone(session)
    start = datetime.combine(day, time(), zone)
    end = start + timedelta(days=1)
    facts = _facts(session, _within(Fact.at, start, end))
    came: Counter[Stage] = Counter()
    taken_back = 0
    for (kind, left, reached), count in facts.items():
        if kind == MOVED and reached:
            came[Stage(reached)] += count
            taken_back += count if left == Stage.HANDED_OVER else 0
    letters = Counter({kind: count for (kind, *_), count in facts.items() if kind in LETTER_FACTS})
    return DayFigures(
        day=day,
        seen=sum(count for (kind, *_), count in facts.items() if kind == SEEN),
        came=came,
        taken_back=taken_back,
        printed=output_by_day(session, first=day, last=day).get(day, 0),
        printed_urgent=_printed_urgent(session, _within(Fact.at, start, end)),
        blanks=_blanks(session, day),
        stock=_stock(session, day),
        letters=letters,
        letters_issued=session.scalar(select(func.count()).where(Letter.issued_on == day)) or 0,
        boxes_sent=_boxes(session, _within(Box.sent_at, start, end)),
        boxes_arrived=_boxes(session, _within(Box.arrived_at, start, end)),
        owed=_owed(session, _within(Notice.created_at, start, end)),
        ended=_ended(session, _within(Notice.ended_at, start, end)),
        stops=standing_stops(session, at=end),
    )


def _within(moment: InstrumentedAttribute[Any], start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(moment >= start, moment < end)


def _facts(session: Session, within: ColumnElement[bool]) -> Counter[tuple[str, str | None, str | None]]:
    """How often what happened; of a card that moved, whence and where to."""
    left, reached = _FROM.label("left"), _TO.label("reached")
    query = (
        select(Fact.kind, left, reached, func.count())
        .where(within, Fact.kind.in_((SEEN, MOVED, *LETTER_FACTS)))
        .group_by(Fact.kind, left, reached)
    )
    return Counter({(kind, came_from, to): count for kind, came_from, to, count in session.execute(query)})


def _printed_urgent(session: Session, within: ColumnElement[bool]) -> int:
    printed = and_(Fact.kind == MOVED, _FROM.in_(WAITING), _TO.in_(_PRINTED_OR_LATER))
    query = select(func.count(Fact.card_id.distinct())).join(Card, Card.id == Fact.card_id)
    return session.scalar(query.where(within, printed, Card.urgent.is_not(None))) or 0


def _blanks(session: Session, day: date) -> Counter[str]:
    query = select(BlankMovement.kind, func.sum(BlankMovement.quantity)).where(BlankMovement.day == day)
    return Counter({kind.value: total for kind, total in session.execute(query.group_by(BlankMovement.kind))})


def _stock(session: Session, day: date) -> int | None:
    total = select(func.coalesce(func.sum(BlankMovement.quantity), 0)).where(BlankMovement.day <= day)
    return session.scalar(total) if keeps_stock(session) else None


def _boxes(session: Session, within: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(Box.id)).where(within, Box.packed > 0)) or 0  # 0: unpacked again


def _owed(session: Session, within: ColumnElement[bool]) -> Counter[str]:
    query = select(Notice.kind, func.count()).where(within).group_by(Notice.kind)
    return Counter({kind.value: count for kind, count in session.execute(query)})


def _ended(session: Session, within: ColumnElement[bool]) -> Counter[tuple[str, str]]:
    query = select(Notice.kind, Notice.state, func.count()).where(within).group_by(Notice.kind, Notice.state)
    return Counter({(kind.value, state.value): count for kind, state, count in session.execute(query)})
