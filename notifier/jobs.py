"""Chores of offices as jobs in Redis, by arq: whoever holds an office puts them, any worker does them.

1. The database alone knows what there is to do. A job holds an office's code and a chore's name; what Redis forgot is
   put again by the next look, and done by whoever finds it, so a job that is lost or done twice is no matter.
2. One of a kind waits or runs at a time. Quick and long ones wait apart: a long one keeps no call to pickup waiting.
3. Nothing that happens to Redis ends a worker: it takes jobs again when Redis is back.

This is the only file that knows arq. What it would do by itself, and why it does not: pickle (JSON here), keep results
and refuse the same job as long as they are there (none is kept), start a job half a second late (a tenth), count a kill
as a try and give up after five (never), wait for the longest time a job may take after a kill (see `_in_progress`).
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from typing import Any

from arq import ArqRedis, Retry, Worker, func
from arq.constants import in_progress_key_prefix
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from notifier.pause import pause

log = logging.getLogger("kabar.redis")

#: Does a chore, by the office's code and the chore's name, and returns how much it did; 0 when nothing is left.
Do = Callable[[str, str], Awaitable[int]]

_FUNCTION = "chore"
#: Whoever puts a job does it by itself rather than wait longer for a Redis that does not answer.
_PATIENCE_SECONDS = 0.5
#: A worker waits longer: it has nothing else to do with Redis. A Redis that hangs is away.
_ANSWER_SECONDS = 5.0
_POLL_SECONDS = 0.1
#: Jobs that are read at a look. Those that run anywhere stand among them, so it must be more than all workers do at
#: once, or the others would not be seen.
_READ_AT_ONCE = 1000
#: A chore that did something goes to the end of its queue, for after so long.
_REST_SECONDS = 0.2
_HELD_SECONDS = 15.0
#: A sign of life of whoever does a job may be late, or get lost on the way.
_SIGNS_IN_TIME = 3
#: After Redis was away, or refused.
_AGAIN_SECONDS = 1.0
_DRAIN_SECONDS = 10.0
#: A job is never given up for its time or its tries: it is bounded by itself, and a kill is not its fault.
_DAY_SECONDS = 86_400.0
_NO_END = 1_000_000

_AWAY = (RedisError, OSError, TimeoutError)


class QueueAway(Exception):
    """Redis cannot be reached, or does not answer in time: whoever wanted to put a job does the chore itself."""


class _Queue(StrEnum):
    QUICK = "kabar:quick"
    LONG = "kabar:long"


class _Drained(Exception):
    """A worker that was to pick nothing more has nothing left that runs."""


class JobQueue:
    """Puts jobs. One may serve all offices of a process, on its event loop."""

    def __init__(self, address: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """patience_seconds: a Redis that has not taken a job by then is away."""
        self._patience_seconds = patience_seconds
        self._redis = _connect(address, answer_seconds=patience_seconds)
        self._is_away = False

    async def put(self, office: str, chore: str, *, long: bool) -> None:
        """Have the chore done by any worker, once, though it be put again before it is over.

        Raises QueueAway when Redis does not take it in time.
        """
        queue = _Queue.LONG if long else _Queue.QUICK
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._redis.enqueue_job(
                    _FUNCTION, office, chore, _job_id=f"{office}:{chore}", _queue_name=queue.value
                )
        except _AWAY as error:
            self._note(error)
            raise QueueAway from None
        self._note(None)

    async def close(self) -> None:
        """Let the connections go."""
        await self._redis.aclose(close_connection_pool=True)

    def _note(self, error: BaseException | None) -> None:
        if error and not self._is_away:
            log.warning("Redis takes no jobs; chores are done by their holder", extra={"error": type(error).__name__})
        elif self._is_away and not error:
            log.info("Redis takes jobs again")
        self._is_away = error is not None


class JobWorker:
    """Does jobs until stopped, so many of each queue at once. Everything of it belongs to the event loop of `run`."""

    def __init__(
        self,
        address: str,
        do: Do,
        *,
        at_once: int,
        held_seconds: float = _HELD_SECONDS,
        drain_seconds: float = _DRAIN_SECONDS,
    ) -> None:
        """at_once: jobs of each queue. held_seconds: a job is another's so long after whoever does it was killed.

        drain_seconds: what runs may go on for so long after `stop`; what is cut off then is another's at once.
        """
        self._redis = _connect(address, answer_seconds=_ANSWER_SECONDS)
        self._do = do
        self._at_once = at_once
        self._held_seconds = held_seconds
        self._drain_seconds = drain_seconds
        self._stopping = asyncio.Event()
        self._workers: dict[_Queue, _Worker] = {}
        #: What runs on of workers that Redis ended.
        self._left: set[asyncio.Task[Any]] = set()
        self._here: set[tuple[str, str]] = set()
        self._away: set[_Queue] = set()

    async def run(self) -> None:
        """Do jobs until `stop`; a Redis that is away is tried again for ever."""
        keepers = [asyncio.create_task(self._keep(queue)) for queue in _Queue]
        try:
            await self._stopping.wait()
            await asyncio.wait([*keepers, *self._begun()], timeout=self._drain_seconds)
        finally:
            await _end(keepers)
            await _end(self._begun())
            await self._redis.aclose(close_connection_pool=True)

    def stop(self) -> None:
        """Pick no more; `run` returns when what runs is over, or has been cut off."""
        self._stopping.set()
        for worker in self._workers.values():
            worker.allow_pick_jobs = False

    async def _keep(self, queue: _Queue) -> None:
        """Have a worker on a queue; one that Redis ended is followed by another. Its jobs go on meanwhile."""
        while not self._stopping.is_set():
            worker = self._new_worker(queue)
            try:
                await worker.async_run()
            except _Drained:
                return
            except Exception as error:  # noqa: BLE001  # whatever it is, this process has offices to answer for
                self._note_away(queue, error)
                self._leave(worker)
            await pause(_AGAIN_SECONDS, self._stopping)

    def _leave(self, worker: "_Worker") -> None:
        for task in worker.tasks.values():
            self._left.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """One that ended while Redis was away could not say so there; that is known, and is nobody's to report."""
        self._left.discard(task)
        if not task.cancelled():
            task.exception()

    def _begun(self) -> list[asyncio.Task[Any]]:
        begun = [task for worker in self._workers.values() for task in worker.tasks.values() if not task.done()]
        return [*begun, *self._left]

    def _new_worker(self, queue: _Queue) -> "_Worker":
        worker = _Worker(
            [func(self._job, name=_FUNCTION, keep_result=0, timeout=_DAY_SECONDS, max_tries=_NO_END)],
            queue_name=queue.value,
            redis_pool=self._redis,
            handle_signals=False,
            max_jobs=self._at_once,
            poll_delay=_POLL_SECONDS,
            queue_read_limit=_READ_AT_ONCE,
            keep_result=0,
            log_results=False,
            job_serializer=_as_json,
            job_deserializer=json.loads,
        )
        worker.in_progress_timeout_s = self._held_seconds
        worker.allow_pick_jobs = not self._stopping.is_set()
        worker.on_round = lambda: self._note_back(queue)
        self._workers[queue] = worker
        return worker

    async def _job(self, ctx: Mapping[str, Any], office: str, chore: str) -> None:
        """Do a chore once; it is over when there was nothing to do, or when it failed: the next look puts it again."""
        if (office, chore) in self._here:  # begun before Redis forgot it
            return
        self._here.add((office, chore))
        try:
            async with self._in_progress(str(ctx["job_id"])):
                done = await self._do(office, chore)
        except Exception as error:  # noqa: BLE001  # arq would log what it says, which may hold a row
            about = {"office": office, "chore": chore, "error": type(error).__name__}
            log.error("a job failed; the next look puts it again", extra=about)
            return
        finally:
            self._here.discard((office, chore))
        if done:
            raise Retry(_REST_SECONDS)

    @asynccontextmanager
    async def _in_progress(self, job_id: str) -> AsyncIterator[None]:
        """Say again and again that the job is ours, also to a Redis that forgot it.

        arq says it once, for as long as any job may take; so after a kill nobody would do a job that may take an hour
        for an hour. Said for 15 seconds each 5, it is another's 15 seconds after a kill, and until then nobody else's.
        """
        over = asyncio.Event()
        signs = asyncio.create_task(self._give_signs(in_progress_key_prefix + job_id, over))
        try:
            yield
        finally:
            over.set()  # not cancelled: a sign that arrived after the job's end would hold up the next of its kind
            await signs

    async def _give_signs(self, key: str, over: asyncio.Event) -> None:
        while not await pause(self._held_seconds / _SIGNS_IN_TIME, over):
            with suppress(*_AWAY):
                await self._redis.psetex(key, int(self._held_seconds * 1000), b"1")

    def _note_away(self, queue: _Queue, error: Exception) -> None:
        if not self._away:
            log.warning("Redis gives no jobs; trying again", extra={"error": type(error).__name__})
        self._away.add(queue)

    def _note_back(self, queue: _Queue) -> None:
        if queue in self._away:
            self._away.remove(queue)
            if not self._away:
                log.info("Redis gives jobs again")


class _Worker(Worker):
    """arq's, without its crons and its own report in Redis; it ends when it has nothing left and is to pick no more."""

    on_round: Callable[[], None]

    async def heart_beat(self) -> None:
        self.on_round()
        if not self.allow_pick_jobs and not self.tasks:
            raise _Drained


def _connect(address: str, *, answer_seconds: float) -> ArqRedis:
    pool = ConnectionPool.from_url(address, socket_connect_timeout=answer_seconds, socket_timeout=answer_seconds)
    return ArqRedis(pool, job_serializer=_as_json, job_deserializer=json.loads)


def _as_json(job: dict[str, Any]) -> bytes:
    """Of anything else, such as an error in the result of a job that expired: the name of its kind."""
    return json.dumps(job, default=lambda value: type(value).__name__).encode()


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
