"""Whom a call is about: who would be called at a point, and which of a call's people have no day yet."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.questions.shared_phones import joined
from core.rules.card import Stage
from core.store.ready import table_of
from core.store.tables import Card, Contact, Resident

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


def without_day(
    session: Session, point: str, call_id: int, *which: ColumnElement[bool], most: int
) -> list[list[Person]]:
    """Return some of a call's people who have no day, with their families, who waited longest first.

    which: conditions of the resident and the card. A card that went elsewhere is left out.
    """
    here = (_cards.call_id == call_id, _cards.pickup_on.is_(None), _cards.pickup_point == point, *which)
    found = {one.resident_id: one for one in _people(session, _PEOPLE.where(*here).limit(most))}
    circles: list[list[int]] = []
    new: Collection[int] = list(found)
    while new:
        at, new = _sharing_with(session, new, here), []
        for those in at.values():
            if len(those) <= MOST_RESIDENTS_PER_ADDRESS:
                circles.append(list(those))
                new += [id_ for id_, one in those.items() if id_ not in found and one is not None]
                found |= {id_: one for id_, one in those.items() if one is not None}
    return [[found[id_] for id_ in group] for group in joined(list(found), circles)]


def _sharing_with(
    session: Session, residents: Collection[int], which: Sequence[ColumnElement[bool]]
) -> dict[tuple[object, bytes], dict[int, Person | None]]:
    """Who of those of which this is true stands at the same open address as one of these, by the address."""
    shared = list(session.connection().execute(_SHARED, {"residents": list(residents)}))
    beside = {row.theirs for row in shared}
    query = _PEOPLE.where(_cards.resident_id.in_(beside), *which)
    there = {one.resident_id: one for one in _people(session, query)} if beside else {}
    at: dict[tuple[object, bytes], dict[int, Person | None]] = defaultdict(dict)
    for row in shared:
        if row.theirs in there:
            at[row.channel, row.address_index].setdefault(row.hers, None)
            at[row.channel, row.address_index][row.theirs] = there[row.theirs]
    return at


def of_call(session: Session, call_id: int, *, first: date, most: int) -> list[Person]:
    """Return some of a call's people who have a day from the first on."""
    return _people(session, _PEOPLE.where(_cards.call_id == call_id, _cards.pickup_on >= first).limit(most))


def of_call_without_day(session: Session, call_id: int, *which: ColumnElement[bool]) -> list[Person]:
    """Return those of a call's people who have no day. which: conditions of the card."""
    return _people(session, _PEOPLE.where(_cards.call_id == call_id, _cards.pickup_on.is_(None), *which))


def count_waiting(session: Session, point: str, *, today: date, since: datetime | None = None) -> int:
    """Return how many wait at a point without a day from today on; since: only those ready before this moment."""
    query = (
        select(func.count())
        .select_from(table_of(Card))
        .where(at_point(point), _cards.stage == Stage.READY_FOR_PICKUP)
        .where(or_(_cards.pickup_on.is_(None), _cards.pickup_on < today))
    )
    if since is not None:
        query = query.where(_cards.stage_since < since)
    return session.scalar(query) or 0


def days_taken(session: Session, point: str, *, first: date, but: Collection[int] = ()) -> dict[date, int]:
    """Return how many are called to each day from the first on, whoever called them. but: ids of cards."""
    there = (at_point(point), _cards.stage == Stage.READY_FOR_PICKUP, _cards.pickup_on >= first)
    counted = select(_cards.pickup_on, func.count().label("people")).where(*there).group_by(_cards.pickup_on)
    taken = {row.pickup_on: row.people for row in session.execute(counted)}
    if but:
        left_out = frozenset(but)
        for row in session.execute(select(_cards.id, _cards.pickup_on).where(*there)):
            taken[row.pickup_on] -= row.id in left_out
    return taken


def at_point(point: str) -> ColumnElement[bool]:
    """Whether a card that waits, waits at this point; in the words by which an index finds it."""
    return and_(_cards.pickup_point == point, _AT_A_POINT)


def families(session: Session, people: Sequence[Person]) -> list[list[Person]]:
    """Return people in groups that share a phone or a chat, in the order in which each group is first named."""
    by_resident = {one.resident_id: one for one in people}
    at: dict[tuple[object, bytes], dict[int, None]] = defaultdict(dict)
    for row in session.connection().execute(_SHARED, {"residents": list(by_resident)}):
        if row.theirs in by_resident:
            at[row.channel, row.address_index] |= {row.hers: None, row.theirs: None}
    circles = [list(those) for those in at.values() if len(those) <= MOST_RESIDENTS_PER_ADDRESS]
    return [[by_resident[id_] for id_ in group] for group in joined(list(by_resident), circles)]


def _of_point(point: str) -> Select[Any]:
    return _PEOPLE.where(at_point(point))


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
_hers, _theirs = table_of(Contact).alias("hers"), table_of(Contact).alias("theirs")
#: Two statements rather than one: a database that does not know how few share would begin with all who wait.
_SHARED = (
    select(
        _hers.c.resident_id.label("hers"),
        _theirs.c.resident_id.label("theirs"),
        _hers.c.channel,
        _hers.c.address_index,
    )
    .join_from(
        _hers,
        _theirs,
        and_(
            _theirs.c.address_index == _hers.c.address_index,
            _theirs.c.channel == _hers.c.channel,
            _theirs.c.resident_id != _hers.c.resident_id,
        ),
    )
    .where(
        _hers.c.resident_id.in_(bindparam("residents", expanding=True)),
        _hers.c.closed_at.is_(None),
        _theirs.c.closed_at.is_(None),
    )
)
