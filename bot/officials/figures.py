"""/angka: the office's figures of this moment, in a few lines.

Asked in the transaction of the update: about 0.1 s for a million cards, in which others wait, a few times a day.
"""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import MayDo, Wants
from bot.officials.commands import command_of
from bot.talk import Talk
from core.questions.figures import brief_figures
from core.questions.regions import places
from core.rules.figures import last_working_days
from core.rules.officials import Deed
from core.wording.figures import figures_message


def routes() -> Router:
    """/angka, or the word alone."""
    router = Router(name="figures")
    router.message.register(figures, Wants(command_of(Deed.FIGURES), "figures"), MayDo(Deed.FIGURES))
    return router


async def figures(message: Message, talk: Talk) -> SendMessage:
    """Counts, and what stands still."""
    today = talk.local.date()
    brief = brief_figures(talk.session, last_working_days(talk.house.calendar, today), today=today, now=talk.now)
    regions = places(talk.session, [stop.region for stop in brief.stops])
    return talk.say(message.chat.id, figures_message(talk.words, talk.office, brief, regions))
