"""Whether the office is well: what waits, since when, and which channel stopped. No personal data."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.store.delivery_tables import Broadcast, ChannelHalt, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.tables import Fact
from core.store.words import BroadcastState, NoticeState, UpdateState

_OPEN = (NoticeState.WAITING, NoticeState.SENDING)


@dataclass(frozen=True, slots=True)
class OfficeHealth:
    """notices_open, broadcasts_preparing, updates_…: counts; halted: the channels that stopped."""

    notices_open: int
    broadcasts_preparing: int
    updates_waiting: int
    updates_set_aside: int
    halted: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def health_of(session: Session) -> OfficeHealth:
    """Return how the office is."""

    def updates(*states: UpdateState) -> int:
        return session.scalar(select(func.count(InboxUpdate.id)).where(InboxUpdate.state.in_(states))) or 0

    return OfficeHealth(
        session.scalar(select(func.count(Notice.id)).where(Notice.state.in_(_OPEN))) or 0,
        len(unprepared(session)),
        updates(UpdateState.RECEIVED, UpdateState.DECIDED),
        updates(UpdateState.SET_ASIDE),
        tuple(session.scalars(select(ChannelHalt.channel))),
    )


def unprepared(session: Session) -> list[int]:
    """Return the broadcasts whose audience is not complete yet."""
    query = select(Broadcast.id).where(Broadcast.state == BroadcastState.PREPARING).order_by(Broadcast.id)
    return list(session.scalars(query))


def newest_entry(session: Session) -> datetime | None:
    """Return when the newest fact was noted: a clock that is before it is wrong."""
    return session.scalar(select(Fact.at).order_by(Fact.id.desc()).limit(1))
