"""Working on the inbox: people are in hand, a bounded number; all else waits in the database, which is the queue.

1. Who waits longest is taken up first, however much somebody else wrote. One person's updates are decided in order.
2. Everybody's newest answer leaves before anybody's second one of what waited for long (see bot/backlog.py).
3. After a crash a decided update is only sent again, an undecided one is handled from the start; after three failures
   an update is set aside with an apology, and the next goes on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.backlog import FLOOD
from bot.commit import Commit
from bot.connection import log
from bot.decide import Decider
from bot.lane import Lane, Lanes
from bot.receive import Sleep
from bot.send import Courier
from core.questions.inbox import Person, waiting_people
from core.store.office import OpenOffice

#: People in hand at once, and of them those to whom only older answers are left: who writes now comes before these.
MOST_IN_HAND = 200
_MOST_LATER = 20
#: Updates that one look reads.
_MOST_READ = 1000
#: How often the whole inbox is looked at, in case a wake-up was missed, or an operator has something tried again.
LOOK_SECONDS = 5.0


class InboxWork:
    """Takes up who waits in the inbox, until cancelled."""

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
        self._lanes = Lanes(office, commit, decider, courier, now=now, sleep=sleep)
        self._wake = asyncio.Event()
        self._taking = True
        #: whether more people wait for something to be decided than were taken up
        self._more = False
        #: who is in hand, with the newest of her updates that was there when she was taken
        self._in_hand: dict[bytes, int] = {}
        #: of these, those to whom only older answers are left, and those who will be waiting again afterwards
        self._later: set[bytes] = set()
        self._again: set[bytes] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look at once instead of at the next look."""
        self._wake.set()

    async def run(self) -> None:
        """Begins with what was left over from before."""
        try:
            while True:
                self._wake.clear()
                if self._taking and len(self._in_hand) < MOST_IN_HAND:
                    await self._look()
                try:
                    # Not wait_for: in Python 3.11 it loses a stop that comes together with a wake-up.
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self, seconds: float) -> None:
        """Take nobody up any more, and wait for who is in hand."""
        self._taking = False
        try:
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            return

    async def _look(self) -> None:
        # Who is in hand now may be done before the answer is here, and must not be taken up by what was seen before.
        in_hand = dict(self._in_hand)
        try:
            found = await asyncio.to_thread(self._office.read, partial(waiting_people, most=MOST_IN_HAND))
            people = self._choose(found, in_hand)
            groups = await self._lanes.read([person.index for person in people if person.waiting <= FLOOD])
        except Exception as error:  # noqa: BLE001  # a locked database: the next look is soon
            log.error("the inbox cannot be read; trying again", extra={"error": type(error).__name__})
            return
        unseen = len(found) == MOST_IN_HAND and found[-1].undecided
        known = in_hand.keys() | {person.index for person in people}
        self._more = unseen or any(person.undecided and person.index not in known for person in found)
        self._note_who_wrote_again(found, in_hand)
        taken = {person.index: person for person in people}
        for person in people:
            if person.waiting > FLOOD:
                self._take(person)
                self._begin(self._see_to(person.index, partial(self._lanes.ebb, person.index)))
        for group in groups:
            for lane in group:
                self._take(taken[lane[0].person])
            self._begin(self._handle(group))

    def _take(self, person: Person) -> None:
        self._in_hand[person.index] = person.newest
        if not person.undecided:
            self._later.add(person.index)

    def _choose(self, found: Sequence[Person], in_hand: Collection[bytes]) -> list[Person]:
        """Whom of these to take up: at least one, and of the others as many as there is room for."""
        people: list[Person] = []
        room, later, updates = MOST_IN_HAND - len(in_hand), _MOST_LATER - len(self._later), _MOST_READ
        for person in found:
            if person.index in in_hand or (not person.undecided and later <= 0):
                continue
            if len(people) == room or (people and person.waiting > updates):
                break
            people.append(person)
            updates -= min(person.waiting, FLOOD)
            later -= not person.undecided
        return people

    def _note_who_wrote_again(self, found: Sequence[Person], in_hand: Mapping[bytes, int]) -> None:
        for person in found:
            if person.newest > in_hand.get(person.index, person.newest):
                if person.index in self._in_hand:
                    self._again.add(person.index)
                else:
                    self._wake.set()

    async def _handle(self, group: list[Lane]) -> None:
        """Some people's updates: decided together, answered each by herself."""
        try:
            decided = await self._lanes.decide(group)
        except Exception as error:  # noqa: BLE001  # they stay in the inbox, and a later look takes them up
            log.error("updates could not be decided", extra={"error": type(error).__name__})
            decided = [[] for _ in group]
        for lane, hers in zip(group, decided, strict=True):
            self._begin(self._see_to(lane[0].person, partial(self._lanes.answer, hers)))

    async def _see_to(self, person: bytes, work: Callable[[], Awaitable[bool]]) -> None:
        """One person, to the end of what she gets now. work: returns whether she gets more later."""
        more = False
        try:
            more = await work()
        except Exception as error:  # noqa: BLE001  # likewise
            log.error("an update could not be finished", extra={"error": type(error).__name__})
        self._release(person, again=more)

    def _release(self, person: bytes, *, again: bool) -> None:
        """Looking costs the more the more wait, so it is done for many at once. again: older answers are left."""
        del self._in_hand[person]
        again = again or person in self._later
        self._later.discard(person)
        more = self._more or (again and len(self._later) <= _MOST_LATER // 2)
        if person in self._again or (more and len(self._in_hand) <= MOST_IN_HAND // 2):
            self._wake.set()
        self._again.discard(person)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
