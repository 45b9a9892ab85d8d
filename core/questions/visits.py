"""Whom no message reaches although there is something to say: the people to visit, village by village."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.cards import newest_card
from core.questions.residents import region_name
from core.questions.sending import still_true
from core.questions.slips import receipt_tail
from core.rules.nik import mask
from core.rules.notices import TABLE, Answer, Kind
from core.store.delivery_tables import Notice
from core.store.office import seal_of
from core.store.tables import Card, Region, Resident
from core.store.words import NoticeState

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


def people_to_visit(session: Session, *, region: str | None = None) -> list[Visit]:
    """Return who is to be visited, village by village, who has waited longest first.

    region: the code of a village or a district; NotFound when it is none of this office's.
    """
    kinds = [kind for kind, rule in TABLE.items() if rule.worth_a_visit]
    query = (
        select(Notice, Resident)
        .join(Resident, Resident.id == Notice.resident_id)
        .where(Notice.state == NoticeState.UNREACHABLE, Notice.kind.in_(kinds))
        .order_by(Resident.village, Notice.created_at, Notice.id)
    )
    if region is not None:
        query = query.where(_lives_in(session, region))
    return [
        _visit(session, notice, resident)
        for notice, resident in session.execute(query)
        if still_true(session, notice) and not _knows(session, notice)
    ]


def _lives_in(session: Session, region: str) -> ColumnElement[bool]:
    if session.get(Region, region) is None:
        raise NotFound(f"{region} is no district or village of this regency; give a code like 35.22.15.2003")
    return or_(Resident.village == region, Resident.village.startswith(f"{region}.", autoescape=True))


def _knows(session: Session, notice: Notice) -> bool:
    """Whether she was told on Telegram since the card is there, and this is only the SMS after her silence."""
    told = select(Notice.id).where(
        Notice.resident_id == notice.resident_id,
        Notice.kind == notice.kind,
        Notice.card_id.is_not_distinct_from(notice.card_id),
        Notice.letter_id.is_not_distinct_from(notice.letter_id),
        Notice.state.in_(_TOLD),
        Notice.answer.is_distinct_from(Answer.NOT_MINE),
    )
    if notice.card_id is not None:
        told = told.where(Notice.created_at >= session.get_one(Card, notice.card_id).stage_since)
    return session.scalar(told.limit(1)) is not None


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
    )
