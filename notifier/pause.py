"""Waiting for a while, but not beyond an event."""

import asyncio
from contextlib import suppress


async def pause(seconds: float, event: asyncio.Event) -> bool:
    """Return whether the event came in time. (Not wait_for: in Python 3.11 it can lose a cancellation.)"""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
