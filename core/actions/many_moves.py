"""Moving many cards at once, as a list says of them: what `move_card` does to each, written table by table.

1. The cards are locked, and their boxes before them, as by whoever notes that a box arrived.
2. A box whose last card came in so has arrived, though nobody noted it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from core.actions.desk import withdraw_all
from core.actions.facts import Happened, append_fact
from core.actions.letters import void_letters
from core.actions.notices import Debt, owe
from core.actions.outside_plans import note_prints_of_import, print_changes
from core.actions.slips import void_slips
from core.rules.card import OPEN, Stage, is_print, keeps_day
from core.rules.notices import ON_ARRIVAL
from core.store.bulk import insert_rows, json_text, moment_text
from core.store.ids import reserve_ids
from core.store.ready import run_all, table_of
from core.store.tables import Card, Fact, Resident
from core.store.words import BlankKind, Taken
from core.store.work_tables import BlankMovement, Box

_FACT = ("id", "at", "kind", "by", "resident_id", "card_id", "details")
_MOVEMENT = ("at", "day", "kind", "quantity", "card_id", "by")
_CARDS, _RESIDENTS = table_of(Card), table_of(Resident)
_COLUMNS = ("id", "resident_id", "stage", "plan_id", "box_id", "pickup_point", "pickup_number")


@dataclass(slots=True, eq=False)
class MovedCard:
    """A card as it is within the transaction."""

    id: int
    resident_id: int
    stage: Stage
    plan_id: int | None
    box_id: int | None
    pickup_point: str | None
    pickup_number: int | None
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a card. seen: the stage before. since: when it got there. place: other changes that it needs."""

    card: MovedCard
    seen: Stage
    to: Stage
    since: datetime
    taken: Taken | None = None
    place: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTerms:
    """What holds for all of them. today: the office's day."""

    now: datetime
    today: date
    by: str
    tell: bool
    batch: str | None


def cards_to_move(session: Session, card_ids: Collection[int], *, lock: bool) -> dict[int, MovedCard]:
    """Return cards by their ids. lock: nobody else moves them, or notes their boxes, until the transaction ends."""
    if lock:
        boxes = select(Card.box_id).where(Card.id.in_(card_ids), Card.stage == Stage.SHIPPED)
        session.execute(select(Box.id).where(Box.id.in_(boxes)).order_by(Box.id).with_for_update()).all()
    columns = (*(_CARDS.c[name] for name in _COLUMNS), _RESIDENTS.c.village)
    query = select(*columns).join_from(_CARDS, _RESIDENTS, _RESIDENTS.c.id == _CARDS.c.resident_id)
    query = query.where(_CARDS.c.id.in_(card_ids)).order_by(_CARDS.c.id)
    rows = session.execute(query.with_for_update(of=_CARDS) if lock else query)
    return {row.id: MovedCard(*row) for row in rows}


def move_many(session: Session, moves: Sequence[Move], terms: MoveTerms) -> None:
    """Take these cards, each of them once, where the rule was asked already that it may go."""
    if not moves:
        return
    _set(session, moves)
    _append(session, moves, terms)
    _note_prints(session, moves, terms)
    withdraw_all(session, {move.card.id: move.seen for move in moves}, now=terms.now, by=terms.by)
    void_slips(session, [move.card.id for move in moves if move.to not in OPEN], now=terms.now)
    gone = [move.card.resident_id for move in moves if move.to is Stage.HANDED_OVER]
    void_letters(session, gone, now=terms.now, by=terms.by)
    _end_boxes(session, {move.card.box_id for move in moves if move.seen is Stage.SHIPPED}, terms)


def _set(session: Session, moves: Sequence[Move]) -> None:
    """Statements alike are executed together."""
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for move in moves:
        changes: dict[str, Any] = {"stage": move.to, "stage_since": move.since, "taken": move.taken}
        changes["awaits_call"] = False
        if not keeps_day(move.seen, move.to):
            changes["pickup_on"] = None
        changes |= {**print_changes(move.seen, move.to), **move.place}
        alike[tuple(changes)].append({"card": move.card.id} | {f"to_{name}": to for name, to in changes.items()})
    for names, rows in alike.items():
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        run_all(session, update(_CARDS).where(_CARDS.c.id == bindparam("card")).values(values), rows)


def _append(session: Session, moves: Sequence[Move], terms: MoveTerms) -> None:
    at = moment_text(session, terms.now)
    facts, debts = [], []
    for id_, move in zip(reserve_ids(session, Fact, len(moves)), moves, strict=True):
        card = move.card
        details = {"from": move.seen, "to": move.to} | ({"taken": move.taken} if move.taken else {})
        moved = Happened.CARD_MOVED.value
        facts.append((id_, at, moved, terms.by, card.resident_id, card.id, json_text(details)))
        kind = ON_ARRIVAL.get(move.to) if terms.tell else None
        if kind is not None:
            debts.append(Debt(kind=kind, resident_id=card.resident_id, fact_id=id_, card_id=card.id))
    insert_rows(session, Fact, _FACT, facts)
    owe(session, debts, now=terms.now, batch=terms.batch)


def _note_prints(session: Session, moves: Sequence[Move], terms: MoveTerms) -> None:
    """A print uses a blank whoever made it, and a card in an open plan leaves it."""
    at, day = moment_text(session, terms.now), terms.today
    printed = [move.card.id for move in moves if is_print(move.seen, move.to)]
    used = [(at, day.isoformat(), BlankKind.USED.value, -1, id_, terms.by) for id_ in printed]
    insert_rows(session, BlankMovement, _MOVEMENT, used)
    planned = [move.card.id for move in moves if move.seen is Stage.PRINT_READY and move.card.plan_id is not None]
    note_prints_of_import(session, planned, printed=0, day=day, now=terms.now, by=terms.by)


def _end_boxes(session: Session, box_ids: Collection[int | None], terms: MoveTerms) -> None:
    for box_id, cards in _come_in(session, [id_ for id_ in box_ids if id_ is not None]):
        ended = update(Box).where(Box.id == box_id).values(arrived_at=terms.now)
        session.execute(ended.execution_options(synchronize_session=False))
        details = {"box": box_id, "cards": cards, "missing": 0}
        append_fact(session, Happened.BOX_ARRIVED, now=terms.now, by=terms.by, details=details)


def _come_in(session: Session, box_ids: Collection[int]) -> Iterator[tuple[int, int]]:
    """Those that did not arrive, and none of whose cards is under way any more; with how many came in."""
    if not box_ids:
        return
    open_ones = session.scalars(select(Box.id).where(Box.id.in_(box_ids), Box.arrived_at.is_(None)).order_by(Box.id))
    counts = select(Card.box_id, Card.stage, func.count().label("cards")).where(Card.box_id.in_(box_ids))
    held: dict[int | None, Mapping[Stage, int]] = defaultdict(dict)
    for row in session.execute(counts.group_by(Card.box_id, Card.stage)):
        held[row.box_id] = {**held[row.box_id], row.stage: row.cards}
    for box_id in open_ones.all():
        stages = held[box_id]
        if Stage.SHIPPED not in stages:
            yield box_id, stages.get(Stage.READY_FOR_PICKUP, 0) + stages.get(Stage.HANDED_OVER, 0)
