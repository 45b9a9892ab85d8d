"""Preparing broadcasts: their audience gets its notices chunk by chunk, with a rest after each for the others."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from core.actions.broadcasts import prepare_some
from core.errors import Overtaken
from core.questions.health import unprepared
from core.store.office import OpenOffice

#: After a chunk the others get the database for at least this many times as long.
_REST_TIMES = 2


def prepare_broadcasts(
    office: OpenOffice,
    *,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> int:
    """Prepare every broadcast that is not complete; return how many notices were put.

    Two that do this at once do not harm: a chunk that finds the cursor moved is rolled back, and left to the other.
    """
    total = 0
    stopping = stopping or threading.Event()
    for broadcast_id in office.read(unprepared):
        while not stopping.is_set():
            began = time.monotonic()
            try:
                put = office.write(partial(prepare_some, broadcast_id=broadcast_id, now=now()))
            except Overtaken:
                break
            if put is None:
                break
            total += put
            progress(total)
            stopping.wait(_REST_TIMES * (time.monotonic() - began))
    return total
