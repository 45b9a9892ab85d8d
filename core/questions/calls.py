"""Calls: what one would do (core.questions.call_plans), how far the one that was made is, and whom it reached."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.questions.batches import orders
from core.questions.call_plans import CallPlan as CallPlan
from core.questions.call_plans import PlannedDay as PlannedDay
from core.questions.call_plans import Waiting as Waiting
from core.questions.call_plans import batch_of_call, call_row, open_call_row, terms_of
from core.questions.call_plans import call_plan as call_plan
from core.questions.call_plans import waiting_at as waiting_at
from core.questions.regions import place
from core.rules.answer import Place
from core.rules.calls import CallTerms, hours_on
from core.rules.card import Stage
from core.rules.notices import Answer
from core.store.delivery_tables import Message, Notice
from core.store.ready import table_of
from core.store.tables import Card
from core.store.words import REACHED, BatchOrderWord, CallState, MessageState, NoticeState

AnyRow = Row[*tuple[Any, ...]]

_CARDS, _NOTICES, _MESSAGES = table_of(Card), table_of(Notice), table_of(Message)
_NO_ADDRESS = ("no address", "no address left")
_OPEN = (NoticeState.WAITING, NoticeState.SENDING)
_IN_CALL = (Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)


class How(StrEnum):
    """How it stands with one of a call's people. NOT_YET: she has no day, or nothing was owed to her yet."""

    DELIVERED = "delivered"
    TOLD = "told"
    WAITING = "waiting"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOne:
    """One card of a call, by its id. told: she was, or may have been. why: where it failed. taken: the card was."""

    id: int
    resident_id: int
    number: int | None
    day: date | None
    how: How
    why: str | None = None
    pressed: Answer | None = None
    taken: bool = False

    @property
    def told(self) -> bool:
        return self.how in (How.DELIVERED, How.TOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDay:
    """A day of a call. people: called for it, also those who have been there; taken: who of them took the card."""

    day: date
    opens: time
    closes: time
    people: int
    told: int
    waiting: int
    unreachable: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTotals:
    """without_day: who has none yet, or none for now because pickup is stopped. failed: told in vain so far."""

    people: int
    told: int
    waiting: int
    failed: int
    unreachable: int
    taken: int
    without_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """A call as officials see it. order: PAUSED while its messages wait. batch: its name for pause and go on."""

    id: int
    point: str
    place: Place
    terms: CallTerms
    by: str
    made_at: datetime
    state: CallState
    ended_at: datetime | None
    order: BatchOrderWord | None
    days: tuple[CallDay, ...]
    totals: CallTotals

    @property
    def batch(self) -> str:
        return batch_of_call(self.id)

    @property
    def paused(self) -> bool:
        return self.order is BatchOrderWord.PAUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Whom a call reached, counted in cards. delivered: the provider said that it arrived. told: it left, no more is
    known. pressed: of those two, who pressed a button. failed: by the reason. not_reached: number and day of who is
    failed or unreachable and still waits, in the order of their numbers.
    """

    delivered: int
    told: int
    pressed: int
    waiting: int
    failed: Counter[str]
    unreachable: int
    not_reached: tuple[tuple[int, date | None], ...]

    @property
    def not_reached_numbers(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.not_reached)


def open_call(session: Session, point: str) -> CallView | None:
    """Return the open call of a point; None if there is none."""
    call = open_call_row(session, point)
    return call_view(session, call.id) if call else None


def call_view(session: Session, call_id: int) -> CallView:
    """Return a call and how far it is; NotFound if there is none."""
    call = call_row(session, call_id)
    people, terms = called(session, call_id), terms_of(call)
    return CallView(
        id=call.id,
        point=call.point,
        place=place(session, call.point),
        terms=terms,
        by=call.by,
        made_at=call.made_at,
        state=call.state,
        ended_at=call.ended_at,
        order=orders(session).get(batch_of_call(call_id)),
        days=tuple(_days(terms, people)),
        totals=_totals(people),
    )


def reached(session: Session, call_id: int) -> Reached:
    """Return whom a call reached, and whom not."""
    people = called(session, call_id)
    missed = (one for one in people if _is_missed(one) and one.number is not None)
    return Reached(
        delivered=_count(people, How.DELIVERED),
        told=_count(people, How.TOLD),
        pressed=sum(one.told and one.pressed is not None for one in people),
        waiting=_count(people, How.WAITING),
        failed=Counter(one.why or "" for one in people if one.how is How.FAILED),
        unreachable=_count(people, How.UNREACHABLE),
        not_reached=tuple(sorted((one.number or 0, one.day) for one in missed)),
    )


def not_reached(session: Session, call_id: int) -> list[CalledOne]:
    """Return who of a call waits for the card and was not reached, nor is about to be."""
    return [one for one in called(session, call_id) if _is_missed(one)]


def called(session: Session, call_id: int) -> list[CalledOne]:
    """Return a call's people, with or without a day."""
    query = select(_CARDS.c.id, _CARDS.c.resident_id, _CARDS.c.pickup_number, _CARDS.c.pickup_on, _CARDS.c.stage)
    cards = session.execute(
        query.where(_CARDS.c.call_id == call_id, _CARDS.c.stage.in_(_IN_CALL)).order_by(_CARDS.c.id)
    ).all()
    owed = _owed(session, call_id)
    return [
        CalledOne(
            id=row.id,
            resident_id=row.resident_id,
            number=row.pickup_number,
            day=row.pickup_on,
            taken=row.stage is Stage.HANDED_OVER,
            **_standing(owed.get(row.id, ())),
        )
        for row in cards
    ]


def _owed(session: Session, call_id: int) -> Mapping[int | None, Sequence[AnyRow]]:
    """What was owed to each card in a call, in order."""
    query = (
        select(_NOTICES.c.card_id, _NOTICES.c.state, _NOTICES.c.why, _NOTICES.c.answer, _MESSAGES.c.state.label("sent"))
        .outerjoin_from(table_of(Notice), table_of(Message), _MESSAGES.c.id == _NOTICES.c.message_id)
        .where(_NOTICES.c.batch == batch_of_call(call_id))
        .order_by(_NOTICES.c.id)
    )
    owed: dict[int | None, list[AnyRow]] = defaultdict(list)
    for row in session.execute(query):
        owed[row.card_id].append(row)
    return owed


def _standing(owed: Sequence[AnyRow]) -> dict[str, Any]:
    """By what was owed last; what gave way to something newer says nothing."""
    pressed = next((row.answer for row in reversed(owed) if row.answer is not None), None)
    last = next((row for row in reversed(owed) if row.state is not NoticeState.OVERTAKEN), None)
    if last is None:
        return {"how": How.NOT_YET, "pressed": pressed}
    if last.state in _OPEN:
        return {"how": How.WAITING, "pressed": pressed}
    if last.state in REACHED:
        arrived = last.sent is MessageState.DELIVERED
        return {"how": How.DELIVERED if arrived else How.TOLD, "pressed": pressed}
    if last.state is NoticeState.UNREACHABLE and (last.why or "") in _NO_ADDRESS:
        return {"how": How.UNREACHABLE, "pressed": pressed}
    why = last.why if last.state is NoticeState.UNREACHABLE else last.state.value
    return {"how": How.FAILED, "why": why, "pressed": pressed}


def _days(terms: CallTerms, people: Sequence[CalledOne]) -> Iterable[CallDay]:
    on: dict[date, list[CalledOne]] = defaultdict(list)
    for one in people:
        if one.day is not None:
            on[one.day].append(one)
    for day, those in sorted(on.items()):
        opens, closes = hours_on(terms, day) or (terms.opens, terms.closes)
        yield CallDay(
            day=day,
            opens=opens,
            closes=closes,
            people=len(those),
            told=sum(one.told for one in those),
            waiting=_count(those, How.WAITING),
            unreachable=_count(those, How.UNREACHABLE),
            taken=sum(one.taken for one in those),
        )


def _totals(people: Sequence[CalledOne]) -> CallTotals:
    return CallTotals(
        people=len(people),
        told=sum(one.told for one in people),
        waiting=_count(people, How.WAITING),
        failed=_count(people, How.FAILED),
        unreachable=_count(people, How.UNREACHABLE),
        taken=sum(one.taken for one in people),
        without_day=sum(one.day is None and not one.taken for one in people),
    )


def _count(people: Iterable[CalledOne], how: How) -> int:
    return sum(one.how is how for one in people)


def _is_missed(one: CalledOne) -> bool:
    return not one.taken and one.how in (How.FAILED, How.UNREACHABLE)
