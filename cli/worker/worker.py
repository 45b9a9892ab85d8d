"""A worker: takes offices that nobody holds, works for them, and hands over what is more than its part.

1. Who holds an office is said by the lock on its home and by its lease in the database; heartbeats and wake-ups in
   Redis only make it even, and quick.
2. An office that fails is given back and tried again later; the others go on.
3. Told to stop, it takes in nothing more, waits for what is in flight, and lets go of each office when it is done.
"""

import asyncio
import logging
import os
import random
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cli.at_work import Doing, OfficeAtWork
from cli.edge import utc_now
from cli.holding import Hold, check_clock, hold_if_free, is_free
from cli.offices import Offices
from cli.worker.share import may_take, part_of, surplus
from core.errors import Overtaken, SetupError
from core.jobs.tenure import FIRST_REST_SECONDS
from notifier.pause import pause
from notifier.roster import Other, Roster
from notifier.wakes import Wakes

log = logging.getLogger("kabar.worker")

LOOK_SECONDS = 1.0
#: Between two looks at the lease of an office that another holds: well below what a killed one's may last longer.
ASK_AGAIN_SECONDS = 4.0
#: Offices that one look asks for; heartbeats must not wait for hundreds.
_ASKED_AT_ONCE = 32
#: An office that failed, or cannot be opened here, is tried again after so long.
AFTER_TROUBLE_SECONDS = 20.0


@dataclass(slots=True)
class _Known:
    """What is known of an office that is not held here, in seconds of the loop's clock.

    not_before: when it is asked for again. free_since: since when nobody is known to hold it.
    """

    not_before: float = 0.0
    free_since: float | None = None
    in_trouble: bool = False
    #: it was handed over, and nobody else was seen to have it since
    was_ours: bool = False
    #: nobody else wanted it when it was handed over: perhaps only this machine has its key
    stays: bool = False

    def is_held(self, *, until: float) -> None:
        """Somebody else has it, as far as is known, until then at least."""
        self.free_since, self.not_before, self.in_trouble, self.was_ours = None, until, False, False


@dataclass(slots=True)
class _Held:
    """An office that is held here. at_work: None until it has begun. leaving: it is being handed over."""

    hold: Hold
    task: asyncio.Task[None] | None = None
    at_work: OfficeAtWork | None = None
    leaving: bool = False


