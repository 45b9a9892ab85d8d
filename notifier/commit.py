"""The sender's way to the database: what is refused is said in one line, and did not happen as far as anybody knows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.store.office import OpenOffice

T = TypeVar("T")

log = logging.getLogger("kabar.sender")


class Commit:
    """Runs actions durably and questions on a snapshot; None when the database refuses (locked, full, away)."""

    def __init__(self, office: OpenOffice) -> None:
        self._office = office
        #: the kind of error that keeps it from going on right now; None when all is well
        self.trouble: str | None = None

    async def __call__(self, act: Callable[[Session], T]) -> T | None:
        return await self._guarded(asyncio.wrap_future(self._office.submit(act)))

    async def ask(self, question: Callable[[Session], T]) -> T | None:
        return await self._guarded(asyncio.to_thread(self._office.read, question))

    async def _guarded(self, answer: Awaitable[T]) -> T | None:
        try:
            known = await answer
        except Exception as error:  # noqa: BLE001  # a locked database or a full disk must not end the sending
            refused = isinstance(error, DBAPIError)
            said = "the database refused; trying again" if refused else "a step of the sender failed; trying again"
            log.error(said, extra={"error": type(error).__name__})
            self.trouble = type(error).__name__
            return None
        self.trouble = None
        return known
