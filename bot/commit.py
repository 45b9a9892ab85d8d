"""Committing from the event loop: an act is queued for the office's writer and awaited."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.connection import Trouble, Watch
from bot.receive import PAUSES, Sleep
from core.actions.inbox import finish_updates
from core.store.office import OpenOffice

T = TypeVar("T")


class Commit:
    """Runs acts durably; called, it waits for a locked or lost database however long that takes."""

    def __init__(self, office: OpenOffice, *, sleep: Sleep = asyncio.sleep) -> None:
        self._office = office
        self._sleep = sleep
        self.watch = Watch()

    async def once(self, act: Callable[[Session], T]) -> T:
        """Raise whatever the act or the database raises; nothing happened then."""
        return await asyncio.wrap_future(self._office.submit(act))

    async def __call__(self, act: Callable[[Session], T]) -> T:
        while True:
            try:
                done = await self.once(act)
            except (OperationalError, InterfaceError):
                self.watch.note(Trouble.DATABASE)
                await self._sleep(PAUSES[1])
            else:
                self.watch.note(None)
                return done


class Finishing:
    """Notes updates as done, all those together that became so while the ones before were being noted."""

    def __init__(self, commit: Commit, *, now: Callable[[], datetime]) -> None:
        self._commit = commit
        self._now = now
        self._done: list[int] = []
        self._next: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, inbox_id: int) -> None:
        """Return when it is durable that every reply to this update left."""
        self._done.append(inbox_id)
        if self._next is None:
            self._next = asyncio.create_task(self._note())
        await self._next

    async def _note(self) -> None:
        async with self._one_at_a_time:
            done, self._done, self._next = self._done, [], None
            await self._commit(partial(finish_updates, inbox_ids=done, now=self._now()))
