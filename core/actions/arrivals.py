"""Boxes on their way and at their end: passed on by a district, arrived, with what was missing, found later."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.actions.boxes import change_cards, under_way
from core.actions.desk import list_cards, withdraw
from core.actions.facts import Happened, append_fact
from core.actions.many_facts import AnyCard, append_of_cards
from core.actions.notices import Debt, owe
from core.actions.pickup_days import assign_days
from core.errors import Refused
from core.questions.boxes import box_row
from core.rules.calendar import Calendar
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.words import DeskKind
from core.store.work_tables import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTerms:
    """How people are called: so many a working day, none before the first."""

    first: date
    per_day: int
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalTerms:
    """What holds for one arrival. days: None when everybody may come on any day.

    awaits_call: nobody is told now, because a call will tell them.
    """

    now: datetime
    by: str
    tell: bool
    days: DayTerms | None = None
    awaits_call: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """missing: numbers. elsewhere: cards that were moved since they were packed, and were left as they are.

    before: when the box had arrived already, so that nothing was done. days: how many are called to which day.
    """

    arrived: int
    missing: tuple[int, ...]
    elsewhere: int
    before: datetime | None
    days: Counter[date]


def pass_box(session: Session, box_id: int, *, now: datetime, by: str) -> bool:
    """Note that a box came by the district; False when that was noted before, or it has arrived already."""
    box = box_row(session, box_id, lock=True)
    if box.passed_at is not None or box.arrived_at is not None:
        return False
    box.passed_at = now
    append_fact(session, Happened.BOX_PASSED, now=now, by=by, details={"box": box_id})
    return True


def arrive_box(session: Session, box_id: int, terms: ArrivalTerms, *, missing: Collection[int] = ()) -> Arrived:
    """Have everything in a box wait for its holder but the missing numbers, which go on the desk's list.

    Raises Refused when a missing number is none of this box's cards under way.
    """
    box = box_row(session, box_id, lock=True)
    cards = under_way(session, box_id)
    if box.arrived_at is not None:
        left = tuple(card.pickup_number for card in cards if card.pickup_number is not None)
        return Arrived(0, left, 0, box.arrived_at, Counter())
    _check_held(cards, missing, box_id)
    absent = [card for card in cards if card.pickup_number in missing]
    there = [card for card in cards if card.pickup_number not in missing]
    days = _bring_in(session, box, there, terms)
    _list_missing(session, absent, box_id, terms)
    box.arrived_at = terms.now
    details = {"box": box_id, "cards": len(there), "missing": len(absent)}
    append_fact(session, Happened.BOX_ARRIVED, now=terms.now, by=terms.by, details=details)
    return Arrived(len(there), tuple(sorted(missing)), box.packed - len(cards), None, days)


def find_cards(session: Session, box_id: int, numbers: Collection[int], terms: ArrivalTerms) -> Arrived:
    """Bring in what was missing when its box arrived; Refused when a number is none of those."""
    box = box_row(session, box_id, lock=True)
    if box.arrived_at is None:
        raise Refused(f"box {box_id} has not arrived yet; note that first: kabar arrive {box_id}")
    cards = under_way(session, box_id)
    _check_held(cards, numbers, box_id)
    found = [card for card in cards if card.pickup_number in numbers]
    days = _bring_in(session, box, found, terms)
    for card in found:
        withdraw(session, DeskKind.MISSING_CARD, card_id=card.id, now=terms.now, by=terms.by)
    left = tuple(card.pickup_number for card in cards if card.pickup_number and card.pickup_number not in numbers)
    return Arrived(len(found), left, 0, None, days)


def _bring_in(session: Session, box: Box, cards: Sequence[AnyCard], terms: ArrivalTerms) -> Counter[date]:
    """Make cards ready and owe their notices; the days are chosen before, so that a notice never lacks its own."""
    now, by = terms.now, terms.by
    waits = terms.awaits_call and not terms.tell
    changes: dict[str, object] = {"stage": Stage.READY_FOR_PICKUP, "stage_since": now, "reminders": 0}
    changes |= {"pickup_on": None, "awaits_call": waits}
    change_cards(session, cards, changes)
    moved = {"from": Stage.SHIPPED, "to": Stage.READY_FOR_PICKUP, "box": box.id}
    facts = append_of_cards(session, Happened.CARD_MOVED, [(card, moved) for card in cards], now=now, by=by)
    days: dict[int, date] = {}
    if terms.days is not None:
        called, ids = terms.days, [card.id for card in cards]
        days = assign_days(
            session,
            ids,
            point=box.point,
            first=called.first,
            per_day=called.per_day,
            calendar=called.calendar,
            now=now,
            by=by,
        )
    if terms.tell:
        debts = [
            Debt(kind=Kind.READY, resident_id=card.resident_id, fact_id=fact_id, card_id=card.id)
            for card, fact_id in zip(cards, facts, strict=True)
        ]
        owe(session, debts, now=now, batch=f"box:{box.id}")
    return Counter(days.values())


def _check_held(cards: Sequence[AnyCard], numbers: Collection[int], box_id: int) -> None:
    strange = sorted(set(numbers) - {card.pickup_number for card in cards})
    if strange:
        said = ", ".join(map(str, strange))
        raise Refused(f"no card of box {box_id} is under way with number {said}; nothing was changed")


def _list_missing(session: Session, cards: Sequence[AnyCard], box_id: int, terms: ArrivalTerms) -> None:
    missing = [(card, {"number": card.pickup_number, "box": box_id}) for card in cards]
    append_of_cards(session, Happened.CARD_MISSING, missing, now=terms.now, by=terms.by)
    listed = {card.id: (card.resident_id, details) for card, details in missing}
    list_cards(session, DeskKind.MISSING_CARD, listed, now=terms.now)
