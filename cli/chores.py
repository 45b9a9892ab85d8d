"""A chore: bounded work that is looked for again and again, beside everything else, for as long as the office runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from cli.at_work import Doing
from core.jobs.chores import Chore
from notifier.jobs import JobQueue, QueueAway
from notifier.pause import pause

log = logging.getLogger("kabar.run")

_REST_SECONDS = 0.2


async def keep_doing(chore: Chore, stopped: asyncio.Event) -> None:
    """Do it in a thread, soon again while there was some; one that fails is tried again, and ends nothing else."""
    await _keep(partial(asyncio.to_thread, chore.do), chore, stopped)


def putting(queue: JobQueue, code: str) -> Doing:
    """Return what has the chores of an office done by any worker, and by this process those that stay here.

    Only for an office in a database server: a file is where its holder is. While Redis is away all are done here.
    """

    async def keep_putting(chore: Chore, stopped: asyncio.Event) -> None:
        await _keep(partial(_put_or_do, queue, code, chore), chore, stopped)

    async def see_to(chore: Chore, stopped: asyncio.Event) -> None:
        await (keep_doing if chore.stays else keep_putting)(chore, stopped)

    return see_to


async def _put_or_do(queue: JobQueue, code: str, chore: Chore) -> int:
    if chore.waits is not None and not await asyncio.to_thread(chore.waits):
        return 0
    try:
        await queue.put(code, chore.name, long=chore.long)
    except QueueAway:
        return await asyncio.to_thread(chore.work)
    return 0  # whoever does it goes on with it until nothing is left


async def _keep(look: Callable[[], Awaitable[int]], chore: Chore, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        try:
            done = await look()
        except Exception as error:  # noqa: BLE001  # whatever it is, residents are still to be answered
            # Its kind alone: what it says may hold a row, or an address with its password.
            log.error("a chore failed; trying again", extra={"chore": chore.name, "error": type(error).__name__})
            done = 0
        await pause(_REST_SECONDS if done else chore.every_seconds, stopped)
