"""Holding an office: one process at a time works on a home, and only with a clock that can be right.

The lock is the operating system's, free the moment its holder dies. It covers receiving, answering and sending, so
one pacer sees every message of the token.
"""

import hashlib
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from cli.edge import RUN_LOCK, is_running
from cli.show import moment, say
from core.actions.lease import LEASE_SECONDS, HeldByAnother, Holder, lease_is_free
from core.errors import Refused, SetupError
from core.jobs.tenure import Tenure
from core.questions.databases import lease_holder
from core.questions.health import newest_entry
from core.questions.regions import office_zone
from core.settings import Settings
from core.store.engine import database_url
from core.store.moved import IS_FROZEN, is_frozen
from core.store.office import OpenOffice

#: The office's newest entry may be this much ahead of the clock before the clock is called wrong.
_CLOCK_SLACK = timedelta(hours=1)


@contextmanager
def locked_home(settings: Settings) -> Iterator[None]:
    """Hold the home folder; raise SetupError when another process holds it."""
    lock = FileLock(settings.home / RUN_LOCK, timeout=1)  # a doctor may look for an instant
    try:
        lock.acquire()
    except Timeout:
        raise SetupError(
            f"kabar run, or kabar worker, is at work on {settings.home} already; stop that one first, "
            "or set KABAR_HOME to another office"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def leased(office: OpenOffice, settings: Settings) -> Iterator[Tenure | None]:
    """Hold the lease of an office in a database server; wait for it while another has it. Call it with the home locked.

    None for SQLite, which the lock on its home is enough for.
    """
    if office.backend == "sqlite":
        yield None
        return
    tenure = Tenure(office, Holder(socket.gethostname(), os.getpid(), _this_lock(settings.home / RUN_LOCK)))
    tenure.wait_for(_say_who, stopped=threading.Event())
    try:
        yield tenure
    finally:
        with suppress(SQLAlchemyError):  # what cannot be given back is free a few seconds later
            tenure.release()


class Hold:
    """An office held by one worker of many: by its lease or, where it is a file, by the lock on its home."""

    def __init__(self, held: Tenure | FileLock) -> None:
        self._held = held

    @property
    def tenure(self) -> Tenure | None:
        """The lease; None where the lock is enough."""
        return self._held if isinstance(self._held, Tenure) else None

    def release(self) -> None:
        """Let the next one take it at once."""
        with suppress(SQLAlchemyError):  # what cannot be given back is free some seconds later
            self._held.release()


def hold_if_free(office: OpenOffice, settings: Settings) -> Hold | None:
    """Hold the office; None when somebody else does. Never waits for who holds it. Raises SetupError for a moved file.

    With a lease there is no lock: a process that hangs would keep it, and the other workers of its machine out.
    """
    if office.backend == "sqlite":
        lock = FileLock(settings.home / RUN_LOCK, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        if office.read(lambda session: is_frozen(session.connection())):
            lock.release()
            raise SetupError(IS_FROZEN)
        return Hold(lock)
    tenure = Tenure(office, Holder(socket.gethostname(), os.getpid(), _mark_of(os.getpid())))
    return Hold(tenure) if tenure.take() is None else None


@cache
def _mark_of(_process: int) -> str:
    """In containers two machines can have one name, and their processes one number: this tells them apart.

    Asked for by its number, because a process that was forked knows what the one before it knew.
    """
    return secrets.token_hex(8)


def is_free(office: OpenOffice, settings: Settings) -> bool:
    """Whether nobody holds it at this moment."""
    return not is_running(settings.home) if office.backend == "sqlite" else office.read(lease_is_free)


def who_is_at_work(settings: Settings) -> str | None:
    """Return who answers and sends for the office at this moment, as the database or the home says it; None: nobody."""
    holder = lease_holder(database_url(settings.database_address, settings.home))
    if holder is None and is_running(settings.home):
        return "a process of this machine"
    return holder


def refuse_at_work(settings: Settings, to: str) -> None:
    """Raise Refused while somebody works for the office: what is to be done next would pull it from under their feet.

    to: what the operator is about to do, as in "migrate".
    """
    if who := who_is_at_work(settings):
        raise Refused(
            f"{who} works for this office (kabar run, or kabar worker); stop it, then {to}. "
            f"One that was killed is counted for {LEASE_SECONDS:.0f} seconds more"
        )


def _say_who(another: HeldByAnother) -> None:
    say(f"{another.who} answers and sends for this office. This one waits, and takes over when that one ends.")


def _this_lock(path: Path) -> str:
    """Names the file on this machine since it booted; empty where the system does not say."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    if not boot.exists():
        return ""
    file = path.stat()
    return hashlib.sha256(f"{boot.read_text()}{file.st_dev}:{file.st_ino}".encode()).hexdigest()[:16]


def check_clock(office: OpenOffice, now: datetime) -> None:
    """Raise SetupError when the clock is before the office's newest entry."""
    newest = office.read(newest_entry)
    if newest is not None and now < newest - _CLOCK_SLACK:
        zone = office.read(office_zone)
        raise SetupError(
            f"the clock of this machine says {moment(now, zone)}, but the office's newest entry is from "
            f"{moment(newest, zone)}; set the clock, or everything would be sent at the wrong hours"
        )
