"""Impor daftar: an official of the office sends a list as a document, sees what it would do, and decides.

Here it is only noted that one came, and what she pressed; the work is done by bot/fetching.py and
core/jobs/sent_lists.py.
"""

from collections.abc import Mapping
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message
from sqlalchemy.orm import Session

from bot.downloading import LARGEST_BYTES
from bot.filters import MayDo, OfKind
from bot.list_words import AS, DROP, QUIET, TAKE
from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, Screens, shown
from bot.papers import PAPERS, Paper, SendPaper
from bot.replies import Reply
from bot.talk import House, Talk
from core.actions.chat_files import choose_kind, confirm_list, end_list, send_list
from core.files.kinds_in import CARD_EXPORT, KINDS
from core.files.templates import TEMPLATES, workbook_of
from core.questions.chat_files import ChatList, chat_list
from core.questions.regions import office_row
from core.rules.officials import Acting, Deed
from core.store.words import FileState

_TEMPLATE = "template"
_PAPER = "list-template"
_IN_A_ROW = 2
#: Nobody keeps a list in these.
_NO_LISTS = ("image/", "video/", "audio/", "application/pdf")


def routes() -> Router:
    """A document at any time, also one that was forwarded: what it does is shown before it is done."""
    router = Router(name="lists")
    router.message.register(sent, OfKind("document"), MayDo(Deed.IMPORT))
    router.callback_query.register(home, OnScreen(Deed.IMPORT, HOME))
    router.callback_query.register(template, OnScreen(Deed.IMPORT, _TEMPLATE))
    router.callback_query.register(take, DoesDeed(Deed.IMPORT, TAKE))
    router.callback_query.register(take_quietly, DoesDeed(Deed.IMPORT, QUIET))
    router.callback_query.register(drop, DoesDeed(Deed.IMPORT, DROP))
    for kind in KINDS:
        router.callback_query.register(choose, DoesDeed(Deed.IMPORT, f"{AS}{kind}"))
    return router


async def home(event: Message | CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """What may be sent, and an empty one of each kind."""
    screens = await Screens.begin(talk, state, Deed.IMPORT)
    buttons: list[Button] = [screens.button(talk.text(f"list-kind-{kind}"), _TEMPLATE, kind) for kind in KINDS]
    rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    return await screens.show(event, talk.text("list-home"), [*rows, [screens.to_menu()]])


async def template(query: CallbackQuery, talk: Talk, value: str) -> list[Reply]:
    """The empty list; the screen stays for another."""
    released = AnswerCallbackQuery(callback_query_id=query.id)
    if value not in KINDS or query.message is None:
        return [released]
    caption = talk.text("list-template-caption", jenis=talk.text(f"list-kind-{value}"))
    return [released, SendPaper(query.message.chat.id, _PAPER, {"kind": value}, caption=caption)]


async def sent(message: Message, talk: Talk, acting: Acting) -> SendMessage:
    """A photo or a film sent as a file is answered as anybody's."""
    talk.forget_later(message)
    document = message.document
    kind_of_file = (document and document.mime_type) or ""
    if document is None or talk.house.home is None or not _may(talk, acting) or kind_of_file.startswith(_NO_LISTS):
        return talk.answer(message, talk.text("media-not-understood"))
    if (document.file_size or 0) > LARGEST_BYTES:
        return talk.answer(message, talk.text("list-too-large"))
    send_list(
        talk.session,
        chat_id=message.chat.id,
        file_id=document.file_id,
        name=document.file_name or "",
        message_id=message.message_id,
        kind=None,
        by=acting.by,
        now=talk.now,
    )
    return talk.answer(message, talk.text("list-being-read"))


async def take(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """As it was shown, and whoever is concerned is told."""
    return _confirmed(query, talk, acting, about, tell=True)


async def take_quietly(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """As it was shown, and nobody is told."""
    return _confirmed(query, talk, acting, about, tell=False)


def _confirmed(query: CallbackQuery, talk: Talk, acting: Acting, about: int, *, tell: bool) -> list[Reply]:
    one = _hers(query, talk, acting, about)
    if one is None or query.message is None:
        return _over(query, talk)
    message_id = query.message.message_id
    if not confirm_list(talk.session, one.id, tell=tell, shown=message_id, by=acting.by, now=talk.now):
        return _over(query, talk)
    return shown(query, talk.text("list-taking", n=0, dari=one.report["rows"]))


async def drop(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """Nothing of it is taken, and what it holds is erased."""
    one = _hers(query, talk, acting, about)
    if one is None or not end_list(
        talk.session, one.id, FileState.DROPPED, by=acting.by, now=talk.now, from_states=(FileState.LOOKED,)
    ):
        return _over(query, talk)
    return shown(query, talk.text("list-dropped"))


async def choose(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """What it lists; it is looked through as that."""
    one = _hers(query, talk, acting, about)
    kind = DeedPress.unpack(query.data or "").act.removeprefix(AS)
    if one is None or not choose_kind(talk.session, one.id, kind, now=talk.now):
        return _over(query, talk)
    return shown(query, talk.text("list-being-read"))


def _hers(query: CallbackQuery, talk: Talk, acting: Acting, list_id: int) -> ChatList | None:
    """The list, if it came from this chat: a button can be made up."""
    one = chat_list(talk.session, list_id)
    mine = one is not None and query.message is not None and one.chat_id == str(query.message.chat.id)
    return one if mine and _may(talk, acting) else None


def _may(talk: Talk, acting: Acting) -> bool:
    """A list changes the cards of the whole office."""
    return acting.may(Deed.IMPORT, office_row(talk.session).regency)


def _over(query: CallbackQuery, talk: Talk) -> list[Reply]:
    return [AnswerCallbackQuery(callback_query_id=query.id, text=talk.text("list-over"))]


def _template(session: Session, *, house: House, about: Mapping[str, Any]) -> Paper:  # noqa: ARG001  # as any paper
    kind = about["kind"]
    template = TEMPLATES["import" if kind == CARD_EXPORT else kind]
    return f"kabar-{kind}.xlsx", workbook_of(template)


PAPERS[_PAPER] = _template
