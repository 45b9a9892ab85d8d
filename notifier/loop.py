"""The sending loop: the only place from which a notice leaves.

Each tick is one transaction: record what finished, start an attempt for as many messages as there are free slots.
Then send. What is in doubt after a kill equals what was in flight; a pause or a cancel holds from the next tick.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from core.actions.halts import note_probe
from core.actions.outcomes import adopt_orphans, note_look, record_outcomes
from core.actions.sending import SendTerms, Turn, expire_waiting, start_messages
from core.questions.looks import due_looks, due_probe
from core.rules.delivery import Channel, Halt, Outcome, Outgoing, TryLater
from core.store.office import OpenOffice
from notifier.adapter import Adapter
from notifier.pace import Pace

T = TypeVar("T")

log = logging.getLogger("kabar.sender")

#: How often the database is looked at when nobody woke the loop.
LOOK_SECONDS = 0.5
#: After a tick that failed (database locked, disk full) the loop waits this long and tries again.
AFTER_TROUBLE_SECONDS = 2.0
#: A stop waits this long for what is in flight; what is not back by then is in doubt.
DRAIN_SECONDS = 30.0
_EXPIRE_EVERY = timedelta(minutes=1)


class Sender:
    """Sends an office's notices. Only whoever holds the office may run one."""

    def __init__(
        self,
        office: OpenOffice,
        adapters: Sequence[Adapter],
        *,
        pace: Pace,
        slots: dict[Channel, int],
        terms: SendTerms,
        now: Callable[[], datetime],
    ) -> None:
        """Slots: how many requests of a channel may be in flight. pace: the bot token's, shared with the answers."""
        self._office = office
        self._adapters = {adapter.channel: adapter for adapter in adapters}
        self._pace = pace
        self._slots = slots
        self._terms = terms
        self._now = now
        self._turns = {channel: Turn() for channel in self._adapters}
        self._in_flight: dict[int, tuple[Outgoing, asyncio.Task[None]]] = {}
        self._finished: list[tuple[int, Outcome]] = []
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._stopping = False
        #: the kind of error that keeps it from going on right now; None when all is well
        self.trouble: str | None = None
        self._expire_at: datetime | None = None

    def wake(self) -> None:
        """Look at once instead of at the next look."""
        self._wake.set()

    def stop(self) -> None:
        """Start nothing more; `run` returns when what is in flight is back and recorded."""
        self._stopping = True
        self._wake.set()

    async def idle(self) -> None:
        """Wait until a look from now on finds nothing to start and nothing in flight."""
        self._idle.clear()
        self.wake()
        await self._idle.wait()

    async def run(self) -> None:
        """Send until stopped."""
        for adapter in self._adapters.values():
            await adapter.open()
        try:
            await self._take_over()
            while not self._stopping:
                self._wake.clear()
                if not await self._tick():
                    if not self._in_flight and not self._finished:
                        self._idle.set()
                    await self._rest(LOOK_SECONDS)
            await self._drain()
        finally:
            for adapter in self._adapters.values():
                await adapter.close()

    async def _take_over(self) -> None:
        """Adopt what a dead sender had in flight, however long the database refuses: nobody else ever will."""
        while not self._stopping:
            self._wake.clear()
            if await self._commit(self._adopt) is not None:
                return
            await self._rest(AFTER_TROUBLE_SECONDS)

    async def _tick(self) -> bool:
        """Return whether to look again at once: something was started, or the database refused."""
        finished = list(self._finished)
        outgoing = await self._commit(lambda session: self._record_and_start(session, finished))
        if outgoing is None:
            await self._rest(AFTER_TROUBLE_SECONDS)
            return True
        del self._finished[: len(finished)]
        for message in outgoing:
            task = asyncio.create_task(self._deliver(message))
            self._in_flight[message.attempt_id] = (message, task)
        await self._look_back()
        return bool(outgoing)

    def _record_and_start(self, session: Session, finished: list[tuple[int, Outcome]]) -> list[Outgoing]:
        now = self._now()
        record_outcomes(session, dict(finished), now=now, jitter=random.random)
        if self._expire_at is None or now >= self._expire_at:
            expire_waiting(session, now=now)
            self._expire_at = now + _EXPIRE_EVERY
        if self._stopping:
            return []
        started: list[Outgoing] = []
        for channel, turn in self._turns.items():
            started += start_messages(
                session,
                channel,
                slots=self._free(channel),
                held=self._held(channel),
                turn=turn,
                now=now,
                terms=self._terms,
            )
        return started

    def _free(self, channel: Channel) -> int:
        return self._slots[channel] - sum(message.channel is channel for message, _ in self._in_flight.values())

    def _held(self, channel: Channel) -> frozenset[str]:
        busy = {message.address for message, _ in self._in_flight.values() if message.channel is channel}
        return frozenset(busy) | (self._pace.held() if channel is Channel.TELEGRAM else frozenset())

    async def _deliver(self, outgoing: Outgoing) -> None:
        if outgoing.channel is Channel.TELEGRAM:
            await self._pace.turn(outgoing.address)
        outcome = await self._adapters[outgoing.channel].send(outgoing)
        if isinstance(outcome, TryLater) and outcome.throttled and outgoing.channel is Channel.TELEGRAM:
            self._pace.asked_to_wait(outgoing.address, outcome.after_seconds or 1.0)
        if isinstance(outcome, Halt):
            log.error("channel %s stopped: %s", outgoing.channel, outcome.hint)
        self._finished.append((outgoing.attempt_id, outcome))
        del self._in_flight[outgoing.attempt_id]
        self._wake.set()

    async def _look_back(self) -> None:
        """Ask providers about messages in doubt, and whether a stopped channel works again."""
        now = self._now()
        for channel, adapter in self._adapters.items():
            for message in await self._ask(partial(due_looks, channel=channel, now=now)) or ():
                found = await adapter.find(message)
                await self._commit(partial(note_look, message_id=message.message_id, found=found, now=now))
            if await self._ask(partial(due_probe, channel=channel, now=now)):
                well = await adapter.probe() is None
                await self._commit(partial(note_probe, channel=channel, well=well, now=now))
                if well:
                    log.info("channel %s works again", channel)

    def _adopt(self, session: Session) -> int:
        return sum(adopt_orphans(session, channel, now=self._now()) for channel in self._adapters)

    async def _drain(self) -> None:
        if self._in_flight:
            await asyncio.wait([task for _, task in self._in_flight.values()], timeout=DRAIN_SECONDS)
        finished = list(self._finished)
        await self._commit(lambda session: self._record_and_start(session, finished))

    async def _commit(self, act: Callable[[Session], T]) -> T | None:
        """Run an action durably; None, and one line in the log, when the database refuses: nothing happened then."""
        return await self._guarded(asyncio.wrap_future(self._office.submit(act)))

    async def _ask(self, question: Callable[[Session], T]) -> T | None:
        """Ask a question; None, and one line in the log, when the database refuses."""
        return await self._guarded(asyncio.to_thread(self._office.read, question))

    async def _guarded(self, answer: Awaitable[T]) -> T | None:
        try:
            known = await answer
        except Exception as error:  # noqa: BLE001  # a locked database or a full disk must not end the sending
            log.error("the database refused (%s); trying again", type(error).__name__)
            self.trouble = type(error).__name__
            return None
        self.trouble = None
        return known

    async def _rest(self, seconds: float) -> None:
        try:
            # Not wait_for: in Python 3.11 it loses a cancellation that comes together with a wake-up.
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return
