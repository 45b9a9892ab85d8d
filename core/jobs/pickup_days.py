"""Moving pickup days that a stop takes, chunk by chunk, with a rest after each for the others."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from core.actions.pickup_moves import move_pickup_days
from core.store.office import OpenOffice

_REST_TIMES = 2


def move_all_pickup_days(
    office: OpenOffice,
    *,
    now: Callable[[], datetime],
    polite: bool = True,
    stopping: threading.Event | None = None,
) -> int:
    """Move every pickup day that lies within a stop; return how many. A kill leaves the rest to the next sweep."""
    total = 0
    stopping = stopping or threading.Event()
    rest_times = _REST_TIMES if polite and office.backend == "sqlite" else 0
    while not stopping.is_set():
        began = time.monotonic()
        moved = office.write(partial(move_pickup_days, now=now()))
        total += moved
        if not moved:
            break
        stopping.wait(rest_times * (time.monotonic() - began))
    return total
