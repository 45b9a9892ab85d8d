"""The SFE trap, looked for every day: who waits at the centre for too long needs an officer, and is told.

1. Days on which the centre stood still for her do not count, also where that was noted late.
2. At most A_DAY cards a day: each sends a person to the counter, and where thousands are stuck at once, after an
   upgrade or because nobody noted that the centre is down, the counter must not be flooded nor thousands be told in
   error. Whoever asks is told the truth at once: an answer does not wait for the card to be moved.
3. What is looked through in a day is remembered only while the program runs: looking again does no harm.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from core.actions.cards import move_card
from core.questions.centre import Centre
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.siak import Siak
from core.store.delivery_tables import Notice
from core.store.office import known_of
from core.store.tables import Card, Resident

#: What a counter can take besides its other work.
A_DAY = 200
#: Looked at and moved in one transaction, so that none lasts over 50 ms.
_LOOK, _MOVE = 500, 5


def send_stuck_to_officer(session: Session, *, now: datetime) -> int:
    """Look through some of those who wait at the centre; return how many were looked at: 0 when today's are done."""
    today = now.astimezone(office_zone(session)).date()
    known = known_of(session)
    day, cursor = known.get("stuck_cards", (None, 0))
    if day != today:
        cursor = 0
    if cursor is None:
        return 0
    left = A_DAY - _moved_on(session, today)
    rows = _waiting_long(session, today, cursor) if left > 0 else []
    centre = Centre(session)
    looked = 0
    stuck: list[int] = []
    for row in rows:
        if len(stuck) == min(left, _MOVE):
            break
        looked += 1
        cursor = row.id
        terms = {"since": row.siak_since, "village": row.village, "recorded_on": row.recorded_on}
        if centre.is_stuck(Siak.SENT_FOR_ENROLLMENT, today=today, **terms):
            stuck.append(row.id)
    still = select(Card).where(Card.id.in_(stuck), Card.stage == Stage.AT_CENTRE).with_for_update()
    for card in session.scalars(still.order_by(Card.id)).all() if stuck else ():
        move_card(session, card, Stage.NEEDS_OFFICER, now=now, by="kabar", batch=_batch(today))
    known["stuck_cards"] = (today, cursor if rows else None)
    return looked


def _waiting_long(session: Session, today: date, cursor: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Those whom a centre that never stood still would have kept for too long."""
    before = today - timedelta(days=Centre(session).limit_days)
    query = (
        select(Card.id, Card.siak_since, Card.recorded_on, Resident.village)
        .join(Resident, Resident.id == Card.resident_id)
        .where(
            Card.stage == Stage.AT_CENTRE,
            Card.id > cursor,
            Card.siak_status == Siak.SENT_FOR_ENROLLMENT.value,
            Card.siak_since < before,
        )
    )
    return session.execute(query.order_by(Card.id).limit(_LOOK)).all()


def _moved_on(session: Session, today: date) -> int:
    """How many were moved today, however often the program was started."""
    return session.scalar(select(func.count(Notice.id)).where(Notice.batch == _batch(today))) or 0


def _batch(day: date) -> str:
    return f"sfe:{day}"
