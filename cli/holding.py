"""Holding an office: one process at a time works on a home, and only with a clock that can be right.

The lock is the operating system's, free the moment its holder dies. It covers receiving, answering and sending, so
one pacer sees every message of the token.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from filelock import FileLock, Timeout

from cli.edge import RUN_LOCK
from cli.show import moment
from core.errors import SetupError
from core.questions.health import newest_entry
from core.questions.regions import office_zone
from core.settings import Settings
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
            f"kabar run is at work on {settings.home} already; stop that one first, or set KABAR_HOME to another office"
        ) from None
    try:
        yield
    finally:
        lock.release()


def check_clock(office: OpenOffice, now: datetime) -> None:
    """Raise SetupError when the clock is before the office's newest entry."""
    newest = office.read(newest_entry)
    if newest is not None and now < newest - _CLOCK_SLACK:
        zone = office.read(office_zone)
        raise SetupError(
            f"the clock of this machine says {moment(now, zone)}, but the office's newest entry is from "
            f"{moment(newest, zone)}; set the clock, or everything would be sent at the wrong hours"
        )
