"""/petugas: what this official may do, a button for each."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.filters import Wants
from bot.officials.screens import HOME, MENU, Button, OnScreen, Screens
from bot.replies import Reply
from bot.talk import Talk
from core.questions.proposals import open_proposals
from core.rules.officials import Deed

#: In the order of the menu.
SHOWN = (
    Deed.TAKE_IN,
    Deed.CALL,
    Deed.HAND_OVER,
    Deed.REACHED,
    Deed.HELP,
    Deed.ANNOUNCE,
    Deed.WEEK,
    Deed.INVITE,
    Deed.AGREE,
    Deed.SUSPEND,
    Deed.IMPORT,
    Deed.FIGURES,
)
_IN_A_ROW = 2


def routes() -> Router:
    """The command, or the word alone."""
    router = Router(name="officials' menu")
    router.message.register(menu, Wants("petugas", "menu"))
    router.callback_query.register(menu, OnScreen(None, MENU))
    return router


async def menu(event: Message | CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """To whoever is no official the word says nothing, as any other."""
    if talk.acting is None:
        return [talk.answer(event, talk.text("not-understood"))] if isinstance(event, Message) else []
    screens = await Screens.begin(talk, state, Deed.TAKE_IN)
    deeds = [deed for deed in SHOWN if talk.acting.may(deed)]
    buttons: list[Button] = [screens.button(_label(talk, deed), HOME, deed=deed) for deed in deeds]
    rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    return await screens.show(event, talk.text("official-menu"), rows)


def _label(talk: Talk, deed: Deed) -> str:
    """How many proposals wait for her stands in their button: nobody else may notice that they do."""
    waiting = len(open_proposals(talk.session, talk.acting.region)) if deed is Deed.AGREE and talk.acting else 0
    return talk.text("deed-agree-waiting", n=waiting) if waiting else talk.text(f"deed-{deed}")
