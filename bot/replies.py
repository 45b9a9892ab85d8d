"""Replies: the Bot API calls that a handler leaves instead of making them, and their way through the database."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMyCommands,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)

from bot.papers import SendPaper

Call = SendMessage | AnswerCallbackQuery | EditMessageText | EditMessageReplyMarkup | SetMyCommands | DeleteMyCommands
Reply = Call | SendPaper

_METHODS: dict[str, type[Call]] = {method.__api_method__: method for method in Call.__args__}


def replies_of(left: object) -> list[Reply]:
    """What a handler returned, as a list: a reply, several, or anything else for none."""
    if isinstance(left, TelegramMethod | SendPaper):
        left = [left]
    return list(left) if isinstance(left, list | tuple) else []


def as_json(reply: Reply) -> dict[str, Any]:
    """The call by name, with the fields that were set."""
    if isinstance(reply, SendPaper):
        return reply.as_json()
    if reply.__api_method__ not in _METHODS:
        raise TypeError(f"a handler may not leave a {reply.__api_method__}; add it to bot/replies.py")
    return {"method": reply.__api_method__, **reply.model_dump(mode="json", exclude_unset=True, exclude_none=True)}


def chat_of(kept: Mapping[str, Any]) -> int | str:
    """The chat that a kept call is for; a menu of commands names it in its scope."""
    chat: int | str = kept["chat_id"] if "chat_id" in kept else kept["scope"]["chat_id"]
    return chat


def from_json(kept: Mapping[str, Any]) -> Call:
    """The call again, as it was left."""
    fields = {name: value for name, value in kept.items() if name != "method"}
    return _METHODS[kept["method"]](**fields)
