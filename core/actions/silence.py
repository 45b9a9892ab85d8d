"""What silence on Telegram would still send by SMS is not sent: whoever was told there gave a sign of it."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from core.actions.facts import Happened
from core.rules.delivery import Channel
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.tables import Contact, Fact
from core.store.words import NoticeState


def nothing_for_silence(session: Session, contact: Contact, *, now: datetime) -> None:
    """Wait for no answer to what this address was told of its resident, and call back the SMS that waits for that."""
    told = aliased(Notice)
    said_there = (
        select(MessageNotice.notice_id)
        .join(Message, Message.id == MessageNotice.message_id)
        .where(Message.channel == contact.channel, Message.address_index == contact.address_index)
    )
    for_silence = exists().where(Fact.id == Notice.fact_id, Fact.kind == Happened.PICKUP_UNANSWERED)
    of_the_same = exists().where(
        told.resident_id == Notice.resident_id,
        told.card_id == Notice.card_id,
        told.kind == Notice.kind,
        told.id < Notice.id,
        told.id.in_(said_there),
    )
    hers = update(Notice).where(Notice.resident_id == contact.resident_id)
    # In this order: of one who owes that SMS at this moment, we wait for the end here, and see it in the next.
    session.execute(hers.where(Notice.unanswered_at.is_not(None), Notice.id.in_(said_there)).values(unanswered_at=None))
    session.execute(
        hers.where(Notice.state == NoticeState.WAITING, Notice.channel == Channel.SMS, for_silence, of_the_same).values(
            state=NoticeState.OVERTAKEN, ended_at=now, why="stopped"
        )
    )
