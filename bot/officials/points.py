"""Which pickup point is meant: nobody is asked who has only one."""

from collections.abc import Sequence

from aiogram.types import CallbackQuery, Message

from bot.officials.screens import Button, Screens
from bot.replies import Reply
from bot.talk import Talk
from core.questions.points import PointWork
from core.questions.regions import places
from core.rules.answer import Place
from core.rules.officials import Acting, Deed
from core.wording.places import place_names

_ON_A_SCREEN = 8
_PAGE = "page-"


def page_of(value: str) -> int | None:
    """The page that a press asks for; None when it is a point."""
    number = value.removeprefix(_PAGE)
    return int(number) if value.startswith(_PAGE) and number.isdecimal() else None


def may_at(talk: Talk, acting: Acting, deed: Deed, point: str) -> bool:
    """Whether she may do this at this point, which a button named; a code that is no region's is nowhere."""
    return acting.may(deed, point) and point in places(talk.session, [point])


async def choose_point(
    screens: Screens, event: Message | CallbackQuery, points: Sequence[PointWork], *, then: str, page: int = 0
) -> list[Reply]:
    """Ask which point; the press comes to the screen `then`, with its code or another page."""
    talk = screens.talk
    some = points[page * _ON_A_SCREEN : (page + 1) * _ON_A_SCREEN]
    names = places(talk.session, [point.code for point in some])
    rows: list[list[Button]] = [
        [screens.button(_label(screens, point, names.get(point.code)), then, point.code)] for point in some
    ]
    turns: list[Button] = []
    if page > 0:
        turns.append(screens.button(talk.text("button-page-before"), then, f"{_PAGE}{page - 1}"))
    if len(points) > (page + 1) * _ON_A_SCREEN:
        turns.append(screens.button(talk.text("button-page-after"), then, f"{_PAGE}{page + 1}"))
    rows += [turns] if turns else []
    return await screens.show(event, talk.text("which-point"), [*rows, [screens.to_menu()]])


def _label(screens: Screens, point: PointWork, place: Place | None) -> str:
    words = screens.talk.words
    name = place_names(words, place)[0] if place else point.code
    return screens.talk.text("point-work", tempat=name, kiriman=point.boxes, menunggu=point.ready)
