"""Calls of villages: made, changed, called off; and who was not reached is told again.

1. A point has one open call at most, and a card is in one at most.
2. Making or changing one only says whom it is about; `continue_calls` gives the days, in chunks, and goes on with
   whatever a kill left.
3. Whoever knows of a day that is taken away hears of it; nobody else does.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.orm import Session

from core.actions.batches import cancel_batch
from core.actions.call_chunks import CHUNK, being_called_off, give_some
from core.actions.call_days import OF_CALLS, lock_people, over_at, saying, told_days
from core.actions.facts import Happened, append_fact
from core.actions.many_facts import append_of_cards
from core.actions.notices import Debt, owe
from core.errors import Overtaken, Refused
from core.questions.call_people import at_point, count_waiting, of_call_without_day
from core.questions.call_places import tidy_place
from core.questions.call_plans import after_stops, batch_of_call, call_row, open_call_row, problems_of, terms_of
from core.questions.calls import not_reached
from core.questions.contacts import channels_of
from core.questions.regions import office_today, office_zone
from core.questions.working_days import office_calendar
from core.rules.calls import MOST_PER_DAY, CallTerms, Problem, first_possible, told_from, told_until
from core.rules.card import Stage
from core.rules.notices import Kind
from core.rules.typed_places import LONGEST_PLACE
from core.store.delivery_tables import Notice
from core.store.official_tables import PickupCall
from core.store.per_database import insert_or, is_sqlite
from core.store.ready import table_of
from core.store.tables import Card
from core.store.words import REACHED, CallState

_CARDS = table_of(Card)

_SAID = {
    Problem.PAST: "its first day is past; the first that works is {first}",
    Problem.CLOSED: "its first day is one on which nobody is served; the first that works is {first}",
    Problem.TOO_LATE: "nobody can be told of its first day in time any more; the first that works is {first}",
    Problem.STOPPED: "pickup is suspended there on its first day; call when it runs again",
    Problem.NOBODY: "nobody waits there without a day",
    Problem.PER_DAY: f"so many people a day cannot be called; give 1 to {MOST_PER_DAY}",
    Problem.HOURS: "nobody can come in these hours of its first day; give others",
    Problem.PLACE_LONG: f"the place is too long for an SMS; give at most {LONGEST_PLACE} characters",
    Problem.PLACE_SIGNS: "the place holds a sign that an SMS cannot carry; write it in plain letters",
    Problem.PLACE_LOOKS_LIKE_FRAUD: "the place reads like a link or a NIK; name the place only",
}


def make_call(session: Session, terms: CallTerms, *, now: datetime, by: str) -> int:
    """Call everybody who waits at a point without a day; return the call.

    by: an official as facts name her, or "kabar". Refused, with the first day that works where it is the day, when it
    cannot be made so, or another is open there; Overtaken when somebody else made one at the same moment.
    """
    if (other := open_call_row(session, terms.point)) is not None:
        raise Refused(f"call {other.id} of {terms.point} is still open; change it, or call it off first")
    if being_called_off(session, terms.point, now=now):
        raise Overtaken("an earlier call there is just being called off; try again in a moment")
    terms = _tidy(terms)
    today = office_today(session, now)
    _check(session, terms, people=count_waiting(session, terms.point, today=today), now=now)
    call_id = _insert(session, terms, now=now, by=by)
    ours = (at_point(terms.point), _CARDS.c.pickup_on.is_(None) | (_CARDS.c.pickup_on < today))
    people = _change(session, *ours, call_id=call_id, awaits_call=False, pickup_on=None)
    append_fact(session, Happened.CALL_MADE, now=now, by=by, details=_details(call_id, terms, people=people))
    if people <= CHUNK:
        give_some(session, call_row(session, call_id), now=now)
    return call_id


def change_call(session: Session, call_id: int, terms: CallTerms, *, now: datetime, by: str) -> None:
    """Have an open call say something else; whoever it has called to a day after today gets a day anew.

    Whoever knows of hers hears of it again only if something in it changed. Refused as `make_call`.
    """
    call = _open(session, call_id)
    terms = _tidy(terms)
    if terms.point != call.point:
        raise Refused(f"call {call_id} is of {call.point}; another place has a call of its own")
    if terms == terms_of(call):
        return
    _check(session, terms, people=1, now=now, changing=call_id)
    for name in ("first_day", "opens", "closes", "place", "per_day"):
        setattr(call, name, getattr(terms, name))
    session.flush()
    append_fact(session, Happened.CALL_CHANGED, now=now, by=by, details=_details(call_id, terms))
    later = _CARDS.c.pickup_on > office_today(session, now)
    cleared = _change(session, _CARDS.c.call_id == call_id, later, pickup_on=None)
    if cleared <= CHUNK:
        give_some(session, call, now=now)


def cancel_call(session: Session, call_id: int, *, now: datetime, by: str) -> bool:
    """Call a call off; return False if that was done before. Whoever knows of a day hears that it is off.

    Its people wait for a call again. Refused when its last day is over.
    """
    call = call_row(session, call_id, lock=True)
    if call.state is CallState.DONE:
        raise Refused(f"call {call_id} is over; nothing is left to call off")
    if call.state is CallState.CANCELLED:
        return False
    call.state, call.ended_at = CallState.CANCELLED, now
    session.flush()
    _return_told_days(session, call, now=now)
    cancel_batch(session, batch_of_call(call_id), now=now, by=by)
    append_fact(session, Happened.CALL_CANCELLED, now=now, by=by, details={"call": call_id, "point": call.point})
    still = _CARDS.c.pickup_on.is_(None) | (_CARDS.c.pickup_on >= office_today(session, now))
    _change(session, _CARDS.c.call_id == call_id, still, awaits_call=True)
    return True


def tell_again(session: Session, call_id: int, *, now: datetime, by: str) -> int:
    """Owe it once more to those of an open call who were not reached, whose day is still to come; return to how many.

    Only to whom an address leads now. Nobody who was told, may have been, or waits to be, is told again.
    """
    call = _open(session, call_id)
    terms, zone, calendar = terms_of(call), office_zone(session), office_calendar(session)
    missed = [
        (one, one.day)
        for one in not_reached(session, call_id)
        if one.day is not None and over_at(terms, one.day, zone) > now
    ]
    reach = channels_of(session, [one.resident_id for one, _ in missed])
    again = [(one, day) for one, day in missed if reach.get(one.resident_id)]
    if not again:
        return 0
    said = [(one, saying(terms, day, call_id)) for one, day in again]
    facts = append_of_cards(session, Happened.TOLD_AGAIN, said, now=now, by=by)
    debts = []
    for (one, day), fact_id in zip(again, facts, strict=True):
        due, until = told_from(day, calendar, zone), told_until(day, calendar, zone)
        debts.append(
            Debt(
                kind=Kind.CALLED,
                resident_id=one.resident_id,
                card_id=one.id,
                fact_id=fact_id,
                due_at=due,
                worthless_after=until if until > now else over_at(terms, day, zone),
            )
        )
    owe(session, debts, now=now, batch=batch_of_call(call_id))
    return len(again)


def _open(session: Session, call_id: int) -> PickupCall:
    """Locked, so that of two who change it at once one sees what the other did."""
    call = call_row(session, call_id, lock=True)
    if call.state is not CallState.OPEN:
        raise Refused(f"call {call_id} is {call.state}; make a new one")
    return call


def _return_told_days(session: Session, call: PickupCall, *, now: datetime) -> None:
    """Who knows of a day that a change or a stop took back is found by it when the call is called off, and hears."""
    told = select(Notice.card_id).where(
        Notice.batch == batch_of_call(call.id), Notice.kind.in_(OF_CALLS), Notice.state.in_(REACHED)
    )
    people = lock_people(session, of_call_without_day(session, call.id, _CARDS.c.id.in_(told)))
    by_day: dict[date, list[int]] = {}
    for card_id, said in told_days(session, call, people, now=now).items() if people else ():
        if said["day"] is not None:
            by_day.setdefault(date.fromisoformat(said["day"]), []).append(card_id)
    for day, ids in by_day.items():
        _change(session, _CARDS.c.id.in_(ids), pickup_on=day)


def _tidy(terms: CallTerms) -> CallTerms:
    return replace(terms, place=tidy_place(terms.place))


def _check(session: Session, terms: CallTerms, *, people: int, now: datetime, changing: int | None = None) -> None:
    problems = problems_of(session, terms, people=people, now=now, changing=changing)
    if problems:
        first = first_possible(now, after_stops(session, terms), office_calendar(session), office_zone(session))
        raise Refused(f"this call cannot be made: {'; '.join(_SAID[one].format(first=first) for one in problems)}")


def _insert(session: Session, terms: CallTerms, *, now: datetime, by: str) -> int:
    row = {
        "point": terms.point,
        "state": CallState.OPEN,
        "first_day": terms.first_day,
        "opens": terms.opens,
        "closes": terms.closes,
        "place": terms.place,
        "per_day": terms.per_day,
        "made_at": now,
        "by": by,
    }
    put = insert_or(session, PickupCall).values(row).on_conflict_do_nothing().returning(PickupCall.id)
    call_id = session.scalar(put)
    if call_id is None:
        raise Overtaken(f"somebody else has just made a call of {terms.point}; look at that one")
    return call_id


def _change(session: Session, *ours: ColumnElement[bool], **values: object) -> int:
    """Change those of these cards that wait for their holders; return how many."""
    ours = (*ours, _CARDS.c.stage == Stage.READY_FOR_PICKUP)
    _lock(session, *ours)
    result = session.execute(update(_CARDS).where(*ours).values(**values))
    session.expire_all()
    return result.rowcount if isinstance(result, CursorResult) else 0


def _lock(session: Session, *ours: ColumnElement[bool]) -> None:
    """In the order in which everybody locks cards, so that no two wait for each other; SQLite has one writer anyway."""
    if not is_sqlite(session):
        session.execute(select(_CARDS.c.id).where(*ours).order_by(_CARDS.c.id).with_for_update()).all()


def _details(call_id: int, terms: CallTerms, *, people: int | None = None) -> dict[str, object]:
    details: dict[str, object] = {
        "call": call_id,
        "point": terms.point,
        "first_day": terms.first_day.isoformat(),
        "hours": [f"{terms.opens:%H.%M}", f"{terms.closes:%H.%M}"],
        "place": terms.place,
        "per_day": terms.per_day,
    }
    return details if people is None else {**details, "people": people}
