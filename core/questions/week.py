"""How an office's week was, for those who look after it: counts and days, nobody's data."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.questions.desk import desk_counts
from core.questions.notices import waiting_by_channel
from core.questions.runs import is_export
from core.questions.sending import started_since
from core.rules.delivery import Channel
from core.rules.imports import Verdict
from core.rules.week import LastImport, Week
from core.store.delivery_tables import ChannelHalt, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.tables import ImportRun, Suspension
from core.store.words import NoticeState, UpdateState

_WEEK = timedelta(days=7)


def office_week(session: Session, *, now: datetime, today: date, last_backup: datetime | None) -> Week:
    """Return what an operator should know on a Monday. today: in the office's zone."""
    since = now - _WEEK
    overdue = select(Suspension.id).where(Suspension.resumed_at.is_(None), Suspension.expected_until < today)
    return Week(
        last_import=_last_import(session),
        last_backup=last_backup,
        sms=started_since(session, Channel.SMS, since),
        set_aside=_count(session, InboxUpdate.id, InboxUpdate.state == UpdateState.SET_ASIDE),
        in_doubt=_count(session, Notice.id, Notice.state == NoticeState.IN_DOUBT, Notice.ended_at >= since),
        unreachable=_count(
            session, Notice.resident_id.distinct(), Notice.state == NoticeState.UNREACHABLE, Notice.ended_at >= since
        ),
        waiting=waiting_by_channel(session).total(),
        on_desk=desk_counts(session).total(),
        halted=tuple(session.scalars(select(ChannelHalt.channel).order_by(ChannelHalt.channel))),
        overdue=tuple(session.scalars(overdue.order_by(Suspension.id))),
    )


def promised_back(session: Session, *, first: date, last: date) -> list[Suspension]:
    """Return the suspensions that still stand and were expected to end within these days."""
    query = select(Suspension).where(
        Suspension.resumed_at.is_(None), Suspension.expected_until >= first, Suspension.expected_until <= last
    )
    return list(session.scalars(query.order_by(Suspension.id)))


def _last_import(session: Session) -> LastImport | None:
    newest = (
        select(ImportRun).where(ImportRun.ended_at.is_not(None), is_export()).order_by(ImportRun.id.desc()).limit(1)
    )
    run = session.scalar(newest)
    if run is None or run.ended_at is None:
        return None
    return LastImport(run.ended_at, run.as_of, sum(run.counts.values()), run.counts.get(Verdict.MOVED.value, 0))


def _count(session: Session, what: ColumnElement[int] | InstrumentedAttribute[int], *which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(what)).where(*which)) or 0
