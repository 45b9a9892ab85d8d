"""Where is my card? What anyone may be told, what the owner may, and what happened to it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.regions import data_as_of, office_zone, pickup_kind, place
from core.questions.slips import receipt_tail
from core.questions.suspensions import centre_stops, suspensions_touching
from core.rules.answer import CardAnswer, LetterKind
from core.rules.card import OPEN, Stage
from core.rules.siak import read_status, stuck_at_centre
from core.store.office import seal_of
from core.store.tables import Card, Fact, Letter, Resident
from core.store.words import LetterState


def resident_by_nik(session: Session, nik: str) -> Resident | None:
    """Return the person with this NIK."""
    return session.scalar(select(Resident).where(Resident.nik_index == seal_of(session).index("nik", nik)))


def newest_card(session: Session, resident_id: int) -> Card | None:
    """Return a person's newest issuance."""
    return session.scalar(select(Card).where(Card.resident_id == resident_id).order_by(Card.id.desc()).limit(1))


def current_card(session: Session, nik: str) -> Card | None:
    """Return the newest issuance of the person with this NIK."""
    resident = resident_by_nik(session, nik)
    return newest_card(session, resident.id) if resident else None


def where_is(session: Session, nik: str, *, now: datetime) -> CardAnswer | None:
    """What anyone may know from a NIK alone; None alike for unknown, handed over, closed and erased."""
    card = current_card(session, nik)
    if card is None or card.stage not in OPEN:
        return None
    return _answer(session, card, now=now, proven=False)


def where_is_proven(session: Session, resident_id: int, *, now: datetime) -> CardAnswer | None:
    """What the owner may know after proof."""
    card = newest_card(session, resident_id)
    return _answer(session, card, now=now, proven=True) if card and card.stage is not Stage.CLOSED else None


def _answer(session: Session, card: Card, *, now: datetime, proven: bool) -> CardAnswer:
    zone = office_zone(session)
    village = session.get_one(Resident, card.resident_id).village
    stage = _told_stage(session, card, now.astimezone(zone).date())
    answer = CardAnswer(
        stage=stage,
        since=card.stage_since.astimezone(zone).date(),
        data_as_of=_known_on(session, card, zone),
        place_kind=pickup_kind(session, village),
        suspensions=suspensions_touching(session, village=village, recorded_on=card.recorded_on),
    )
    if not proven:
        return answer
    return replace(
        answer,
        proven=True,
        trouble=card.siak_status if stage is Stage.NEEDS_OFFICER and _is_known(card) else None,
        place=place(session, card.pickup_point) if card.pickup_point else None,
        pickup_number=card.pickup_number,
        receipt_tail=receipt_tail(session, card),
        letter_ready=_letter_ready(session, card.resident_id, now.astimezone(zone).date()),
    )


def _is_known(card: Card) -> bool:
    """Whether the status is a word of the national system; what else stood in that cell is not passed on."""
    return card.siak_status is not None and read_status(card.siak_status) is not None


def _told_stage(session: Session, card: Card, today: date) -> Stage:
    """A card that waits at the centre for too long needs an officer, whatever its last import said."""
    overdue = card.stage is Stage.AT_CENTRE and is_overdue(session, card, today)
    return Stage.NEEDS_OFFICER if overdue else card.stage


def is_overdue(session: Session, card: Card, today: date) -> bool:
    """Whether a card was sent to the centre, and no word has come for longer than that takes."""
    if card.stage not in (Stage.AT_CENTRE, Stage.NEEDS_OFFICER) or not card.siak_status or not card.siak_since:
        return False
    status = read_status(card.siak_status)
    return stuck_at_centre(status, since=card.siak_since, today=today, centre_stops=centre_stops(session))


def _known_on(session: Session, card: Card, zone: ZoneInfo) -> date:
    """The date the answer rests on: the card's import, or a later act of the office itself."""
    days = [card.siak_as_of or data_as_of(session), card.stage_since.astimezone(zone).date()]
    return max(day for day in days if day)


def _letter_ready(session: Session, resident_id: int, today: date) -> LetterKind | None:
    return session.scalar(
        select(Letter.kind)
        .where(Letter.resident_id == resident_id, Letter.state == LetterState.READY, Letter.valid_until >= today)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history."""

    at: datetime
    kind: str
    by: str
    details: dict[str, Any]


def history(session: Session, resident_id: int) -> list[Happening]:
    """Return everything that happened to a person's cards, letters and contacts, oldest first."""
    facts = session.scalars(select(Fact).where(Fact.resident_id == resident_id).order_by(Fact.id))
    return [Happening(fact.at, fact.kind, fact.by, fact.details) for fact in facts]
