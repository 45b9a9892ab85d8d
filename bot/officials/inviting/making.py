"""Inviting somebody, screen by screen: as what, for which region, then the link in a message that can be handed on."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo
from bot.officials.inviting.words import areas, task
from bot.officials.points import page_of
from bot.officials.popups import outdated
from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, Screens, shown
from bot.reading import niks_in
from bot.replies import Reply
from bot.talk import Talk
from core.actions.invites import invite, void_invite
from core.errors import NotFound, Refused
from core.questions.official_list import invite_line
from core.questions.region_names import MOST_TYPED, check_region, regions_called, regions_within
from core.questions.regions import office_row
from core.rules.invites import REGION_LENGTH, has_charge_of, invite_link
from core.rules.officials import INVITES, Acting, Deed, Role
from core.wording.officials import last_day

ROLE, PICK, MAKE, OWN, VOID = "role", "pick", "make", "own", "void"
_ON_A_SCREEN = 8


class Inviting(StatesGroup):
    """A part of a region's name may be typed."""

    region = State()


class IsTyped(Filter):
    """A text that is no command and holds no NIK: those mean the same as at any other time."""

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        return bool(text) and not text.startswith("/") and not niks_in(text)


def routes() -> Router:
    """The menu's button, the word, and the screens that follow."""
    router = Router(name="inviting")
    router.callback_query.register(home, OnScreen(Deed.INVITE, HOME))
    router.callback_query.register(role_chosen, OnScreen(Deed.INVITE, ROLE))
    router.callback_query.register(picked, OnScreen(Deed.INVITE, PICK))
    router.callback_query.register(make, OnScreen(Deed.INVITE, MAKE))
    router.callback_query.register(void, DoesDeed(Deed.INVITE, VOID))
    router.message.register(typed, StateFilter(Inviting.region), IsTyped(), MayDo(Deed.INVITE))
    return router


async def home(event: Message | CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """As what."""
    screens = await Screens.begin(talk, state, Deed.INVITE)
    roles = [role for role in Role if role in INVITES[acting.role]]
    rows: list[list[Button]] = [[screens.button(talk.text(f"role-{role}"), ROLE, role)] for role in roles]
    rows += [[screens.button(talk.text("button-own-officials"), OWN)], [screens.to_menu()]]
    return await screens.show(event, talk.text("invite-role"), rows)


async def role_chosen(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """For which region; nobody is asked where there is only one."""
    if value not in INVITES[acting.role]:
        return outdated(query, talk)
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    screens.known |= {"role": value, "within": acting.region, "typed": ""}
    if REGION_LENGTH[Role(value)] == len(acting.region):
        return await _check(screens, query, Role(value), acting.region)
    return await _choose(screens, query)


async def typed(message: Message, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """A part of a name, anywhere in her region."""
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    if "role" not in screens.known:
        return await home(message, acting, talk, state)
    screens.known |= {"within": acting.region, "typed": (message.text or "")[:MOST_TYPED]}
    return await _choose(screens, message)


async def picked(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """Another page, the district that the village lies in, or the region itself."""
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    if "role" not in screens.known:
        return outdated(query, talk)
    page = page_of(value)
    if page is not None:
        return await _choose(screens, query, page=page)
    role = Role(screens.known["role"])
    if not has_charge_of(acting, role, value):
        return outdated(query, talk)
    if len(value) < REGION_LENGTH[role]:
        screens.known |= {"within": value, "typed": ""}
        return await _choose(screens, query)
    return await _check(screens, query, role, value)


async def make(query: CallbackQuery, acting: Acting, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """The link stands in a message of its own, to be handed on as it is."""
    screens = await Screens.go_on(talk, state, Deed.INVITE)
    if "role" not in screens.known or not has_charge_of(acting, Role(screens.known["role"]), value):
        return outdated(query, talk)
    role = Role(screens.known["role"])
    bot = talk.house.username or office_row(talk.session).bot_name
    if not bot:
        return await screens.end(query, talk.text("invite-no-bot-name"))
    try:
        made = invite(talk.session, role, value, now=talk.now, by=acting.by)
    except Refused:
        return outdated(query, talk)
    words = task(talk, role, value) | {"hingga": _last_day(talk, made.expires_at)}
    void_it: Button = (talk.text("button-invite-void"), DeedPress(deed=Deed.INVITE, act=VOID, about=made.id))
    text = talk.text("invite-made", nomor=str(made.id), **words)
    letter = talk.text("invite-letter", tautan=invite_link(bot, made.secret), **words)
    return [*await screens.end(query, text, [[void_it]]), SendMessage(chat_id=query.from_user.id, text=letter)]


async def void(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """Only whoever has charge of such officials there; also one that another of them invited."""
    try:
        line = invite_line(talk.session, about)
        if not has_charge_of(acting, line.role, line.region):
            return outdated(query, talk)
        void_invite(talk.session, about, now=talk.now, by=acting.by)
    except NotFound:
        return outdated(query, talk)
    except Refused:
        return shown(query, talk.text("invite-opened-already", nomor=str(about)))
    return shown(query, talk.text("invite-voided", nomor=str(about)))


async def _choose(screens: Screens, event: Message | CallbackQuery, *, page: int = 0) -> list[Reply]:
    talk, known = screens.talk, screens.known
    role, within, words = Role(known["role"]), known["within"], known["typed"]
    if words:
        found = regions_called(talk.session, within, role, words)
        text = talk.text("invite-found", n=len(found), ketikan=words)
        if not found:
            text = talk.text("invite-no-region", daerah=areas(talk, [within])[within])
    else:
        first = role is Role.VILLAGE and len(within) < REGION_LENGTH[Role.DISTRICT]
        found = regions_within(talk.session, within, Role.DISTRICT if first else role)
        text = talk.text("invite-which-district-first" if first else f"invite-which-{role}")
    rows = [*_page(screens, found, page), [screens.to_menu()]]
    return await screens.show(event, text, rows, awaits=Inviting.region)


def _page(screens: Screens, regions: Sequence[str], page: int) -> list[list[Button]]:
    talk = screens.talk
    some = list(regions[page * _ON_A_SCREEN : (page + 1) * _ON_A_SCREEN])
    names = areas(talk, some)
    rows: list[list[Button]] = [[screens.button(names[code], PICK, code)] for code in some]
    turns: list[Button] = []
    if page > 0:
        turns.append(screens.button(talk.text("button-page-before"), PICK, f"page-{page - 1}"))
    if len(regions) > (page + 1) * _ON_A_SCREEN:
        turns.append(screens.button(talk.text("button-page-after"), PICK, f"page-{page + 1}"))
    return [*rows, turns] if turns else rows


async def _check(screens: Screens, event: CallbackQuery, role: Role, region: str) -> list[Reply]:
    talk = screens.talk
    try:
        check_region(talk.session, role, region)
    except Refused:
        return outdated(event, talk)
    rows = [[screens.button(talk.text("button-invite-make"), MAKE, region)], [screens.to_menu()]]
    return await screens.show(event, talk.text("invite-check", **task(talk, role, region)), rows)


def _last_day(talk: Talk, expires_at: datetime) -> str:
    return last_day(talk.words, expires_at, talk.house.zone)
