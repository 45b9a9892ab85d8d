"""What somebody who watches the office sees change: its vital signs, its open batches, and how fast they move."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.batches import Batch, open_batches
from core.questions.facts import last_time
from core.questions.runs import is_export
from core.questions.vital_signs import VitalSigns, vital_signs
from core.rules.delivery import Channel, Sent
from core.store.delivery_tables import Attempt, MessageNotice, Notice
from core.store.tables import ImportRun

#: Over how long the speed of a batch, and of a channel, is measured.
SPEED_OVER = timedelta(seconds=10)
#: Over how long it is counted what became of attempts.
OUTCOMES_OVER = timedelta(minutes=5)
_BACKUP_MADE = "backup-made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """batch_speed: people told a second, by batch. speed: messages a second. in_flight: attempts that are not back.

    outcomes: of the last five minutes; None for an attempt that is not back.
    """

    at: datetime
    signs: VitalSigns
    batches: tuple[Batch, ...]
    batch_speed: dict[str, float]
    speed: dict[Channel, float]
    in_flight: int
    outcomes: Counter[tuple[Channel, str | None]]

    def left(self, batch: Batch) -> timedelta | None:
        """How long it still takes at its speed of this moment; None when it does not move."""
        speed = self.batch_speed.get(batch.name)
        return timedelta(seconds=batch.waiting / speed) if speed else None


@dataclass(frozen=True, slots=True)
class Lately:
    """What changes a few times a day. import_as_of: the day its data is of."""

    imported_at: datetime | None
    import_as_of: date | None
    backed_up_at: datetime | None


def scene(session: Session, *, now: datetime) -> Scene:
    """Return what moves, all of one moment."""
    return Scene(
        at=now,
        signs=vital_signs(session, now=now),
        batches=tuple(open_batches(session)),
        batch_speed=_batch_speed(session, now=now),
        speed=_speed(session, now=now),
        in_flight=session.scalar(select(func.count(Attempt.id)).where(Attempt.ended_at.is_(None))) or 0,
        outcomes=_outcomes(session, now=now),
    )


def lately(session: Session) -> Lately:
    """Return what hardly moves; where no backup was ever made it looks through all facts, so not every second."""
    newest = (
        select(ImportRun).where(ImportRun.ended_at.is_not(None), is_export()).order_by(ImportRun.id.desc()).limit(1)
    )
    run = session.scalar(newest)
    return Lately(run.ended_at if run else None, run.as_of if run else None, last_time(session, _BACKUP_MADE))


def _batch_speed(session: Session, *, now: datetime) -> dict[str, float]:
    told = func.count().label("told")
    query = (
        select(Notice.batch, told)
        .join(MessageNotice, MessageNotice.notice_id == Notice.id)
        .join(Attempt, Attempt.message_id == MessageNotice.message_id)
        .where(Attempt.channel.in_(Channel), Attempt.started_at > now - SPEED_OVER, Attempt.outcome == Sent.__name__)
        .where(Notice.batch.is_not(None))
        .group_by(Notice.batch)
    )
    seconds = SPEED_OVER.total_seconds()
    return {row.batch: row.told / seconds for row in session.execute(query) if row.batch}


def _speed(session: Session, *, now: datetime) -> dict[Channel, float]:
    sent = func.count().label("sent")
    query = select(Attempt.channel, sent).where(
        Attempt.channel.in_(Channel), Attempt.started_at > now - SPEED_OVER, Attempt.outcome == Sent.__name__
    )
    rows = session.execute(query.group_by(Attempt.channel))
    return {row.channel: row.sent / SPEED_OVER.total_seconds() for row in rows}


def _outcomes(session: Session, *, now: datetime) -> Counter[tuple[Channel, str | None]]:
    attempts = func.count().label("attempts")
    query = select(Attempt.channel, Attempt.outcome, attempts).where(
        Attempt.channel.in_(Channel), Attempt.started_at > now - OUTCOMES_OVER
    )
    rows = session.execute(query.group_by(Attempt.channel, Attempt.outcome))
    return Counter({(row.channel, row.outcome): row.attempts for row in rows})
