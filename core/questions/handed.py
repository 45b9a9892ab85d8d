"""What was handed over at a point by number: a day's record, and the acts that may still be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.questions.points import given_there
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.store.tables import Card, Fact
from core.store.words import Taken

#: The fact of an act by which cards were handed over, or closed, by their numbers.
HANDED = "cards-handed"
#: Acts are looked for among so many newest facts.
_NEWEST_FACTS = 100_000
_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class Handed:
    """One card of the record. taken: None where nobody said. by: as facts name who noted it."""

    number: int
    taken: Taken | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Before:
    """What a card was before an act, in the words of the act's fact. since: of that stage."""

    number: int
    card_id: int
    stage: Stage
    since: datetime
    day: date | None
    awaits_call: bool
    box_id: int | None

    def as_json(self) -> list[Any]:
        """As it is kept."""
        day = self.day.isoformat() if self.day else None
        since = self.since.isoformat()
        return [self.number, self.card_id, self.stage.value, since, day, self.awaits_call, self.box_id]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> "Before":
        """As it was kept."""
        number, card_id, stage, since, day, awaits, box_id = kept
        on = date.fromisoformat(day) if day else None
        return cls(number, card_id, Stage(stage), datetime.fromisoformat(since), on, awaits, box_id)


@dataclass(frozen=True, slots=True)
class Act:
    """An act by numbers. cards: as they were before it. by: as facts name who did it."""

    id: int
    at: datetime
    by: str
    point: str
    taken: Taken
    cards: tuple[Before, ...]


def act_of(session: Session, fact_id: int) -> Act | None:
    """Return an act by the id of its fact; None when it is none."""
    row = session.execute(_ACTS.where(Fact.id == fact_id)).first()
    return _act(row) if row else None


def acts_since(session: Session, point: str, since: datetime) -> list[Act]:
    """Return the acts at a point from a moment on, newest first."""
    newest = session.scalar(select(func.max(Fact.id))) or 0
    query = _ACTS.where(Fact.id > newest - _NEWEST_FACTS, Fact.at >= since).order_by(Fact.id.desc())
    acts = [_act(row) for row in session.execute(query)]
    return [act for act in acts if act.point == point]


def handed_numbers(session: Session, point: str, numbers: Collection[int]) -> dict[int, datetime]:
    """Return which of these numbers were handed over here, and when last."""
    last = func.max(Card.stage_since).label("last")
    query = select(Card.pickup_number, last).where(
        given_there(session), Card.pickup_point == point, Card.pickup_number.in_(numbers)
    )
    return {row.pickup_number: row.last for row in session.execute(query.group_by(Card.pickup_number))}


def handed_on(session: Session, point: str, day: date) -> list[Handed]:
    """Return what was handed over by number at a point on a day of the office, or closed there, in its order."""
    start = datetime.combine(day, time(), office_zone(session))
    end = start + timedelta(days=1)
    cards = _given(session, point, start, end)
    by = _who_moved(session, [(row.resident_id, row.id) for row in cards])
    given = [Handed(row.pickup_number, row.taken, row.stage_since, by.get(row.id, "")) for row in cards]
    return sorted([*given, *_closed(session, point, start, end)], key=lambda handed: (handed.at, handed.number))


def ways_on(session: Session, point: str, day: date) -> list[Taken | None]:
    """Return the ways of the same alone, for whoever only counts them."""
    start = datetime.combine(day, time(), office_zone(session))
    end = start + timedelta(days=1)
    closed = [one.taken for one in _closed(session, point, start, end)]
    return [row.taken for row in _given(session, point, start, end)] + closed


_ACTS: Select[Any] = select(Fact.id, Fact.at, Fact.by, Fact.details).where(
    # Only acts on more than one resident's have none: an index finds them.
    Fact.resident_id.is_(None),
    Fact.kind == HANDED,
)


def _act(row: Any) -> Act:
    details = row.details
    cards = tuple(map(Before.from_json, details["cards"]))
    return Act(row.id, row.at, row.by, details["point"], Taken(details["taken"]), cards)


def _given(session: Session, point: str, start: datetime, end: datetime) -> list[Any]:
    query = select(Card.id, Card.resident_id, Card.pickup_number, Card.taken, Card.stage_since).where(
        given_there(session),
        Card.pickup_point == point,
        Card.pickup_number.is_not(None),
        Card.stage_since >= start,
        Card.stage_since < end,
    )
    return list(session.execute(query))


def _who_moved(session: Session, cards: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Who handed each of these over, by the card; cards: with their residents."""
    who: dict[int, str] = {}
    for start in range(0, len(cards), _IDS_PER_QUERY):
        some = cards[start : start + _IDS_PER_QUERY]
        query = select(Fact.card_id, Fact.by, Fact.details).where(
            Fact.resident_id.in_([resident for resident, _ in some]), Fact.kind == "card-moved"
        )
        for row in session.execute(query.order_by(Fact.id)):
            if row.details.get("to") == Stage.HANDED_OVER:
                who[row.card_id] = row.by
    return who


def _closed(session: Session, point: str, start: datetime, end: datetime) -> list[Handed]:
    """A closed card is at no point any more: the acts know where it was."""
    acts = [_act(row) for row in session.execute(_ACTS.where(Fact.at >= start, Fact.at < end))]
    meant = {one.card_id: (one.number, act) for act in acts if act.point == point for one in act.cards}
    query = select(Card.id, Card.stage, Card.stage_since, Card.taken).where(Card.id.in_(meant))
    return [
        Handed(meant[row.id][0], row.taken, row.stage_since, meant[row.id][1].by)
        for row in (session.execute(query) if meant else ())
        if row.stage is Stage.CLOSED and row.stage_since == meant[row.id][1].at
    ]
