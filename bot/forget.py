"""Forgetting: questions leave the chat an hour after they were asked, conversations end after an hour of silence."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.methods import DeleteMessage

from bot.commit import Commit
from bot.connection import log
from bot.receive import Sleep
from core.actions.conversations import forget_conversations
from core.actions.inbox import question_deleted
from core.questions.inbox import DueQuestion, questions_to_delete
from core.store.office import OpenOffice

EVERY_SECONDS = 20.0


class Forgetting:
    """Looks again and again for what is to be forgotten, until cancelled."""

    def __init__(
        self,
        bot: Bot,
        office: OpenOffice,
        commit: Commit,
        *,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._office = office
        self._commit = commit
        self._now = now
        self._sleep = sleep

    async def run(self) -> None:
        """What cannot be deleted now is tried again at the next look."""
        while True:
            try:
                # One moment for both: a chat whose question is gone keeps no conversation about it.
                now = self._now()
                await self._commit(partial(forget_conversations, now=now))
                await self._delete_due_questions(now)
            except Exception as error:  # noqa: BLE001  # forgetting must go on, whatever one round meets
                log.error("questions could not be deleted; trying again", extra={"error": type(error).__name__})
            await self._sleep(EVERY_SECONDS)

    async def _delete_due_questions(self, now: datetime) -> None:
        while due := await asyncio.to_thread(self._office.read, partial(questions_to_delete, now=now)):
            for question in due:
                await self._delete(question)
                await self._commit(partial(question_deleted, question_id=question.id))

    async def _delete(self, question: DueQuestion) -> None:
        """Raises when it may still be there and can be deleted later."""
        try:
            await self._bot(DeleteMessage(chat_id=question.chat_id, message_id=question.message_id))
        except (TelegramBadRequest, TelegramForbiddenError):
            # Deleted by its sender, older than 48 hours, or the bot is blocked: nothing more can be done.
            return
        except TelegramRetryAfter as asked:
            await self._sleep(asked.retry_after)
            raise
