"""Jobs in a real Redis, for tests: a worker that notes what it does, and a process that begins a job and dies in it."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from redis import Redis

from notifier.jobs import Do, JobWorker

PATIENCE_SECONDS = 30.0
OFFICE, OTHER = "3522", "3509"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def until(so: Callable[[], object]) -> None:
    """Wait for it, and fail when it does not come."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not so():  # noqa: ASYNC110  # there is nothing to wait on but that it is so
            await asyncio.sleep(0.01)


@asynccontextmanager
async def at_work(address: str, do: Do, *, at_once: int = 4, **terms: float) -> AsyncIterator[JobWorker]:
    worker = JobWorker(address, do, at_once=at_once, **terms)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await running


class Hands:
    """Do what is asked, and note it. left: what is still to do, by chore, each time one less."""

    def __init__(self, **left: int) -> None:
        self.left = Counter(left)
        self.begun: list[tuple[str, str]] = []
        self.ended: list[tuple[str, str]] = []
        #: a chore of this name waits until it is let go
        self.held = ""
        self.let_go = asyncio.Event()
        #: what a chore raises, once
        self.fails: dict[str, Exception] = {}

    async def do(self, office: str, chore: str) -> int:
        self.begun.append((office, chore))
        if chore == self.held:
            await self.let_go.wait()
        if error := self.fails.pop(chore, None):
            raise error
        self.ended.append((office, chore))
        there = self.left[chore]
        self.left[chore] = max(0, there - 1)
        return there


def everything_in(address: str) -> dict[str, object]:
    """Every key, with what it holds."""
    with Redis.from_url(address) as redis:
        found: dict[str, object] = {}
        for key in redis.scan_iter():
            kind = redis.type(key)
            value = redis.get(key) if kind == b"string" else redis.zrange(key, 0, -1)
            found[key.decode()] = value
        return found


def begin_and_hang(begun: Path, address: str, held_seconds: float) -> None:
    """A worker in a process of its own, that says when it began a job, and never ends it."""

    async def do(_office: str, _chore: str) -> int:
        await asyncio.to_thread(begun.touch)
        await asyncio.Event().wait()
        return 0

    asyncio.run(JobWorker(address, do, at_once=4, held_seconds=held_seconds).run())
