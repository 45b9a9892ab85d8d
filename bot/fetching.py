"""Lists that officials send: fetched from Telegram, and followed until it is said what became of them.

1. A handler only notes that one came; everything for which Telegram is needed is done here, one list after the other.
   Looking them through and taking them in is a job that any process can do (core/jobs/sent_lists.py).
2. Each step ends in one transaction that moves the list on and leaves what is to be said of it: a kill repeats a step,
   and nothing is said twice.
3. Who sent it is asked anew before each step whether she still may.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import ClientError
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.commit import Commit
from bot.connection import log
from bot.downloading import Gone, Unreachable
from bot.list_steps import ListSteps
from bot.receive import Sleep
from bot.send import Pace
from bot.talk import House
from core.actions.chat_files import drop_stale_lists, note_list_failure
from core.actions.list_parts import erase_left_parts
from core.jobs.list_content import sweep_open_lists
from core.questions.chat_files import ChatList, chat_list, lists_under_way
from core.store.office import OpenOffice
from core.store.words import FileState

LOOK_SECONDS = 1.0
#: What could not be done for want of Telegram or the database is tried again after so long.
_AGAIN_AFTER = timedelta(seconds=10)
#: Telegram or the database is away.
_LATER = (AiogramError, ClientError, Unreachable, TimeoutError, ConnectionError, OperationalError, InterfaceError)
_SWEEP_EVERY = timedelta(seconds=30)
#: After each part of the erasing, for others who write.
_REST_SECONDS = 0.1


class Fetching:
    """Looks for lists to work on, until cancelled. Without a home folder there are none."""

    def __init__(
        self,
        bot: Bot,
        office: OpenOffice,
        commit: Commit,
        house: House | None,
        *,
        pace: Pace,
        on_left: Callable[[], None],
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """on_left: called when something was left in the inbox to be sent."""
        self._office = office
        self._commit = commit
        self._now = now
        self._sleep = sleep
        self._not_before: dict[int, datetime] = {}
        self._sweep_at: datetime | None = None
        self._steps: ListSteps | None = None
        if house is not None and house.home is not None:
            self._home = house.home
            self._steps = ListSteps(bot, office, commit, house, pace=pace, on_left=on_left, now=now)

    async def run(self) -> None:
        """Begins with what was left over from before."""
        steps = self._steps
        if steps is None:
            return
        await asyncio.to_thread(sweep_open_lists, self._home)
        while True:
            try:
                await self._look(steps)
            except Exception as error:  # noqa: BLE001  # a locked database: the next look is soon
                log.error("lists cannot be looked for; trying again", extra={"error": type(error).__name__})
            await self._sleep(LOOK_SECONDS)

    async def _look(self, steps: ListSteps) -> None:
        if self._sweep_at is None or self._now() >= self._sweep_at:
            await self._sweep(steps)
            self._sweep_at = self._now() + _SWEEP_EVERY
        for one in await asyncio.to_thread(self._office.read, lists_under_way):
            if self._not_before.get(one.id, self._now()) <= self._now():
                await self._work_on(steps, one)

    async def _work_on(self, steps: ListSteps, one: ChatList) -> None:
        """Whatever goes wrong belongs to this list alone; only kinds of errors are logged, never what they say."""
        try:
            await steps.step(one)
        except Gone:
            await steps.refuse(one, "gone")
        except _LATER as error:
            self._not_before[one.id] = self._now() + _AGAIN_AFTER
            log.warning("a list waits; trying again", extra={"list": one.id, "error": type(error).__name__})
        except Exception as error:  # noqa: BLE001  # a fault of ours must not hold up other lists
            log.error("a list failed", extra={"list": one.id, "error": type(error).__name__})
            self._not_before[one.id] = self._now() + _AGAIN_AFTER
            if await self._commit(partial(note_list_failure, list_id=one.id)):
                await steps.refuse(one, "unknown")
        else:
            self._not_before.pop(one.id, None)

    async def _sweep(self, steps: ListSteps) -> None:
        """Drop what nobody decided on, and erase what is left of what is over."""
        while await self._commit(erase_left_parts):
            await self._sleep(_REST_SECONDS)
        for list_id in await self._commit(partial(drop_stale_lists, now=self._now())):
            one = await asyncio.to_thread(self._office.read, partial(chat_list, list_id=list_id))
            if one is not None and one.state is FileState.DROPPED:
                await steps.tell_dropped(one)
