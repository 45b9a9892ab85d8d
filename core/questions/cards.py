"""Where is my card? What anyone may be told, what the owner may, and what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from core.questions.centre import Centre
from core.questions.expectations import expectation_of
from core.questions.regions import DISTRICT_LENGTH, data_as_of, office_zone, place
from core.questions.slips import receipt_tail
from core.questions.suspensions import suspensions_touching
from core.rules.answer import CardAnswer, LetterKind, PlaceKind
from core.rules.card import OPEN, Stage
from core.rules.expectation import Expectation, PrintTerms
from core.rules.siak import Siak, read_status
from core.rules.suspension import Service, SuspensionNote
from core.store.office import seal_of
from core.store.ready import run, table_of
from core.store.tables import Card, Fact, Letter, Region, Resident
from core.store.words import LetterState

_residents, _cards, _regions = (table_of(table) for table in (Resident, Card, Region))
_NEWEST = (
    select(_cards, _residents.c.village, _regions.c.pickup)
    .select_from(_cards.join(_residents, _residents.c.id == _cards.c.resident_id))
    .outerjoin(_regions, _regions.c.code == func.substr(_residents.c.village, 1, DISTRICT_LENGTH))
    .order_by(_cards.c.id.desc())
    .limit(1)
)
_NEWEST_OF = _NEWEST.where(_cards.c.resident_id == bindparam("resident"))
_NEWEST_BY_NIK = _NEWEST.where(_residents.c.nik_index == bindparam("nik"))

#: A card's columns, with its resident's village and how that village's district hands cards over.
FoundCard = Row[*tuple[Any, ...]]
_AnyCard = Card | FoundCard


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


def where_is(session: Session, nik: str, *, now: datetime, terms: PrintTerms | None = None) -> CardAnswer | None:
    """What anyone may know from a NIK alone; None alike for unknown, handed over, closed and erased.

    terms: by which a place in the print queue is told; without them none is.
    """
    return told_to_anyone(session, card_of(session, nik), now=now, terms=terms)


def card_of(session: Session, nik: str) -> FoundCard | None:
    """Return the newest issuance of the person with this NIK, to be asked about with `told_to_…`."""
    return run(session, _NEWEST_BY_NIK, nik=seal_of(session).index("nik", nik)).one_or_none()


def told_to_anyone(
    session: Session, card: FoundCard | None, *, now: datetime, terms: PrintTerms | None = None
) -> CardAnswer | None:
    """The same as `where_is`."""
    return _answer(session, card, now=now, terms=terms, proven=False) if card and card.stage in OPEN else None


def told_to_owner(
    session: Session, card: FoundCard | None, *, now: datetime, terms: PrintTerms | None = None
) -> CardAnswer | None:
    """The same as `where_is_proven`."""
    if card is None or card.stage is Stage.CLOSED:
        return None
    return _answer(session, card, now=now, terms=terms, proven=True)


def where_is_proven(
    session: Session, resident_id: int, *, now: datetime, terms: PrintTerms | None = None
) -> CardAnswer | None:
    """What the owner may know after proof."""
    return told_to_owner(session, run(session, _NEWEST_OF, resident=resident_id).one_or_none(), now=now, terms=terms)


def _answer(session: Session, card: FoundCard, *, now: datetime, terms: PrintTerms | None, proven: bool) -> CardAnswer:
    zone = office_zone(session)
    today = now.astimezone(zone).date()
    stage = _told_stage(session, card, today)
    suspensions = suspensions_touching(session, village=card.village, recorded_on=card.recorded_on)
    answer = CardAnswer(
        stage=stage,
        since=card.stage_since.astimezone(zone).date(),
        data_as_of=_known_on(session, card, zone),
        place_kind=card.pickup or PlaceKind.VILLAGE,
        suspensions=suspensions,
        expectation=_expectation(session, card, terms, suspensions=suspensions, today=today, now=now),
    )
    if not proven:
        return answer
    return replace(
        answer,
        proven=True,
        trouble=card.siak_status if stage is Stage.NEEDS_OFFICER and _is_known(card) else None,
        place=place(session, card.pickup_point) if card.pickup_point else None,
        pickup_number=card.pickup_number,
        pickup_on=_still_to_come(card.pickup_on, today),
        receipt_tail=receipt_tail(session, card),
        letter_ready=_letter_ready(session, card.resident_id, today),
    )


def _expectation(
    session: Session,
    card: FoundCard,
    terms: PrintTerms | None,
    *,
    suspensions: Iterable[SuspensionNote],
    today: date,
    now: datetime,
) -> Expectation | None:
    """The same for everybody who asks: places are nobody's secret."""
    if terms is None or card.stage is not Stage.PRINT_READY:
        return None
    suspended = any(Service.PRINTING in note.services for note in suspensions)
    return expectation_of(session, card, terms, suspended=suspended, today=today, now=now)


def _still_to_come(day: date | None, today: date) -> date | None:
    """A day that is over calls nobody: whoever missed it may come on any other."""
    return day if day and day >= today else None


def _is_known(card: _AnyCard) -> bool:
    """Whether the status is a word of the national system; what else stood in that cell is not passed on."""
    return card.siak_status is not None and read_status(card.siak_status) is not None


def _told_stage(session: Session, card: _AnyCard, today: date) -> Stage:
    """A card that waits at the centre for too long needs an officer, whatever its last import said."""
    stage: Stage = card.stage
    return Stage.NEEDS_OFFICER if stage is Stage.AT_CENTRE and is_overdue(session, card, today) else stage


def is_overdue(session: Session, card: _AnyCard, today: date) -> bool:
    """Whether a card was sent to the centre, and no word has come for longer than that takes."""
    if card.stage not in (Stage.AT_CENTRE, Stage.NEEDS_OFFICER) or not card.siak_status or not card.siak_since:
        return False
    status = read_status(card.siak_status)
    if status is not Siak.SENT_FOR_ENROLLMENT:
        return False
    village = _village_of(session, card)
    return Centre(session).is_stuck(
        status, since=card.siak_since, today=today, village=village, recorded_on=card.recorded_on
    )


def _village_of(session: Session, card: _AnyCard) -> str:
    village: str = session.get_one(Resident, card.resident_id).village if isinstance(card, Card) else card.village
    return village


def _known_on(session: Session, card: _AnyCard, zone: ZoneInfo) -> date:
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
