"""Who commits: one thread on SQLite that commits what is waiting together, a few threads on PostgreSQL.

Acts that share a commit each run in a savepoint, so one that fails takes nothing of the others with it; nobody is told
"done" before the commit that holds the act has returned. On PostgreSQL, which groups commits itself, acts do not
share a transaction: locks that one act took must not wait for the end of the others.
"""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

T = TypeVar("T")
Act = Callable[[Session], Any]
#: How a session is opened on a connection: for the office that the act belongs to.
Opening = Callable[[Connection], Session]
Job = tuple[Act, Opening, Future[Any]]

#: More than this many acts never share a commit, and none begins so long after the first: who is done, and whoever
#: else would write, is not kept waiting for the others.
_TOGETHER = 64
_LONGEST_SECONDS = 0.05
#: How often an act is tried that PostgreSQL ended for a deadlock with another.
_CLASHES = 5
_CLASH_STATES = frozenset({"40001", "40P01"})


class Writer:
    """Runs acts in threads, each in a transaction that is committed before its future is done."""

    def __init__(
        self,
        engine: Engine,
        *,
        threads: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """clock: in seconds."""
        self._engine = engine
        self._clock = clock
        self._together_most = _TOGETHER if threads == 1 else 1
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"writer-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, act: Callable[[Session], T], opening: Opening) -> "Future[T]":
        """Queue the act; the future holds its result once it is durable, or its exception once rolled back."""
        future: Future[T] = Future()
        self._waiting.put((act, opening, future))
        return future

    def close(self) -> None:
        """Finish what was submitted, then stop."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            jobs = [first]
            stop = False
            while len(jobs) < self._together_most and not stop:
                try:
                    job = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if job is None:
                    stop = True
                else:
                    jobs.append(job)
            self._together([job for job in jobs if job[-1].set_running_or_notify_cancel()])
            if stop:
                return

    def _together(self, jobs: list[Job]) -> None:
        while jobs:
            for _ in range(_CLASHES):
                done, failed = self._in_one_transaction(jobs)
                if not any(_clashed(problem) for _, problem in failed):
                    break
            for future, result in done:
                future.set_result(result)
            for future, problem in failed:
                future.set_exception(problem)
            jobs = jobs[len(done) + len(failed) :]

    def _in_one_transaction(
        self, jobs: list[Job]
    ) -> tuple[list[tuple[Future[Any], Any]], list[tuple[Future[Any], BaseException]]]:
        """Those of the first jobs that are done, and those that failed; how many there is time for."""
        done: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], BaseException]] = []
        tried = 0
        ends = self._clock() + _LONGEST_SECONDS
        try:
            with self._engine.begin() as connection:
                for act, opening, future in jobs:
                    if tried and self._clock() >= ends:
                        break
                    tried += 1
                    try:
                        done.append((future, self._run(connection, act, opening)))
                    except BaseException as error:  # whatever it is, it belongs to who submitted it
                        failed.append((future, error))
                        if not _in_transaction(connection):
                            raise _what_came_first(error) from None
                        if self._together_most == 1:
                            raise  # without a savepoint, the whole transaction is undone
        except BaseException as error:  # noqa: BLE001  # disk full, connection lost: nothing of it happened
            return [], [(future, error) for *_, future in jobs[: tried or None]]
        return done, failed

    def _run(self, connection: Connection, act: Act, opening: Opening) -> Any:
        with opening(connection) as session:
            result = act(session)
            session.commit()
            return result


def _in_transaction(connection: Connection) -> bool:
    """Whether the shared transaction is still there.

    On some failures (disk full, I/O) SQLite rolls back by itself what the acts before had done, and says so nowhere:
    the commit at the end would succeed with nothing in it.
    """
    if connection.invalidated:
        return False
    return bool(getattr(connection.connection.driver_connection, "in_transaction", True))


def _what_came_first(error: BaseException) -> BaseException:
    """The database's first complaint: once it rolled back by itself, it also complains that the savepoint is gone."""
    first, earlier = error, error.__context__
    while earlier is not None:
        first = earlier if isinstance(earlier, DBAPIError) else first
        earlier = earlier.__context__
    return first


def _clashed(problem: BaseException) -> bool:
    """Whether PostgreSQL rolled the act back only because another held what it needed; SQLite's writer is alone."""
    return isinstance(problem, DBAPIError) and getattr(problem.orig, "sqlstate", None) in _CLASH_STATES
