"""What a call would do: who waits at a point, which days they would get, what would leave, what stands in its way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.addresses import addresses_of
from core.questions.call_people import Person, count_waiting, days_taken, families, to_be_called
from core.questions.call_places import trouble_with_place
from core.questions.points import LONG_DAYS
from core.questions.regions import office_zone, places
from core.questions.suspensions import stops_of
from core.questions.working_days import office_calendar
from core.rules.calls import (
    MOST_PER_DAY,
    CallTerms,
    Problem,
    days_of_call,
    first_possible,
    hours_on,
    trouble_with_first_day,
)
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind, NoticeWords
from core.rules.pickup_days import pickup_days
from core.rules.suspension import Service, within
from core.store.official_tables import PickupCall
from core.store.tables import Suspension
from core.store.words import CallState

_LONGEST_TAIL = "WWW"


@dataclass(frozen=True, slots=True)
class Waiting:
    """cards: that wait at a point without a day from today on. long: those of them that wait over LONG_DAYS days."""

    cards: int
    long: int


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """How many would come on a day, and between which hours of it."""

    day: date
    people: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPlan:
    """What a call would do. by_channel: messages as they will leave, one to a family's phone; None: people unreached.

    sms, segments: how many leave by SMS, in how many parts; every one is a single part. sms_in_place: how many more
    at most, where Telegram takes no message. words: the longest of the messages. problems: why it cannot be made as it
    is; first_possible: the first day that works.
    """

    terms: CallTerms
    people: int
    days: tuple[PlannedDay, ...]
    by_channel: Counter[Channel | None]
    sms_in_place: int
    words: NoticeWords
    problems: tuple[Problem, ...]
    first_possible: date

    @property
    def sms(self) -> int:
        return self.by_channel[Channel.SMS]

    @property
    def segments(self) -> int:
        return self.sms

    @property
    def unreachable(self) -> int:
        return self.by_channel[None]


def waiting_at(session: Session, point: str, *, today: date) -> Waiting:
    """Return how many cards at a point wait for a call."""
    midnight = datetime.combine(today - timedelta(days=LONG_DAYS), time(), office_zone(session))
    return Waiting(
        count_waiting(session, point, today=today), count_waiting(session, point, today=today, since=midnight)
    )


def call_plan(session: Session, terms: CallTerms, *, now: datetime, changing: int | None = None) -> CallPlan:
    """Return what a call on these terms would do now. changing: the open call that these terms would be given to."""
    zone, calendar = office_zone(session), office_calendar(session)
    people = to_be_called(session, terms.point, today=now.astimezone(zone).date(), call_id=changing)
    first = first_possible(now, after_stops(session, terms), calendar, zone)
    groups = families(session, people)
    days = pickup_days(
        [[one.id for one in group] for group in groups],
        first=first,
        per_day=max(terms.per_day, 1),
        calendar=days_of_call(terms, calendar),
        called=days_taken(session, terms.point, first=first, but=[one.id for one in people]),
    )
    by_channel, sms_in_place = _messages(session, people, days)
    return CallPlan(
        terms=terms,
        people=len(people),
        days=tuple(_planned(terms, days)),
        by_channel=by_channel,
        sms_in_place=sms_in_place,
        words=_longest(session, terms, groups, days),
        problems=problems_of(session, terms, people=len(people), now=now, changing=changing),
        first_possible=first,
    )


def problems_of(
    session: Session, terms: CallTerms, *, people: int, now: datetime, changing: int | None = None
) -> tuple[Problem, ...]:
    """Return why a call cannot be made on these terms. changing: a call that keeps its first day may be under way."""
    found = [
        None if _keeps_first_day(session, terms, changing) else _first_day(session, terms, now=now),
        Problem.NOBODY if not people and changing is None else None,
        None if 1 <= terms.per_day <= MOST_PER_DAY else Problem.PER_DAY,
        None if terms.opens < terms.closes and hours_on(terms, terms.first_day) else Problem.HOURS,
        trouble_with_place(terms.place),
    ]
    return tuple(dict.fromkeys(problem for problem in found if problem))


def after_stops(session: Session, terms: CallTerms) -> CallTerms:
    """Return the terms with the first day after every stop of pickup at the point whose end is known."""
    ends = [stop.expected_until for stop in _stops_at(session, terms.point) if stop.expected_until]
    first = max([terms.first_day, *(end + timedelta(days=1) for end in ends)])
    return replace(terms, first_day=first)


def is_stopped(session: Session, point: str) -> bool:
    """Whether pickup is suspended for everybody at a point."""
    return bool(_stops_at(session, point))


def terms_of(call: PickupCall) -> CallTerms:
    """Return what a call says."""
    return CallTerms(
        point=call.point,
        first_day=call.first_day,
        opens=call.opens,
        closes=call.closes,
        place=call.place,
        per_day=call.per_day,
    )


def call_row(session: Session, call_id: int, *, lock: bool = False) -> PickupCall:
    """Return a call; NotFound if there is none. lock: nobody else changes it until the transaction ends."""
    call = session.get(PickupCall, call_id, with_for_update=lock or None, populate_existing=lock)
    if call is None:
        raise NotFound(f"there is no call {call_id}")
    return call


def open_call_row(session: Session, point: str) -> PickupCall | None:
    """Return the open call of a point."""
    return session.scalar(select(PickupCall).where(PickupCall.point == point, PickupCall.state == CallState.OPEN))


def batch_of_call(call_id: int) -> str:
    """Return the name under which a call's messages are counted, paused and cancelled."""
    return f"call:{call_id}"


