"""What people would ask at the counter's window: when it is open, where it is, and what to bring."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import AsksAbout, Wants
from bot.phrases import BRING, BRING_ALONE, HOURS
from bot.talk import Talk
from core.questions.cards import where_is_proven
from core.wording.bring import what_to_bring
from core.wording.hours import opening_hours


def routes() -> Router:
    """/jam, /alamat, /bawa, their button, and the same in people's own words."""
    router = Router(name="counter")
    router.message.register(hours, Wants("jam", "alamat", "buka"))
    router.message.register(bring, Wants(*BRING_ALONE, button="button-bring"))
    router.message.register(hours, AsksAbout(HOURS))
    router.message.register(bring, AsksAbout(BRING))
    return router


async def hours(message: Message, talk: Talk) -> SendMessage:
    """Leaves what is going on as it is."""
    house = talk.house
    text = opening_hours(talk.words, talk.office, house.calendar, address=house.address, local=talk.local)
    return talk.say(message.chat.id, text)


async def bring(message: Message, talk: Talk) -> SendMessage:
    """For the cards that this account is told of, and in general."""
    linked = sorted(talk.linked(message.chat.id))
    found = [where_is_proven(talk.session, resident_id, now=talk.now) for resident_id in linked]
    cards = [answer for answer in found if answer is not None]
    return talk.say(message.chat.id, what_to_bring(talk.words, talk.office, cards, closing=talk.closing))
