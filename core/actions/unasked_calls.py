"""The call that comes by itself: where cards wait for one, and nobody called for some working days."""

from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.calls import make_call
from core.errors import Overtaken, Refused
from core.questions.call_plans import is_stopped, open_call_row
from core.questions.capacity import call_after_days, pickup_per_day
from core.questions.regions import office_zone
from core.questions.working_days import office_calendar
from core.rules.calendar import Calendar, working_day_before
from core.rules.calls import CallTerms, first_possible
from core.rules.card import Stage
from core.store.official_tables import PickupCall
from core.store.tables import AWAITS_CALL, Card
from core.store.words import CallState

BY = "kabar"
_OPENS, _CLOSES = time(8), time(15)


def call_unasked(session: Session, *, now: datetime) -> int | None:
    """Make one call that is due by itself; return it, so that officials can be told, or None when none is due.

    At the office's own hours, with as many a day as its settings say, from the first day of which people can be told.
    Never where pickup is suspended; and where somebody called one off, so many working days after that.
    """
    after = call_after_days(session)
    if not after:
        return None
    zone, calendar = office_zone(session), office_calendar(session)
    since = now.astimezone(zone).date()
    for _ in range(after):
        since = working_day_before(calendar, since)
    for point in _points_waiting(session, since):
        if not is_stopped(session, point) and open_call_row(session, point) is None:
            if _called_off_after(session, point, since):
                continue
            try:
                return make_call(session, _terms(session, point, now=now), now=now, by=BY)
            except (Refused, Overtaken):  # an official was faster, or these hours will not do: other points go on
                continue
    return None


def _points_waiting(session: Session, since: date) -> Iterator[str]:
    """Where a card has waited since this day or longer, the longest first."""
    zone = office_zone(session)
    first = func.min(Card.stage_since)
    query = (
        select(Card.pickup_point, first.label("first"))
        .where(AWAITS_CALL, Card.stage == Stage.READY_FOR_PICKUP, Card.pickup_point.is_not(None))
        .group_by(Card.pickup_point)
        .order_by(first, Card.pickup_point)
    )
    for row in session.execute(query).all():
        if row.first.astimezone(zone).date() <= since:
            yield row.pickup_point


def _called_off_after(session: Session, point: str, since: date) -> bool:
    ended = select(func.max(PickupCall.ended_at)).where(
        PickupCall.point == point, PickupCall.state == CallState.CANCELLED
    )
    last = session.scalar(ended)
    return last is not None and last.astimezone(office_zone(session)).date() > since


def _terms(session: Session, point: str, *, now: datetime) -> CallTerms:
    zone, calendar = office_zone(session), office_calendar(session)
    today = now.astimezone(zone).date()
    usual = CallTerms(point=point, first_day=today, opens=_OPENS, closes=_CLOSES, per_day=pickup_per_day(session))
    first = first_possible(now, usual, calendar, zone)
    opens, closes = _office_hours(calendar, first)
    return CallTerms(point=point, first_day=first, opens=opens, closes=closes, per_day=usual.per_day)


def _office_hours(calendar: Calendar, day: date) -> tuple[time, time]:
    """From the first shift to the last of that day; Friday's noon is left out by the rule."""
    shifts = calendar.week[day.weekday()] if calendar.week else ()
    return (shifts[0][0], shifts[-1][1]) if shifts else (_OPENS, _CLOSES)
