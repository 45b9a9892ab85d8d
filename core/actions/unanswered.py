"""Silence: what nobody answered on Telegram in its time also goes by SMS, once, to whoever agreed to SMS."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.answers import debt_again
from core.actions.facts import Happened, append_fact
from core.actions.notices import owe
from core.questions.contacts import channels_of
from core.questions.overtaken import still_true
from core.rules.delivery import Channel
from core.store.delivery_tables import Notice

#: Notices looked at in one transaction, so that none lasts over 50 ms.
_MOST_AT_ONCE = 25


def follow_up_unanswered(session: Session, *, now: datetime) -> int:
    """Owe the SMS for some of what is overdue for an answer; return how many notices were looked at.

    That a notice was looked at and that its SMS is owed are one transaction: killed or twice at once, it is owed once.
    """
    query = select(Notice).where(Notice.unanswered_at <= now).order_by(Notice.unanswered_at, Notice.id)
    overdue = session.scalars(query.limit(_MOST_AT_ONCE)).all()
    reach = channels_of(session, {notice.resident_id for notice in overdue})
    for notice in overdue:
        if not _taken(session, notice) or notice.answer is not None or not still_true(session, notice):
            continue
        if Channel.SMS in reach.get(notice.resident_id, frozenset()):
            _owe_by_sms(session, notice, now=now)
    return len(overdue)


def _taken(session: Session, notice: Notice) -> bool:
    """Whether nobody else looked at it, and nobody answered, since it was found."""
    taken = session.execute(
        update(Notice)
        .where(Notice.id == notice.id, Notice.unanswered_at.is_not(None))
        .values(unanswered_at=None)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has a row count


def _owe_by_sms(session: Session, notice: Notice, *, now: datetime) -> None:
    """In the lane of what it follows: the follow-ups of a large import keep no single card waiting."""
    ids = {"resident_id": notice.resident_id, "card_id": notice.card_id}
    details = {"notice": notice.id}
    fact_id = append_fact(session, Happened.PICKUP_UNANSWERED, now=now, by="kabar", details=details, **ids)
    owe(session, [debt_again(notice, fact_id)], now=now, batch=notice.batch, only=frozenset({Channel.SMS}))
