"""What residents can press: the keyboard below the text field, and the two buttons below the consent.

Keyboard buttons send their label as a text, so they never grow old; the consent's carry a ticket, so that an old one
cannot agree to something asked later.
"""

from functools import lru_cache

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from core.wording import Wording
from core.wording.buttons import Rows
from core.wording.wordings import Wordings


class ConsentPress(CallbackData, prefix="c2"):
    """The prefix holds the version: a button of another one is answered as outdated."""

    ticket: str
    agreed: bool


class StoryPress(CallbackData, prefix="h1"):
    """One of the cards below Riwayat; whose it is, is looked up again."""

    resident: int


class ErasePress(CallbackData, prefix="e1"):
    """The answer whether she is sure; like the consent, only to the newest question."""

    ticket: str
    sure: bool


class LanguagePress(CallbackData, prefix="l1"):
    """One of the languages below /bahasa."""

    language: str


@lru_cache(maxsize=64)
def main_keyboard(words: Wording, *, linked: bool, may_share: bool = False) -> ReplyKeyboardMarkup:
    """Shown under every conversation. may_share: while proof is asked for, her own number is one."""
    rows = [["button-check", "button-notify"], ["button-bring", "button-help"]]
    if linked:
        rows[1:] = [["button-my-cards", "button-history", "button-bring"], ["button-help", "button-stop"]]
    keyboard = [[KeyboardButton(text=words.text(key)) for key in row] for row in rows]
    if may_share:
        keyboard.insert(0, [KeyboardButton(text=words.text("button-share-phone"), request_contact=True)])
    return ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, is_persistent=True)


def consent_buttons(words: Wording, ticket: str) -> InlineKeyboardMarkup:
    """Setuju and Tidak."""
    row = [
        InlineKeyboardButton(
            text=words.text(f"button-{answer}"),
            callback_data=ConsentPress(ticket=ticket, agreed=answer == "agree").pack(),
        )
        for answer in ("agree", "decline")
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def inline_buttons(rows: Rows) -> InlineKeyboardMarkup:
    """Buttons below a message, as the notices have them."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows]
    )


def language_buttons(wordings: Wordings) -> InlineKeyboardMarkup:
    """Every language by its own name, one below the other."""
    rows = [
        [
            InlineKeyboardButton(
                text=words.text("language-name"), callback_data=LanguagePress(language=words.language).pack()
            )
        ]
        for words in wordings.all()
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)