@dataclass
class Worker:
    """Works for as many of the offices as is its part, until stopped. most: offices at once.

    do_of: what sees to the chores of an office with this code.
    """

    offices: Offices
    most: int
    roster: Roster
    wakes: Wakes
    do_of: Callable[[str], Doing]
    now: Callable[[], datetime] = utc_now
    _held: dict[str, _Held] = field(default_factory=dict)
    _known: dict[str, _Known] = field(default_factory=dict)
    #: offices that are being taken at this moment, successfully or not
    _reaching: int = 0
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _look_now: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        # In another order than the others: workers that start together should not all ask for the same one first.
        self._known = {code: _Known() for code in random.sample(self.offices.codes, len(self.offices.codes))}

    @property
    def at_work(self) -> dict[str, OfficeAtWork]:
        """The offices that are worked for at this moment, by code."""
        return {code: held.at_work for code, held in self._held.items() if held.at_work is not None}

    async def run(self) -> None:
        """Until stopped; returns when every office is handed over."""
        hearing = asyncio.create_task(self.wakes.listen(on_wake=self._on_wake, on_free=self._on_free))
        try:
            while not self._stopping.is_set():
                self._look_now.clear()
                await self._look()
                await pause(LOOK_SECONDS, self._look_now)
            await self._all_left()
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
            await self.roster.leave()

    def stop(self) -> None:
        """Hand everything over and let `run` return. Call it on the loop."""
        self._stopping.set()
        for held in self._held.values():  # at once: a look may be waiting for a database that does not answer
            self._begin_leaving(held)
        self._look_now.set()

    async def _look(self) -> None:
        """Hand over what is too much, take what is free."""
        await self._look_at_the_list()
        held = len(self._held)
        staying = [one for one in self._held.values() if not one.leaving]
        others = await self.roster.beat(held=len(staying), has_room=self._has_room())
        part = part_of(len(self.offices.codes), others)
        more = surplus(held=len(staying), part=part, others=others)
        for code in [code for code, one in self._held.items() if self._may_go(code, one)][:more]:
            self._known[code].was_ours = True
            self._begin_leaving(self._held[code])
        # Together, because a database that is away keeps whoever asks it waiting for seconds.
        await asyncio.gather(*(self._take_if_free(code, part, others) for code in self._askable()[:_ASKED_AT_ONCE]))
        if held != len(self._held):
            self._look_now.set()  # the others should hear of it soon

    async def _look_at_the_list(self) -> None:
        """Offices may be added to it, or taken out of it, while we work."""
        try:
            await asyncio.to_thread(self.offices.refresh)
        except SetupError:
            log.error("the list of offices changed and cannot be used; the old one holds (see kabar office list)")
        for code in self.offices.codes:
            self._known.setdefault(code, _Known())
        for code in self._known.keys() - set(self.offices.codes):
            if code not in self._held:
                del self._known[code]
            elif not self._held[code].leaving:
                self._begin_leaving(self._held[code])

    def _may_go(self, code: str, held: _Held) -> bool:
        return held.at_work is not None and not held.leaving and not self._known[code].stays

    def _has_room(self) -> bool:
        return len(self._held) < self.most and any(
            code not in self._held and not known.in_trouble for code, known in self._known.items()
        )

    def _askable(self) -> list[str]:
        clock = asyncio.get_running_loop().time()
        return [code for code, known in self._known.items() if code not in self._held and known.not_before <= clock]

    async def _take_if_free(self, code: str, part: int, others: Sequence[Other]) -> None:
        known = self._known[code]
        clock = asyncio.get_running_loop().time()
        free_seconds = clock - known.free_since if known.free_since is not None else 0.0
        held = len(self._held) + self._reaching
        try:
            if held >= self.most:
                return
            if not may_take(held=held, part=part, others=others, free_seconds=free_seconds):
                if not await asyncio.to_thread(self._is_free, code):
                    known.is_held(until=clock + ASK_AGAIN_SECONDS)
                elif known.free_since is None:
                    known.free_since = clock
                return
            self._reaching += 1
            try:
                hold = await asyncio.to_thread(self._hold, code)
            finally:
                self._reaching -= 1
        except Exception as error:  # noqa: BLE001  # no key file, no database: the other offices go on
            self._note_trouble(code, error)
            return
        if hold is None:
            known.is_held(until=clock + ASK_AGAIN_SECONDS)
            return
        known.in_trouble, known.free_since, known.stays = False, None, known.was_ours
        self._held[code] = _Held(hold)
        self._held[code].task = asyncio.create_task(self._work(code, self._held[code]))

    def _is_free(self, code: str) -> bool:
        return is_free(self.offices.open(code), self.offices.settings(code))

    def _hold(self, code: str) -> Hold | None:
        return hold_if_free(self.offices.open(code), self.offices.settings(code))

    async def _work(self, code: str, held: _Held) -> None:
        """Work for it until it is handed over, or fails, or another has its lease."""
        log.info("office taken", extra={"office": code})
        try:
            await asyncio.sleep(FIRST_REST_SECONDS)  # what the last holder sent counts in the provider's second too
            if self._goes(held):
                return
            at_work = await asyncio.to_thread(self._open, code, held.hold)
            if not self._goes(held):
                held.at_work = at_work
                await at_work.run()
        except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to this office alone
            if any(not isinstance(one, Overtaken) for one in _alone(error)):
                self._note_trouble(code, error)
        finally:
            await asyncio.to_thread(held.hold.release)
            del self._held[code]
            known = self._known[code]
            known.not_before = max(known.not_before, asyncio.get_running_loop().time() + ASK_AGAIN_SECONDS)
            log.info("office handed over", extra={"office": code})
            await self.wakes.is_free(code)
            self._look_now.set()

    def _goes(self, held: _Held) -> bool:
        return self._stopping.is_set() or held.leaving

    def _open(self, code: str, hold: Hold) -> OfficeAtWork:
        office, settings = self.offices.open(code), self.offices.settings(code)
        check_clock(office, self.now())
        return OfficeAtWork(
            office, settings, do=self.do_of(code), now=self.now, tenure=hold.tenure, webhook=settings.webhook
        )

    def _note_trouble(self, code: str, error: Exception) -> None:
        known = self._known[code]
        known.in_trouble = True
        known.not_before = asyncio.get_running_loop().time() + AFTER_TROUBLE_SECONDS
        kinds = sorted({type(one).__name__ for one in _alone(error)})
        said = {"office": code, "error": ", ".join(kinds), "hint": f"kabar --office {code} doctor"}
        log.error("an office cannot be worked for here now", extra=said)

    def _begin_leaving(self, held: _Held) -> None:
        held.leaving = True
        if held.at_work is not None:
            held.at_work.stop()

    async def _all_left(self) -> None:
        if tasks := [held.task for held in self._held.values() if held.task]:
            await asyncio.wait(tasks)

    def _on_wake(self, code: str) -> None:
        held = self._held.get(code)
        if held is not None and held.at_work is not None:
            held.at_work.wake()

    def _on_free(self, code: str) -> None:
        known = self._known.get(code)
        if known is not None and code not in self._held and not known.in_trouble:
            known.not_before = 0.0
            self._look_now.set()


def name_of_this_process() -> str:
    """A machine and a process, as a lease names its holder."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def _alone(error: BaseException) -> list[BaseException]:
    """The errors of a group, one by one."""
    if isinstance(error, BaseExceptionGroup):
        return [one for part in error.exceptions for one in _alone(part)]
    return [error]
