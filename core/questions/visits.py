"""Whom no message reaches although there is something to say: the people to visit, village by village."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from core.errors import NotFound
from core.questions.cards import newest_card
from core.questions.regions import example_village
from core.questions.residents import region_name
from core.questions.slips import receipt_tail
from core.rules.nik import mask
from core.rules.notices import TABLE, Answer, Kind
from core.store.delivery_tables import Notice
from core.store.office import seal_of
from core.store.tables import Card, Letter, Region, Resident
from core.store.words import LetterState, NoticeState

_TOLD = (NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one person is to be told in person. nik: masked; village: by name and code; since: when it was owed."""

    resident_id: int
    village: str
    nik: str
    kind: Kind
    since: datetime
    pickup_number: int | None
    receipt_tail: str | None
    pickup_on: date | None = None


def people_to_visit(session: Session, *, region: str | None = None) -> list[Visit]:
    """Return who is to be visited, village by village, who has waited longest first.

    region: the code of a village or a district; NotFound when it is none of this office's.
    """
    query = (
        select(Notice, Resident)
        .join(Resident, Resident.id == Notice.resident_id)
        .where(*_worth_a_visit())
        .order_by(Resident.village, Notice.created_at, Notice.id)
    )
    if region is not None:
        query = query.where(_lives_in(session, region))
    return [_visit(session, notice, resident) for notice, resident in session.execute(query)]


def count_to_visit(session: Session) -> int:
    """Return how many people are to be visited."""
    query = select(func.count(Notice.resident_id.distinct())).where(*_worth_a_visit())
    return session.scalar(query) or 0


def _worth_a_visit() -> tuple[ColumnElement[bool], ...]:
    """What reached nobody, still holds, and was not told in another way since."""
    kinds = [kind for kind, rule in TABLE.items() if rule.worth_a_visit]
    unreached = (Notice.state == NoticeState.UNREACHABLE, Notice.kind.in_(kinds))
    return *unreached, or_(*(_still_holds(kind) for kind in kinds)), ~_knows()


def _still_holds(kind: Kind) -> ColumnElement[bool]:
    """As core.questions.overtaken.still_true decides for one notice."""
    if kind is Kind.LETTER_READY:
        holds = exists().where(Letter.id == Notice.letter_id, Letter.state == LetterState.READY)
        return and_(Notice.kind == kind, holds)
    newer = aliased(Notice)
    called = kind is Kind.CALLED
    said_anew = exists().where(
        newer.resident_id == Notice.resident_id,
        newer.card_id == Notice.card_id,
        newer.kind.in_((kind, Kind.PICKUP_MOVED) if called else (kind,)),
        newer.id > Notice.id,
    )
    there = [Card.id == Notice.card_id, Card.stage.in_(TABLE[kind].while_stage)]
    there += [Card.pickup_on.is_not(None)] if called else []
    return and_(Notice.kind == kind, exists().where(*there), ~said_anew)


def _lives_in(session: Session, region: str) -> ColumnElement[bool]:
    if session.get(Region, region) is None:
        raise NotFound(
            f"{region} is no district or village of this regency; give a code like {example_village(session)}"
        )
    return or_(Resident.village == region, Resident.village.startswith(f"{region}.", autoescape=True))


def _knows() -> ColumnElement[bool]:
    """Whether she was told on Telegram since the card is there, and this is only the SMS after her silence."""
    told = aliased(Notice)
    arrived = select(Card.stage_since).where(Card.id == Notice.card_id).correlate(Notice).scalar_subquery()
    return exists().where(
        told.resident_id == Notice.resident_id,
        told.kind == Notice.kind,
        told.card_id.is_not_distinct_from(Notice.card_id),
        told.letter_id.is_not_distinct_from(Notice.letter_id),
        told.state.in_(_TOLD),
        told.answer.is_distinct_from(Answer.NOT_MINE),
        or_(Notice.card_id.is_(None), told.created_at >= arrived),
    )


def _visit(session: Session, notice: Notice, resident: Resident) -> Visit:
    card = newest_card(session, resident.id)
    return Visit(
        resident.id,
        region_name(session, resident.village),
        mask(seal_of(session).open(resident.nik_sealed)),
        notice.kind,
        notice.created_at,
        card.pickup_number if card else None,
        receipt_tail(session, card) if card else None,
        card.pickup_on if card else None,
    )
