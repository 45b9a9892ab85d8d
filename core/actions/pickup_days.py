"""Calling people to a day: so many a day over the office's working days, the smallest number first."""

from collections.abc import Collection
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.many_facts import AnyCard, append_of_cards
from core.questions.shared_phones import sharing
from core.rules.calendar import Calendar
from core.rules.card import Stage
from core.rules.pickup_days import pickup_days
from core.store.tables import Card

_CARDS = cast(Table, Card.__table__)
_IDS_PER_QUERY = 500


def assign_days(
    session: Session,
    card_ids: Collection[int],
    *,
    point: str,
    first: date,
    per_day: int,
    calendar: Calendar,
    now: datetime,
    by: str,
) -> dict[int, date]:
    """Give each of these cards that wait at a pickup point a day, in place of any it had; return them by card.

    per_day: how many the counter serves; whoever has a day there already counts, unless he gets a new one here.
    first: no day before it, and none on which the office is closed. A card that is not there any more is left out.
    """
    cards = _waiting(session, card_ids, point)
    if not cards:
        return {}
    card_of = {card.resident_id: card.id for card in cards}
    groups = [[card_of[id_] for id_ in group] for group in sharing(session, list(card_of))]
    called = _called(session, point, first, without=frozenset(card_of.values()))
    days = pickup_days(groups, first=first, per_day=per_day, calendar=calendar, called=called)
    by_day: dict[date, list[int]] = {}
    for card_id, day in days.items():
        by_day.setdefault(day, []).append(card_id)
    for day, ids in by_day.items():
        session.execute(update(_CARDS).where(_CARDS.c.id.in_(ids)).values(pickup_on=day))
    told = [(card, {"day": days[card.id].isoformat()}) for card in cards]
    append_of_cards(session, Happened.PICKUP_DAY_SET, told, now=now, by=by)
    return days


def _waiting(session: Session, card_ids: Collection[int], point: str) -> list[AnyCard]:
    """Those that are there, by their numbers; locked, so that none is handed over between being seen and called."""
    ids = sorted(card_ids)
    cards: list[AnyCard] = []
    for start in range(0, len(ids), _IDS_PER_QUERY):
        query = select(_CARDS.c.id, _CARDS.c.resident_id, _CARDS.c.pickup_number).where(
            _CARDS.c.id.in_(ids[start : start + _IDS_PER_QUERY]),
            _CARDS.c.stage == Stage.READY_FOR_PICKUP,
            _CARDS.c.pickup_point == point,
        )
        cards += session.execute(query.order_by(_CARDS.c.id).with_for_update()).all()
    return sorted(cards, key=lambda card: (card.pickup_number is None, card.pickup_number or 0, card.id))


def _called(session: Session, point: str, first: date, *, without: Collection[int]) -> dict[date, int]:
    query = (
        select(Card.id, Card.pickup_on)
        .where(Card.pickup_on >= first, Card.pickup_point == point, Card.stage == Stage.READY_FOR_PICKUP)
        .order_by(Card.id)
    )
    called: dict[date, int] = {}
    for row in session.execute(query):
        if row.id not in without:
            called[row.pickup_on] = called.get(row.pickup_on, 0) + 1
    return called
