"""Whether the office is well: what waits, since when, and which channel stopped. No personal data."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.store.delivery_tables import Attempt, Broadcast, ChannelHalt, Message, MessageNotice, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.tables import Fact
from core.store.words import BroadcastState, NoticeState, UpdateState


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
    return OfficeHealth(
        _waiting(session) + _being_sent(session),
        len(unprepared(session)),
        count_updates(session, UpdateState.RECEIVED, UpdateState.DECIDED),
        count_updates(session, UpdateState.SET_ASIDE),
        tuple(session.scalars(select(ChannelHalt.channel))),
    )


def count_updates(session: Session, *states: UpdateState) -> int:
    """Return how many updates are in one of these states."""
    return session.scalar(select(func.count(InboxUpdate.id)).where(InboxUpdate.state.in_(states))) or 0


def _waiting(session: Session) -> int:
    # In the very words of the index of what waits: whoever watches asks often, and most notices were told long ago.
    return session.scalar(select(func.count()).select_from(Notice).where(text("notice.state = 'waiting'"))) or 0


def _being_sent(session: Session) -> int:
    """Found by what is in flight or unsure, because the state alone is in no index."""
    in_flight = select(Attempt.message_id).where(Attempt.ended_at.is_(None))
    unsure = select(Message.id).where(text("message.state = 'unsure'"))
    carried = select(MessageNotice.notice_id).where(MessageNotice.message_id.in_(in_flight.union(unsure)))
    being_sent = select(func.count(Notice.id)).where(Notice.id.in_(carried), Notice.state == NoticeState.SENDING)
    return session.scalar(being_sent) or 0


def unprepared(session: Session) -> list[int]:
    """Return the broadcasts whose audience is not complete yet."""
    query = select(Broadcast.id).where(Broadcast.state == BroadcastState.PREPARING).order_by(Broadcast.id)
    return list(session.scalars(query))


def newest_entry(session: Session) -> datetime | None:
    """Return when the newest fact was noted: a clock that is before it is wrong."""
    return session.scalar(select(Fact.at).order_by(Fact.id.desc()).limit(1))
