"""The language of a conversation: Indonesian until another is chosen, and then everywhere we speak to this chat."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message, User

from bot.filters import Wants
from bot.keyboards import LanguagePress, language_buttons
from bot.replies import Reply
from bot.residents.consent import pressed_outdated
from bot.talk import Talk
from core.wording import languages

#: Who reads neither Indonesian nor any other language that we have most likely reads this one.
_WORLDWIDE = "en"


def routes() -> Router:
    """/bahasa, and the buttons below it, which never grow old."""
    router = Router(name="language")
    router.message.register(offer, Wants("bahasa", "language"))
    router.callback_query.register(chosen, LanguagePress.filter())
    return router


async def offer(message: Message, talk: Talk) -> SendMessage:
    """Asks in every language at once: whoever is here may read only one of them."""
    asked = "\n".join(words.text("language-choose") for words in talk.house.wordings.all())
    buttons = language_buttons(talk.house.wordings)
    return SendMessage(chat_id=message.chat.id, text=asked, reply_markup=buttons)


async def chosen(query: CallbackQuery, callback_data: LanguagePress, talk: Talk) -> list[Reply]:
    """What is going on in the conversation goes on in the new language."""
    if query.message is None or callback_data.language not in languages():
        return [await pressed_outdated(query, talk)]
    chat_id = query.message.chat.id
    talk.speak(callback_data.language)
    return [AnswerCallbackQuery(callback_query_id=query.id), talk.say(chat_id, talk.text("language-chosen"))]


def hint_for(user: User | None, talk: Talk) -> str:
    """A line for who has chosen no language, and whose Telegram is set to another than ours; else nothing."""
    if user is None or user.language_code is None or talk.language_chosen:
        return ""
    theirs = user.language_code.split("-")[0].lower()
    words = talk.house.wordings.of(theirs if theirs in languages() else _WORLDWIDE)
    return "" if words.language == talk.words.language else words.text("language-hint")
