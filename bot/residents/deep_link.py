"""The link on a slip: scanned, it proves whose card it is without a NIK."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import HoldsLinkSecret
from bot.replies import Reply
from bot.residents.proven import answer_owner
from bot.talk import Talk
from core.actions.proof import NoProof, prove_by_link


def routes() -> Router:
    """Before the plain /start."""
    router = Router(name="deep link")
    router.message.register(link_opened, HoldsLinkSecret())
    return router


async def link_opened(message: Message, secret: str, talk: Talk, state: FSMContext) -> SendMessage | list[Reply]:
    """One answer for a secret that nobody knows and one whose slip is void."""
    talk.forget_later(message)
    proven = prove_by_link(talk.session, message.chat.id, secret, now=talk.now)
    if isinstance(proven, int):
        return await answer_owner(message, proven, proof="link", talk=talk, state=state)
    await state.clear()
    return talk.answer(message, talk.text("link-locked" if proven is NoProof.LOCKED else "link-unknown"))
