"""A text that is meant as a list of pickup numbers, while an official is asked for one."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from bot.reading import fold_digits, must_not_stay
from bot.talk import Talk
from core.rules.number_list import NumberList, read_numbers

_BEGINS = ("semua", "kecuali", "selain", "all", "except")


def forget_secrets(message: Message, talk: Talk) -> None:
    """Have what was given in place of a field deleted later, where it is a NIK, a receipt's code or a picture."""
    if must_not_stay(message):
        talk.forget_later(message)


class ListsNumbers(Filter):
    """Hands over `read`. A NIK or a code of a receipt is not meant so: others see to it that it does not stay.

    wholly: only where every word is understood, because nobody asked for numbers.
    """

    def __init__(self, *, wholly: bool = False) -> None:
        self._wholly = wholly

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = fold_digits(message.text or "").strip()
        meant = any(sign.isdigit() for sign in text) or text.casefold().startswith(_BEGINS)
        if not meant or text.startswith("/"):
            return False
        read = read_numbers(text)
        # Many short numbers have as many digits as a NIK, and are none.
        if isinstance(read, NumberList):
            return {"read": read}
        return False if self._wholly or must_not_stay(message) else {"read": read}
