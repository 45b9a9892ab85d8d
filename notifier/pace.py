"""How fast one bot token may speak, answers and notices together.

- An even rate: never two messages closer than the interval, not at the start and not after a quiet time. Only who
  was woken late, as the system does by a millisecond or two, hands that on to the next: a second holds what it should.
- One message per chat and second.
- A chat for which the provider asked to wait waits exactly that long; the whole bot only when three different chats
  are asked within two seconds, and nobody was let through between. Nothing bursts after a wait: whoever waited leaves
  at the even rate.
- An answer goes before every waiting notice.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

#: So many different chats asked to wait within so many seconds mean the whole bot.
CHATS_THAT_MEAN_ALL = 3
SECONDS_THAT_MEAN_ALL = 2.0
#: A wake-up may be late by so much, at most half an interval, before the rate falls behind instead of catching up.
LATE_SECONDS = 0.01
#: Kept back of that, so that rounding never puts one more into a second.
_HAIR_SECONDS = 1e-5


class Pace:
    """One per bot token, used from one event loop; clock and sleep are in seconds."""

    def __init__(
        self,
        *,
        per_second: float,
        per_chat_seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.per_second = per_second
        self._interval = 1 / per_second
        self._per_chat_seconds = per_chat_seconds
        self._clock = clock
        self._sleep = sleep
        self._bot_free_at = clock()
        self._chat_free_at: dict[str, float] = {}
        self._forget_beyond = 64
        #: (when, which chat, until when) the provider asked within the last two seconds, with nobody let through since
        self._asked: deque[tuple[float, str, float]] = deque()
        # Whoever is at the door leaves next. Notices queue before it, so that at most one stands among the answers.
        self._door = asyncio.Lock()
        self._notices = asyncio.Lock()
        self._answers_in_line = 0

    async def turn(self, address: str, *, answer: bool = False) -> None:
        """Return when this message may leave, and count it as leaving now."""
        while True:
            await self._sleep_until(lambda: self._chat_free_at.get(address, 0.0))
            async with self._line(answer=answer):
                waited = await self._sleep_until(lambda: self._bot_free_at)
                # Read only now: a wait that the provider prolonged meanwhile is no late wake-up.
                if self._leaves(address, answer=answer, due_at=self._bot_free_at if waited else None):
                    return

    def asked_to_wait(self, address: str, seconds: float) -> None:
        """The provider refused this chat for so many seconds."""
        now = self._clock()
        self._hold(address, now + seconds)
        self._asked.append((now, address, now + seconds))
        while self._asked[0][0] < now - SECONDS_THAT_MEAN_ALL:
            self._asked.popleft()
        if len({chat for _, chat, _ in self._asked}) >= CHATS_THAT_MEAN_ALL:
            self._bot_free_at = max(self._bot_free_at, *(until for _, _, until in self._asked))

    def let_through(self) -> None:
        """The provider took a message: what it refused before was not meant for the whole bot."""
        self._asked.clear()

    def held(self) -> frozenset[str]:
        """The chats that cannot have a message now, so that others are picked."""
        now = self._clock()
        return frozenset(chat for chat, free_at in self._chat_free_at.items() if free_at > now)

    @property
    def held_seconds(self) -> float:
        """For how much longer nobody can have a message, because the provider asked for it."""
        return max(0.0, self._bot_free_at - self._interval - self._clock())

    @property
    def answers_waiting(self) -> int:
        """How many answers stand in line for their turn."""
        return self._answers_in_line

    def _leaves(self, address: str, *, answer: bool, due_at: float | None) -> bool:
        """Count a message as leaving now; False if meanwhile its chat was taken or held, or an answer came.

        due_at: the moment it waited for; None if it did not have to wait.
        """
        now = self._clock()
        if self._chat_free_at.get(address, 0.0) > now or (self._answers_in_line and not answer):
            return False
        late = 0.0 if due_at is None else min(now - due_at, LATE_SECONDS, self._interval / 2)
        self._bot_free_at = now - max(0.0, late - _HAIR_SECONDS) + self._interval
        self._hold(address, now + self._per_chat_seconds)
        return True

    def _hold(self, address: str, until: float) -> None:
        self._chat_free_at[address] = max(until, self._chat_free_at.get(address, until))
        if len(self._chat_free_at) > self._forget_beyond:
            now = self._clock()
            self._chat_free_at = {chat: at for chat, at in self._chat_free_at.items() if at > now}
            self._forget_beyond = max(64, 2 * len(self._chat_free_at))

    @asynccontextmanager
    async def _line(self, *, answer: bool) -> AsyncIterator[None]:
        if not answer:
            async with self._notices, self._door:
                yield
            return
        self._answers_in_line += 1
        try:
            async with self._door:
                yield
        finally:
            self._answers_in_line -= 1

    async def _sleep_until(self, free_at: Callable[[], float]) -> bool:
        """Again and again, because a wait may be prolonged while it lasts; return whether there was any."""
        waited = False
        while (wait_seconds := free_at() - self._clock()) > 0:
            await self._sleep(wait_seconds)
            waited = True
        return waited
