"""The record of hand-over, sent as a document: of one place and one day, numbers only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot.officials.popups import popup
from bot.papers import PAPERS, Paper, SendPaper
from bot.replies import Reply
from bot.talk import House, Talk
from core.questions.handed import handed_on, ways_on
from core.questions.regions import place
from core.wording.dates import day_date
from core.wording.handover_records import record_name, record_text
from core.wording.places import place_names
from core.wording.wordings import INDONESIAN

RECORD = "record"
_PAPER = "handover-record"


def send_record(query: CallbackQuery, talk: Talk, point: str) -> list[Reply]:
    """Today's, where anything was handed over."""
    day = talk.local.date()
    if query.message is None or not ways_on(talk.session, point, day):
        return popup(query, talk, "press-record-none")
    where = place_names(talk.words, place(talk.session, point))[0]
    caption = talk.text("hand-record-caption", tempat=where, tanggal=day_date(talk.words, day))
    about = {"point": point, "day": day.isoformat()}
    paper = SendPaper(chat_id=query.message.chat.id, paper=_PAPER, about=about, caption=caption)
    return [AnswerCallbackQuery(callback_query_id=query.id), paper]


def draw_record(session: Session, *, house: House, about: Mapping[str, Any]) -> Paper:
    """A paper of the office, so in Indonesian, whatever language she reads."""
    from core.papers.handover_record import handover_record_pdf  # the library that draws is only needed for it

    point, day = about["point"], date.fromisoformat(about["day"])
    words = house.wordings.of(INDONESIAN)
    handed = handed_on(session, point, day)
    where = place(session, point)
    text = record_text(words, office=house.office.name, place=where, day=day, handed=handed, zone=house.zone)
    return record_name(point, day), handover_record_pdf(text)


PAPERS[_PAPER] = draw_record
