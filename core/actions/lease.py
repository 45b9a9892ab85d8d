"""Who alone answers and sends for an office that lives in a database server, by that server's clock.

1. Whoever takes the lease keeps it by renewing; what is not renewed for fifteen seconds is free.
2. A holder that was asleep finds out before it sends anything: each tick of the sender asks in its own transaction.
3. Two from the same home cannot be at work at once, because of the lock there: the second takes over without waiting.

A SQLite office needs none of this: the lock on its home is free the moment its holder dies.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.store.delivery_tables import Lease
from core.store.per_database import database_now, insert_or

LEASE_SECONDS = 15.0
BEAT_SECONDS = 5.0

_NAME = "office"


@dataclass(frozen=True, slots=True)
class Holder:
    """host, process: for whoever looks. lock: which lock on which home it holds besides; empty: none that is known."""

    host: str
    process: int
    lock: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"

    @property
    def _kept(self) -> str:
        return f"{self.host[:40]}:{self.process} {self.lock}"

    def is_of_the_same_home(self, kept: str) -> bool:
        """Whether what is kept of another holder names the lock that this one holds now."""
        return bool(self.lock) and kept.endswith(f" {self.lock}")


@dataclass(frozen=True, slots=True)
class HeldByAnother:
    """who: its host and process."""

    who: str
    since: datetime
    until: datetime


def take_lease(session: Session, holder: Holder) -> HeldByAnother | None:
    """Take the lease, or return who has it."""
    now = database_now(session)
    free = {"name": _NAME, "holder": "", "since": now, "until": now}
    session.execute(insert_or(session, Lease).values(free).on_conflict_do_nothing())
    lease = session.get_one(Lease, _NAME, with_for_update=True)
    if lease.until > now and not holder.is_of_the_same_home(lease.holder):
        return HeldByAnother(lease.holder.partition(" ")[0], lease.since, lease.until)
    lease.holder, lease.since, lease.until = holder._kept, now, _from(now)
    return None


def lease_is_free(session: Session) -> bool:
    """Whether nobody has it at this moment."""
    until = session.scalar(select(Lease.until).where(Lease.name == _NAME))
    return until is None or until <= database_now(session)


def renew_lease(session: Session, holder: Holder) -> bool:
    """Keep it for longer; False when another has it."""
    hers = update(Lease).where(Lease.name == _NAME, Lease.holder == holder._kept)
    return bool(session.execute(hers.values(until=_from(database_now(session)))).rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has a row count


def holds_lease(session: Session, holder: Holder) -> bool:
    """Whether nobody else took it; nobody can until this transaction ends."""
    kept = select(Lease.holder).where(Lease.name == _NAME).with_for_update(read=True)
    return session.scalar(kept) == holder._kept


def release_lease(session: Session, holder: Holder) -> None:
    """Let the next one take it at once."""
    hers = update(Lease).where(Lease.name == _NAME, Lease.holder == holder._kept)
    session.execute(hers.values(until=database_now(session)))


def _from(now: datetime) -> datetime:
    return now + timedelta(seconds=LEASE_SECONDS)