def batch_of_calling_off(call_id: int) -> str:
    """Return the name of what is said to those who knew of a day, when a call was called off."""
    return f"off:{call_id}"


def _stops_at(session: Session, point: str) -> list[Suspension]:
    """Open suspensions of pickup for everybody there."""
    return [
        stop for stop in stops_of(session, Service.PICKUP) if stop.recorded_since is None and within(point, stop.region)
    ]


def _keeps_first_day(session: Session, terms: CallTerms, changing: int | None) -> bool:
    return changing is not None and call_row(session, changing).first_day == terms.first_day


def _first_day(session: Session, terms: CallTerms, *, now: datetime) -> Problem | None:
    stops = _stops_at(session, terms.point)
    if any(stop.expected_until is None or stop.expected_until >= terms.first_day for stop in stops):
        return Problem.STOPPED
    return trouble_with_first_day(now, terms, office_calendar(session), office_zone(session))


def _planned(terms: CallTerms, days: Mapping[int, date]) -> Iterable[PlannedDay]:
    for day, people in sorted(Counter(days.values()).items()):
        hours = hours_on(terms, day) or (terms.opens, terms.closes)
        yield PlannedDay(day, people, *hours)


def _messages(
    session: Session, people: Sequence[Person], days: Mapping[int, date]
) -> tuple[Counter[Channel | None], int]:
    """Of whom one message speaks: those with the same address, called for the same day.

    And how many more SMS leave at most, where nobody takes a message on Telegram.
    """
    at = addresses_of(session, [one.resident_id for one in people])
    said: dict[Channel, set[tuple[bytes, date]]] = {channel: set() for channel in Channel}
    in_place: set[tuple[bytes, date]] = set()
    unreached = 0
    for one in people:
        hers, day = at.get(one.resident_id, {}), days[one.id]
        channel = next((channel for channel in TABLE[Kind.CALLED].channels if channel in hers), None)
        if channel is None:
            unreached += 1
            continue
        said[channel].add((hers[channel], day))
        if channel is not Channel.SMS and Channel.SMS in hers:
            in_place.add((hers[Channel.SMS], day))
    counted: Counter[Channel | None] = Counter({channel: len(those) for channel, those in said.items() if those})
    if unreached:
        counted[None] = unreached
    return counted, len(in_place - said[Channel.SMS])


def _longest(
    session: Session, terms: CallTerms, groups: Sequence[Sequence[Person]], days: Mapping[int, date]
) -> NoticeWords:
    """To the largest family, on the day that is longest to write."""
    family = max(groups, key=len, default=())
    written = defaultdict(list)
    for day in {*days.values(), terms.first_day}:
        written[len(f"{day.day}{day.month}"), day.weekday() in (1, 3)].append(day)
    day = max(written[max(written)])
    return NoticeWords(
        kind=Kind.CALLED,
        count=max(len(family), 1),
        receipt_tails=(_LONGEST_TAIL,) * max(len(family), 1),
        pickup_numbers=tuple(one.pickup_number for one in family if one.pickup_number) or (999,),
        pickup_on=day,
        hours=hours_on(terms, day),
        place=places(session, [terms.point]).get(terms.point),
        place_said=terms.place,
    )
