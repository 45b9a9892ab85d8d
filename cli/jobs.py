"""What a worker does for a job: a chore of one of its offices, found by its name, in a thread."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from cli.edge import utc_now
from cli.offices import Offices
from core.errors import NotFound
from core.jobs.chores import Chore, Workplace, office_chores
from notifier.wakes import Wakes

#: More than a worker does at once, however many that is: a thread that is not needed is not begun.
_MOST_THREADS = 64


class OfficeJobs:
    """Gives a JobWorker what it does: `do`. Each office is opened at its first job, and stays open."""

    def __init__(self, offices: Offices, wakes: Wakes, *, now: Callable[[], datetime] = utc_now) -> None:
        self._offices = offices
        self._wakes = wakes
        self._now = now
        self._stopping = threading.Event()
        # Of their own: a job that takes minutes must not have the threads that residents' answers are looked up in.
        self._threads = ThreadPoolExecutor(_MOST_THREADS, thread_name_prefix="kabar-job")
        self._chores: dict[str, Mapping[str, Chore]] = {}

    async def do(self, office: str, chore: str) -> int:
        """Do a chore once, and say so to whoever holds the office; return how much it was.

        Raises NotFound for an office or a chore that this program does not know, and what opening the office raises.
        """
        done = await asyncio.get_running_loop().run_in_executor(self._threads, self._work, office, chore)
        if done:
            await self._wakes.wake(office)  # it may have left notices, or calls in the inbox
        return done

    def stop(self) -> None:
        """Let what is being done end early. May be called from any thread."""
        self._stopping.set()

    def close(self) -> None:
        """Wait for what is being done."""
        self._threads.shutdown()

    def _work(self, office: str, name: str) -> int:
        chore = self._chores_of(office).get(name)
        if chore is None:
            raise NotFound(f"{office} has no chore of the name {name} here; is another worker of a newer program?")
        return chore.work()

    def _chores_of(self, code: str) -> Mapping[str, Chore]:
        if code not in self._chores:
            office, settings = self._offices.open(code), self._offices.settings(code)
            here = Workplace(office=office, now=self._now, stopping=self._stopping, on_put=lambda: None)
            self._chores[code] = {chore.name: chore for chore in office_chores(here, settings)}
        return self._chores[code]
