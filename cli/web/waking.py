"""Telling whoever holds an office that something is there, without anybody waiting for it."""

import asyncio

from notifier.wakes import Wakes

_END_SECONDS = 0.5


class Waking:
    """Says it through Redis, one word at a time for each office; lives on one event loop."""

    def __init__(self, wakes: Wakes) -> None:
        self._wakes = wakes
        self._wanted: set[str] = set()
        self._saying: dict[str, asyncio.Task[None]] = {}

    def wake(self, office: str) -> None:
        """Say it soon. What is stored while a word is on its way has one more said: that one may be too early."""
        self._wanted.add(office)
        if office not in self._saying:
            self._saying[office] = asyncio.create_task(self._say(office))

    async def close(self) -> None:
        """Say what is left if that is quick, and let Redis go."""
        if self._saying:
            _, left = await asyncio.wait(self._saying.values(), timeout=_END_SECONDS)
            for task in left:
                task.cancel()
        await self._wakes.close()

    async def _say(self, office: str) -> None:
        try:
            while office in self._wanted:
                self._wanted.discard(office)
                await self._wakes.wake(office)
        finally:
            del self._saying[office]
