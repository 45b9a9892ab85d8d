"""Warning who still waits for her card that the letter in its place is about to run out."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import and_, insert, not_, or_, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.notices import Debt, owe
from core.questions.letters import letter_stops
from core.questions.regions import office_zone
from core.questions.suspensions import is_newest_card, touching
from core.rules.card import OPEN
from core.rules.letters import WARNED_BEFORE
from core.rules.notices import Kind
from core.store.tables import Card, Fact, Letter, Resident
from core.store.words import LetterState

_MOST_AT_ONCE = 200
_BY = "kabar"


def warn_of_expiry(session: Session, *, now: datetime) -> int:
    """Owe the warning to a bounded number of people, once for each last day of a letter; return to how many.

    Who cannot have hers extended, because letters are suspended, is warned once they are back.
    """
    zone = office_zone(session)
    today = now.astimezone(zone).date()
    query = (
        select(Letter)
        .join(Resident, Resident.id == Letter.resident_id)
        .outerjoin(Card, and_(Card.resident_id == Letter.resident_id, is_newest_card()))
        .where(
            Letter.valid_until.between(today, today + WARNED_BEFORE),
            Letter.expiry_told.is_distinct_from(Letter.valid_until),
            Letter.state.in_((LetterState.READY, LetterState.COLLECTED)),
            or_(Card.id.is_(None), Card.stage.in_(OPEN)),
            *(not_(touching(stop.region, stop.recorded_since)) for stop in letter_stops(session)),
        )
        .order_by(Letter.valid_until, Letter.id)
        .limit(_MOST_AT_ONCE)
    )
    # Two at once: the second finds these taken, and told by the time that it looks again.
    letters = session.scalars(query.with_for_update(of=Letter, skip_locked=True)).all()
    if not letters:
        return 0
    ids = [letter.id for letter in letters]
    told = update(Letter).where(Letter.id.in_(ids)).values(expiry_told=Letter.valid_until)
    session.execute(told.execution_options(synchronize_session=False))
    debts = [
        Debt(
            kind=Kind.LETTER_EXPIRING,
            resident_id=letter.resident_id,
            fact_id=fact_id,
            letter_id=letter.id,
            worthless_after=datetime.combine(letter.valid_until or today, time(), zone) + timedelta(days=1),
        )
        for letter, fact_id in zip(letters, _facts(session, letters, now=now), strict=True)
    ]
    owe(session, debts, now=now, batch=f"expiring:{today}")
    return len(letters)


def _facts(session: Session, letters: Sequence[Letter], *, now: datetime) -> Sequence[int]:
    facts = [
        {
            "at": now,
            "kind": Happened.LETTER_EXPIRING,
            "by": _BY,
            "resident_id": letter.resident_id,
            "letter_id": letter.id,
            "details": {"letter": letter.kind, "on": letter.valid_until.isoformat() if letter.valid_until else None},
        }
        for letter in letters
    ]
    return session.scalars(insert(Fact).returning(Fact.id, sort_by_parameter_order=True), facts).all()
