"""What time does to calls: who could not be told in time comes another day, and after its last day a call is done."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.actions.call_days import OF_CALLS, lock_people, take_days
from core.actions.calls import cancel_call
from core.actions.facts import Happened, append_fact
from core.actions.rerouting import EXPIRED_OR_IN_DOUBT
from core.questions.batches import orders
from core.questions.call_people import Person
from core.questions.call_plans import batch_of_call, call_row, terms_of
from core.questions.regions import office_today, office_zone
from core.questions.working_days import office_calendar
from core.rules.calls import first_possible
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.official_tables import PickupCall
from core.store.tables import Card, Resident
from core.store.words import BatchOrderWord, CallState, NoticeState

#: People in one transaction, so that none lasts over 50 ms.
_CHUNK = 150


def move_untold(session: Session, *, now: datetime) -> int:
    """Take back the days of some whom nobody could tell in time; return of how many. A call gives them the next ones.

    Not of a call that waits: its people would be moved on again and again.
    """
    ordered = orders(session)
    moved = 0
    for call in _open_calls(session):
        if batch_of_call(call.id) in ordered or moved >= _CHUNK:
            continue
        people = lock_people(session, _untold(session, call, now=now, most=_CHUNK - moved))
        _expire(session, call, people, now=now)
        take_days(session, people, now=now)
        moved += len(people)
    return moved


def end_calls(session: Session, *, now: datetime) -> int:
    """End calls whose last day is over, and call off those of which no message may leave any more; return how many."""
    ordered = orders(session)
    today = office_today(session, now)
    ended = 0
    for call in _open_calls(session):
        if ordered.get(batch_of_call(call.id)) is BatchOrderWord.CANCELLED:
            ended += cancel_call(session, call.id, now=now, by="kabar")
        elif _is_over(session, call, today) and not _untold(session, call, now=now, most=1):
            call = call_row(session, call.id, lock=True)
            if call.state is CallState.OPEN:
                call.state, call.ended_at = CallState.DONE, now
                details = {"call": call.id, "point": call.point}
                append_fact(session, Happened.CALL_DONE, now=now, by="kabar", details=details)
                ended += 1
    return ended


def _open_calls(session: Session) -> Sequence[PickupCall]:
    return session.scalars(select(PickupCall).where(PickupCall.state == CallState.OPEN).order_by(PickupCall.id)).all()


def _untold(session: Session, call: PickupCall, *, now: datetime, most: int) -> list[Person]:
    """Whose day nobody can be told of in time any more, and who was not told of hers."""
    possible = first_possible(now, terms_of(call), office_calendar(session), office_zone(session))
    newer = aliased(Notice)
    late = or_(
        Notice.state == NoticeState.EXPIRED,
        and_(Notice.state == NoticeState.WAITING, Notice.worthless_after <= now),
    )
    query = (
        select(Card.id, Card.resident_id, Card.pickup_number, Card.pickup_on, Card.recorded_on, Resident.village)
        .join(Resident, Resident.id == Card.resident_id)
        .join(Notice, and_(Notice.resident_id == Card.resident_id, Notice.card_id == Card.id))
        .where(
            Card.call_id == call.id,
            Card.stage == Stage.READY_FOR_PICKUP,
            Card.pickup_on < possible,
            Notice.kind == Kind.CALLED,
            Notice.batch == batch_of_call(call.id),
            late,
            ~exists().where(
                newer.resident_id == Card.resident_id,
                newer.card_id == Card.id,
                newer.kind.in_(OF_CALLS),
                newer.id > Notice.id,
            ),
        )
        .order_by(Card.pickup_on, Card.pickup_number, Card.id)
        .limit(most)
    )
    return [Person(*row) for row in session.execute(query)]


def _expire(session: Session, call: PickupCall, people: Sequence[Person], *, now: datetime) -> None:
    """What the sender would end so at its next look."""
    session.execute(
        update(Notice)
        .where(
            Notice.resident_id.in_([one.resident_id for one in people]),
            Notice.card_id.in_([one.id for one in people]),
            Notice.batch == batch_of_call(call.id),
            Notice.state == NoticeState.WAITING,
            Notice.worthless_after <= now,
        )
        .values(state=EXPIRED_OR_IN_DOUBT, ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _is_over(session: Session, call: PickupCall, today: date) -> bool:
    ours = (Card.call_id == call.id, Card.stage.in_((Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)))
    last = session.scalar(select(func.max(Card.pickup_on)).where(*ours)) or call.first_day
    ready = Card.stage == Stage.READY_FOR_PICKUP
    without = session.scalar(select(Card.id).where(*ours, ready, Card.pickup_on.is_(None)).limit(1))
    return last < today and without is None
