"""Working on the inbox: one person's updates in order, different people's at once.

After a crash a decided update is only sent again, an undecided one is handled from the start; after three failures
an update is set aside with an apology, and the next goes on.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.connection import log
from bot.decide import Decider
from bot.receive import Sleep
from bot.send import Courier
from core.actions.inbox import decide, finish_update, note_failure
from core.errors import Overtaken
from core.questions.inbox import Replies, Waiting, waiting_updates
from core.store.office import OpenOffice

#: Updates in hand at once; the rest waits in the database.
MOST_IN_HAND = 200
#: How often the whole inbox is looked at, in case a wake-up was missed.
LOOK_SECONDS = 5.0
#: Between two tries at an update that failed.
AFTER_FAILURE_SECONDS = 1.0


class InboxWork:
    """Takes up what waits in the inbox, until cancelled."""

    def __init__(
        self,
        office: OpenOffice,
        commit: Commit,
        decider: Decider,
        courier: Courier,
        *,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._office = office
        self._commit = commit
        self._decider = decider
        self._courier = courier
        self._now = now
        self._sleep = sleep
        self._wake = asyncio.Event()
        self._seen = 0
        self._more = False
        self._in_hand: set[int] = set()
        self._lanes: dict[bytes, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look at once instead of at the next look."""
        self._wake.set()

    async def run(self) -> None:
        """Begins with what was left over from before."""
        try:
            while True:
                self._wake.clear()
                await self._look(after=self._seen)
                try:
                    # Not wait_for: in Python 3.11 it loses a stop that comes together with a wake-up.
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._wake.wait()
                except TimeoutError:
                    self._seen = 0
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self, seconds: float) -> None:
        """Wait for what is in hand."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _look(self, *, after: int) -> None:
        # What is in hand now may be finished before the answer is here, and must not be taken up again.
        in_hand = frozenset(self._in_hand)
        room = MOST_IN_HAND - len(in_hand)
        if room <= 0:
            return
        most = room if after else MOST_IN_HAND
        try:
            found = await asyncio.to_thread(self._office.read, partial(waiting_updates, after=after, most=most))
        except Exception as error:  # noqa: BLE001  # a locked database: the next look is soon
            log.error("the inbox cannot be read (%s); trying again", type(error).__name__)
            return
        self._more = len(found) == most
        for waiting in [update for update in found if update.inbox_id not in in_hand][:room]:
            self._take(waiting)

    def _take(self, waiting: Waiting) -> None:
        self._seen = max(self._seen, waiting.inbox_id)
        self._in_hand.add(waiting.inbox_id)
        if waiting.person in self._lanes:
            self._lanes[waiting.person].append(waiting)
            return
        self._lanes[waiting.person] = deque([waiting])
        task = asyncio.create_task(self._walk(waiting.person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _walk(self, person: bytes) -> None:
        """One person's lane, to its end."""
        lane = self._lanes[person]
        while lane:
            waiting = lane[0]
            try:
                await self._handle(waiting)
            except Exception as error:  # noqa: BLE001  # it stays in the inbox, and the next full look takes it up
                log.error("update %d: %s", waiting.inbox_id, type(error).__name__)
            lane.popleft()
            self._in_hand.discard(waiting.inbox_id)
            if self._more and len(self._in_hand) <= MOST_IN_HAND // 2:
                self._wake.set()
        del self._lanes[person]

    async def _handle(self, waiting: Waiting) -> None:
        replies = waiting.replies or await self._decide(waiting)
        if replies is None:
            return
        await self._courier.deliver(replies)
        await self._commit(partial(finish_update, inbox_id=waiting.inbox_id, now=self._now()))

    async def _decide(self, waiting: Waiting) -> Replies | None:
        """None when there is nothing to send: it was set aside, or decided by somebody else."""
        while True:
            try:
                return await self._commit.once(partial(self._act, waiting=waiting))
            except Overtaken:
                return None
            except Exception as error:  # noqa: BLE001  # whatever a handler raises belongs to this update alone
                log.error("update %d failed: %s", waiting.inbox_id, type(error).__name__)
            # Counting waits for the database, so one that is away costs an update a single try, however long.
            if await self._commit(partial(note_failure, inbox_id=waiting.inbox_id, now=self._now())):
                log.error("update %d is set aside after repeated failures", waiting.inbox_id)
                await self._apologise(waiting)
                return None
            await self._sleep(AFTER_FAILURE_SECONDS)

    def _act(self, session: Session, waiting: Waiting) -> Replies:
        now = self._now()
        calls = self._decider.replies(session, waiting, now=now)
        decide(session, waiting.inbox_id, calls)
        return Replies(waiting.inbox_id, calls, sent=0, since=now)

    async def _apologise(self, waiting: Waiting) -> None:
        def apology(session: Session) -> Replies:
            now = self._now()
            return Replies(waiting.inbox_id, self._decider.apology(session, waiting, now=now), sent=0, since=now)

        try:
            await self._courier.deliver(await self._commit.once(apology))
        except Exception as error:  # noqa: BLE001  # what broke the handler may break this too
            log.error("update %d: no apology (%s)", waiting.inbox_id, type(error).__name__)
