"""Answers to a notice: what was pressed below it counts for every notice of that message whose card is still there.

1. Only the address that the message went to may answer, and only while it stands open at the resident.
2. The last answer counts; the same one again changes nothing, because a press may come twice.
3. Whoever answered was told: nothing that says the same is sent after it, and nothing goes by SMS for silence.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.contacts import NOT_MINE, close_contact
from core.actions.desk import list_for_desk, withdraw
from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.questions.answers import answerable, card_is_there, goes_by_sms
from core.rules.delivery import Channel
from core.rules.notices import REPORTS, Answer, Kind
from core.store.delivery_tables import Notice
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import DeskKind

_BY = "resident"


class Heard(Enum):
    """OVER: the card is not there any more. NOT_HERS: no notice of this address, or not any more."""

    NOTED = "noted"
    AGAIN = "again"
    OVER = "over"
    NOT_HERS = "not hers"


def answer_notice(session: Session, message_id: int, chat_id: str, answer: Answer, *, now: datetime) -> Heard:
    """Note what was pressed; the desk knows of what it has to do for as long as that is the last answer."""
    notices = answerable(session, message_id, chat_id)
    waiting = [notice for notice in notices if card_is_there(session, notice)]
    if not waiting:
        return Heard.OVER if notices else Heard.NOT_HERS
    changed = [notice for notice in waiting if notice.answer is not answer]
    for notice in changed:
        _note(session, notice, answer, now=now)
        _off_the_desk(session, notice, now=now)
        card_id, resident_id = notice.card_id, notice.resident_id
        if answer is Answer.OTHER_DAY:
            list_for_desk(session, DeskKind.OTHER_DAY, now=now, card_id=card_id, resident_id=resident_id)
        elif answer in REPORTS:
            told = {"told": answer}
            list_for_desk(session, DeskKind.UNCLAIMED, now=now, card_id=card_id, resident_id=resident_id, details=told)
    return Heard.NOTED if changed else Heard.AGAIN


def not_mine(session: Session, message_id: int, chat_id: str, *, now: datetime) -> list[int]:
    """Close this chat for the residents whom the message spoke of, no others; what they missed goes on elsewhere.

    Return their numbers on the desk's list.
    """
    notices = answerable(session, message_id, chat_id)
    items = []
    for contact in _contacts_at(session, chat_id, {notice.resident_id for notice in notices}):
        close_contact(session, contact, why=NOT_MINE, now=now, by=_BY)
        resident_id = contact.resident_id
        items.append(list_for_desk(session, DeskKind.NOT_MINE, now=now, resident_id=resident_id, contact_id=contact.id))
    for notice in notices:
        fact_id = _note(session, notice, Answer.NOT_MINE, now=now)
        _off_the_desk(session, notice, now=now)
        if card_is_there(session, notice) and not goes_by_sms(session, notice):
            owe(session, [debt_again(notice, fact_id)], now=now, batch=notice.batch)
    return items


def debt_again(notice: Notice, fact_id: int) -> Debt:
    """The same once more, because of something that happened since; a day that it speaks of is no later than before."""
    ends = notice.worthless_after if notice.kind in (Kind.CALLED, Kind.PICKUP_MOVED) else None
    return Debt(
        kind=notice.kind,
        resident_id=notice.resident_id,
        fact_id=fact_id,
        card_id=notice.card_id,
        worthless_after=ends,
    )


def _contacts_at(session: Session, chat_id: str, resident_ids: set[int]) -> Sequence[Contact]:
    query = select(Contact).where(
        Contact.channel == Channel.TELEGRAM,
        Contact.address_index == seal_of(session).index(Channel.TELEGRAM, chat_id),
        Contact.resident_id.in_(resident_ids),
        Contact.closed_at.is_(None),
    )
    return session.scalars(query).all()


def _note(session: Session, notice: Notice, answer: Answer, *, now: datetime) -> int:
    """Note the answer on this notice and on whatever says the same of its card since; return the fact.

    Who says that it is not hers answers for this chat only: what goes to the owner by SMS still goes.
    """
    said = [Notice.id == notice.id]
    if notice.card_id is not None:
        said = [Notice.card_id == notice.card_id, Notice.kind == notice.kind, Notice.id >= notice.id]
    if answer is Answer.NOT_MINE:
        said.append(Notice.channel == Channel.TELEGRAM)
    noted = update(Notice).where(Notice.resident_id == notice.resident_id, *said)
    session.execute(noted.values(answer=answer, unanswered_at=None))
    ids = {"resident_id": notice.resident_id, "card_id": notice.card_id}
    details = {"kind": notice.kind, "answer": answer}
    return append_fact(session, Happened.NOTICE_ANSWERED, now=now, by=_BY, details=details, **ids)


def _off_the_desk(session: Session, notice: Notice, *, now: datetime) -> None:
    """What was pressed before does not count any more."""
    if notice.card_id is not None:
        for kind in (DeskKind.OTHER_DAY, DeskKind.UNCLAIMED):
            withdraw(session, kind, card_id=notice.card_id, now=now, by=_BY)
