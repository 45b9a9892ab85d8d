"""When something last happened, in the whole office."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.tables import Fact


def last_time(session: Session, kind: str) -> datetime | None:
    """Return when the newest fact of a kind was noted; None if there is none."""
    return session.scalar(select(Fact.at).where(Fact.kind == kind).order_by(Fact.id.desc()).limit(1))
