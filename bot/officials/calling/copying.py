"""Salin: texts for the village's WhatsApp group and the loudspeaker, each a message of its own, to be forwarded."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery

from bot.officials.calling.follow import COPY_GROUP, COPY_SPEAKER, may_see, place_said
from bot.officials.popups import popup
from bot.officials.screens import DoesDeed
from bot.replies import Reply
from bot.talk import Talk
from core.questions.calls import CallDay, CallView, call_view
from core.rules.officials import Acting, Deed
from core.store.words import CallState
from core.wording.calling import for_group, for_speaker


def add(router: Router) -> None:
    """Two buttons below a call's live message."""
    router.callback_query.register(copy_group, DoesDeed(Deed.CALL, COPY_GROUP))
    router.callback_query.register(copy_speaker, DoesDeed(Deed.CALL, COPY_SPEAKER))


async def copy_group(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """In Indonesian, whatever the official's own language: her neighbours read it."""
    view = _view(talk, acting, about)
    if view is None:
        return popup(query, talk, "call-gone")
    words = talk.house.wordings.of(None)
    text = for_group(words, talk.house.office, place_said(words, view), _still(talk, view), bot=talk.house.username)
    return _said(query, text)


async def copy_speaker(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """To be read aloud."""
    view = _view(talk, acting, about)
    if view is None:
        return popup(query, talk, "call-gone")
    words = talk.house.wordings.of(None)
    text = for_speaker(words, talk.house.office, place_said(words, view), view.terms, _still(talk, view))
    return _said(query, text)


def _view(talk: Talk, acting: Acting, call_id: int) -> CallView | None:
    """An open call of her region, of which a day is still to come."""
    if not may_see(talk, acting, Deed.CALL, call_id):
        return None
    view = call_view(talk.session, call_id)
    return view if view.state is CallState.OPEN and _still(talk, view) else None


def _still(talk: Talk, view: CallView) -> list[CallDay]:
    today = talk.local.date()
    return [day for day in view.days if day.day >= today]


def _said(query: CallbackQuery, text: str) -> list[Reply]:
    assert query.message is not None  # noqa: S101  # DoesDeed sees to it
    return [AnswerCallbackQuery(callback_query_id=query.id), SendMessage(chat_id=query.message.chat.id, text=text)]
