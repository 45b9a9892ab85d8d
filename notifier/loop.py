"""The sending loop: the only place from which a notice leaves.

Each tick is one transaction: record what finished, start an attempt for as many messages as there are free slots.
Then send. What is in doubt after a kill equals what was in flight; a pause or a cancel holds from the next tick.
"""

import asyncio
import logging
import os
import random
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.actions.outcomes import adopt_orphans, record_outcomes, take_back_unsent
from core.actions.sending import SendTerms, Turn, expire_waiting, start_messages
from core.jobs.tenure import Tenure
from core.questions.due import is_anything_due
from core.questions.halts import HaltedChannel
from core.rules.delivery import Channel, Outcome, Outgoing, Sent, TryLater
from core.rules.pulse import Pulse
from core.store.office import OpenOffice
from core.store.per_database import by_index
from notifier.adapter import Adapter
from notifier.alarms import Alarms
from notifier.commit import Commit
from notifier.flights import Flights
from notifier.looks import Looking
from notifier.pace import Pace
from notifier.pause import pause
from notifier.tally import Tally

log = logging.getLogger("kabar.sender")

#: How often the database is looked at when nobody woke the loop.
LOOK_SECONDS = 0.5
#: How often providers are asked about what is in doubt, and stopped channels tried, if there is anything to ask.
ASK_SECONDS = 2.0
#: After a tick that failed (database locked, disk full) the loop waits this long and tries again.
AFTER_TROUBLE_SECONDS = 2.0
#: A stop waits this long for what is in flight; what is not back by then is in doubt.
DRAIN_SECONDS = 30.0
_DRAIN_TRIES = 5
_EXPIRE_EVERY = timedelta(minutes=1)
#: Surely not sent, and no failure of the message: whoever holds the office next sends it.
_NOT_OURS = TryLater("handed-over", after_seconds=0, throttled=True)


class _Ticked(NamedTuple):
    """halts: the channels that stopped; None when the lease is another's."""

    started: list[Outgoing]
    halts: Mapping[Channel, HaltedChannel] | None


