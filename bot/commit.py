"""Committing from the event loop: an act is queued for the office's writer and awaited, however long that takes."""

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
    """Runs acts durably. What an act itself raises is raised here; a locked or lost database is waited for."""

    def __init__(self, office: OpenOffice, *, sleep: Sleep = asyncio.sleep) -> None:
        self._office = office
        self._sleep = sleep
        self.watch = Watch()

    async def __call__(self, act: Callable[[Session], T]) -> T:
        while True:
            try:
                done = await asyncio.wrap_future(self._office.submit(act))
            except (OperationalError, InterfaceError):
                self.watch.note(Trouble.DATABASE)
                await self._sleep(PAUSES[1])
            else:
                self.watch.note(None)
                return done
