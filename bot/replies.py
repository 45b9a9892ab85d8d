"""Replies: the Bot API calls that a handler leaves instead of making them, and their way through the database."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, SendMessage, TelegramMethod

Reply = SendMessage | AnswerCallbackQuery | EditMessageReplyMarkup

_METHODS: dict[str, type[Reply]] = {
    method.__api_method__: method for method in (SendMessage, AnswerCallbackQuery, EditMessageReplyMarkup)
}


def replies_of(left: object) -> list[Reply]:
    """What a handler returned, as a list: a reply, several, or anything else for none."""
    if isinstance(left, TelegramMethod):
        left = [left]
    return list(left) if isinstance(left, list | tuple) else []


def as_json(reply: Reply) -> dict[str, Any]:
    """The call by name, with the fields that were set."""
    if reply.__api_method__ not in _METHODS:
        raise TypeError(f"a handler may not leave a {reply.__api_method__}; add it to bot/replies.py")
    return {"method": reply.__api_method__, **reply.model_dump(mode="json", exclude_unset=True, exclude_none=True)}


def from_json(kept: Mapping[str, Any]) -> Reply:
    """The call again, as it was left."""
    fields = {name: value for name, value in kept.items() if name != "method"}
    return _METHODS[kept["method"]](**fields)
