"""Siapa terjangkau: whom a call reached, whom not and why; and telling those again, never the others."""

from collections import Counter

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message

from bot.officials.calling.follow import WHO, below, may_see, place_said
from bot.officials.points import choose_point, may_at, page_of
from bot.officials.popups import outdated, popup
from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, Screens, keyboard, shown
from bot.replies import Reply
from bot.talk import Talk
from core.actions.calls import tell_again
from core.errors import Refused
from core.questions.call_choice import newest_call
from core.questions.calls import CallView, call_view, called, reached
from core.questions.points import points_with_work
from core.questions.regions import place
from core.rules.notices import Answer
from core.rules.officials import Acting, Deed
from core.store.words import CallState
from core.wording.calling import Reach, reached_text
from core.wording.places import place_names

_POINT = "point"
_AGAIN, _AGAIN_YES, _AGAIN_NO = "again", "again1", "again0"


def routes() -> Router:
    """The deed from the menu, and the button below a call's live message."""
    router = Router(name="reached")
    router.callback_query.register(home, OnScreen(Deed.REACHED, HOME))
    router.callback_query.register(home, OnScreen(Deed.REACHED, _POINT))
    router.callback_query.register(who, DoesDeed(Deed.REACHED, WHO))
    router.callback_query.register(ask_again, DoesDeed(Deed.REACHED, _AGAIN))
    router.callback_query.register(again, DoesDeed(Deed.REACHED, _AGAIN_YES))
    router.callback_query.register(not_again, DoesDeed(Deed.REACHED, _AGAIN_NO))
    return router


async def home(
    event: Message | CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str = ""
) -> list[Reply]:
    """value: a point, a page of points, or nothing yet."""
    screens = await Screens.begin(talk, state, Deed.REACHED)
    page = page_of(value)
    if value and page is None:
        return await _of_point(screens, event, acting, value)
    work = points_with_work(talk.session, acting.region, today=talk.local.date())
    points = [point for point in work if newest_call(talk.session, point.code) is not None]
    if len(points) > 1:
        return await choose_point(screens, event, points, then=_POINT, page=page or 0)
    return await _of_point(screens, event, acting, points[0].code if points else acting.region)


async def _of_point(screens: Screens, event: Message | CallbackQuery, acting: Acting, point: str) -> list[Reply]:
    talk = screens.talk
    if not may_at(talk, acting, Deed.REACHED, point):
        return outdated(event, talk)
    call_id = newest_call(talk.session, point)
    if call_id is None:
        where = place_names(talk.words, place(talk.session, point))[0]
        return await screens.show(event, talk.text("reached-no-call", tempat=where), [[screens.to_menu()]])
    text, rows = _screen(talk, call_id)
    return await screens.show(event, text, [*rows, [screens.to_menu()]])


async def who(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """In a message of its own: the live one stays as it is."""
    if not may_see(talk, acting, Deed.REACHED, about):
        return popup(query, talk, "progress-not-yours")
    return below(shown(query, *_screen(talk, about)))


async def ask_again(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """A second press tells them."""
    if not may_see(talk, acting, Deed.REACHED, about):
        return popup(query, talk, "progress-not-yours")
    missed = len(reached(talk.session, about).not_reached_numbers)
    if not missed:
        return popup(query, talk, "reached-all")
    rows: list[list[Button]] = [
        [(talk.text(f"reached-button-{label}"), DeedPress(deed=Deed.REACHED, act=act, about=about))]
        for act, label in ((_AGAIN_YES, "again-yes"), (_AGAIN_NO, "again-no"))
    ]
    assert query.message is not None  # noqa: S101  # DoesDeed sees to it
    text = talk.text("reached-again-sure", n=missed)
    question = SendMessage(chat_id=query.message.chat.id, text=text, reply_markup=keyboard(rows))
    return [AnswerCallbackQuery(callback_query_id=query.id), question]


async def again(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """Those who were not reached and whom an address leads to now; pressed twice, nobody is left for the second."""
    if not may_see(talk, acting, Deed.REACHED, about):
        return popup(query, talk, "progress-not-yours")
    try:
        told = tell_again(talk.session, about, now=talk.now, by=acting.by)
    except Refused:
        return shown(query, talk.text("call-gone"))
    return shown(query, talk.text("reached-again-done", n=told) if told else talk.text("reached-again-nobody"))


async def not_again(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """Never mind."""
    if not may_see(talk, acting, Deed.REACHED, about):
        return popup(query, talk, "progress-not-yours")
    return shown(query, talk.text("reached-again-not"))


def _screen(talk: Talk, call_id: int) -> tuple[str, list[list[Button]]]:
    view, reach = call_view(talk.session, call_id), _reach(talk, call_id)
    days = [day.day for day in view.days] or [view.terms.first_day]
    text = reached_text(talk.words, place_said(talk.words, view), days, reach)
    return text, _buttons(talk, view) if reach.numbers else []


def _reach(talk: Talk, call_id: int) -> Reach:
    found = reached(talk.session, call_id)
    pressed = Counter(one.pressed for one in called(talk.session, call_id) if one.told)
    return Reach(
        delivered=found.delivered,
        told=found.told,
        coming=pressed[Answer.COMING],
        other_day=pressed[Answer.OTHER_DAY],
        waiting=found.waiting,
        failed=found.failed,
        unreachable=found.unreachable,
        numbers=found.not_reached,
    )


def _buttons(talk: Talk, view: CallView) -> list[list[Button]]:
    if view.state is not CallState.OPEN:
        return []
    return [[(talk.text("reached-button-again"), DeedPress(deed=Deed.REACHED, act=_AGAIN, about=view.id))]]
