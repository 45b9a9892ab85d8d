"""Terima kiriman: which box came, what is in it, and what is missing; a second press notes it.

1. Nobody is told that a card is ready: the call does that, to which the last screen leads on.
2. What is noted is what the screen said: where somebody noted the box meanwhile, or what is in it changed, she is
   told so, and nothing happens.
"""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo
from bot.officials.points import choose_point, page_of
from bot.officials.popups import outdated
from bot.officials.screens import HOME, Button, OnScreen, Screens
from bot.officials.typed import ListsNumbers
from bot.replies import Reply
from bot.talk import Talk
from core.actions.arrivals import ArrivalTerms, Arrived, arrive_box, pass_box
from core.actions.telling import tell_operators
from core.errors import NotFound, Refused
from core.questions.boxes import BoxView, box_view, boxes_on_way, numbers_under_way
from core.questions.points import points_with_work
from core.questions.regions import place
from core.rules.number_list import NumberList, Unread
from core.rules.officials import Acting, Deed, Role
from core.wording.dates import clock_time, day_date
from core.wording.handing import mistakes_text, said_numbers
from core.wording.places import place_names
from core.wording.wordings import INDONESIAN

_BOX, _ALL, _NOTE, _PASSED = "box", "all", "note", "passed"
#: Boxes of one place on one screen; more are never under way to it.
_ON_A_SCREEN = 8
#: Whoever makes a button up is not to ask the database for a number that it cannot hold.
_LONGEST_ID = 9


class Receiving(StatesGroup):
    """A box is open: numbers may be typed."""

    numbers = State()


def routes() -> Router:
    """The deed's screens, and what is typed on the way."""
    router = Router(name="receiving")
    deed = Deed.TAKE_IN
    router.callback_query.register(home, OnScreen(deed, HOME))
    router.callback_query.register(box_chosen, OnScreen(deed, _BOX))
    router.callback_query.register(all_came, OnScreen(deed, _ALL))
    router.callback_query.register(note, OnScreen(deed, _NOTE))
    router.callback_query.register(passed, OnScreen(deed, _PASSED))
    router.message.register(numbers_typed, StateFilter(Receiving.numbers), ListsNumbers(), MayDo(deed))
    return router


async def home(
    event: Message | CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str = ""
) -> list[Reply]:
    """Which place, where there are several; value: a place that was chosen, or a page of them."""
    screens = await Screens.begin(talk, state, Deed.TAKE_IN)
    page = page_of(value)
    if value and page is None:
        return await _boxes_of(screens, event, value) if acting.may(Deed.TAKE_IN, value) else outdated(event, talk)
    points = [one for one in points_with_work(talk.session, acting.region, today=talk.local.date()) if one.boxes]
    if not points:
        return await screens.show(event, talk.text("in-none"), [[screens.to_menu()]])
    if len(points) > 1:
        return await choose_point(screens, event, points, then=HOME, page=page or 0)
    return await _boxes_of(screens, event, points[0].code)


async def _boxes_of(screens: Screens, event: Message | CallbackQuery, point: str) -> list[Reply]:
    talk = screens.talk
    boxes = [box for box in boxes_on_way(talk.session, point) if box.code == point]
    if not boxes:
        return await screens.show(event, talk.text("in-none"), [[screens.to_menu()]])
    if len(boxes) == 1:
        return await _show_box(screens, event, boxes[0])
    rows: list[list[Button]] = [[screens.button(_box_label(talk, box), _BOX, box.id)] for box in boxes[:_ON_A_SCREEN]]
    text = talk.text("in-which-box", tempat=_place(talk, point))
    return await screens.show(event, text, [*rows, [screens.to_menu()]])


