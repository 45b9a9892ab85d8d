"""Pause, go on, cancel: the buttons below a live message, the same for whatever is told to many."""

from collections.abc import Callable
from functools import partial

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot.officials.live import (
    CANCEL,
    CANCEL_NO,
    CANCEL_YES,
    FOLLOWED,
    GO_ON,
    PAUSE,
    Followed,
    becomes_live,
    glance_of,
)
from bot.officials.popups import popup
from bot.officials.screens import Button, DeedPress, DoesDeed, keyboard, shown
from bot.replies import Reply
from bot.talk import Talk
from core.actions.batches import go_on_with_batch, pause_batch
from core.errors import NotFound, Refused
from core.rules.officials import Acting
from core.rules.progress import Standing
from core.wording.paragraphs import paragraphs


def steering_routes(followed: Followed) -> Router:
    """Have a room's batches followed, and its buttons answered; two rooms never share a deed and a prefix."""
    FOLLOWED[followed.prefix] = followed
    router = Router(name=f"steering {followed.prefix}")
    for act, handler in ((PAUSE, _pause), (GO_ON, _go_on), (CANCEL, _ask), (CANCEL_YES, _end), (CANCEL_NO, _leave)):
        router.callback_query.register(_bound(handler, followed), DoesDeed(followed.deed, act))
    return router


def _bound(handler: Callable[..., list[Reply]], followed: Followed) -> Callable[..., object]:
    async def handle(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
        if not _may_steer(talk, acting, about, followed):
            return popup(query, talk, "progress-not-yours")
        return handler(query, talk, acting, about, followed)

    return handle


def _may_steer(talk: Talk, acting: Acting, about: int, followed: Followed) -> bool:
    try:
        return followed.may(talk.session, acting, about)
    except NotFound:
        return False


def _pause(query: CallbackQuery, talk: Talk, acting: Acting, about: int, followed: Followed) -> list[Reply]:
    standing = followed.look(glance_of(talk), about).progress.standing
    if standing is Standing.DONE:
        return _as_it_is(query, talk, about, followed, "progress-ended")
    order = partial(pause_batch, batch=followed.batch(about), now=talk.now, by=acting.by)
    return _ordered(query, talk, about, followed, order, ("progress-paused-now", "progress-paused-before"))


def _go_on(query: CallbackQuery, talk: Talk, acting: Acting, about: int, followed: Followed) -> list[Reply]:
    order = partial(go_on_with_batch, batch=followed.batch(about), now=talk.now, by=acting.by)
    return _ordered(query, talk, about, followed, order, ("progress-goes-on", "progress-went-on"))


def _ordered(
    query: CallbackQuery,
    talk: Talk,
    about: int,
    followed: Followed,
    order: Callable[[Session], bool],
    said: tuple[str, str],
) -> list[Reply]:
    """said: the texts for an order that changed something, and for one that found it so."""
    try:
        text = said[0] if order(talk.session) else said[1]
    except Refused:
        text = "progress-cancelled-before"
    return _as_it_is(query, talk, about, followed, text)


def _as_it_is(query: CallbackQuery, talk: Talk, about: int, followed: Followed, text: str) -> list[Reply]:
    """Say what is so, and show it: however old the message, it is kept up to date from now on."""
    return becomes_live(query, talk, followed.batch(about), text)


def _ask(query: CallbackQuery, talk: Talk, _: Acting, about: int, followed: Followed) -> list[Reply]:
    """In a message of its own: the live one may change at any moment, and a question in it would be gone."""
    progress = followed.look(glance_of(talk), about).progress
    if progress.standing in (Standing.DONE, Standing.CANCELLED):
        ended = progress.standing is Standing.DONE
        return _as_it_is(query, talk, about, followed, "progress-ended" if ended else "progress-cancelled-before")
    sure = talk.text("progress-cancel-sure", sudah=progress.told, tunggu=progress.waiting)
    text = paragraphs(sure, talk.text(followed.cancel_note) if followed.cancel_note else "")
    rows: list[list[Button]] = [
        [(talk.text(f"progress-button-cancel-{label}"), DeedPress(deed=followed.deed, act=act, about=about))]
        for act, label in ((CANCEL_YES, "yes"), (CANCEL_NO, "no"))
    ]
    assert query.message is not None  # noqa: S101  # DoesDeed sees to it
    question = SendMessage(chat_id=query.message.chat.id, text=text, reply_markup=keyboard(rows))
    return [AnswerCallbackQuery(callback_query_id=query.id), question]


def _end(query: CallbackQuery, talk: Talk, acting: Acting, about: int, followed: Followed) -> list[Reply]:
    try:
        ended = followed.end(talk.session, about, now=talk.now, by=acting.by)
    except Refused:
        return shown(query, talk.text("progress-ended"))
    return shown(query, talk.text("progress-cancelled-now" if ended else "progress-cancelled-before"))


def _leave(query: CallbackQuery, talk: Talk, _: Acting, __: int, ___: Followed) -> list[Reply]:
    return shown(query, talk.text("progress-cancel-not"))
