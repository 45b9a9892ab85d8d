"""One update by itself: what fails is tried again, and after three failures set aside with an apology."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.connection import log
from bot.decide import Decider
from bot.receive import Sleep
from bot.send import Courier
from bot.updates import is_oversized
from core.actions.inbox import note_failure, set_aside_oversized
from core.errors import Overtaken
from core.questions.inbox import Replies, Waiting

#: Between two tries at an update that failed.
AFTER_FAILURE_SECONDS = 1.0


class Alone:
    """Decides one update, whatever that takes."""

    def __init__(
        self,
        commit: Commit,
        decider: Decider,
        courier: Courier,
        *,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._commit = commit
        self._decider = decider
        self._courier = courier
        self._now = now
        self._sleep = sleep

    async def decide(self, waiting: Waiting) -> Replies | None:
        """None when there is nothing to send: it was set aside, or decided by somebody else."""
        if is_oversized(waiting.body):
            if await self._commit(partial(set_aside_oversized, inbox_id=waiting.inbox_id, now=self._now())):
                log.error("an update was too large to be kept; it is set aside", extra={"inbox_id": waiting.inbox_id})
                await self._apologise(waiting)
            return None
        while True:
            try:
                return await self._commit.once(partial(self._decider.decide, waiting=waiting, now=self._now()))
            except Overtaken:
                return None
            except Exception as error:  # noqa: BLE001  # whatever a handler raises belongs to this update alone
                why = type(error).__name__
            log.error("an update failed", extra={"inbox_id": waiting.inbox_id, "error": why})
            # Counting waits for the database, so one that is away costs an update a single try, however long.
            if await self._commit(partial(note_failure, inbox_id=waiting.inbox_id, now=self._now(), why=why)):
                log.error("an update is set aside after repeated failures", extra={"inbox_id": waiting.inbox_id})
                await self._apologise(waiting)
                return None
            await self._sleep(AFTER_FAILURE_SECONDS)

    async def _apologise(self, waiting: Waiting) -> None:
        def apology(session: Session) -> Replies:
            now = self._now()
            return Replies(waiting.inbox_id, self._decider.apology(session, waiting, now=now), sent=0, since=now)

        try:
            await self._courier.deliver(await self._commit.once(apology))
        except Exception as error:  # noqa: BLE001  # what broke the handler may break this too
            why = type(error).__name__
            log.error("an apology could not be sent", extra={"inbox_id": waiting.inbox_id, "error": why})
