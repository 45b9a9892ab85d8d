"""What waits to be said, lane by lane: how much, and since when it is due. By the index of what waits, and no other."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from core.questions.batches import names_waiting_for, orders
from core.rules.delivery import Channel
from core.store.delivery_tables import Notice
from core.store.words import BatchOrderWord


class Lane(StrEnum):
    """SINGLE: acts on a single card. BATCH: all others. PAUSED, CANCELLED: of a batch that an operator stopped."""

    SINGLE = "single"
    BATCH = "batch"
    PAUSED = "paused"
    CANCELLED = "cancelled"


_LANE_OF = {None: Lane.BATCH, BatchOrderWord.PAUSED: Lane.PAUSED, BatchOrderWord.CANCELLED: Lane.CANCELLED}
#: In the very words of the index of what waits. SQLite takes it, not that of the batches, if due_at is asked for too.
_IS_WAITING = text("notice.state = 'waiting'")
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class InLane:
    """What waits for one channel in one lane. due_since: of what is due, the oldest; None when nothing is."""

    channel: Channel
    lane: Lane
    waiting: int
    due_since: datetime | None

    def oldest_seconds(self, now: datetime) -> float:
        """How long what is due waits already; 0 when nothing is."""
        return max(0.0, (now - self.due_since).total_seconds()) if self.due_since else 0.0


def lanes(session: Session, *, now: datetime) -> list[InLane]:
    """Return every lane of every channel, also those in which nothing waits."""
    ordered = orders(session)
    found: list[InLane] = []
    for channel in Channel:
        batches: dict[Lane, list[str | None]] = {lane: [] for lane in Lane}
        batches[Lane.SINGLE].append(None)
        for name in names_waiting_for(session, channel):
            batches[_LANE_OF[ordered.get(name)]].append(name)
        found += [_in_lane(session, channel, lane, names, now) for lane, names in batches.items()]
    return found


def _in_lane(session: Session, channel: Channel, lane: Lane, batches: list[str | None], now: datetime) -> InLane:
    waiting, oldest = 0, None
    for batch in batches:
        waiting += session.scalar(_waiting(select(func.count()), channel, batch)) or 0
        due_at = session.scalar(_waiting(select(func.min(Notice.due_at)), channel, batch))
        if due_at is not None and due_at <= now:
            oldest = min(due_at, oldest or due_at)
    return InLane(channel, lane, waiting, oldest)


def _waiting(what: Select[Any], channel: Channel, batch: str | None) -> Select[Any]:
    mine = Notice.batch.is_(None) if batch is None else Notice.batch == batch
    return what.select_from(Notice).where(_IS_WAITING, Notice.channel == channel, mine, Notice.due_at > _EVER)
