"""Which channels stopped because our own configuration is wrong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel
from core.store.delivery_tables import ChannelHalt


@dataclass(frozen=True, slots=True)
class HaltedChannel:
    """code, hint: the provider's word, and what to mend. alarmed_at: when operators heard of it by another channel."""

    channel: Channel
    since: datetime
    code: str
    hint: str
    alarmed_at: datetime | None


def open_halts(session: Session) -> list[HaltedChannel]:
    """Return the halts that last, by channel."""
    halts = session.scalars(select(ChannelHalt).order_by(ChannelHalt.channel))
    return [HaltedChannel(halt.channel, halt.since, halt.code, halt.hint, halt.alarmed_at) for halt in halts]
