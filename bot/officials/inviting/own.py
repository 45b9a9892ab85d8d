"""The officials whom one has charge of: each with what can be done about her, and asked again before it is final."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.officials.inviting.making import OWN
from bot.officials.inviting.opening import CONFIRM, REFUSE
from bot.officials.inviting.words import areas, task_of
from bot.officials.news import News
from bot.officials.points import page_of
from bot.officials.popups import outdated
from bot.officials.screens import Button, DeedPress, OnScreen, Screens
from bot.replies import Reply
from bot.talk import Talk
from core.actions.showing_officials import show_officials
from core.errors import NotFound, Refused
from core.questions.official_list import OfficialLine, Standing, official_line, officials_of
from core.rules.invites import has_charge_of, may_confirm
from core.rules.officials import Acting, Deed
from core.wording.dates import long_date

ONE, REST, BACK, SURE, REMOVE = "one", "rest", "back", "sure", "out"
_ON_A_SCREEN = 8


def routes() -> Router:
    """From the first screen of inviting on."""
    router = Router(name="own officials")
    screens = {OWN: listed, ONE: one, REST: suspend, BACK: take_back, SURE: ask_again, REMOVE: remove}
    for screen, handler in screens.items():
        router.callback_query.register(handler, OnScreen(Deed.INVITE, screen))
    return router


async def listed(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """Role, region and how she stands; who she is, only where she is looked at."""
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    lines = officials_of(talk.session, acting)
    page = page_of(value) or 0
    area = areas(talk, [acting.region])[acting.region]
    text = talk.text("own-officials", n=len(lines), daerah=area)
    if not lines:
        text = talk.text("own-officials-none", daerah=area)
    return await screens.show(query, text, [*_page(screens, lines, page), [screens.to_menu()]])


async def one(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """An official of hers, with the name that Telegram shows, so that the right one is suspended or removed."""
    line = _hers(acting, value, talk)
    if line is None:
        return outdated(query, talk)
    return await _show(await Screens.go_on(talk, state, Deed.INVITE), query, acting, line)


async def suspend(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """At once, and taken back with one press."""
    return await _act(query, acting, value, talk, state, News.suspend)


async def take_back(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """The end of a suspension."""
    return await _act(query, acting, value, talk, state, News.take_back)


async def ask_again(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """To remove is final."""
    line = _hers(acting, value, talk)
    if line is None:
        return outdated(query, talk)
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    text = talk.text("own-official-remove-check", nomor=str(line.id), **task_of(talk, line))
    sure = screens.button(talk.text("button-official-remove-sure"), REMOVE, line.id)
    return await screens.show(query, text, [[sure], [screens.button(talk.text("button-officials-list"), OWN)]])


async def remove(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """She may do nothing from this press on."""
    return await _act(query, acting, value, talk, state, News.remove)


async def _act(
    query: CallbackQuery,
    acting: Acting,
    value: str,
    talk: Talk,
    state: FSMContext,
    act: Callable[..., bool],
) -> list[Reply]:
    """Do it, and show how she stands then; who was changed by somebody else meanwhile is shown as she stands."""
    line = _hers(acting, value, talk)
    if line is None:
        return outdated(query, talk)
    news = News(talk.house.wordings, talk.house.office)
    with suppress(Refused):  # the screen says how she stands
        act(news, talk.session, line.id, now=talk.now, by=acting.by)
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    return await _show(screens, query, acting, official_line(talk.session, line.id))


def _hers(acting: Acting, value: str, talk: Talk) -> OfficialLine | None:
    """The official of this number, where it is for her to say; herself never."""
    try:
        line = official_line(talk.session, int(value))
    except (NotFound, ValueError):
        return None
    return line if line.id != acting.id and has_charge_of(acting, line.role, line.region) else None


async def _show(screens: Screens, query: CallbackQuery, acting: Acting, line: OfficialLine) -> list[Reply]:
    talk = screens.talk
    name = show_officials(talk.session, [line.id], now=talk.now, by=acting.by)[line.id]
    since = long_date(talk.words, line.since.astimezone(talk.house.zone).date()) if line.since else "-"
    text = talk.text(
        "own-official",
        nomor=str(line.id),
        akun_nama=name,
        sejak=since,
        keadaan=talk.text(f"standing-{line.standing}"),
        **task_of(talk, line),
    )
    back = screens.button(talk.text("button-officials-list"), OWN)
    return await screens.show(query, text, [*_buttons(screens, acting, line), [back]])


def _buttons(screens: Screens, acting: Acting, line: OfficialLine) -> list[list[Button]]:
    text = screens.talk.text
    remove_her = screens.button(text("button-official-remove"), SURE, line.id)
    if line.standing is Standing.ACTIVE:
        return [[screens.button(text("button-official-suspend"), REST, line.id)], [remove_her]]
    if line.standing is Standing.SUSPENDED:
        return [[screens.button(text("button-official-back"), BACK, line.id)], [remove_her]]
    if line.standing is Standing.WAITING and may_confirm(acting, line.role, line.region, invited_by=line.invited_by):
        return [
            [
                (text("button-right-one"), DeedPress(deed=Deed.INVITE, act=CONFIRM, about=line.id)),
                (text("button-wrong-one"), DeedPress(deed=Deed.INVITE, act=REFUSE, about=line.id)),
            ]
        ]
    return []


def _page(screens: Screens, lines: Sequence[OfficialLine], page: int) -> list[list[Button]]:
    talk = screens.talk
    some = lines[page * _ON_A_SCREEN : (page + 1) * _ON_A_SCREEN]
    names = areas(talk, [line.region for line in some])
    rows: list[list[Button]] = [[screens.button(_label(talk, line, names[line.region]), ONE, line.id)] for line in some]
    turns: list[Button] = []
    if page > 0:
        turns.append(screens.button(talk.text("button-page-before"), OWN, f"page-{page - 1}"))
    if len(lines) > (page + 1) * _ON_A_SCREEN:
        turns.append(screens.button(talk.text("button-page-after"), OWN, f"page-{page + 1}"))
    return [*rows, turns] if turns else rows


def _label(talk: Talk, line: OfficialLine, area: str) -> str:
    return talk.text(
        "own-official-line",
        daerah=area,
        peran=talk.text(f"role-{line.role}"),
        nomor=str(line.id),
        keadaan=talk.text(f"standing-{line.standing}"),
    )
