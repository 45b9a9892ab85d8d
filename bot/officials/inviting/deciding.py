"""Benar or Bukan: whoever invited says whether the right person opened the link, now or days later."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.officials.inviting.opening import CONFIRM, REFUSE
from bot.officials.inviting.words import task_of
from bot.officials.news import News
from bot.officials.popups import outdated
from bot.officials.screens import DoesDeed, shown
from bot.replies import Reply
from bot.talk import Talk
from core.errors import NotFound, Refused
from core.questions.official_list import official_line
from core.rules.invites import may_confirm
from core.rules.officials import Acting, Deed


def routes() -> Router:
    """The two buttons."""
    router = Router(name="who opened it")
    router.callback_query.register(right, DoesDeed(Deed.INVITE, CONFIRM))
    router.callback_query.register(wrong, DoesDeed(Deed.INVITE, REFUSE))
    return router


async def right(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """She may act from this press on."""
    return _decide(query, acting, about, talk, confirm=True)


async def wrong(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """Nothing came of it; the link is used up all the same."""
    return _decide(query, acting, about, talk, confirm=False)


def _decide(query: CallbackQuery, acting: Acting, about: int, talk: Talk, *, confirm: bool) -> list[Reply]:
    """The first press counts; a later one is shown what came of it."""
    try:
        line = official_line(talk.session, about)
    except NotFound:
        return outdated(query, talk)
    if not may_confirm(acting, line.role, line.region, invited_by=line.invited_by):
        return outdated(query, talk)
    news = News(talk.house.wordings, talk.house.office)
    act = news.confirm if confirm else news.refuse
    try:
        done = act(talk.session, about, now=talk.now, by=acting.by)
    except Refused:
        done = False
    if not done:
        standing = official_line(talk.session, about).standing
        return shown(query, talk.text("official-was-decided", keadaan=talk.text(f"standing-{standing}")))
    return shown(query, talk.text("official-is-confirmed" if confirm else "official-is-refused", **task_of(talk, line)))
