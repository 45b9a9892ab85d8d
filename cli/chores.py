"""A chore: bounded work that is looked for again and again, beside everything else, for as long as the office runs."""

import asyncio
import logging

from core.jobs.chores import Chore

log = logging.getLogger("kabar.run")

_REST_SECONDS = 0.2


async def keep_doing(chore: Chore, stopped: asyncio.Event) -> None:
    """Do it in a thread, soon again while there was some; one that fails is tried again, and ends nothing else."""
    while not stopped.is_set():
        try:
            done = await asyncio.to_thread(chore.work)
        except Exception as error:  # noqa: BLE001  # whatever it is, residents are still to be answered
            # Its kind alone: what it says may hold a row, or an address with its password.
            log.error("a chore failed; trying again", extra={"chore": chore.name, "error": type(error).__name__})
            done = 0
        await _pause(_REST_SECONDS if done else chore.every_seconds, stopped)


async def _pause(seconds: float, stopped: asyncio.Event) -> None:
    """Wait, but not beyond a stop."""
    try:
        async with asyncio.timeout(seconds):  # not wait_for, which in Python 3.11 can lose a cancellation
            await stopped.wait()
    except TimeoutError:
        return
