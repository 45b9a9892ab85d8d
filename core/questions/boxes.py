"""Boxes of cards: what could be packed for where, what is under way, what a box holds."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.contacts import channels_of
from core.questions.points import lies_in
from core.questions.regions import example_village, pickup_points
from core.questions.residents import region_name
from core.questions.shared_phones import sharing
from core.rules.card import Stage
from core.rules.pickup_numbers import assign_numbers
from core.store.office import seal_of
from core.store.tables import Card, Region, Resident
from core.store.work_tables import Box

#: Under way for longer than this, and not arrived: somebody should ask where it is.
LATE_DAYS = 7
#: Stages in which a card's number is nobody else's at its point.
NUMBERED = (Stage.SHIPPED, Stage.READY_FOR_PICKUP)
_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True, repr=False)
class Packed:
    """One card of a box, with its holder's name as the paper shows it. It has no representation: it reaches no log."""

    card_id: int
    resident_id: int
    number: int
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Packing:
    """What one box would hold, by number. left_out: cards for which the point has no number left."""

    point: str
    cards: tuple[Packed, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class BoxView:
    """point: by name and code. under_way: its cards that did not arrive. packed 0: it was unpacked again."""

    id: int
    point: str
    code: str
    packed: int
    sent_at: datetime
    passed_at: datetime | None
    arrived_at: datetime | None
    under_way: int


def printed_by_point(session: Session, region: str) -> dict[str, int]:
    """Return how many printed cards go to which pickup point, for the people of a regency, district or village."""
    if session.get(Region, region) is None:
        raise NotFound(f"{region} is no region of this office; give a code like {example_village(session)}")
    point_of = pickup_points(session)
    query = (
        select(Resident.village, func.count().label("cards"))
        .join(Card, Card.resident_id == Resident.id)
        .where(Card.stage == Stage.PRINTED, or_(Resident.village == region, Resident.village.startswith(f"{region}.")))
        .group_by(Resident.village)
    )
    counts: dict[str, int] = defaultdict(int)
    for row in session.execute(query):
        counts[point_of(row.village)] += row.cards
    return dict(sorted(counts.items()))


def packing(session: Session, point: str, *, region: str) -> Packing:
    """Return what a box for this point would hold, who was printed first first where there are too many."""
    point_of = pickup_points(session)
    query = (
        select(Card.id, Card.resident_id, Resident.village, Resident.name_sealed)
        .join(Resident, Resident.id == Card.resident_id)
        .where(Card.stage == Stage.PRINTED, or_(Resident.village == region, Resident.village.startswith(f"{region}.")))
        .where(or_(Resident.village == point, Resident.village.startswith(f"{point}.")))
        .order_by(Card.stage_since, Card.id)
    )
    rows = {row.resident_id: row for row in session.execute(query) if point_of(row.village) == point}
    numbers = assign_numbers(sharing(session, list(rows)), numbers_taken(session, point))
    seal = seal_of(session)
    cards = sorted(
        (
            Packed(rows[id_].id, id_, number, seal.open(rows[id_].name_sealed) if rows[id_].name_sealed else "")
            for id_, number in numbers.items()
        ),
        key=lambda packed: packed.number,
    )
    return Packing(point, tuple(cards), len(rows) - len(cards))


def numbers_taken(session: Session, point: str) -> frozenset[int]:
    """Return the numbers of the cards under way to, or waiting at, a point."""
    query = select(Card.pickup_number).where(
        Card.pickup_point == point, Card.pickup_number.is_not(None), Card.stage.in_(NUMBERED)
    )
    return frozenset(number for number in session.scalars(query) if number is not None)


def box_row(session: Session, box_id: int, *, lock: bool = False) -> Box:
    """Return a box; NotFound if there is none. lock: nobody else changes it until the transaction ends."""
    query = select(Box).where(Box.id == box_id)
    box = session.scalar(query.with_for_update() if lock else query)
    if box is None:
        raise NotFound(f"there is no box {box_id}; see: kabar shipments --all")
    return box


def box_view(session: Session, box_id: int) -> BoxView:
    """Return one box as an operator sees it; NotFound if there is none."""
    return _views(session, [box_row(session, box_id)])[0]


def shipments(session: Session, *, now: datetime, late: bool = False, every: bool = False) -> list[BoxView]:
    """Return the boxes under way and those that arrived with cards missing, oldest first.

    late: only those that should have arrived. every: also those that are over.
    """
    query = select(Box).order_by(Box.sent_at, Box.id)
    if late:
        query = query.where(Box.arrived_at.is_(None), Box.sent_at < now - timedelta(days=LATE_DAYS))
    elif not every:
        missing = select(Card.box_id).where(Card.box_id.is_not(None), Card.stage == Stage.SHIPPED)
        query = query.where(or_(Box.arrived_at.is_(None), Box.id.in_(missing)))
    return _views(session, session.scalars(query).all())


def boxes_on_way(session: Session, region: str) -> list[BoxView]:
    """Return the boxes under way to a region, or to the points in it, oldest first."""
    query = select(Box).where(Box.arrived_at.is_(None), lies_in(Box.point, region))
    return _views(session, session.scalars(query.order_by(Box.sent_at, Box.id)).all())


def listed_cards(session: Session, box_id: int) -> list[tuple[int, int]]:
    """Return resident and number of every card that went with a box and was not packed anew since, by number."""
    query = (
        select(Card.resident_id, Card.pickup_number)
        .where(Card.box_id == box_id, Card.pickup_number.is_not(None))
        .order_by(Card.pickup_number)
    )
    return [(row.resident_id, row.pickup_number) for row in session.execute(query)]


def numbers_under_way(session: Session, box_id: int) -> list[int]:
    """Return the numbers of a box's cards that did not arrive, in order."""
    query = select(Card.pickup_number).where(Card.box_id == box_id, Card.stage == Stage.SHIPPED)
    return sorted(number for number in session.scalars(query) if number is not None)


def reached_of_box(session: Session, box_id: int, *, missing: Collection[int]) -> int:
    """Return how many people would be told if this box arrived without these numbers."""
    query = select(Card.resident_id, Card.pickup_number).where(Card.box_id == box_id, Card.stage == Stage.SHIPPED)
    people = [row.resident_id for row in session.execute(query) if row.pickup_number not in missing]
    return len(channels_of(session, people))


def _views(session: Session, boxes: Sequence[Box]) -> list[BoxView]:
    counts: dict[int | None, int] = {}
    ids = [box.id for box in boxes]
    for start in range(0, len(ids), _IDS_PER_QUERY):
        query = (
            select(Card.box_id, func.count().label("cards"))
            .where(Card.box_id.in_(ids[start : start + _IDS_PER_QUERY]), Card.stage == Stage.SHIPPED)
            .group_by(Card.box_id)
        )
        counts |= {row.box_id: row.cards for row in session.execute(query)}
    return [
        BoxView(
            box.id,
            region_name(session, box.point),
            box.point,
            box.packed,
            box.sent_at,
            box.passed_at,
            box.arrived_at,
            counts.get(box.id, 0),
        )
        for box in boxes
    ]
