"""Where a call begins: the point, who waits there, and the open call of it where there is one."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.officials.calling.asking import ask_next
from bot.officials.calling.draft import point_name
from bot.officials.calling.follow import shown_call
from bot.officials.points import choose_point, may_at, page_of
from bot.officials.popups import outdated
from bot.officials.screens import HOME, OnScreen, Screens
from bot.replies import Reply
from bot.talk import Talk
from core.questions.call_plans import open_call_row, waiting_at
from core.questions.points import points_with_work
from core.rules.officials import Acting, Deed

_POINT = "point"


def add(router: Router) -> None:
    """The deed's first screen, and the point that was chosen."""
    router.callback_query.register(home, OnScreen(Deed.CALL, HOME))
    router.callback_query.register(home, OnScreen(Deed.CALL, _POINT))


async def home(
    event: Message | CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str = ""
) -> list[Reply]:
    """value: a point, a page of points, or nothing yet."""
    page = page_of(value)
    if value and page is None:
        return await _begin(event, talk, state, acting, value)
    work = points_with_work(talk.session, acting.region, today=talk.local.date())
    points = [point for point in work if point.ready]
    screens = await Screens.begin(talk, state, Deed.CALL)
    if not points:
        return await screens.show(event, talk.text("call-no-point"), [[screens.to_menu()]])
    if len(points) == 1:
        return await _begin(event, talk, state, acting, points[0].code)
    return await choose_point(screens, event, points, then=_POINT, page=page or 0)


async def _begin(
    event: Message | CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, point: str
) -> list[Reply]:
    """The second official is shown the first one's call."""
    if not may_at(talk, acting, Deed.CALL, point):
        return outdated(event, talk)
    if call := open_call_row(talk.session, point):
        await state.clear()
        return shown_call(event, talk, call.id)
    screens = await Screens.begin(talk, state, Deed.CALL, point=point)
    if not waiting_at(talk.session, point, today=talk.local.date()).cards:
        nobody = talk.text("call-nobody", tempat=point_name(screens))
        return await screens.show(event, nobody, [[screens.to_menu()]])
    return await ask_next(screens, event)
