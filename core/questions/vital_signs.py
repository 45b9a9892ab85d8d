"""What is measured of an office at one moment: for metrics and for whoever watches. Counts and moments, nobody's data.

Each figure is read by an index of just what it counts, so that looking often costs little, however many were told.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.batches import open_names
from core.questions.doubts import count_in_doubt
from core.questions.health import count_updates, unprepared
from core.questions.lanes import InLane, lanes
from core.questions.regions import office_zone
from core.questions.sending import day_begin, started_since
from core.rules.delivery import Channel
from core.store.delivery_tables import ChannelHalt, Lease
from core.store.inbox_tables import InboxUpdate
from core.store.words import UpdateState


@dataclass(frozen=True, slots=True)
class Stopped:
    """A channel that stopped because our own configuration is wrong. on_trial: the account is said to be in order."""

    channel: Channel
    since: datetime
    hint: str
    on_trial: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers and sends for the office: a machine and a process, no person."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSigns:
    """updates_since: when the oldest of those that wait came. sms_today: sent today, or maybe sent.

    holders: whose lease has not run out.
    """

    lanes: tuple[InLane, ...]
    batches_open: int
    preparing: int
    in_doubt: int
    updates_waiting: int
    updates_set_aside: int
    updates_since: datetime | None
    stopped: tuple[Stopped, ...]
    sms_today: int
    holders: tuple[Holder, ...]


def vital_signs(session: Session, *, now: datetime) -> VitalSigns:
    """Return what is measured, all of one moment."""
    stopped = session.scalars(select(ChannelHalt).order_by(ChannelHalt.channel))
    leases = session.scalars(select(Lease).where(Lease.until > now).order_by(Lease.name))
    return VitalSigns(
        lanes=tuple(lanes(session, now=now)),
        batches_open=len(open_names(session)),
        preparing=len(unprepared(session)),
        in_doubt=count_in_doubt(session),
        updates_waiting=count_updates(session, UpdateState.RECEIVED, UpdateState.DECIDED),
        updates_set_aside=count_updates(session, UpdateState.SET_ASIDE),
        updates_since=_oldest_update(session),
        stopped=tuple(Stopped(one.channel, one.since, one.hint, one.well_since is not None) for one in stopped),
        sms_today=started_since(session, Channel.SMS, day_begin(now, office_zone(session))),
        holders=tuple(Holder(one.holder.partition(" ")[0], one.since) for one in leases),
    )


def _oldest_update(session: Session) -> datetime | None:
    waiting = InboxUpdate.state.in_((UpdateState.RECEIVED, UpdateState.DECIDED))
    return session.scalar(select(func.min(InboxUpdate.received_at)).where(waiting))
