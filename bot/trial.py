"""The trial: until the office goes live, whoever is not on its list gets only her own account number, once an hour."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import TelegramObject, Update

from bot.reading import must_not_stay
from bot.replies import Reply
from bot.talk import Talk
from core.actions.conversations import may_say

_TOLD_EVERY = timedelta(hours=1)


class TrialGate(BaseMiddleware):
    """Stands before all private conversations; a block still counts, so that nobody is written to against her wish."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        chat, talk = data.get("event_chat"), data["talk"]
        if chat is None or chat.type != "private" or talk.house.admits(chat.id):
            return await handler(event, data)
        if not isinstance(event, Update) or event.my_chat_member:
            return await handler(event, data)
        return _turned_away(event, chat.id, talk)


def _turned_away(update: Update, chat_id: int, talk: Talk) -> list[Reply]:
    replies: list[Reply] = []
    message = update.message or update.edited_message
    if message and must_not_stay(message):
        talk.forget_later(message)
    if update.callback_query:
        replies.append(AnswerCallbackQuery(callback_query_id=update.callback_query.id))
    if may_say(talk.session, "trial", chat_id, every=_TOLD_EVERY, now=talk.now):
        replies.append(talk.say(chat_id, talk.text("trial", akun=str(chat_id))))
    return replies
