"""What people say without a NIK or a command: is it ready, what does it cost, what is a suket, hello and thank you.

Only in a few words, only while nothing is going on, and only what nobody else understood.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import SaysBriefly
from bot.phrases import COST, GREETING, READY, SUKET, THANKS
from bot.residents import my_cards
from bot.talk import Talk
from core.questions.regions import office_row
from core.questions.suspensions import note_of, open_suspensions, touches
from core.rules.suspension import Service
from core.wording.suspensions import service_paragraphs


def routes() -> Router:
    """Who greets and asks in one breath is answered."""
    router = Router(name="small talk")
    router.message.filter(StateFilter(None))
    router.message.register(ready, SaysBriefly(READY))
    router.message.register(cost, SaysBriefly(COST))
    router.message.register(suket, SaysBriefly(SUKET))
    router.message.register(thanks, SaysBriefly(THANKS))
    router.message.register(greeting, SaysBriefly(GREETING))
    return router


async def ready(message: Message, talk: Talk) -> SendMessage:
    """The cards that this account is told of; without any, nobody knows whose card is meant."""
    if talk.linked(message.chat.id):
        return await my_cards.show(message, talk)
    return talk.say(message.chat.id, talk.text("ask-nik"))


async def cost(message: Message, talk: Talk) -> SendMessage:
    """Nothing, and whoever takes money for it is to be reported."""
    return talk.say(message.chat.id, talk.text("say-cost"))


async def suket(message: Message, talk: Talk) -> SendMessage:
    """Nobody is sent to the counter for one while none can be made anywhere in the office's region."""
    region = office_row(talk.session).regency
    stops = [stop for stop in open_suspensions(talk.session) if touches(stop, village=region, recorded_on=None)]
    paragraphs = service_paragraphs(talk.words, [note_of(stop, talk.house.zone) for stop in stops])
    return talk.say(message.chat.id, talk.text("say-suket", suket=paragraphs[Service.LETTERS]))


async def thanks(message: Message, talk: Talk) -> SendMessage:
    """Leaves the NIK just asked for at hand."""
    return talk.say(message.chat.id, talk.text("say-thanks"))


async def greeting(message: Message, talk: Talk) -> SendMessage:
    """As /start says it, but short."""
    return talk.say(message.chat.id, talk.text("say-greeting"))
