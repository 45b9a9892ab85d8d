"""Kabari Saya: NIK and receipt together prove whose card it is, then consent is asked, then notices come here."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.filters import HoldsSlipCode, OfKind, Wants
from bot.reading import maybe_receipt
from bot.replies import Reply
from bot.residents.proven import answer_owner
from bot.talk import Talk
from core.actions.proof import NoProof, prove
from core.rules.siak import read_status
from core.wording.answers import locked


def wish_routes() -> Router:
    """The wish to be told."""
    router = Router(name="link")
    router.message.register(wish, Wants("kabari", button="button-notify"))
    return router


def receipt_routes() -> Router:
    """A text without a NIK: when the receipt was asked for, or with a slip's code in it at any time."""
    router = Router(name="receipt")
    router.message.register(receipt_typed, StateFilter(Linking.receipt), OfKind("text"))
    router.message.register(code_typed_first, HoldsSlipCode())
    return router


async def wish(message: Message, talk: Talk, state: FSMContext) -> SendMessage:
    """Uses the NIK just asked for, or asks for one."""
    nik = (await state.get_data()).get("nik")
    if nik:
        return await ask_receipt(message, nik, talk=talk, state=state)
    await state.set_state(Linking.nik)
    return talk.say(message.chat.id, talk.text("ask-nik"), may_share=True)


async def ask_receipt(message: Message, nik: str, *, talk: Talk, state: FSMContext) -> SendMessage:
    """The same for a NIK that exists and one that does not."""
    await state.set_state(Linking.receipt)
    await state.set_data({"nik": nik})
    return talk.say(message.chat.id, talk.text("ask-receipt"), may_share=True)


async def receipt_typed(message: Message, talk: Talk, state: FSMContext) -> SendMessage | list[Reply]:
    """What cannot be a receipt's code costs no try."""
    text = message.text or ""
    receipt = maybe_receipt(text)
    nik = (await state.get_data()).get("nik")
    if receipt is None or nik is None or read_status(text):
        return talk.say(message.chat.id, talk.text("ask-receipt"), may_share=True)
    talk.forget_later(message)
    return await proof_given(message, nik, receipt, talk=talk, state=state)


async def code_typed_first(
    message: Message, slip_code: str, talk: Talk, state: FSMContext
) -> SendMessage | list[Reply]:
    """Belongs to the NIK just asked for; without one it waits for the NIK."""
    talk.forget_later(message)
    nik = (await state.get_data()).get("nik")
    if nik:
        return await proof_given(message, nik, slip_code, talk=talk, state=state)
    await state.set_state(Linking.nik)
    await state.set_data({"receipt": slip_code})
    return talk.answer(message, talk.text("ask-nik-for-receipt"))


async def proof_given(
    message: Message, nik: str, receipt: str, *, talk: Talk, state: FSMContext
) -> SendMessage | list[Reply]:
    """Answer the owner in full and ask for consent; anyone else learns only that the two do not fit."""
    proven = prove(talk.session, message.chat.id, nik, receipt, now=talk.now)
    if isinstance(proven, int):
        return await answer_owner(message, proven, proof="receipt", talk=talk, state=state)
    await state.set_data({"nik": nik})
    if proven is not NoProof.WRONG:
        await state.set_state(None)
        said = locked(talk.words, talk.office, here=proven is NoProof.LOCKED_HERE)
        return talk.answer(message, said, may_share=True)
    await state.set_state(Linking.receipt)
    return talk.answer(message, talk.text("answer-wrong-receipt"), may_share=True)
