"""Serah terima: she types numbers for as long as she likes, and each line is answered at once.

1. What is typed twice, or comes twice, does nothing twice; the answer says what was noted before.
2. Many at once, and what closes a card, is shown first and noted by a press. Everything may be taken back for a while,
   by the button below its answer, or by its number.
3. Who was silent for so long that the conversation is over is asked whether it is opened again; what she typed is kept.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo
from bot.officials.given import given_text, undone_text
from bot.officials.points import choose_point, page_of
from bot.officials.popups import outdated, popup
from bot.officials.record import RECORD, send_record
from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, Screens, keyboard, shown
from bot.officials.typed import ListsNumbers
from bot.replies import Reply
from bot.talk import Talk
from core.actions.hand_over_numbers import Undo, hand_over_numbers, undo_act, undo_numbers
from core.actions.handover import CLOSED_FOR
from core.questions.handed import act_of, ways_on
from core.questions.points import PointWork, points_with_work
from core.questions.regions import place
from core.rules.number_list import How, NumberList, Unread
from core.rules.officials import Acting, Deed, Role
from core.store.words import Taken
from core.wording.handing import mistakes_text, said_numbers, way_text, ways_lines
from core.wording.places import place_names

_DEED = Deed.HAND_OVER
_NOTE, _END, _AGAIN, UNDO = "note", "end", "again", "undo"
#: More than this many are shown first.
_AT_ONCE = 5


class Handing(StatesGroup):
    """Open: numbers may be typed."""

    numbers = State()


def routes() -> Router:
    """The deed's screens, what is typed on the way, and what is typed after it was closed."""
    router = Router(name="handing")
    router.callback_query.register(home, OnScreen(_DEED, HOME))
    router.callback_query.register(note, OnScreen(_DEED, _NOTE))
    router.callback_query.register(again, OnScreen(_DEED, _AGAIN))
    router.callback_query.register(end, OnScreen(_DEED, _END))
    router.callback_query.register(record, OnScreen(_DEED, RECORD))
    router.callback_query.register(undo, DoesDeed(_DEED, UNDO))
    router.message.register(numbers_typed, StateFilter(Handing.numbers), ListsNumbers(), MayDo(_DEED))
    router.message.register(typed_when_closed, StateFilter(None), ListsNumbers(wholly=True), MayDo(_DEED))
    return router


async def home(
    event: Message | CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str = ""
) -> list[Reply]:
    """Which place, where there are several; value: a place that was chosen, or a page of them."""
    screens = await Screens.begin(talk, state, _DEED)
    page = page_of(value)
    if value and page is None:
        return await _open(screens, event, value) if acting.may(_DEED, value) else outdated(event, talk)
    points = _points(talk, acting)
    if not points:
        return await screens.show(event, talk.text("hand-none"), [[screens.to_menu()]])
    if len(points) > 1:
        return await choose_point(screens, event, points, then=HOME, page=page or 0)
    return await _open(screens, event, points[0].code)


def _points(talk: Talk, acting: Acting) -> list[PointWork]:
    """Places where cards wait; a village's own also when none does, for its record of the day."""
    work = points_with_work(talk.session, acting.region, today=talk.local.date())
    points = [point for point in work if point.ready]
    own = [PointWork(acting.region, 0, 0, 0)] if acting.role is Role.VILLAGE and work else []
    return points or own


async def _open(screens: Screens, event: Message | CallbackQuery, point: str) -> list[Reply]:
    talk = screens.talk
    screens.known |= {"point": point}
    work = points_with_work(talk.session, point, today=talk.local.date())
    ready = sum(one.ready for one in work if one.code == point)
    text = talk.text("hand-open", tempat=_place(talk, point), menunggu=ready)
    rows = [[_end_button(screens), _record_button(screens)], [screens.to_menu()]]
    return await screens.show(event, text, rows, awaits=Handing.numbers)


async def numbers_typed(
    message: Message, talk: Talk, state: FSMContext, acting: Acting, read: NumberList | Unread
) -> list[Reply]:
    """One line, answered at once."""
    screens = await Screens.go_on(talk, state, _DEED)
    point = screens.known.get("point")
    if point is None or not acting.may(_DEED, point):
        return await screens.end(message, talk.text("button-outdated"))
    return await _line(screens, message, acting, point, read)


async def _line(
    screens: Screens, event: Message | CallbackQuery, acting: Acting, point: str, read: NumberList | Unread
) -> list[Reply]:
    talk = screens.talk
    if isinstance(read, Unread):
        text = mistakes_text(talk.words, read.mistakes, example="hand-example")
        return await screens.show(event, text, awaits=Handing.numbers)
    if read.all:
        return await screens.show(event, talk.text("hand-no-all"), awaits=Handing.numbers)
    if read.how is How.UNDO:
        undone = undo_numbers(talk.session, point, read.numbers, now=talk.now, by=acting.by)
        return await screens.show(event, undone_text(talk, undone), awaits=Handing.numbers)
    taken = Taken(read.how or How.SELF)
    if len(read.numbers) > _AT_ONCE or taken in CLOSED_FOR:
        return await _confirm(screens, event, read.numbers, taken)
    return await _note(screens, event, acting, point, read.numbers, taken)


