"""What is on its way: how much more may leave, and whom nobody may write to meanwhile. Used from one event loop."""

import asyncio
from collections.abc import Collection, Mapping

from core.rules.delivery import Channel, Outgoing
from notifier.pace import Pace


class Flights:
    """Messages that started and are not back, by their attempts."""

    def __init__(self, slots: Mapping[Channel, int], paces: Mapping[Channel, Pace]) -> None:
        self._slots = slots
        self._paces = paces
        self._flying: dict[int, tuple[Outgoing, asyncio.Task[None]]] = {}

    def begin(self, outgoing: Outgoing, task: asyncio.Task[None]) -> None:
        """It is on its way; the task ends it."""
        self._flying[outgoing.attempt_id] = (outgoing, task)

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

    def are_many(self, channels: Collection[Channel]) -> bool:
        """Whether most slots of one of these channels are taken."""
        return any(self.free(channel) < self._slots[channel] / 2 for channel in channels)
