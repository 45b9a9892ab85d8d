"""No more notices: asked for, or said by blocking the bot."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import ChatMemberUpdated, Message

from bot.filters import Wants
from bot.talk import Talk
from core.actions.contacts import STOPPED, close_address
from core.rules.delivery import Channel


def routes() -> Router:
    """/berhenti, its button, and the block."""
    router = Router(name="stop")
    router.message.register(stop, Wants("berhenti", "stop", button="button-stop"))
    router.my_chat_member.register(standing_changed)
    return router


async def stop(message: Message, talk: Talk, state: FSMContext) -> SendMessage:
    """Closes this account wherever it stands; who says so heard us, and is not written to by SMS for her silence."""
    await state.clear()
    closed = _close(talk, message.chat.id, why=STOPPED)
    return talk.say(message.chat.id, talk.text("stop-done" if closed else "stop-nothing"))


async def standing_changed(event: ChatMemberUpdated, talk: Talk, state: FSMContext) -> None:
    """A block says nothing to us: what was not answered still goes by SMS. Unblocking opens nothing again."""
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await state.clear()
        _close(talk, event.chat.id, why="opted-out")


def _close(talk: Talk, chat_id: int, *, why: str) -> int:
    return close_address(talk.session, Channel.TELEGRAM, str(chat_id), why=why, now=talk.now, by="resident")