async def box_chosen(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """One box of several."""
    box = _hers(talk, acting, value)
    screens = await Screens.go_on(talk, state, Deed.TAKE_IN)
    return await _show_box(screens, query, box) if box else outdated(query, talk)


async def _show_box(screens: Screens, event: Message | CallbackQuery, box: BoxView) -> list[Reply]:
    talk, words = screens.talk, screens.talk.words
    if box.arrived_at is not None:
        return await _before(screens, event, box)
    screens.known |= {"box": box.id}
    text = talk.text(
        "in-box",
        kotak=str(box.id),
        tempat=_place(talk, box.code),
        jumlah=box.under_way,
        nomor=said_numbers(words, numbers_under_way(talk.session, box.id)),
        tanggal=_day(talk, box.sent_at),
        lewat=talk.text("in-passed", tanggal=_day(talk, box.passed_at)) if box.passed_at else "",
    )
    rows: list[list[Button]] = [[screens.button(talk.text("button-in-all"), _ALL, box.id)]]
    if talk.acting and talk.acting.role is not Role.VILLAGE and box.code != talk.acting.region and not box.passed_at:
        rows.append([screens.button(talk.text("button-in-passed"), _PASSED, box.id)])
    return await screens.show(event, text, [*rows, [screens.to_menu()]], awaits=Receiving.numbers)


async def all_came(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """Nothing is missing."""
    box = _hers(talk, acting, value)
    screens = await Screens.go_on(talk, state, Deed.TAKE_IN)
    return await _preview(screens, query, box, missing=[]) if box else outdated(query, talk)


async def numbers_typed(
    message: Message, talk: Talk, state: FSMContext, acting: Acting, read: NumberList | Unread
) -> list[Reply]:
    """What came, or all but what is missing."""
    screens = await Screens.go_on(talk, state, Deed.TAKE_IN)
    box = _hers(talk, acting, str(screens.known.get("box", "")))
    if box is None:
        return await screens.end(message, talk.text("button-outdated"))
    if isinstance(read, Unread):
        return await _again(screens, message, mistakes_text(talk.words, read.mistakes, example="in-example"))
    if read.how is not None:
        return await _again(screens, message, talk.text("in-no-way"))
    inside = set(numbers_under_way(talk.session, box.id))
    if strange := set(read.numbers) - inside:
        return await _again(screens, message, talk.text("in-strange", nomor=said_numbers(talk.words, strange)))
    missing = set(read.numbers) if read.all else inside - set(read.numbers)
    return await _preview(screens, message, box, missing=sorted(missing))


async def _again(screens: Screens, message: Message, text: str) -> list[Reply]:
    return await screens.show(message, text, awaits=Receiving.numbers)


async def _preview(
    screens: Screens, event: Message | CallbackQuery, box: BoxView, *, missing: list[int]
) -> list[Reply]:
    if box.arrived_at is not None:
        return await _before(screens, event, box)
    talk, words = screens.talk, screens.talk.words
    draft = int(screens.known.get("draft", 0)) + 1
    screens.known |= {"box": box.id, "missing": missing, "draft": draft, "seen": box.under_way}
    lacks = talk.text("in-missing", jumlah=len(missing), nomor=said_numbers(words, missing)) if missing else None
    text = talk.text(
        "in-preview",
        kotak=str(box.id),
        datang=box.under_way - len(missing),
        kurang=lacks or talk.text("in-missing-none"),
    )
    rows = [[screens.button(talk.text("button-in-note"), _NOTE, f"{box.id}.{draft}")], [screens.to_menu()]]
    return await screens.show(event, text, rows, awaits=Receiving.numbers)


async def note(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """The second press: what the screen said is noted, once."""
    box_id, _, draft = value.partition(".")
    box = _hers(talk, acting, box_id)
    screens = await Screens.go_on(talk, state, Deed.TAKE_IN)
    if box is None:
        return outdated(query, talk)
    if box.arrived_at is not None:
        return await _before(screens, query, box)
    known = screens.known
    if (str(known.get("box")), str(known.get("draft"))) != (box_id, draft):
        return outdated(query, talk)
    missing: list[int] = known["missing"]
    terms = ArrivalTerms(now=talk.now, by=acting.by, tell=False, awaits_call=True)
    try:
        if box.under_way != known["seen"]:
            raise Refused("the box holds other cards than it was said to")
        done = arrive_box(talk.session, box.id, terms, missing=missing)
    except Refused:
        return await screens.show(query, talk.text("in-changed"), _onwards(screens, box, HOME))
    if done.before is not None:
        return await _before(screens, query, box_view(talk.session, box.id))
    if missing:
        _tell_office(talk, box, missing)
    return await screens.show(query, _noted(talk, box, done), _onwards(screens, box, None))


async def passed(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """The box only came by the district; pressed twice, it still did."""
    box = _hers(talk, acting, value)
    screens = await Screens.go_on(talk, state, Deed.TAKE_IN)
    if box is None or acting.role is Role.VILLAGE:
        return outdated(query, talk)
    if box.arrived_at is not None:
        return await _before(screens, query, box)
    pass_box(talk.session, box.id, now=talk.now, by=acting.by)
    text = talk.text("in-passed-done", kotak=str(box.id), tempat=_place(talk, box.code))
    return await screens.show(query, text, [[screens.to_menu()]])


def _hers(talk: Talk, acting: Acting, value: str) -> BoxView | None:
    """The box of this number, where it goes to a place of hers."""
    if not value.isdecimal() or len(value) > _LONGEST_ID:
        return None
    try:
        box = box_view(talk.session, int(value))
    except NotFound:
        return None
    return box if acting.may(Deed.TAKE_IN, box.code) else None


async def _before(screens: Screens, event: Message | CallbackQuery, box: BoxView) -> list[Reply]:
    talk = screens.talk
    at = box.arrived_at or talk.now
    said = {"tanggal": _day(talk, at), "jam": clock_time(at, talk.house.zone)}
    return await screens.show(event, talk.text("in-before", kotak=str(box.id), **said), _onwards(screens, box, None))


def _onwards(screens: Screens, box: BoxView, back: str | None) -> list[list[Button]]:
    """To the call, or back to the boxes, and to the menu."""
    talk = screens.talk
    if back is not None:
        return [[screens.button(talk.text("deed-in"), back, box.code)], [screens.to_menu()]]
    return [[screens.button(talk.text("deed-call"), HOME, box.code, deed=Deed.CALL)], [screens.to_menu()]]


def _noted(talk: Talk, box: BoxView, done: Arrived) -> str:
    lacks = ""
    if done.missing:
        lacks = talk.text("in-noted-missing", jumlah=len(done.missing), nomor=said_numbers(talk.words, done.missing))
    return talk.text(
        "in-noted",
        kotak=str(box.id),
        datang=done.arrived,
        tempat=_place(talk, box.code),
        kurang=lacks,
        lain=talk.text("in-elsewhere", jumlah=done.elsewhere) if done.elsewhere else "",
    )


def _tell_office(talk: Talk, box: BoxView, missing: list[int]) -> None:
    words = talk.house.wordings.of(INDONESIAN)
    where = place_names(words, place(talk.session, box.code))[0]
    numbers = said_numbers(words, missing)
    text = words.text("operators-box-missing", kotak=str(box.id), tempat=where, jumlah=len(missing), nomor=numbers)
    tell_operators(talk.session, talk.house.operators, text, key=f"missing box:{box.id}", now=talk.now)


def _box_label(talk: Talk, box: BoxView) -> str:
    return talk.text("in-box-button", kotak=str(box.id), jumlah=box.under_way, tanggal=_day(talk, box.sent_at))


def _place(talk: Talk, point: str) -> str:
    return place_names(talk.words, place(talk.session, point))[0]


def _day(talk: Talk, moment: datetime) -> str:
    return day_date(talk.words, moment.astimezone(talk.house.zone).date())
