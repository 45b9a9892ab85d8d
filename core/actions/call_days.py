"""Giving people of a call their days, and owing each the one message that says so, in one transaction.

1. Who was told no day of this call yet is told hers in the afternoon of the working day before it.
2. Who was told one already hears only if it is another day now, or other hours, or another place.
3. Of what still waits about an earlier day nothing leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import case, exists, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.many_facts import append_of_cards
from core.actions.notices import Debt, owe
from core.questions.call_people import Person
from core.questions.call_plans import batch_of_call, terms_of
from core.questions.regions import office_today, office_zone
from core.questions.working_days import office_calendar
from core.rules.calls import CallTerms, hours_on, told_from, told_until
from core.rules.card import Stage
from core.rules.notices import Answer, Kind
from core.store.delivery_tables import Message, Notice
from core.store.official_tables import PickupCall
from core.store.ready import table_of
from core.store.tables import Card, Fact
from core.store.words import REACHED, NoticeState

#: What a notice of a call that is not sent any more says of why.
DAY_MOVED = "day moved"
OF_CALLS = (Kind.CALLED, Kind.PICKUP_MOVED)
_BY = "kabar"
_CARDS = table_of(Card)

#: What was said to somebody of her day: the day, and the hours and the place on it.
Said = Mapping[str, Any]


def give_days(
    session: Session,
    call: PickupCall,
    people: Sequence[Person],
    days: Mapping[int, date | None],
    *,
    now: datetime,
    batch: str | None = None,
) -> None:
    """Give these people of a call a day each, by card; None: she has none for now.

    The cards are locked by the caller. batch: in which whoever was told before hears of it, where not in the call's.
    """
    if not people:
        return
    told: Mapping[int, Said] = {}
    if _heard_before(session, people):
        drop_waiting(session, people, now=now)
        told = told_days(session, call, people, now=now)
    terms = terms_of(call)
    said = {one.id: saying(terms, days[one.id], call.id) for one in people}
    _set_days(session, days)
    facts = append_of_cards(session, Happened.PICKUP_DAY_SET, [(one, said[one.id]) for one in people], now=now, by=_BY)
    new, again = [], []
    for one, fact_id in zip(people, facts, strict=True):
        debt = _debt(session, one, days[one.id], fact_id, told=one.id in told, terms=terms)
        if one.id not in told:
            new += [debt] if debt else []
        elif debt and said[one.id] != told[one.id]:
            again.append(debt)
    owe(session, new, now=now, batch=batch_of_call(call.id))
    owe(session, again, now=now, batch=batch or batch_of_call(call.id))


def take_days(session: Session, people: Sequence[Person], *, now: datetime) -> None:
    """Take days back that `continue_calls` gives anew; whoever was told of hers hears of it then, if it is another."""
    drop_waiting(session, people, now=now)
    _set_days(session, dict.fromkeys((one.id for one in people), None))


def saying(terms: CallTerms, day: date | None, call_id: int) -> dict[str, Any]:
    """What a fact notes of a day that somebody is given; two that are equal say the same to her."""
    hours = hours_on(terms, day) if day else None
    shown = [f"{hour:%H.%M}" for hour in hours] if hours else None
    return {"call": call_id, "day": day.isoformat() if day else None, "hours": shown, "place": terms.place}


def _heard_before(session: Session, people: Sequence[Person]) -> bool:
    """Whether anything was ever owed to any of them about a day; most of a new call's people were owed nothing."""
    hers = Notice.resident_id.in_([one.resident_id for one in people])
    return session.scalar(select(Notice.id).where(hers, Notice.kind.in_(OF_CALLS)).limit(1)) is not None


def drop_waiting(session: Session, people: Sequence[Person], *, now: datetime) -> None:
    """End what still waits to be said of their days; what may have left already ends in doubt."""
    cards = [one.id for one in people]
    about = (Notice.kind.in_(OF_CALLS), Notice.state == NoticeState.WAITING, Notice.card_id.in_(cards))
    hers = Notice.resident_id.in_([one.resident_id for one in people])
    left = exists().where(Message.id == Notice.message_id, Message.doubts > 0)
    state = case((left, NoticeState.IN_DOUBT.value), else_=NoticeState.OVERTAKEN.value)
    ended = {"state": state, "ended_at": now, "why": DAY_MOVED}
    session.execute(update(Notice).where(hers, *about).values(ended).execution_options(synchronize_session=False))


def told_days(session: Session, call: PickupCall, people: Sequence[Person], *, now: datetime) -> dict[int, Said]:
    """Return, per card, the day that is still to come and was told last, or may have been; or that there is none yet.

    Of an earlier call too: who was told a day expects to be served on it.
    """
    ours, today = {one.id for one in people}, office_today(session, now).isoformat()
    query = (
        select(Notice.card_id, Notice.batch, Fact.details)
        .join(Fact, Fact.id == Notice.fact_id)
        .where(
            Notice.resident_id.in_([one.resident_id for one in people]),
            Notice.kind.in_(OF_CALLS),
            Notice.state.in_(REACHED),
            Notice.answer.is_distinct_from(Answer.NOT_MINE),
        )
        .order_by(Notice.id)
    )
    told: dict[int, Said] = {}
    for row in session.execute(query):
        if row.card_id in ours:
            told[row.card_id] = row.details if "day" in row.details else {"day": None, "call": call.id}
    return {
        card: said
        for card, said in told.items()
        if (said["day"] is None and said.get("call") == call.id) or (said["day"] or "") >= today
    }


def lock_people(session: Session, people: Sequence[Person]) -> list[Person]:
    """Return those who still wait as they did; none of them is handed over until the transaction ends."""
    as_seen = {one.id: one.pickup_on for one in people}
    query = (
        select(_CARDS.c.id, _CARDS.c.pickup_on)
        .where(_CARDS.c.id.in_(list(as_seen)), _CARDS.c.stage == Stage.READY_FOR_PICKUP)
        .order_by(_CARDS.c.id)
        .with_for_update()
    )
    there = {row.id for row in session.execute(query) if row.pickup_on == as_seen[row.id]}
    return [one for one in people if one.id in there]


def _set_days(session: Session, days: Mapping[int, date | None]) -> None:
    by_day: dict[date | None, list[int]] = {}
    for card_id, day in days.items():
        by_day.setdefault(day, []).append(card_id)
    for day, ids in by_day.items():
        session.execute(update(_CARDS).where(_CARDS.c.id.in_(ids)).values(pickup_on=day))
    session.expire_all()


def _debt(
    session: Session, one: Person, day: date | None, fact_id: int, *, told: bool, terms: CallTerms
) -> Debt | None:
    if day is None and not told:
        return None
    zone, calendar = office_zone(session), office_calendar(session)
    debt = Debt(
        kind=Kind.PICKUP_MOVED if told else Kind.CALLED, resident_id=one.resident_id, fact_id=fact_id, card_id=one.id
    )
    if day is None:
        return debt
    if told:
        return replace(debt, worthless_after=over_at(terms, day, zone))
    return replace(debt, due_at=told_from(day, calendar, zone), worthless_after=told_until(day, calendar, zone))


def over_at(terms: CallTerms, day: date, zone: tzinfo) -> datetime:
    """Return when nobody can come any more on a day."""
    hours = hours_on(terms, day)
    return datetime.combine(day, hours[1] if hours else terms.closes, zone)
