"""A question by NIK: answered alike for everyone, more fully for whoever is linked to it in this chat."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.filters import HoldsNik
from bot.reading import receipt_beside_nik
from bot.replies import Reply
from bot.residents.card_text import card_text
from bot.residents.link import ask_receipt, proof_given
from bot.residents.throttled import throttled_text
from bot.talk import Talk
from core.actions.asking import Ask, may_ask
from core.questions.cards import FoundCard, card_of, told_to_anyone, told_to_owner
from core.rules.asking import Throttled
from core.wording.answers import receipt_needed


def routes() -> Router:
    """A NIK anywhere in a text or a caption; a corrected message is a new question: so people mend typing errors."""
    router = Router(name="ask")
    for observer in (router.message, router.edited_message):
        observer.register(nik_written, HoldsNik())
    return router


async def nik_written(
    message: Message, niks: list[str], talk: Talk, state: FSMContext, raw_state: str | None
) -> SendMessage | list[Reply]:
    """One NIK: with the receipt it is a proof, after Kabari Saya the first half of one, else a question."""
    talk.forget_later(message)
    if len(niks) > 1:
        return talk.answer(message, talk.text("answer-several-niks"))
    (nik,) = niks
    data = await state.get_data()
    receipt = receipt_beside_nik(message.text or message.caption or "") or data.get("receipt")
    if receipt:
        return await proof_given(message, nik, receipt, talk=talk, state=state)
    card = card_of(talk.session, nik)
    if card and card.resident_id in talk.linked(message.chat.id):
        await state.clear()
        owned = told_to_owner(talk.session, card, now=talk.now, terms=talk.house.print_terms)
        return talk.answer(message, card_text(talk, owned))
    half_proven = raw_state == Linking.receipt.state and data.get("nik") == nik
    if raw_state == Linking.nik.state or half_proven:
        return await ask_receipt(message, nik, talk=talk, state=state)
    return await _question(message, nik, card, talk=talk, state=state)


async def _question(
    message: Message, nik: str, card: FoundCard | None, *, talk: Talk, state: FSMContext
) -> SendMessage:
    asked = may_ask(talk.session, message.chat.id, nik, asked_at=talk.asked_at, now=talk.now)
    if isinstance(asked, Throttled):
        return talk.answer(message, throttled_text(talk, asked))
    if asked is Ask.RECEIPT_NEEDED:
        await state.set_state(Linking.receipt)
        await state.set_data({"nik": nik})
        return talk.answer(message, receipt_needed(talk.words, talk.office), may_share=True)
    await state.set_state(None)
    answer = told_to_anyone(talk.session, card, now=talk.now, terms=talk.house.print_terms)
    await state.set_data({"nik": nik} if answer else {})
    return talk.answer(message, card_text(talk, answer))
