"""Who was sent to an officer for waiting long at a centre that had stood still, as was noted later, waits there again.

An office may take its list in before it notes since when the centre is down; in Jember in 2017 that was 70,000 people.
Nobody is told: what is still to be said of an officer is overtaken, and whoever asks hears where her card is.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, exists, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.many_facts import append_of_cards
from core.questions.centre import Centre
from core.questions.regions import office_zone
from core.questions.suspensions import ever_stopped
from core.rules.card import Stage
from core.rules.siak import Siak
from core.rules.suspension import Service
from core.store.office import known_of
from core.store.tables import Card, Fact, Resident

#: Looked at in one transaction, so that none lasts over 50 ms.
_LOOK = 200
_MOVED = {"from": Stage.NEEDS_OFFICER, "to": Stage.AT_CENTRE}
_CARDS = cast(Table, Card.__table__)


def take_back_excused(session: Session, *, now: datetime) -> int:
    """Look through some of those who need an officer, after each change of the centre's stops; return how many.

    How far it is stands in memory only: after a restart all are looked at once more, which does no harm.
    """
    stops = [(stop.id, stop.since, stop.region, stop.recorded_since) for stop in ever_stopped(session, Service.CENTRE)]
    known = known_of(session)
    seen, cursor = known.get("excused_cards", (None, 0))
    if seen != stops:
        cursor = 0
    if not stops or cursor is None:
        return 0
    rows = _waited_long(session, cursor)
    centre, today = Centre(session), now.astimezone(office_zone(session)).date()
    excused = [
        row
        for row in rows
        if not centre.is_stuck(
            Siak.SENT_FOR_ENROLLMENT,
            since=row.siak_since,
            today=today,
            village=row.village,
            recorded_on=row.recorded_on,
        )
    ]
    _take_back(session, excused, now=now)
    known["excused_cards"] = (stops, rows[-1].id if rows else None)
    return len(rows)


def _waited_long(session: Session, cursor: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Whom nobody at the office sent; locked, so that an import that says something newer waits for its turn."""
    by_hand = exists().where(
        Fact.resident_id == Card.resident_id,
        Fact.card_id == Card.id,
        Fact.kind == Happened.CARD_MOVED,
        Fact.by != "kabar",
        ~Fact.by.startswith("import:"),
    )
    query = (
        select(Card.id, Card.resident_id, Card.siak_since, Card.recorded_on, Resident.village)
        .join(Resident, Resident.id == Card.resident_id)
        .where(
            Card.stage == Stage.NEEDS_OFFICER,
            Card.id > cursor,
            Card.siak_status == Siak.SENT_FOR_ENROLLMENT.value,
            Card.siak_since.is_not(None),
            ~by_hand,
        )
    )
    return session.execute(query.order_by(Card.id).limit(_LOOK).with_for_update(of=Card)).all()


def _take_back(session: Session, cards: Sequence[Row[*tuple[Any, ...]]], *, now: datetime) -> None:
    if not cards:
        return
    zone = office_zone(session)
    back = (
        update(_CARDS)
        .where(_CARDS.c.id == bindparam("card"))
        .values(stage=Stage.AT_CENTRE, stage_since=bindparam("since"))
    )
    since = [{"card": card.id, "since": datetime.combine(card.siak_since, time(), zone)} for card in cards]
    session.execute(back, since)
    append_of_cards(session, Happened.CARD_MOVED, [(card, _MOVED) for card in cards], now=now, by="kabar")
