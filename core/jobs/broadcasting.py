"""Preparing broadcasts: their audience gets its notices chunk by chunk, with a rest after each for the others."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.actions.broadcasts import CHUNK, prepare_some
from core.errors import Overtaken
from core.questions.health import unprepared
from core.store.office import OpenOffice

#: A chunk may hold SQLite for 50 ms; aiming lower leaves time for the commit. Then other processes get twice that.
_AIM_SECONDS = 0.035
_SMALLEST, _LARGEST = 500, 4000
_REST_TIMES = 2


def prepare_broadcasts(
    office: OpenOffice,
    *,
    now: Callable[[], datetime],
    polite: bool = True,
    progress: Callable[[int], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> int:
    """Prepare every broadcast that is not complete; return how many notices were put.

    polite: other processes may work on this database, so leave them twice as long as each chunk took. On PostgreSQL
    nobody waits for a chunk, which locks no row that others change. Acts of this process get their turn in any case.
    Two that do this at once do not harm: a chunk that finds the cursor moved is rolled back, and left to the other.
    """
    total, size = 0, CHUNK
    stopping = stopping or threading.Event()
    rest_times = _REST_TIMES if polite and office.backend == "sqlite" else 0
    for broadcast_id in office.read(unprepared):
        while not stopping.is_set():
            try:
                chunk = office.write(partial(_chunk, broadcast_id=broadcast_id, now=now(), contacts=size))
            except Overtaken:
                break
            if chunk.put is None:
                break
            total += chunk.put
            progress(total)
            size = _next_size(size, chunk.ended - chunk.began)
            stopping.wait(rest_times * (time.monotonic() - chunk.began))
    return total


class _Chunk(NamedTuple):
    """What `prepare_some` returned, and when it began and ended; its turn and its commit were waited for besides."""

    put: int | None
    began: float
    ended: float


def _chunk(session: Session, *, broadcast_id: int, now: datetime, contacts: int) -> _Chunk:
    began = time.monotonic()
    return _Chunk(prepare_some(session, broadcast_id, now=now, contacts=contacts), began, time.monotonic())


def _next_size(size: int, took_seconds: float) -> int:
    """At most twice the last one; never so small that the confirmations of the disk cost more than the work."""
    wanted = round(size * _AIM_SECONDS / max(took_seconds, 0.001))
    return max(_SMALLEST, min(_LARGEST, 2 * size, wanted))
