"""Whose answer to a notice counts."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.rules.notices import TABLE, Answer
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.office import seal_of
from core.store.tables import Card, Contact
from core.store.words import NoticeState

OPEN = (NoticeState.WAITING, NoticeState.SENDING)


def answerable(session: Session, message_id: int, chat_id: str) -> list[Notice]:
    """Return what a message said to this Telegram chat about residents who are still told there; in its order."""
    query = (
        select(Notice)
        .join(MessageNotice, MessageNotice.notice_id == Notice.id)
        .join(Message, Message.id == MessageNotice.message_id)
        .where(
            Message.id == message_id,
            Message.channel == Channel.TELEGRAM,
            Message.address_index == seal_of(session).index(Channel.TELEGRAM, chat_id),
            exists().where(
                Contact.resident_id == Notice.resident_id,
                Contact.channel == Channel.TELEGRAM,
                Contact.address_index == Message.address_index,
                Contact.closed_at.is_(None),
                Contact.consent_at.is_not(None),
            ),
        )
        .order_by(Notice.id)
    )
    return list(session.scalars(query))


def answer_that_counts(session: Session, message_id: int, chat_id: str) -> Answer | None:
    """Return what was pressed last below a message about cards that are still there; None when nothing was."""
    notices = answerable(session, message_id, chat_id)
    answers = {notice.answer for notice in notices if card_is_there(session, notice)}
    return answers.pop() if len(answers) == 1 else None


def card_is_there(session: Session, notice: Notice) -> bool:
    """Whether the card that a notice speaks of is still where it said."""
    if notice.card_id is None:
        return False
    return session.get_one(Card, notice.card_id).stage in TABLE[notice.kind].while_stage


def has_number(session: Session, message_id: int, chat_id: str) -> bool:
    """Whether any card that a message speaks of has a pickup number."""
    cards = [notice.card_id for notice in answerable(session, message_id, chat_id)]
    query = select(Card.id).where(Card.id.in_(cards), Card.pickup_number.is_not(None))
    return session.scalar(query.limit(1)) is not None


def goes_by_sms(session: Session, notice: Notice) -> bool:
    """Whether the same was said by SMS since, or is about to be."""
    query = select(Notice.id).where(
        Notice.resident_id == notice.resident_id,
        Notice.card_id == notice.card_id,
        Notice.kind == notice.kind,
        Notice.id > notice.id,
        Notice.channel == Channel.SMS,
        Notice.state.in_((*OPEN, NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE)),
    )
    return session.scalar(query.limit(1)) is not None
