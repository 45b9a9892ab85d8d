"""Going on with calls, chunk by chunk, with a rest after each for the others."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from core.actions.call_chunks import continue_calls, unfinished_calls
from core.store.office import OpenOffice

_REST_TIMES = 2


def calls_wait(session: Session, *, now: datetime) -> bool:
    """Whether somebody gets a day, or loses one, at the next `carry_on_calls`."""
    return bool(unfinished_calls(session, now=now))


def carry_on_calls(
    office: OpenOffice,
    *,
    now: Callable[[], datetime],
    polite: bool = True,
    stopping: threading.Event | None = None,
) -> int:
    """Give every day that a call has to give, and take back what was called off; return how many people that were.

    polite: other processes may work on this database, so leave them twice as long as each chunk took. A kill leaves
    the rest to the next call of this.
    """
    total = 0
    stopping = stopping or threading.Event()
    rest_times = _REST_TIMES if polite and office.backend == "sqlite" else 0
    while not stopping.is_set():
        began = time.monotonic()
        done = office.write(partial(continue_calls, now=now()))
        total += done
        if not done:
            break
        stopping.wait(rest_times * (time.monotonic() - began))
    return total
