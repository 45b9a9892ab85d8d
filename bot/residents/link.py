"""Kabari Saya: NIK and receipt together prove whose card it is, then consent is asked, then notices come here."""

import secrets

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.filters import OfKind, Wants
from bot.keyboards import consent_buttons
from bot.reading import maybe_receipt
from bot.replies import Reply
from bot.residents.card_text import card_text
from bot.talk import Talk
from core.actions.proof import NoProof, prove
from core.questions.cards import where_is_proven
from core.rules.card import OPEN
from core.rules.siak import read_status
from core.wording.answers import locked


def wish_routes() -> Router:
    """The wish to be told."""
    router = Router(name="link")
    router.message.register(wish, Wants("kabari", button="button-notify"))
    return router


def receipt_routes() -> Router:
    """A text without a NIK, when the receipt was asked for."""
    router = Router(name="receipt")
    router.message.register(receipt_typed, StateFilter(Linking.receipt), OfKind("text"))
    return router


async def wish(message: Message, talk: Talk, state: FSMContext) -> SendMessage:
    """Uses the NIK just asked for, or asks for one."""
    nik = (await state.get_data()).get("nik")
    if nik:
        return await ask_receipt(message, nik, talk=talk, state=state)
    await state.set_state(Linking.nik)
    return talk.say(message.chat.id, talk.text("ask-nik"))


async def ask_receipt(message: Message, nik: str, *, talk: Talk, state: FSMContext) -> SendMessage:
    """The same for a NIK that exists and one that does not."""
    await state.set_state(Linking.receipt)
    await state.set_data({"nik": nik})
    return talk.say(message.chat.id, talk.text("ask-receipt"))


async def receipt_typed(message: Message, talk: Talk, state: FSMContext) -> SendMessage | list[Reply]:
    """What cannot be a receipt's code costs no try."""
    text = message.text or ""
    receipt = maybe_receipt(text)
    nik = (await state.get_data()).get("nik")
    if receipt is None or nik is None or read_status(text):
        return talk.say(message.chat.id, talk.text("ask-receipt"))
    talk.forget_later(message)
    return await proof_given(message, nik, receipt, talk=talk, state=state)


async def proof_given(
    message: Message, nik: str, receipt: str, *, talk: Talk, state: FSMContext
) -> SendMessage | list[Reply]:
    """Answer the owner in full and ask for consent; anyone else learns only that the two do not fit."""
    proven = prove(talk.session, message.chat.id, nik, receipt, now=talk.now)
    if proven is NoProof.LOCKED:
        await state.clear()
        return talk.answer(message, locked(talk.words, talk.house.office))
    if proven is NoProof.WRONG:
        await state.set_state(Linking.receipt)
        await state.set_data({"nik": nik})
        return talk.answer(message, talk.text("answer-wrong-receipt"))
    await state.clear()
    answer = where_is_proven(talk.session, proven, now=talk.now)
    replies: list[Reply] = [talk.answer(message, card_text(talk, answer))]
    if answer and answer.stage in OPEN and proven not in talk.linked(message.chat.id):
        replies.append(await _ask_consent(message, proven, talk=talk, state=state))
    return replies


async def _ask_consent(message: Message, resident_id: int, *, talk: Talk, state: FSMContext) -> SendMessage:
    ticket = secrets.token_hex(4)
    await state.set_state(Linking.consent)
    await state.set_data({"resident": resident_id, "ticket": ticket})
    text = talk.text("consent", simpan=talk.text("contact-kept"))
    return SendMessage(chat_id=message.chat.id, text=text, reply_markup=consent_buttons(talk.words, ticket))