async def _confirm(
    screens: Screens, event: Message | CallbackQuery, numbers: tuple[int, ...], taken: Taken
) -> list[Reply]:
    talk = screens.talk
    draft = int(screens.known.get("drafts", 0)) + 1
    screens.known |= {"drafts": draft, "draft": [draft, list(numbers), taken]}
    said = {"nomor": said_numbers(talk.words, numbers), "cara": way_text(talk.words, taken)}
    key = "hand-confirm-close" if taken in CLOSED_FOR else "hand-confirm"
    text = talk.text(key, **said if taken in CLOSED_FOR else {**said, "jumlah": len(numbers)})
    row = [screens.button(talk.text("button-hand-note"), _NOTE, draft)]
    return await screens.show(event, text, [row], awaits=Handing.numbers)


async def note(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """The press below what was shown first."""
    screens = await Screens.go_on(talk, state, _DEED)
    point, draft = screens.known.get("point"), screens.known.get("draft")
    if point is None or not acting.may(_DEED, point):
        return outdated(query, talk)
    if draft is None or str(draft[0]) != value:
        return popup(query, talk, "press-noted" if screens.known.get("noted") == value else "button-outdated")
    del screens.known["draft"]
    screens.known["noted"] = value
    return await _note(screens, query, acting, point, tuple(draft[1]), Taken(draft[2]))


async def _note(
    screens: Screens,
    event: Message | CallbackQuery,
    acting: Acting,
    point: str,
    numbers: tuple[int, ...],
    taken: Taken,
) -> list[Reply]:
    talk = screens.talk
    given = hand_over_numbers(talk.session, point, numbers, taken, now=talk.now, by=acting.by)
    row: list[Button] = [_end_button(screens)]
    if given.act is not None:
        row.insert(0, (talk.text("button-undo"), DeedPress(deed=_DEED, act=UNDO, about=given.act)))
    return await screens.show(event, given_text(talk, given, taken), [row], awaits=Handing.numbers)


async def undo(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """The button below an answer; whoever serves that place may press it."""
    act = act_of(talk.session, about)
    if act is None or not acting.may(_DEED, act.point):
        return outdated(query, talk)
    undone = undo_act(talk.session, about, now=talk.now, by=acting.by)
    became = {what for what, _ in undone.values()}
    if became == {Undo.LATE}:
        return popup(query, talk, "press-undo-late", alert=True)
    if became == {Undo.GONE}:
        return popup(query, talk, "press-undo-gone")
    return shown(query, undone_text(talk, undone))


async def end(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    """How many it were today, below the last answer, which keeps its own button."""
    screens = await Screens.go_on(talk, state, _DEED)
    point = screens.known.get("point")
    if point is None or query.message is None or not acting.may(_DEED, point):
        return outdated(query, talk)
    ways = ways_on(talk.session, point, talk.local.date())
    text = talk.text(
        "hand-end",
        tempat=_place(talk, point),
        jumlah=len(ways),
        rincian=ways_lines(talk.words, ways),
    )
    rows = [[_record_button(screens)], [screens.to_menu()]] if ways else [[screens.to_menu()]]
    # Not in place of the answer: what it says, and its button, stay.
    answered, _ = await screens.show(query, text, rows)
    return [answered, SendMessage(chat_id=query.message.chat.id, text=text, reply_markup=keyboard(rows))]


async def record(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    """Today's record, as a document."""
    point = (await state.get_data()).get("point")
    if point is None or not acting.may(_DEED, point):
        return outdated(query, talk)
    return send_record(query, talk, point)


async def typed_when_closed(
    message: Message, talk: Talk, state: FSMContext, acting: Acting, read: NumberList
) -> list[Reply]:
    """Numbers alone, though nothing is open: the conversation was silent for too long, or was ended."""
    points = _points(talk, acting)
    if read.all or not points:
        return [talk.answer(message, talk.text("not-understood"))]
    screens = await Screens.begin(talk, state, _DEED, typed=[list(read.numbers), read.how])
    if len(points) > 1:
        return await choose_point(screens, message, points, then=_AGAIN)
    text = talk.text("hand-idle", nomor=said_numbers(talk.words, read.numbers), tempat=_place(talk, points[0].code))
    button = screens.button(talk.text("button-hand-again"), _AGAIN, points[0].code)
    return await screens.show(message, text, [[button], [screens.to_menu()]])


async def again(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """Open it again at this place, with what was typed."""
    screens = await Screens.go_on(talk, state, _DEED)
    page, typed = page_of(value), screens.known.get("typed")
    if page is not None:
        return await choose_point(screens, query, _points(talk, acting), then=_AGAIN, page=page)
    if typed is None or not acting.may(_DEED, value):
        return outdated(query, talk)
    del screens.known["typed"]
    screens.known |= {"point": value}
    numbers, how = typed
    return await _line(screens, query, acting, value, NumberList(tuple(numbers), how=How(how) if how else None))


def _end_button(screens: Screens) -> Button:
    return screens.button(screens.talk.text("button-hand-end"), _END)


def _record_button(screens: Screens) -> Button:
    return screens.button(screens.talk.text("button-hand-record"), RECORD)


def _place(talk: Talk, point: str) -> str:
    return place_names(talk.words, place(talk.session, point))[0]
