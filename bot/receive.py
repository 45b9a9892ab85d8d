"""Receiving: raw updates are stored first, and only then confirmed to Telegram.

An offset confirms all before it at once, so a poll that carries one does not wait, and one that waits carries none:
after a quiet week update ids begin anew, perhaps lower, and an offset would throw those away.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Any, ClassVar

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.connection import REQUEST_SECONDS, Trouble, Watch, log
from bot.updates import KINDS, Update

POLL_SECONDS = 50
#: Pauses after Telegram could not be reached, then the last one again and again.
PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
#: After a refused token or another poller: nothing gets better quickly.
SLOW_PAUSE_SECONDS = 30.0

Sleep = Callable[[float], Awaitable[object]]


class Poll(TelegramMethod[list[Update]]):
    """getUpdates without a model: what Telegram adds tomorrow is stored as it came."""

    __returning__: ClassVar[Any] = list[Update]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class _NotStored(Exception):
    """The database refused the updates; Telegram still has them."""


class Receiver:
    """Brings updates into the inbox."""

    def __init__(
        self,
        bot: Bot,
        store: Callable[[Sequence[Update]], Awaitable[None]],
        *,
        on_name: Callable[[str], Awaitable[object]],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """store: returns when they are durable (bot/storing.py).

        on_name: told the bot's own name, by which it is addressed in groups and in the links on slips.
        """
        self._bot = bot
        self._store = store
        self._on_name = on_name
        self._sleep = sleep
        self._offset: int | None = None
        self.watch = Watch()

    async def poll(self) -> None:
        """Ask Telegram for updates until cancelled."""
        while True:
            try:
                await self._persist(self._take_over)
                while True:
                    await self._persist(self._poll_once)
            except TelegramConflictError:
                self.watch.note(Trouble.ANOTHER_POLLER)
                await self._sleep(SLOW_PAUSE_SECONDS)

    async def listen_at(self, url: str, secret: str) -> None:
        """Have Telegram bring updates to our webhook, where `UpdateStore.take` has them."""
        await self._persist(self._introduce)
        await self._persist(partial(self._bot.set_webhook, url, allowed_updates=list(KINDS), secret_token=secret))

    async def _persist(self, step: Callable[[], Awaitable[object]]) -> None:
        """Do a step until it succeeds, however long Telegram is away; only another poller ends it."""
        pauses = chain(PAUSES, repeat(PAUSES[-1]))
        while True:
            try:
                await step()
            except TelegramConflictError:
                raise
            except _NotStored:
                self.watch.note(Trouble.NOT_STORED)
                await self._sleep(next(pauses))
            except (TelegramUnauthorizedError, TelegramNotFound):
                self.watch.note(Trouble.TOKEN_REFUSED)
                await self._sleep(SLOW_PAUSE_SECONDS)
            except TelegramRetryAfter as asked:
                await self._sleep(asked.retry_after)
            except (AiogramError, OSError, ValueError):
                self.watch.note(Trouble.UNREACHABLE)
                await self._sleep(next(pauses))
            else:
                self.watch.note(None)
                return

    async def _introduce(self) -> None:
        await self._on_name((await self._bot.get_me()).username or "")

    async def _take_over(self) -> None:
        await self._introduce()
        if (await self._bot.get_webhook_info()).url:
            log.info("a webhook was set for this bot; it is deleted, because updates are polled here")
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _poll_once(self) -> None:
        wait_seconds = POLL_SECONDS if self._offset is None else 0
        poll = Poll(offset=self._offset, timeout=wait_seconds, allowed_updates=list(KINDS))
        updates = await self._bot(poll, request_timeout=POLL_SECONDS + REQUEST_SECONDS)
        try:
            await self._store(updates)
        except Exception:  # noqa: BLE001  # a locked database, a full disk: whatever it is, nothing gets confirmed
            raise _NotStored from None
        self._offset = updates[-1]["update_id"] + 1 if updates else None
