"""Committing from the event loop: an act is queued for the office's writer and awaited."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.connection import Trouble, Watch
from bot.receive import PAUSES, Sleep
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
