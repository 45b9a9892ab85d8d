"""Groups: never a word about a NIK; a refusal when we are addressed, at most once an hour."""

import re
from datetime import timedelta

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.reading import fold_digits, niks_in
from bot.talk import Talk
from core.actions.conversations import may_say
from core.rules.nik import malformed_nik

_REFUSED_EVERY = timedelta(hours=1)
_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


def routes() -> Router:
    """Whatever is not a private chat."""
    router = Router(name="groups")
    router.message.register(refuse)
    router.edited_message.register(refuse)
    return router


async def refuse(message: Message, talk: Talk) -> list[SendMessage]:
    """Does not quote what it answers: that may be a NIK."""
    chat = message.chat
    if not talk.house.admits(chat.id) or not _addressed(message, talk.house.username):
        return []
    if not may_say(talk.session, "group-refusal", chat.id, every=_REFUSED_EVERY, now=talk.now):
        return []
    topic = message.message_thread_id if message.is_topic_message else None
    return [SendMessage(chat_id=chat.id, message_thread_id=topic, text=talk.text("group-refusal"))]


def _addressed(message: Message, username: str) -> bool:
    text = message.text or message.caption or ""
    command = _COMMAND.match(text)
    if command:
        return command[1] is None or command[1].lower() == username.lower()
    return bool(niks_in(text)) or malformed_nik(fold_digits(text)) is not None
