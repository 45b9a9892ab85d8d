"""KTP-el Saya: the cards that this account is told of."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import Wants
from bot.residents.card_text import card_text
from bot.talk import Talk
from core.questions.cards import where_is_proven
from core.wording.my_cards import my_cards, which_card
from core.wording.paragraphs import paragraphs


def routes() -> Router:
    """/kartu and its button."""
    router = Router(name="my cards")
    router.message.register(show, Wants("kartu", button="button-my-cards"))
    return router


async def show(message: Message, talk: Talk) -> SendMessage:
    """One card in full, several in a line each; what is going on goes on."""
    linked = sorted(talk.linked(message.chat.id))
    terms = talk.house.print_terms
    found = [where_is_proven(talk.session, resident_id, now=talk.now, terms=terms) for resident_id in linked]
    answers = [answer for answer in found if answer is not None]
    if len(answers) == 1:
        text = paragraphs(which_card(talk.words, answers[0]), card_text(talk, answers[0]))
    else:
        text = my_cards(talk.words, answers)
    return talk.say(message.chat.id, text)