class Sender:
    """Sends an office's notices. Only whoever holds the office may run one."""

    def __init__(
        self,
        office: OpenOffice,
        adapters: Sequence[Adapter],
        *,
        paces: Mapping[Channel, Pace],
        slots: Mapping[Channel, int],
        terms: SendTerms,
        now: Callable[[], datetime],
        tenure: Tenure | None = None,
    ) -> None:
        """Slots: how many requests of a channel may be in flight. paces: Telegram's is shared with the answers.

        tenure: the lease under which this office is held; None where a lock on its home holds it.
        """
        self._office = office
        self._adapters = {adapter.channel: adapter for adapter in adapters}
        self._paces = paces
        self._terms = terms
        self._now = now
        self._tenure = tenure
        self._commit = Commit(office)
        self._looking = Looking(self._adapters, self._commit)
        self._alarms = Alarms(self._adapters, self._commit, terms)
        self._turns = {channel: Turn() for channel in self._adapters}
        self._flights = Flights(slots, paces)
        self._finished: dict[int, Outcome] = {}
        #: something was noted beside the ticks, which one should look at
        self._changed = False
        #: a transaction was refused, or lost on its way back: it may have started what never left
        self._uncertain = False
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle_asked = 0
        self._stopping = False
        self._expire_at: datetime | None = None
        self._look_at = 0.0
        self._tally = Tally()

    @property
    def trouble(self) -> str | None:
        """The kind of error that keeps it from going on right now; None when all is well."""
        return self._commit.trouble

    def pulse(self) -> Pulse:
        """What it can tell of itself at this moment; called on its event loop."""
        token = self._paces[Channel.TELEGRAM]
        return Pulse(
            holder=f"{socket.gethostname()}:{os.getpid()}",
            in_flight={channel: self._flights.on(channel) for channel in self._adapters},
            attempts=self._tally.attempts,
            codes=self._tally.codes,
            pace={channel: self._paces[channel].per_second for channel in self._adapters},
            measured={channel: self._tally.per_second(channel) for channel in self._adapters},
            chats_held=len(token.held()),
            bot_held_seconds=token.held_seconds,
            answers_waiting=token.answers_waiting,
        )

    def wake(self) -> None:
        """Look at once instead of at the next look."""
        self._flights.hurry()
        self._wake.set()

    def stop(self) -> None:
        """Start nothing more; `run` returns when what is in flight is back and recorded."""
        self._stopping = True
        self.wake()

    async def idle(self) -> None:
        """Wait until a look from now on finds nothing to start, nothing in flight, and nothing to ask about."""
        self._idle.clear()
        self._idle_asked += 1
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
                asked, began = self._idle_asked, time.monotonic()
                if not await self._tick():
                    await pause(AFTER_TROUBLE_SECONDS, self._wake)
                    continue
                ticked_seconds = time.monotonic() - began
                self._look(asked)
                await pause(LOOK_SECONDS, self._wake)
                await self._flights.gather(self._adapters, ticked_seconds=ticked_seconds)
            await self._drain()
        finally:
            await self._looking.stop()
            await self._alarms.stop()
            for adapter in self._adapters.values():
                await adapter.close()

    async def _take_over(self) -> None:
        """Adopt what a dead sender had in flight, however long the database refuses: nobody else ever will."""
        while not self._stopping:
            self._wake.clear()
            if await self._commit(self._adopt) is not None:
                return
            await pause(AFTER_TROUBLE_SECONDS, self._wake)

    async def _tick(self) -> bool:
        """Return False when the database refused."""
        finished = dict(self._finished)
        if not (finished or self._changed or self._uncertain or await self._is_worth_it()):
            return True
        self._changed = False
        ticked = await self._commit(
            partial(
                self._record_and_start,
                finished=finished,
                flying=self._flights.attempts,
                free={channel: self._flights.free(channel) for channel in self._adapters},
                held={channel: self._flights.held(channel) for channel in self._adapters},
            )
        )
        if ticked is None:
            self._uncertain = True
            return False
        if ticked.halts is not None:
            self._uncertain, self._alarms.known = False, ticked.halts
        for attempt in finished:
            del self._finished[attempt]
        for message in ticked.started:
            self._flights.begin(message, asyncio.create_task(self._deliver(message)))
        return True

    async def _is_worth_it(self) -> bool:
        """Whether to begin a transaction that may write; at night and on a quiet day a glance is enough."""
        now = self._now()
        if self._expire_at is None or now >= self._expire_at or self._stopping:
            return True
        if not self._terms.window.is_open(now, self._terms.zone):
            return False
        free = [channel for channel in self._adapters if self._flights.free(channel) > 0]

        return await self._commit.ask(partial(is_anything_due, channels=free, now=now)) is not False

    def _record_and_start(
        self,
        session: Session,
        *,
        finished: Mapping[int, Outcome],
        flying: frozenset[int],
        free: Mapping[Channel, int],
        held: Mapping[Channel, frozenset[str]],
    ) -> _Ticked:
        """In the writer's thread, and perhaps twice: what it learns is believed when it is committed."""
        now = self._now()
        by_index(session)
        ours = self._is_ours(session)  # first of all: what another has in flight by now is not ours to take back
        record_outcomes(session, finished, now=now, jitter=random.random)
        if not ours:
            return _Ticked([], None)
        if self._uncertain:
            take_back_unsent(session, tuple(self._adapters), but=flying | finished.keys(), now=now)
        halts = self._alarms.note(session, now=now)
        if self._expire_at is None or now >= self._expire_at:
            expire_waiting(session, now=now)
            self._expire_at = now + _EXPIRE_EVERY
        started: list[Outgoing] = []
        for channel, turn in self._turns.items() if not self._stopping else ():
            slots, busy = free[channel], held[channel]
            started += start_messages(session, channel, slots=slots, held=busy, turn=turn, now=now, terms=self._terms)
        return _Ticked(started, halts)

    def _is_ours(self, session: Session) -> bool:
        """Also by our own clock: what would start on a stale lease would not leave."""
        return self._tenure is None or (self._tenure.is_fresh() and self._tenure.holds(session))

    async def _deliver(self, outgoing: Outgoing) -> None:
        pace = self._paces[outgoing.channel]
        await pace.turn(outgoing.address)
        self._flights.has_its_turn(outgoing)
        ours = self._tenure is None or self._tenure.is_fresh()
        outcome = await self._adapters[outgoing.channel].send(outgoing) if ours else _NOT_OURS
        if isinstance(outcome, TryLater) and outcome.throttled and ours:
            pace.asked_to_wait(outgoing.address, outcome.after_seconds or 1.0)
        if isinstance(outcome, Sent):
            pace.let_through()
        self._tally.note(outgoing.channel, outcome)
        self._finished[outgoing.attempt_id] = outcome
        self._flights.end(outgoing)
        self._wake.set()

    def _look(self, asked: int) -> None:
        """Ask providers what there is to ask; when that changed nothing either, this sender is idle."""
        quiet = not self._flights.tasks and not self._finished
        clock = asyncio.get_running_loop().time()
        waited_for = quiet and not self._idle.is_set()
        if clock < self._look_at and not waited_for:
            return
        self._look_at = clock + ASK_SECONDS

        def ended(changed: bool) -> None:
            self._changed = self._changed or changed
            if quiet and asked == self._idle_asked and not changed:
                self._idle.set()
            elif quiet:
                self.wake()

        self._alarms.ring(self._now())
        self._looking.begin(self._now(), ended)

    def _adopt(self, session: Session) -> int | None:
        if not self._is_ours(session):
            return None  # what is in flight is another's by now; whoever keeps the lease ends this process
        return sum(adopt_orphans(session, channel, now=self._now()) for channel in self._adapters)

    async def _drain(self) -> None:
        """Wait for what is in flight, and note what became of it even if the database refuses at first.

        What still stands in line does not leave any more: it surely was not sent, and whoever comes next sends it.
        """
        self._finished |= {message.attempt_id: _NOT_OURS for message in self._flights.leave_the_line()}
        if tasks := self._flights.tasks:
            await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
        for _ in range(_DRAIN_TRIES):
            if await self._tick():
                return
            await asyncio.sleep(AFTER_TROUBLE_SECONDS)
        log.error("the database refused to the end: what was in flight is in doubt until the next start")
