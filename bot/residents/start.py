"""Saying hello, and what can be done here."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.filters import Wants
from bot.residents.language import hint_for
from bot.talk import Talk


def routes() -> Router:
    """/start, help, and the button that asks for a NIK."""
    router = Router(name="start")
    router.message.register(welcome, Wants("start", "mulai"))
    router.message.register(explain, Wants("help", "bantuan", button="button-help"))
    router.message.register(ask_for_nik, Wants("cek", button="button-check"))
    return router


async def welcome(message: Message, talk: Talk, state: FSMContext) -> SendMessage:
    """Begins anew, whatever was going on."""
    await state.clear()
    hint = hint_for(message.from_user, talk)
    return talk.say(message.chat.id, "\n\n".join(filter(None, (talk.text("welcome"), hint))))


async def explain(message: Message, talk: Talk) -> SendMessage:
    """Leaves what is going on as it is."""
    return talk.say(message.chat.id, talk.text("help"))


async def ask_for_nik(message: Message, talk: Talk, state: FSMContext, raw_state: str | None) -> SendMessage:
    """Ends a linking; the NIK that was asked before stays at hand for Kabari Saya."""
    if raw_state in Linking:
        await state.clear()
    return talk.say(message.chat.id, talk.text("ask-nik"))
