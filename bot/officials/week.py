"""The Friday card, at any time: /jumat, or its button. A message of its own without buttons, ready to be forwarded.

It is counted when it leaves, not in the writer's turn: of a whole regency that takes longer than anybody may wait.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message
from sqlalchemy.orm import Session

from bot.officials.screens import HOME, OnScreen
from bot.papers import PAPERS, Paper, SendPaper
from bot.replies import Reply
from bot.talk import House, Talk
from core.jobs.friday_cards import PAPER
from core.questions.regions import DISTRICT_LENGTH, place, places
from core.questions.village_week import weeks_of_points
from core.rules.friday import PointWeek, together, week_begins
from core.rules.officials import Acting, Deed
from core.wording import Wording
from core.wording.friday import FridayCard, friday_text
from core.wording.places import place_names
from core.wording.wordings import INDONESIAN


def routes() -> Router:
    """The command, the word alone, and the button of the menu."""
    router = Router(name="Friday card")
    router.callback_query.register(week, OnScreen(Deed.WEEK, HOME))
    return router


async def week(event: Message | CallbackQuery, talk: Talk, acting: Acting) -> list[Reply]:
    """Of her own region; the menu above stays as it is."""
    assert talk.chat_id is not None  # noqa: S101  # whoever acts writes in a private chat
    about = {"region": acting.region, "at": talk.now.isoformat()}
    card = SendPaper(chat_id=talk.chat_id, paper=PAPER, about=about)
    return [AnswerCallbackQuery(callback_query_id=event.id), card] if isinstance(event, CallbackQuery) else [card]


def draw(session: Session, *, house: House, about: Mapping[str, Any]) -> Paper:
    """The card's text, in Indonesian whatever she speaks here: it is for the village head."""
    w, now, region = house.wordings.of(INDONESIAN), datetime.fromisoformat(about["at"]), about["region"]
    points = weeks_of_points(session, region, since=week_begins(now, house.zone))
    parts = _parts(region, points)
    card = FridayCard(
        region=place(session, region),
        whole=together(region, points),
        parts=parts,
        names=_names(session, w, parts),
    )
    return friday_text(w, card, now=now, zone=house.zone)


PAPERS[PAPER] = draw


def _parts(region: str, points: Sequence[PointWeek]) -> list[PointWeek]:
    """Of a district its villages, of the regency its districts; where there is one point only, nothing more is said."""
    if len(region) > DISTRICT_LENGTH or [point.code for point in points] == [region]:
        return []
    if len(region) == DISTRICT_LENGTH:
        return list(points)
    districts: dict[str, list[PointWeek]] = defaultdict(list)
    for point in points:
        districts[point.code[:DISTRICT_LENGTH]].append(point)
    return [together(code, some) for code, some in districts.items()]


def _names(session: Session, w: Wording, parts: Sequence[PointWeek]) -> dict[str, str]:
    """The shortest that still says which."""
    found = places(session, [part.code for part in parts])
    return {code: place_names(w, place)[-2] for code, place in found.items()}
