"""A channel that stops because our own configuration is wrong, is tried, and goes on by itself when that is mended.

Its notices are kept. What the provider can be asked about (token, account) is asked; what only a message can show (the
sender's name, what it may do) is shown by one message at a time.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from core.actions.rerouting import LONGEST_CODE
from core.rules.delivery import Channel, Halt
from core.rules.retry import PROBE_EVERY
from core.store.delivery_tables import ChannelHalt

_LONGEST_HINT = 200


def halt_channel(session: Session, channel: Channel, said: Halt, *, now: datetime) -> None:
    """Stop a channel, or note that a message on trial was refused again: nothing is well until the next probe."""
    halt = session.get(ChannelHalt, channel)
    if halt is None:
        halt = ChannelHalt(channel=channel, since=now, probe_at=now + PROBE_EVERY)
        session.add(halt)
    elif halt.well_since is None:
        return
    halt.code, halt.hint = said.code[:LONGEST_CODE], said.hint[:_LONGEST_HINT]
    halt.by_account = said.by_account
    halt.well_since, halt.probe_at = None, now + PROBE_EVERY


def note_probe(session: Session, channel: Channel, *, well: bool, now: datetime) -> bool:
    """Note what a probe said; return whether the channel goes on as ever."""
    halt = session.get(ChannelHalt, channel)
    if halt is None:
        return False
    if well and halt.by_account:
        session.delete(halt)
        return True
    halt.probe_at = now + PROBE_EVERY
    halt.well_since = (halt.well_since or now) if well else None
    return False


def end_trial(session: Session, channel: Channel, *, started_at: datetime) -> bool:
    """A message that started on trial was taken: the channel goes on. Return whether it was on trial."""
    halt = session.get(ChannelHalt, channel)
    if halt is None or halt.well_since is None or started_at < halt.well_since:
        return False
    session.delete(halt)
    return True


def note_alarmed(session: Session, channel: Channel, *, now: datetime) -> None:
    """Operators were told by another channel that this one stopped."""
    halt = session.get(ChannelHalt, channel)
    if halt is not None:
        halt.alarmed_at = now
