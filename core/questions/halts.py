"""Which channels stopped because our own configuration is wrong."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.delivery_tables import ChannelHalt


def open_halts(session: Session) -> list[ChannelHalt]:
    """Return the halts that last, by channel."""
    return list(session.scalars(select(ChannelHalt).order_by(ChannelHalt.channel)))
