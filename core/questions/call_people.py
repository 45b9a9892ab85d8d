"""Whom a call is about: who would be called at a point, and which of a call's people have no day yet."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.orm import Session

from core.questions.shared_phones import sharing
from core.rules.card import Stage
from core.store.ready import table_of
from core.store.tables import Card, Resident

_cards, _residents = table_of(Card).c, table_of(Resident).c
#: In the words of the index of numbers, by which a point's cards are found.
_AT_A_POINT = text("card.stage IN ('SHIPPED', 'READY_FOR_PICKUP')")


class Person(NamedTuple):
    """A card that waits at a point, and what decides on its day."""

    id: int
    resident_id: int
    pickup_number: int | None
    pickup_on: date | None
    recorded_on: date | None
    village: str


def to_be_called(session: Session, point: str, *, today: date, call_id: int | None = None) -> list[Person]:
    """Return who waits at a point without a day from today on, who waited longest first.

    call_id: and whom this call has called to a day after today, since a change of it gives them days anew.
    """
    free = or_(_cards.pickup_on.is_(None), _cards.pickup_on < today)
    if call_id is not None:
        free = or_(free, (_cards.call_id == call_id) & (_cards.pickup_on > today))
    return _people(session, _of_point(point).where(free))


def without_day(session: Session, point: str, call_id: int) -> list[Person]:
    """Return which of a call's people have no day, who waited longest first; a card that went elsewhere is left out."""
    here = (_cards.call_id == call_id, _cards.pickup_on.is_(None), _cards.pickup_point == point)
    return _people(session, _PEOPLE.where(*here))


def of_call(session: Session, call_id: int, *, first: date, most: int) -> list[Person]:
    """Return some of a call's people who have a day from the first on."""
    return _people(session, _PEOPLE.where(_cards.call_id == call_id, _cards.pickup_on >= first).limit(most))


def count_waiting(session: Session, point: str, *, today: date, since: datetime | None = None) -> int:
    """Return how many wait at a point without a day from today on; since: only those ready before this moment."""
    query = (
        select(func.count())
        .select_from(table_of(Card))
        .where(_cards.pickup_point == point, _AT_A_POINT, _cards.stage == Stage.READY_FOR_PICKUP)
        .where(or_(_cards.pickup_on.is_(None), _cards.pickup_on < today))
    )
    if since is not None:
        query = query.where(_cards.stage_since < since)
    return session.scalar(query) or 0


def days_taken(session: Session, point: str, *, first: date, but: Collection[int] = ()) -> dict[date, int]:
    """Return how many are called to each day from the first on, whoever called them. but: ids of cards."""
    query = select(_cards.id, _cards.pickup_on).where(
        _cards.pickup_point == point,
        _AT_A_POINT,
        _cards.stage == Stage.READY_FOR_PICKUP,
        _cards.pickup_on >= first,
    )
    taken: dict[date, int] = defaultdict(int)
    left_out = frozenset(but)
    for row in session.execute(query):
        if row.id not in left_out:
            taken[row.pickup_on] += 1
    return dict(taken)


def families(session: Session, people: Sequence[Person]) -> list[list[Person]]:
    """Return people in groups that share a phone or a chat, in the order in which each group is first named."""
    by_resident = {one.resident_id: one for one in people}
    return [[by_resident[id_] for id_ in group] for group in sharing(session, list(by_resident))]


def _of_point(point: str) -> Select[Any]:
    return _PEOPLE.where(_cards.pickup_point == point, _AT_A_POINT)


def _people(session: Session, query: Select[Any]) -> list[Person]:
    in_order = query.order_by(_cards.stage_since, _cards.pickup_number, _cards.id)
    return [Person(*row) for row in session.connection().execute(in_order)]


_PEOPLE = (
    select(
        _cards.id,
        _cards.resident_id,
        _cards.pickup_number,
        _cards.pickup_on,
        _cards.recorded_on,
        _residents.village,
    )
    .join_from(table_of(Card), table_of(Resident), _residents.id == _cards.resident_id)
    .where(_cards.stage == Stage.READY_FOR_PICKUP)
)
