"""Wakes whoever waits for the simulator to change, in a thread or in an event loop; nobody polls."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """Many may wait, from any thread; the lock is the one that guards what they look at."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._condition = threading.Condition(lock)
        self._sleepers: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def announce(self) -> None:
        """Say that something changed; callable from any thread."""
        with self._lock:
            self._condition.notify_all()
            for loop, woken in self._sleepers:
                loop.call_soon_threadsafe(woken.set)

    def wait(self, predicate: Callable[[], T], timeout_seconds: float) -> T:
        """Block this thread until the predicate gives something true, and return that; TimeoutError after the time."""
        with self._condition:
            value = self._condition.wait_for(predicate, timeout_seconds)
        if not value:
            raise TimeoutError(f"nothing of the kind happened within {timeout_seconds} s")
        return value

    async def wait_async(self, predicate: Callable[[], T], timeout_seconds: float) -> T:
        """The same for a coroutine, in whichever event loop it runs."""
        woken = asyncio.Event()
        sleeper = (asyncio.get_running_loop(), woken)
        with self._lock:
            self._sleepers.append(sleeper)
        try:
            async with asyncio.timeout(timeout_seconds):
                while not (value := self._look(predicate)):
                    await woken.wait()
                    woken.clear()
                return value
        except TimeoutError:
            raise TimeoutError(f"nothing of the kind happened within {timeout_seconds} s") from None
        finally:
            with self._lock:
                self._sleepers.remove(sleeper)

    def _look(self, predicate: Callable[[], T]) -> T:
        with self._lock:
            return predicate()
