"""Which messages a handler is for.

All are classes with an async call: a plain function or a magic `F` filter would be run in another thread by aiogram,
outside the transaction.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Chat, Message

from bot.reading import command_word, fold_digits, link_secret_in, niks_in, slip_code_in, words_in
from bot.talk import Talk
from core.rules.nik import malformed_nik
from core.rules.officials import Deed

#: Longer than this it is about something of its own, and a general answer would miss it.
_MOST_WORDS_SAID = 8


class InPrivate(Filter):
    """A conversation of one person with us."""

    async def __call__(self, _: object, event_chat: Chat | None = None) -> bool:
        return event_chat is not None and event_chat.type == "private"


class Wants(Filter):
    """One of these words typed alone, with a slash or without, or the button with this label in any language."""

    def __init__(self, *words: str, button: str | None = None) -> None:
        self._words = frozenset(words)
        self._button = button

    async def __call__(self, message: Message, talk: Talk) -> bool:
        text = message.text or ""
        if self._button and text.casefold() in talk.house.wordings.labels(self._button):
            return True
        return command_word(text) in self._words


class MayDo(Filter):
    """By an official who may do this, wherever her region; hands over `acting`. It asks the database: put it last."""

    def __init__(self, deed: Deed) -> None:
        self._deed = deed

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool | dict[str, Any]:
        acting = talk.acting
        return {"acting": acting} if acting is not None and acting.may(self._deed) else False


class HoldsNik(Filter):
    """A text or a caption with at least one NIK; hands over `niks`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        niks = niks_in(message.text or message.caption or "")
        return {"niks": niks} if niks else False


class HoldsSlipCode(Filter):
    """A text with the code of a slip; hands over `slip_code`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        slip_code = slip_code_in(message.text or "")
        return {"slip_code": slip_code} if slip_code else False


class HoldsLinkSecret(Filter):
    """The link on a slip, opened; hands over `secret`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        secret = link_secret_in(message.text or "")
        return {"secret": secret} if secret else False


class AsksAbout(Filter):
    """A short text that holds all words of one of these phrases, in whatever order.

    besides: the only other words that may stand in it; without, any.
    """

    def __init__(self, phrases: Iterable[str], *, besides: frozenset[str] | None = None) -> None:
        self._phrases = [frozenset(phrase.split()) for phrase in phrases]
        self._besides = besides

    async def __call__(self, message: Message) -> bool:
        words = words_in(message.text or "")
        return any(phrase <= words and self._may_stand(words - phrase) for phrase in self._phrases)

    def _may_stand(self, others: frozenset[str]) -> bool:
        return self._besides is None or others <= self._besides


class SaysBriefly(AsksAbout):
    """The same in a few words, none of which is meant as a NIK."""

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        is_brief = len(text.split()) <= _MOST_WORDS_SAID and malformed_nik(fold_digits(text)) is None
        return is_brief and await super().__call__(message)


class NoCommand(Filter):
    """Anything but a command, which means in the middle of a conversation what it means at any other time."""

    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").startswith("/")


class OfKind(Filter):
    """A message that has one of these fields."""

    def __init__(self, *fields: str) -> None:
        self._fields: Sequence[str] = fields

    async def __call__(self, message: Message) -> bool:
        return any(getattr(message, field) is not None for field in self._fields)
