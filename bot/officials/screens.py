"""Screens: what officials press below a message, and how one screen takes the place of the one before.

1. A conversation has a ticket, and so has every button of its screens: the buttons of an older one do nothing, nor
   does what neither the newest screen nor the one before has a button for: a second tap comes from that one.
2. Who is removed or suspended meanwhile, has another role, or made a button up by herself, is answered as by an old
   button. Where she may do it, the handler asks: `acting.may(deed, region)`.
3. What may be pressed days later (confirm, agree, pause) has no ticket: it is a DeedPress, and the database decides.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from pydantic import Field

from bot.replies import Reply
from bot.talk import Talk
from core.rules.officials import Deed

#: Label, and what pressing it brings back.
Button = tuple[str, "ScreenPress | DeedPress"]
#: The first screen of a deed; and the menu, to which any screen may lead back.
HOME, MENU = "home", "menu"
#: Where a conversation keeps what its newest screen, and the one before, have buttons for.
_SHOWN = "shown"
#: What a made-up number beyond it would do is an error of the database, not an answer.
_LARGEST_ID = 2**31 - 1


class ScreenPress(CallbackData, prefix="o1"):
    """A button of a conversation's screen. value: what it chooses; all in all 64 bytes at most."""

    deed: Deed
    screen: str
    value: str = ""
    ticket: str = ""


class DeedPress(CallbackData, prefix="d1"):
    """A button that holds for as long as what it is about. about: the id of it."""

    deed: Deed
    act: str
    about: int = Field(ge=1, le=_LARGEST_ID)


class OnScreen(Filter):
    """A press on this screen of the conversation that goes on; hands over `acting` and `value`.

    deed: None for a screen that all of them lead to.
    """

    def __init__(self, deed: Deed | None, screen: str) -> None:
        self._deed, self._screen = deed, screen

    async def __call__(self, query: CallbackQuery, talk: Talk, state: FSMContext) -> bool | dict[str, Any]:
        press = _unpacked(ScreenPress, query.data)
        if press is None or press.screen != self._screen or query.message is None:
            return False
        if self._deed not in (None, press.deed):
            return False
        known = await state.get_data()
        if not press.ticket or press.ticket != known.get("ticket") or not _is_shown(query.data, known):
            return False
        acting = talk.acting
        return {"acting": acting, "value": press.value} if acting and acting.may(press.deed) else False


def _is_shown(data: str | None, known: dict[str, Any]) -> bool:
    return any(data in buttons for buttons in known.get(_SHOWN, ()))


class DoesDeed(Filter):
    """A press that holds for longer; hands over `acting` and `about`."""

    def __init__(self, deed: Deed, act: str) -> None:
        self._deed, self._act = deed, act

    async def __call__(self, query: CallbackQuery, talk: Talk) -> bool | dict[str, Any]:
        press = _unpacked(DeedPress, query.data)
        if press is None or (press.deed, press.act) != (self._deed, self._act) or query.message is None:
            return False
        if not 0 < press.about <= _LARGEST_ID:
            return False
        acting = talk.acting
        return {"acting": acting, "about": press.about} if acting and acting.may(self._deed) else False


def _unpacked(kind: Any, data: str | None) -> Any:
    try:
        return kind.unpack(data or "")
    except (TypeError, ValueError):
        return None


class Screens:
    """The screens of one conversation: its buttons, and what it knows so far."""

    def __init__(self, talk: Talk, state: FSMContext, deed: Deed, known: dict[str, Any]) -> None:
        self.talk, self.deed, self.known = talk, deed, known
        self._state = state

    @classmethod
    async def begin(cls, talk: Talk, state: FSMContext, deed: Deed, **known: Any) -> "Screens":
        """A new conversation; the buttons of the one before do nothing from now on."""
        await state.clear()
        return cls(talk, state, deed, {"ticket": secrets.token_hex(4), **known})

    @classmethod
    async def go_on(cls, talk: Talk, state: FSMContext, deed: Deed) -> "Screens":
        """The conversation as it stands."""
        return cls(talk, state, deed, await state.get_data())

    def button(self, label: str, screen: str, value: str | int = "", *, deed: Deed | None = None) -> Button:
        """label: as it is shown. deed: another one than this conversation's."""
        ticket = self.known["ticket"]
        return label, ScreenPress(deed=deed or self.deed, screen=screen, value=str(value), ticket=ticket)

    def to_menu(self) -> Button:
        """Back to the menu; whatever was begun is left."""
        return self.button(self.talk.text("button-to-menu"), MENU)

    async def show(
        self,
        event: Message | CallbackQuery,
        text: str,
        rows: Sequence[Sequence[Button]] = (),
        *,
        awaits: State | None = None,
    ) -> list[Reply]:
        """Show a screen in place of the one that was pressed, or below what was typed; keep what is known.

        awaits: what may be typed now; None: nothing.
        """
        pressable = [press.pack() for row in rows for _, press in row if isinstance(press, ScreenPress)]
        await self._state.set_state(awaits)
        before = self.known.get(_SHOWN, [])[-1:]
        await self._state.set_data({**self.known, _SHOWN: [*before, pressable]})
        return shown(event, text, rows)

    async def end(
        self, event: Message | CallbackQuery, text: str, rows: Sequence[Sequence[Button]] = ()
    ) -> list[Reply]:
        """The last screen; what is left of the conversation is forgotten."""
        await self._state.clear()
        return shown(event, text, rows)


def shown(event: Message | CallbackQuery, text: str, rows: Sequence[Sequence[Button]] = ()) -> list[Reply]:
    """A screen in place of the pressed one, or a new message below what was typed."""
    markup = keyboard(rows) if rows else None
    if isinstance(event, Message):
        return [SendMessage(chat_id=event.chat.id, text=text, reply_markup=markup)]
    assert event.message is not None  # noqa: S101  # the filters above see to it
    below = event.message
    edited = EditMessageText(chat_id=below.chat.id, message_id=below.message_id, text=text, reply_markup=markup)
    return [AnswerCallbackQuery(callback_query_id=event.id), edited]


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup:
    """The buttons as Telegram takes them."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=press.pack()) for label, press in row] for row in rows
        ]
    )
