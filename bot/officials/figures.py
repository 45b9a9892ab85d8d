"""/angka: the office's figures of this moment, in a few lines; its charts and its tables as documents.

Asked in the transaction of the update: about 0.1 s for a million cards, in which others wait, a few times a day. Charts
and tables are made when they leave, outside of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message
from sqlalchemy.orm import Session

from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, shown
from bot.papers import PAPERS, Paper, SendPaper
from bot.replies import Reply
from bot.talk import House, Talk
from core.charts.drawing import draw
from core.files.figure_rows import csv_of, day_rows, office_rows
from core.jobs.office_charts import charts_of
from core.questions.day_figures import day_figures
from core.questions.figures import brief_figures, office_figures
from core.questions.regions import district_names, places
from core.rules.figures import last_working_days
from core.rules.officials import Deed
from core.wording.figures import figures_message

_CHARTS = ("stages", "output", "waiting")
_NOW, _DAY = "now", "day"
_PAPER = "figures"


def routes() -> Router:
    """/angka, the word alone, or the button of the menu."""
    router = Router(name="figures")
    router.callback_query.register(figures, OnScreen(Deed.FIGURES, HOME))
    for what in (*_CHARTS, _NOW, _DAY):
        router.callback_query.register(paper, DoesDeed(Deed.FIGURES, what))
    return router


async def figures(event: Message | CallbackQuery, talk: Talk) -> list[Reply]:
    """Counts, and what stands still."""
    today = talk.local.date()
    brief = brief_figures(talk.session, last_working_days(talk.house.calendar, today), today=today, now=talk.now)
    regions = places(talk.session, [stop.region for stop in brief.stops])
    rows = [[_button(talk, chart) for chart in _CHARTS], [_button(talk, table) for table in (_NOW, _DAY)]]
    return shown(event, figures_message(talk.words, talk.office, brief, regions), rows)


async def paper(query: CallbackQuery, talk: Talk, about: int) -> list[Reply]:
    """about: the day on which the figures were shown; a table of the day is that one's, all else is of now."""
    if query.message is None or not 1 <= about <= talk.local.date().toordinal():
        return [AnswerCallbackQuery(callback_query_id=query.id, text=talk.text("button-outdated"))]
    released = AnswerCallbackQuery(callback_query_id=query.id, text=talk.text("figures-coming"))
    what = DeedPress.unpack(query.data or "").act
    day = date.fromordinal(about) if what == _DAY else talk.local.date()
    asked = {"what": what, "day": day.isoformat(), "now": talk.now.isoformat(), "language": talk.words.language}
    return [released, SendPaper(query.message.chat.id, _PAPER, asked)]


def _button(talk: Talk, what: str) -> Button:
    about = talk.local.date().toordinal()
    return talk.text(f"button-figures-{what}"), DeedPress(deed=Deed.FIGURES, act=what, about=about)


def _paper(session: Session, *, house: House, about: Mapping[str, Any]) -> Paper:
    what, day = about["what"], date.fromisoformat(about["day"])
    if what in _CHARTS:
        words = house.wordings.of(about["language"])
        return f"{what}-{day}.png", draw({what: charts_of(session, words, day)[what]})[what]
    if what == _DAY:
        return f"angka-hari-{day}.csv", csv_of(day_rows(day_figures(session, day)))
    working_days = last_working_days(house.calendar, day)
    found = office_figures(session, working_days, today=day, now=datetime.fromisoformat(about["now"]))
    return f"angka-{day}.csv", csv_of(office_rows(found, district_names(session)))


PAPERS[_PAPER] = _paper
