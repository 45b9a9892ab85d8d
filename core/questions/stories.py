"""What happened to the cards of a person who proved that they are hers, and what she was told of it."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.regions import office_zone
from core.questions.slips import receipt_tail
from core.questions.suspensions import services_of, touches
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.story import Chapter, Stop, StoryLine, stops_felt
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.tables import Card, Fact, Resident, Suspension
from core.store.words import LEFT

#: kind of fact -> its chapter; all others are the office's own affair.
_CHAPTERS = {
    "card-seen": Chapter.STAGE,
    "card-moved": Chapter.STAGE,
    "letter-asked": Chapter.LETTER_ASKED,
    "letter-issued": Chapter.LETTER_ISSUED,
    "letter-ready": Chapter.LETTER_READY,
    "letter-collected": Chapter.LETTER_COLLECTED,
    "letter-extended": Chapter.LETTER_EXTENDED,
    "letter-voided": Chapter.LETTER_VOIDED,
}


def card_story(session: Session, resident_id: int) -> list[StoryLine]:
    """Return what happened to a person's cards and letters, oldest first."""
    happened = _facts(session, resident_id)
    stops = _stops(session, resident_id)
    lines = [*_recorded(session, resident_id), *happened, *stops_felt(stops, happened), *_told(session, resident_id)]
    return sorted(lines, key=lambda line: line.at)


def receipt_tail_of(session: Session, resident_id: int) -> str | None:
    """Return the end of the receipt by which a holder of several tells a person's newest card from the others."""
    card = newest_card(session, resident_id)
    return receipt_tail(session, card) if card else None


def _recorded(session: Session, resident_id: int) -> list[StoryLine]:
    zone = office_zone(session)
    days = session.scalars(
        select(Card.recorded_on).where(Card.resident_id == resident_id, Card.recorded_on.is_not(None)).distinct()
    )
    return [StoryLine(at=datetime.combine(day, time(), zone), chapter=Chapter.RECORDED) for day in days if day]


def _facts(session: Session, resident_id: int) -> list[StoryLine]:
    query = select(Fact.at, Fact.kind, Fact.details).where(
        Fact.resident_id == resident_id, Fact.kind.in_(_CHAPTERS.keys())
    )
    return [_line(row.at, _CHAPTERS[row.kind], row.details) for row in session.execute(query.order_by(Fact.id))]


def _line(at: datetime, chapter: Chapter, details: dict[str, Any]) -> StoryLine:
    if chapter is Chapter.STAGE:
        return StoryLine(at=at, chapter=chapter, stage=Stage(details.get("to") or details["at"]))
    until = date.fromisoformat(details["until"]) if "until" in details else None
    return StoryLine(at=at, chapter=chapter, letter=LetterKind(details["letter"]), until=until)


def _stops(session: Session, resident_id: int) -> list[Stop]:
    village = session.get_one(Resident, resident_id).village
    card = newest_card(session, resident_id)
    recorded_on = card.recorded_on if card else None
    return [
        Stop(services=services_of(row), cause=row.cause, since=row.since, until=row.resumed_at)
        for row in session.scalars(select(Suspension).order_by(Suspension.id))
        if touches(row, village=village, recorded_on=recorded_on)
    ]


def _told(session: Session, resident_id: int) -> list[StoryLine]:
    query = (
        select(Message.created_at, Message.channel, Notice.kind)
        .join(MessageNotice, MessageNotice.message_id == Message.id)
        .join(Notice, Notice.id == MessageNotice.notice_id)
        .where(Notice.resident_id == resident_id, Message.state.in_(LEFT))
        .order_by(Message.id)
    )
    return [
        StoryLine(at=row.created_at, chapter=Chapter.TOLD, channel=row.channel, kind=row.kind)
        for row in session.execute(query)
    ]
