"""What goes on with calls by itself, a chunk at a time, each found again after a kill.

1. Who is in an open call and has no day gets one, unless pickup is stopped for her.
2. A call that was called off takes back the days that are still to come.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true
from sqlalchemy.orm import Session

from core.actions.call_days import give_days, lock_people
from core.questions.batches import orders
from core.questions.call_people import Person, days_taken, of_call, without_day
from core.questions.call_plans import batch_of_call, batch_of_calling_off, call_row, terms_of
from core.questions.regions import office_today, office_zone
from core.questions.suspensions import stops_of, touches, touching
from core.questions.working_days import office_calendar
from core.rules.calls import days_of_call, first_possible
from core.rules.card import Stage
from core.rules.pickup_days import pickup_days
from core.rules.suspension import Service
from core.store.official_tables import PickupCall
from core.store.tables import Card, Resident
from core.store.words import BatchOrderWord, CallState

#: People in one transaction, so that none lasts over 50 ms.
CHUNK = 200
#: For so long after a call was called off its people's days are looked for.
_CALLED_OFF_WITHIN = timedelta(days=30)


def unfinished_calls(session: Session, *, now: datetime) -> list[int]:
    """Return the calls of which somebody gets a day, or loses one, at the next `continue_calls`."""
    is_open = PickupCall.state == CallState.OPEN
    is_off = and_(PickupCall.state == CallState.CANCELLED, PickupCall.ended_at > now - _CALLED_OFF_WITHIN)
    # Asked twice a second, of each of many offices, where mostly nobody is called.
    if session.scalar(select(PickupCall.id).where(or_(is_open, is_off)).limit(1)) is None:
        return []
    to_give = and_(is_open, _somebody(Card.pickup_on.is_(None), _not_stopped(session)))
    to_take = and_(is_off, _somebody(Card.pickup_on >= office_today(session, now)))
    ordered = orders(session)
    found = session.execute(
        select(PickupCall.id, PickupCall.state).where(or_(to_give, to_take)).order_by(PickupCall.id)
    )
    return [
        row.id
        for row in found
        if row.state is CallState.CANCELLED or ordered.get(batch_of_call(row.id)) is not BatchOrderWord.CANCELLED
    ]


def continue_calls(session: Session, *, now: datetime) -> int:
    """Give days to some of those who have none, or take some back; return of how many people."""
    for call_id in unfinished_calls(session, now=now):
        call = call_row(session, call_id, lock=True)
        carry_on = _call_off_some if call.state is CallState.CANCELLED else give_some
        if done := carry_on(session, call, now=now):
            return done
    return 0


def give_some(session: Session, call: PickupCall, *, now: datetime) -> int:
    """Give a day to some of a call's people who have none, whoever waited longest first; return to how many."""
    firsts = _first_days(session, call, now=now)
    chosen = without_day(session, call.point, call.id, _not_stopped(session), most=CHUNK)
    people = lock_people(session, [one for family in chosen for one in family])
    there = {one.id for one in people}
    days: dict[int, date | None] = {}
    terms, calendar = terms_of(call), office_calendar(session)
    for first, those in groupby(chosen, key=lambda family: max(map(firsts, family))):
        taken = days_taken(session, call.point, first=first)
        for day in days.values():
            taken[day or first] = taken.get(day or first, 0) + 1
        groups = [[one.id for one in family if one.id in there] for family in those]
        days |= pickup_days(
            [group for group in groups if group],
            first=first,
            per_day=call.per_day,
            calendar=days_of_call(terms, calendar),
            called=taken,
        )
    give_days(session, call, people, days, now=now)
    return len(people)


def being_called_off(session: Session, point: str, *, now: datetime) -> bool:
    """Whether somebody at a point still has a day of a call that was called off."""
    calls = select(PickupCall.id).where(PickupCall.point == point, PickupCall.state == CallState.CANCELLED)
    return not set(session.scalars(calls)).isdisjoint(unfinished_calls(session, now=now))


def _call_off_some(session: Session, call: PickupCall, *, now: datetime) -> int:
    found = of_call(session, call.id, first=office_today(session, now), most=CHUNK)
    people = lock_people(session, found)
    days = dict.fromkeys((one.id for one in people), None)
    give_days(session, call, people, days, now=now, batch=batch_of_calling_off(call.id))
    return len(people)


def _first_days(session: Session, call: PickupCall, *, now: datetime) -> Callable[[Person], date]:
    """For whom which day is the first: after the stops whose end is known."""
    terms, calendar, zone = terms_of(call), office_calendar(session), office_zone(session)
    stops, today = stops_of(session, Service.PICKUP), office_today(session, now)

    @cache
    def after(end: date | None) -> date:
        first = max(terms.first_day, end + timedelta(days=1)) if end else terms.first_day
        return first_possible(now, replace(terms, first_day=first), calendar, zone)

    def first_of(one: Person) -> date:
        ends = [
            stop.expected_until for stop in stops if touches(stop, village=one.village, recorded_on=one.recorded_on)
        ]
        return after(max((end for end in ends if end and end >= today), default=None))

    return first_of


def _somebody(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    ready = (Card.call_id == PickupCall.id, Card.stage == Stage.READY_FOR_PICKUP)
    return exists().where(*ready, Resident.id == Card.resident_id, *which)


def _not_stopped(session: Session) -> ColumnElement[bool]:
    stops = [stop for stop in stops_of(session, Service.PICKUP) if stop.expected_until is None]
    return and_(true(), *(not_(touching(stop.region, stop.recorded_since)) for stop in stops))
