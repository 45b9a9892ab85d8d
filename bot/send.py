"""Sending replies: an answer to somebody who waits, at the token's own pace.

A lost connection is tried again: a second copy of an answer is harmless, a missing one sends people to the office.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, repeat
from typing import Any, Protocol

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery
from sqlalchemy.orm import Session

from bot.call import call, upload
from bot.commit import Commit
from bot.connection import Trouble, Watch, log
from bot.papers import Paper
from bot.receive import PAUSES, SLOW_PAUSE_SECONDS, Sleep
from bot.replies import chat_of
from core.actions.contacts import close_address
from core.actions.inbox import note_replied
from core.errors import KabarError
from core.questions.inbox import Replies
from core.rules.delivery import Channel

#: An answer that could not be delivered for so long helps nobody any more.
STALE_AFTER = timedelta(hours=1)
#: So long after a press Telegram takes no answer to it.
BUTTON_TURNS_FOR = timedelta(seconds=150)
#: Telegram's words for a change that was made before: a button pressed twice, or a reply sent again after a crash; and
#: for one of a message that its reader deleted.
_NO_HARM = ("message is not modified", "message to edit not found")


class Pace(Protocol):
    """How fast the token may speak; the one pacer that the notices use too."""

    async def turn(self, address: str, *, answer: bool = False) -> None:
        """Return when a message to this chat may leave."""

    def asked_to_wait(self, address: str, seconds: float) -> None:
        """Telegram refused this chat for so many seconds."""


class Courier:
    """Delivers what handlers left."""

    def __init__(
        self,
        bot: Bot,
        commit: Commit,
        pace: Pace,
        *,
        draw: Callable[[Mapping[str, Any]], Awaitable[Paper]],
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """draw: makes the paper that a kept call names."""
        self._bot = bot
        self._draw = draw
        self._commit = commit
        self._pace = pace
        self._now = now
        self._sleep = sleep
        self.watch = Watch()

    async def deliver(self, replies: Replies) -> None:
        """Send what has not left yet, in order, and note each; return when nothing more is to be sent."""
        for number, kept in enumerate(replies.calls):
            if number < replies.sent:
                continue
            if not await self._send(kept, replies):
                return
            if number + 1 < len(replies.calls):
                await self._commit(partial(note_replied, inbox_id=replies.inbox_id, replies_sent=number + 1))

    async def _send(self, kept: dict[str, Any], replies: Replies) -> bool:
        """Return whether it makes sense to go on with the next one."""
        if kept["method"] == AnswerCallbackQuery.__api_method__:
            if self._now() < (replies.received_at or replies.since) + BUTTON_TURNS_FOR:
                await self._release_button(kept)
            return True
        pauses = chain(PAUSES, repeat(PAUSES[-1]))
        chat_id = chat_of(kept)
        lasts = replies.lasts or STALE_AFTER
        while self._now() < replies.since + lasts:
            try:
                await self._pace.turn(str(chat_id), answer=True)
                await self._call({**kept, "chat_id": chat_id} if "chat_id" in kept else kept)
            except TelegramRetryAfter as asked:
                self._pace.asked_to_wait(str(chat_id), asked.retry_after)
            except TelegramForbiddenError:
                await self._commit(partial(self._opted_out, chat_id=str(chat_id)))
                return False
            except TelegramMigrateToChat as moved:
                chat_id = moved.migrate_to_chat_id
            except (TelegramBadRequest, TelegramEntityTooLarge, KabarError) as refused:
                if not any(said in str(refused) for said in _NO_HARM):
                    why = type(refused).__name__
                    log.error("a reply was refused", extra={"inbox_id": replies.inbox_id, "error": why})
                return True
            except (TelegramUnauthorizedError, TelegramNotFound):
                self.watch.note(Trouble.TOKEN_REFUSED)
                await self._sleep(SLOW_PAUSE_SECONDS)
            except (AiogramError, OSError, ValueError):
                self.watch.note(Trouble.UNREACHABLE)
                await self._sleep(next(pauses))
            else:
                self.watch.note(None)
                return True
        waited = int(lasts.total_seconds())
        log.error("a reply could not be sent and is dropped", extra={"inbox_id": replies.inbox_id, "seconds": waited})
        return False

    async def _call(self, kept: Mapping[str, Any]) -> None:
        if "paper" in kept:
            await upload(self._bot, kept, await self._draw(kept))
        else:
            await call(self._bot, kept)

    async def _release_button(self, press: dict[str, Any]) -> None:
        """Once: nothing but a popup is lost."""
        try:
            await call(self._bot, press)
        except (AiogramError, OSError, ValueError):
            return

    def _opted_out(self, session: Session, chat_id: str) -> None:
        close_address(session, Channel.TELEGRAM, chat_id, why="opted-out", now=self._now(), by="telegram")
