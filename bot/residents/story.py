"""Riwayat: what happened to the cards that this account is told of."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message

from bot.filters import AsksAbout, Wants
from bot.keyboards import StoryPress, inline_buttons
from bot.phrases import HISTORY
from bot.replies import Reply
from bot.residents.consent import pressed_outdated
from bot.talk import Talk
from core.questions.regions import data_as_of
from core.questions.stories import card_story, receipt_tail_of
from core.wording.stories import story_text


def routes() -> Router:
    """/riwayat, its button, and the buttons that tell one card from another."""
    router = Router(name="story")
    router.message.register(told, Wants("riwayat", "history", button="button-history"))
    router.message.register(told, AsksAbout(HISTORY))
    router.callback_query.register(pressed, StoryPress.filter())
    return router


async def told(message: Message, talk: Talk) -> SendMessage:
    """Only what was proven here; of several cards it asks which."""
    chat_id = message.chat.id
    linked = sorted(talk.linked(chat_id))
    if not linked:
        return talk.say(chat_id, talk.text("story-needs-proof"))
    if len(linked) == 1:
        return talk.say(chat_id, _story(talk, linked[0]))
    rows = tuple(
        ((_label(talk, resident_id, number), StoryPress(resident=resident_id).pack()),)
        for number, resident_id in enumerate(linked, start=1)
    )
    return SendMessage(chat_id=chat_id, text=talk.text("story-choose"), reply_markup=inline_buttons(rows))


async def pressed(query: CallbackQuery, callback_data: StoryPress, talk: Talk) -> list[Reply]:
    """However old the button: what it names can be made up, so it must be linked here now."""
    if query.message is None or callback_data.resident not in talk.linked(query.message.chat.id):
        return [await pressed_outdated(query, talk)]
    said = talk.say(query.message.chat.id, _story(talk, callback_data.resident))
    return [AnswerCallbackQuery(callback_query_id=query.id), said]


def _label(talk: Talk, resident_id: int, number: int) -> str:
    tail = receipt_tail_of(talk.session, resident_id)
    return talk.text("story-card", resi=tail) if tail else talk.text("story-card-number", nomor=str(number))


def _story(talk: Talk, resident_id: int) -> str:
    return story_text(
        talk.words,
        card_story(talk.session, resident_id),
        receipt_tail=receipt_tail_of(talk.session, resident_id),
        data_as_of=data_as_of(talk.session),
        zone=talk.house.zone,
    )
