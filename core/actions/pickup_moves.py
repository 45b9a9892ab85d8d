"""Pickup stops: whoever has a pickup day meanwhile gets another one, and is told if she was told of hers.

1. What lies within a stop gives way: today and on, up to the expected end; that day too, for it is not sure.
2. The new day is the first open one after the end that has room. Where no end is known, she has no day for now, and
   gets one when pickup runs again.
3. A card leaves the search with its move, so that it may be done at any time, in chunks, and again after a kill.
4. In a village's call that is open the call gives the new day, by its own rules; here the old one is taken back.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from core.actions.call_days import give_days, take_days
from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.questions.call_people import Person, days_taken
from core.questions.capacity import pickup_per_day
from core.questions.overtaken import told_ready_by
from core.questions.regions import office_today
from core.questions.shared_phones import sharing
from core.questions.suspensions import ever_stopped, start_broadcasts, stops_of, touches, touching
from core.questions.working_days import office_calendar
from core.rules.card import Stage
from core.rules.notices import Kind
from core.rules.pickup_days import pickup_days
from core.rules.suspension import Service
from core.store.delivery_tables import Notice
from core.store.official_tables import PickupCall
from core.store.tables import Card, Resident, Suspension
from core.store.words import BroadcastState, CallState

#: Cards in one transaction, so that none lasts over 50 ms.
CHUNK = 100
#: After that nobody waits to hear of a day by a stop that is long over.
_CALLED_AGAIN_WITHIN = timedelta(days=30)

_Found = Sequence[tuple[Card, str]]


def move_pickup_days(session: Session, *, now: datetime) -> int:
    """Give another pickup day to some of those whose day a stop takes, or took; return to how many."""
    stops = stops_of(session, Service.PICKUP)
    told = start_broadcasts(session, [stop.id for stop in stops])
    preparing = {one.suspension_id for one in told if one.state is BroadcastState.PREPARING}
    moved = 0
    for stop in stops:
        if stop.id not in preparing and moved < CHUNK:  # first those with a day hear that pickup stops
            found = _within(session, stop, now=now, limit=CHUNK - moved)
            moved += _give_days(session, found, stop, stops, now=now)
    for over in _just_over(session, now=now):
        if moved < CHUNK:
            waiting = [one for one in _without_day(session, over, CHUNK - moved) if not _stopped(one, stops)]
            moved += _give_days(session, waiting, over, (), now=now)
    return moved


def _within(session: Session, stop: Suspension, *, now: datetime, limit: int) -> _Found:
    """Cards that wait for their holders on a day on which pickup stands still for them."""
    query = (
        select(Card, Resident.village)
        .join(Resident, Resident.id == Card.resident_id)
        .where(
            Card.pickup_on >= office_today(session, now),
            Card.stage == Stage.READY_FOR_PICKUP,
            touching(stop.region, stop.recorded_since),
        )
    )
    if stop.expected_until is not None:
        query = query.where(Card.pickup_on <= stop.expected_until)
    return _rows(session, query.order_by(Card.pickup_on, Card.pickup_number, Card.id).limit(limit))


def _just_over(session: Session, *, now: datetime) -> Iterator[Suspension]:
    ids = [
        row.id
        for row in ever_stopped(session, Service.PICKUP)
        if row.resumed_at is not None and now - row.resumed_at < _CALLED_AGAIN_WITHIN
    ]
    for id_ in ids:
        yield session.get_one(Suspension, id_)


def _without_day(session: Session, over: Suspension, limit: int) -> _Found:
    """Cards whose holders were told that we would tell them their new day."""
    whole = over.part_of or over.id
    promised = select(Notice.card_id).where(Notice.batch == _batch(whole), Notice.kind == Kind.PICKUP_MOVED)
    open_ones = select(PickupCall.id).where(PickupCall.state == CallState.OPEN)
    query = (
        select(Card, Resident.village)
        .join(Resident, Resident.id == Card.resident_id)
        .where(Card.id.in_(promised), Card.pickup_on.is_(None), Card.stage == Stage.READY_FOR_PICKUP)
        .where(Card.call_id.is_(None) | Card.call_id.not_in(open_ones))
    )
    return _rows(session, query.order_by(Card.pickup_number, Card.id).limit(limit))


def _rows(session: Session, query: Select[Card, str]) -> _Found:
    """Locked, so that nobody hands one over meanwhile."""
    return [(row[0], row[1]) for row in session.execute(query.with_for_update(of=Card))]


def _stopped(found: tuple[Card, str], stops: Sequence[Suspension]) -> bool:
    card, village = found
    return any(touches(stop, village=village, recorded_on=card.recorded_on) for stop in stops)


def _give_days(session: Session, found: _Found, stop: Suspension, stops: Sequence[Suspension], *, now: datetime) -> int:
    calls = {call.id: call for call in _open_calls(session, found)}
    for call in calls.values():
        _leave_to_call(session, call, [one for one in found if one[0].call_id == call.id], stop, now=now)
    others = [one for one in found if one[0].call_id not in calls]
    firsts: dict[tuple[str | None, date | None], list[Card]] = defaultdict(list)
    for card, village in others:
        touched = [other for other in stops if touches(other, village=village, recorded_on=card.recorded_on)]
        firsts[card.pickup_point, _last_day(touched, office_today(session, now))].append(card)
    days: dict[int, date] = {}
    for (point, after), cards in firsts.items():
        if after is not None:
            days |= _open_days(session, point, after, cards)
    debts = []
    for card, _ in others:
        fact_id = _set_day(session, card, days.get(card.id), stop, now=now)
        if told_ready_by(session, card.resident_id, card.id):
            debt = Debt(kind=Kind.PICKUP_MOVED, resident_id=card.resident_id, fact_id=fact_id, card_id=card.id)
            debts.append(debt)
    owe(session, debts, now=now, batch=_batch(stop.part_of or stop.id))
    return len(found)


def _open_calls(session: Session, found: _Found) -> Sequence[PickupCall]:
    ids = {card.call_id for card, _ in found if card.call_id is not None}
    return session.scalars(select(PickupCall).where(PickupCall.id.in_(ids), PickupCall.state == CallState.OPEN)).all()


def _leave_to_call(session: Session, call: PickupCall, found: _Found, stop: Suspension, *, now: datetime) -> None:
    """Where no end is known, who was told of her day hears that she has none for now."""
    people = [
        Person(card.id, card.resident_id, card.pickup_number, card.pickup_on, card.recorded_on, village)
        for card, village in found
    ]
    if stop.expected_until is None:
        none = dict.fromkeys((one.id for one in people), None)
        give_days(session, call, people, none, now=now, batch=_batch(stop.part_of or stop.id))
    else:
        take_days(session, people, now=now)


def _last_day(touched: Sequence[Suspension], today: date) -> date | None:
    """The last day on which pickup is not sure to run; None where nobody knows. Without any stop: today."""
    last = today
    for stop in touched:
        if stop.expected_until is None:
            return None
        last = max(last, stop.expected_until)
    return last


def _open_days(session: Session, point: str | None, after: date, cards: Sequence[Card]) -> dict[int, date]:
    """Whoever shares a phone on one day, as when they were first called."""
    card_of = {card.resident_id: card.id for card in cards}
    first = after + timedelta(days=1)
    return pickup_days(
        [[card_of[id_] for id_ in group] for group in sharing(session, list(card_of))],
        first=first,
        per_day=pickup_per_day(session),
        calendar=office_calendar(session),
        called=days_taken(session, point, first=first, but=card_of.values()) if point else {},
    )


def _set_day(session: Session, card: Card, day: date | None, stop: Suspension, *, now: datetime) -> int:
    was = card.pickup_on
    session.execute(update(Card).where(Card.id == card.id).values(pickup_on=day))
    return append_fact(
        session,
        Happened.PICKUP_DAY_SET,
        now=now,
        by="kabar",
        resident_id=card.resident_id,
        card_id=card.id,
        suspension_id=stop.id,
        details={"day": day.isoformat() if day else None, "was": was.isoformat() if was else None},
    )


def _batch(suspension_id: int) -> str:
    return f"pickup:{suspension_id}"
