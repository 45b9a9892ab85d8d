"""What residents can press: the keyboard below the text field, and the two buttons below the consent.

Keyboard buttons send their label as a text, so they never grow old; the consent's carry a ticket, so that an old one
cannot agree to something asked later.
"""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from core.wording import Wording


class ConsentPress(CallbackData, prefix="c1"):
    """The prefix holds the version: a button of another one is answered as outdated."""

    ticket: str
    agreed: bool


def main_keyboard(words: Wording, *, linked: bool) -> ReplyKeyboardMarkup:
    """Shown under every conversation."""
    rows = [["button-check", "button-notify"], ["button-help"]]
    if linked:
        rows[1].append("button-stop")
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=words.text(key)) for key in row] for row in rows],
        resize_keyboard=True,
        is_persistent=True,
    )


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
