"""What pops up over a screen that stays as it is."""

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.replies import Reply
from bot.talk import Talk


def popup(query: CallbackQuery, talk: Talk, key: str, *, alert: bool = False, **values: str | int) -> list[Reply]:
    """key: of a text of at most 200 characters. alert: it stays until she closes it."""
    return [AnswerCallbackQuery(callback_query_id=query.id, text=talk.text(key, **values), show_alert=alert)]


def outdated(event: Message | CallbackQuery, talk: Talk) -> list[Reply]:
    """To whoever presses what is not hers to press, or not any more: said kindly, nothing is done."""
    if isinstance(event, CallbackQuery):
        return popup(event, talk, "button-outdated")
    return [talk.answer(event, talk.text("not-understood"))]
