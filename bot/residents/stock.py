"""/stok: blanks, prints and the queue, published so that nobody can sell a place in it."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import AsksAbout, Wants
from bot.phrases import STOCK, STOCK_ALONE
from bot.talk import Talk
from core.questions.public_stock import public_stock
from core.wording.stock import stock_report


def routes() -> Router:
    """The command, and the same in people's own words."""
    router = Router(name="stock")
    router.message.register(published, Wants(*STOCK_ALONE))
    router.message.register(published, AsksAbout(STOCK))
    return router


async def published(message: Message, talk: Talk) -> SendMessage:
    """For everybody, and it leaves what is going on as it is."""
    stock = public_stock(talk.session, talk.house.print_terms, now=talk.now)
    return talk.say(message.chat.id, stock_report(talk.words, stock))
