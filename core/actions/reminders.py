"""Reminding people of cards that they do not collect: 14, 30 and 60 days after a card is ready, and no more.

1. Who pressed anything below a notice of that card is reminded no more: she knows. Who said that it is not hers spoke
   for that chat alone, which is closed since.
2. Where pickup is suspended nobody is reminded; the reminder comes when it is back.
3. Of reminders that are due at once, as when this is new to an office, one is sent and the others count as sent.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, exists, not_, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.many_facts import append_of_cards
from core.actions.notices import Debt, owe
from core.questions.regions import office_zone
from core.questions.suspensions import open_suspensions, services_of, touching
from core.rules.card import Stage
from core.rules.notices import Answer, Kind
from core.rules.reminders import REMINDED_AFTER_DAYS, reminders_due
from core.rules.suspension import Service
from core.store.delivery_tables import Notice
from core.store.tables import Card, Resident

_CARDS = cast(Table, Card.__table__)
#: A card's id, resident_id and stage_since.
_Found = Row[*tuple[Any, ...]]

#: Cards looked at in one transaction, so that it lasts under 50 ms.
AT_ONCE = 300


def remind_unclaimed(session: Session, *, now: datetime) -> int:
    """Owe a bounded part of the reminders that are due; return how many cards were looked at, 0 when none is due."""
    today = now.astimezone(office_zone(session)).date()
    cards: list[_Found] = []
    for sent in range(len(REMINDED_AFTER_DAYS)):
        if len(cards) < AT_ONCE:
            cards += _due(session, sent, today, limit=AT_ONCE - len(cards))
    if not cards:
        return 0
    answered = _answered(session, cards)
    _count(session, cards, today)
    told = [card for card in cards if card.id not in answered]
    details = {card.id: {"days": _days(session, card, today)} for card in told}
    facts = append_of_cards(
        session, Happened.CARD_REMINDED, [(card, details[card.id]) for card in told], now=now, by="schedule"
    )
    debts = [
        Debt(kind=Kind.REMINDER, resident_id=card.resident_id, fact_id=fact_id, card_id=card.id)
        for card, fact_id in zip(told, facts, strict=True)
    ]
    owe(session, debts, now=now, batch=f"reminder:{today}")
    return len(cards)


def _due(session: Session, sent: int, today: date, *, limit: int) -> Sequence[_Found]:
    """Cards of which so many reminders were sent, and the next is due; nobody else takes them meanwhile."""
    ready_before = today - timedelta(days=REMINDED_AFTER_DAYS[sent] - 1)
    midnight = datetime.combine(ready_before, time(), office_zone(session))
    query = (
        select(Card.id, Card.resident_id, Card.stage_since)
        .join(Resident, Resident.id == Card.resident_id)
        .where(
            Card.stage == Stage.READY_FOR_PICKUP,
            Card.reminders == sent,
            Card.stage_since < midnight,
            *_not_stopped(session),
        )
        .order_by(Card.stage_since)
        .limit(limit)
    )
    return session.execute(query.with_for_update(of=Card, skip_locked=True)).all()


def _not_stopped(session: Session) -> list[ColumnElement[bool]]:
    stops = [one for one in open_suspensions(session) if Service.PICKUP in services_of(one)]
    return [not_(touching(one.region, one.recorded_since)) for one in stops]


def _answered(session: Session, cards: Sequence[_Found]) -> set[int]:
    """The cards below whose notices something was pressed since they are ready."""
    query = select(Card.id).where(
        Card.id.in_([card.id for card in cards]),
        exists().where(
            Notice.resident_id == Card.resident_id,
            Notice.card_id == Card.id,
            Notice.created_at >= Card.stage_since,
            Notice.answer.is_not(None),
            Notice.answer != Answer.NOT_MINE,
        ),
    )
    return set(session.scalars(query))


def _count(session: Session, cards: Sequence[_Found], today: date) -> None:
    by_due: dict[int, list[int]] = {}
    for card in cards:
        by_due.setdefault(reminders_due(_days(session, card, today)), []).append(card.id)
    for due, ids in by_due.items():
        session.execute(update(_CARDS).where(_CARDS.c.id.in_(ids)).values(reminders=due))


def _days(session: Session, card: _Found, today: date) -> int:
    since: date = card.stage_since.astimezone(office_zone(session)).date()
    return (today - since).days
