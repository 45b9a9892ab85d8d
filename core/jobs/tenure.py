"""Holding an office's lease while a process works for it: taken, renewed in time, and never believed for too long."""

import threading
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from core.actions.lease import (
    LEASE_SECONDS,
    HeldByAnother,
    Holder,
    holds_lease,
    release_lease,
    renew_lease,
    take_lease,
)
from core.errors import Overtaken
from core.store.office import OpenOffice

#: What the last renewal is believed for; the rest is for a request that is leaving while the next one takes over.
FRESH_SECONDS = LEASE_SECONDS * 2 / 3
#: A new holder sends nothing for so long: what the last one sent counts in the provider's second as well.
FIRST_REST_SECONDS = 1.0
#: How often it is looked whether the lease is free.
_LOOK_SECONDS = 0.5


def steady_seconds() -> float:
    """A clock that goes on while this machine sleeps, which Linux's monotonic one does not."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Tenure:
    """One process's hold on an office. clock: in seconds, and it goes on while the process does not."""

    def __init__(self, office: OpenOffice, holder: Holder, *, clock: Callable[[], float] = steady_seconds) -> None:
        self.holder = holder
        self._office = office
        self._clock = clock
        self._renewed_at = -LEASE_SECONDS

    def take(self) -> HeldByAnother | None:
        """Take the lease if it is free; return who has it if not."""
        asked_at = self._clock()
        another = self._office.write(partial(take_lease, holder=self.holder))
        if another is None:
            self._renewed_at = asked_at
        return another

    def wait_for(self, waiting: Callable[[HeldByAnother], None], *, stopped: threading.Event) -> bool:
        """Take it as soon as it is free; `waiting` hears once who has it. Return False when stopped before."""
        another = self.take()
        if another is None:
            return True
        waiting(another)
        while not stopped.wait(_LOOK_SECONDS):
            if self.take() is None:
                return not stopped.wait(FIRST_REST_SECONDS)
        return False

    def renew(self) -> int:
        """Keep it. Raises Overtaken when another has it. (A chore: nothing is left to do at once.)"""
        asked_at = self._clock()
        if not self._office.write(partial(renew_lease, holder=self.holder)):
            raise Overtaken(
                "another process answers and sends for this office since this one was not heard of for a while; "
                "this one ends, and may be started again to wait for its turn"
            )
        self._renewed_at = asked_at
        return 0

    def release(self) -> None:
        """Let the next one take it at once."""
        self._office.write(partial(release_lease, holder=self.holder))

    def holds(self, session: Session) -> bool:
        """Whether it is still ours, for the whole of this transaction."""
        return holds_lease(session, self.holder)

    def is_fresh(self) -> bool:
        """Whether nobody else can have it at this moment, by our own clock."""
        return self._clock() - self._renewed_at < FRESH_SECONDS
