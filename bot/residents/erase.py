"""/hapus: this account is closed and erased, after one question whether she is sure."""

import secrets
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, SendMessage
from aiogram.types import CallbackQuery, Message

from bot.conversation import Erasing
from bot.filters import AsksAbout, Wants
from bot.keyboards import ErasePress, inline_buttons
from bot.phrases import ERASE, POLITE
from bot.replies import Reply
from bot.residents.consent import pressed_outdated
from bot.talk import Talk
from core.actions.erasing import erase_account
from core.wording.held import erase_question


def routes() -> Router:
    """The command, the same in people's own words, and the two buttons below the question."""
    router = Router(name="erase")
    router.message.register(asked, Wants("hapus"))
    router.message.register(asked, AsksAbout(ERASE, besides=POLITE))
    router.callback_query.register(pressed, ErasePress.filter())
    return router


async def asked(message: Message, talk: Talk, state: FSMContext) -> SendMessage:
    """Says what goes and what stays before anything happens."""
    chat_id = message.chat.id
    ticket = secrets.token_hex(4)
    await state.set_state(Erasing.sure)
    await state.set_data({"ticket": ticket})
    rows = tuple(
        ((talk.text(button), ErasePress(ticket=ticket, sure=sure).pack()),)
        for button, sure in (("button-erase", True), ("button-keep", False))
    )
    text = erase_question(talk.words, cards=len(talk.linked(chat_id)))
    return SendMessage(chat_id=chat_id, text=text, reply_markup=inline_buttons(rows))


async def pressed(
    query: CallbackQuery, callback_data: ErasePress, talk: Talk, state: FSMContext, raw_state: str | None
) -> list[Reply]:
    """Only below the newest question, and only once; what goes on in the conversation ends with it."""
    pending: dict[str, Any] = await state.get_data() if raw_state == Erasing.sure.state else {}
    if query.message is None or pending.get("ticket") != callback_data.ticket:
        return [await pressed_outdated(query, talk)]
    await state.clear()
    chat_id = query.message.chat.id
    if callback_data.sure:
        words, office = talk.words, talk.office  # in the language chosen here, which goes too
        count = erase_account(talk.session, chat_id, now=talk.now, by="resident")
        text = words.text("erase-done", n=str(count), kantor=office.name, jam_kantor=office.hours)
    else:
        text = talk.text("erase-kept")
    buttons_gone = EditMessageReplyMarkup(chat_id=chat_id, message_id=query.message.message_id)
    return [AnswerCallbackQuery(callback_query_id=query.id), buttons_gone, talk.say(chat_id, text)]
