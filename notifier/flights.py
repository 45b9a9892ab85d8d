"""What is on its way: how much more may leave, and whom nobody may write to meanwhile. Used from one event loop."""

import asyncio
from collections.abc import Collection, Mapping

from core.rules.delivery import Channel, Outgoing
from notifier.pace import Pace
from notifier.pause import pause

#: What comes back is gathered for so long before the next tick, and for as long as enough others stand in line.
_GATHER_SECONDS, _MOST_GATHERED_SECONDS = 0.02, 0.25


class Flights:
    """Messages that started and are not back, by their attempts."""

    def __init__(self, slots: Mapping[Channel, int], paces: Mapping[Channel, Pace]) -> None:
        self._slots = slots
        self._paces = paces
        self._flying: dict[int, tuple[Outgoing, asyncio.Task[None]]] = {}
        #: the attempts among them that still stand in line for their turn, with their channels
        self._in_line: dict[int, Channel] = {}
        self._hurry = asyncio.Event()

    def begin(self, outgoing: Outgoing, task: asyncio.Task[None]) -> None:
        """It is on its way; the task ends it."""
        self._flying[outgoing.attempt_id] = (outgoing, task)
        self._in_line[outgoing.attempt_id] = outgoing.channel

    def has_its_turn(self, outgoing: Outgoing) -> None:
        """It leaves now, and may be in doubt from here on."""
        del self._in_line[outgoing.attempt_id]
        if not self._line_is_long(outgoing.channel):
            self.hurry()

    def leave_the_line(self) -> list[Outgoing]:
        """Send none of those that did not have their turn yet, and return them."""
        left = [self._flying.pop(attempt) for attempt in self._in_line]
        self._in_line.clear()
        for _, task in left:
            task.cancel()
        return [outgoing for outgoing, _ in left]

    def end(self, outgoing: Outgoing) -> None:
        """It is back."""
        del self._flying[outgoing.attempt_id]

    @property
    def attempts(self) -> frozenset[int]:
        return frozenset(self._flying)

    @property
    def tasks(self) -> Collection[asyncio.Task[None]]:
        return [task for _, task in self._flying.values()]

    def on(self, channel: Channel) -> int:
        """How many are on their way on a channel."""
        return sum(message.channel is channel for message, _ in self._flying.values())

    def free(self, channel: Channel) -> int:
        """How many more may start on it."""
        return self._slots[channel] - self.on(channel)

    def held(self, channel: Channel) -> frozenset[str]:
        """Addresses that cannot be written to at this moment: on their way, or told to wait."""
        busy = {message.address for message, _ in self._flying.values() if message.channel is channel}
        return self._paces[channel].held() | busy

    async def gather(self, channels: Collection[Channel], *, ticked_seconds: float) -> None:
        """While most slots of a channel are taken, let some more come back before the next tick.

        A transaction for each message would cost more than the message. ticked_seconds: what the last one took; where
        the machine has too much to do, ticks for few messages each would be the most of it.
        """
        if not any(self.free(channel) < self._slots[channel] / 2 for channel in channels):
            return
        self._hurry.clear()
        await asyncio.sleep(min(max(_GATHER_SECONDS, ticked_seconds), _MOST_GATHERED_SECONDS))
        if all(self._line_is_long(channel) for channel in channels if self.on(channel)):
            await pause(_MOST_GATHERED_SECONDS, self._hurry)

    def hurry(self) -> None:
        """Gather no more."""
        self._hurry.set()

    def _line_is_long(self, channel: Channel) -> bool:
        """Whether a channel can keep its pace until after the next tick."""
        return list(self._in_line.values()).count(channel) > self._slots[channel] / 2
