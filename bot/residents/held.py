"""/data: what is held about the people behind this account, and how to correct and to withdraw."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import AsksAbout, Wants
from bot.phrases import HELD, POLITE
from bot.talk import Talk
from core.actions.showing import tell_held_data
from core.rules.delivery import Channel
from core.wording.held import held_text


def routes() -> Router:
    """The command, and the same in people's own words."""
    router = Router(name="held")
    router.message.register(told, Wants("data"))
    router.message.register(told, AsksAbout(HELD, besides=POLITE))
    return router


async def told(message: Message, talk: Talk) -> SendMessage:
    """Kinds and days only: this goes abroad, and to whoever holds the phone."""
    held = tell_held_data(talk.session, Channel.TELEGRAM, str(message.chat.id), now=talk.now)
    return talk.say(message.chat.id, held_text(talk.words, talk.office, held))
