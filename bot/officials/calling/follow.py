"""A call that was made: its live message, and the way to change it from there."""

from collections import Counter
from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message
from sqlalchemy.orm import Session

from bot.officials.calling.draft import known_of_terms
from bot.officials.calling.preview import show_preview
from bot.officials.live import Followed, Glance, Look, Rows, becomes_live
from bot.officials.popups import popup
from bot.officials.screens import Button, DeedPress, DoesDeed, Screens, shown
from bot.officials.steering import steering_routes
from bot.replies import Reply
from bot.talk import Talk
from core.actions.calls import cancel_call
from core.errors import NotFound
from core.questions.call_plans import batch_of_call, call_row, terms_of
from core.questions.calls import CallView, How, call_view, called
from core.rules.officials import Acting, Deed
from core.rules.progress import Progress
from core.store.words import CallState
from core.wording import Wording
from core.wording.calling import heading
from core.wording.places import place_names

PREFIX = "call"
CHANGE, SHOW, WHO, COPY_GROUP, COPY_SPEAKER = "change", "show", "who", "copy", "toa"


def region_of(session: Session, call_id: int) -> str:
    """The point of a call; NotFound if there is none."""
    return call_row(session, call_id).point


def place_said(words: Wording, view: CallView) -> str:
    """Where people come, as they are told."""
    return view.terms.place or place_names(words, view.place)[0]


def shown_call(event: Message | CallbackQuery, talk: Talk, call_id: int) -> list[Reply]:
    """The call in place of what was pressed; below what was typed a button to it, for only a press can become live."""
    if isinstance(event, CallbackQuery):
        return becomes_live(event, talk, batch_of_call(call_id))
    view = call_view(talk.session, call_id)
    said = heading(talk.words, place_said(talk.words, view), view.terms, view.days)
    button = talk.text("call-button-show"), DeedPress(deed=Deed.CALL, act=SHOW, about=call_id)
    return shown(event, said, [[button]])


def _look(glance: Glance, call_id: int) -> Look:
    view = call_view(glance.session, call_id)
    words = glance.words
    return Look(
        progress=_progress(glance.session, view),
        heading=heading(words, place_said(words, view), view.terms, view.days),
        note=words.text("call-when-told"),
        rows=_rows(words, view),
        lasts=view.state is CallState.OPEN,
    )


def _progress(session: Session, view: CallView) -> Progress:
    """Who has no day yet waits as well: a large call gets its days in chunks, and a stop may have taken some."""
    people = Counter((one.how, one.taken) for one in called(session, view.id))
    how = {one: people[one, False] + people[one, True] for one in How}
    return Progress(
        told=how[How.DELIVERED] + how[How.TOLD],
        waiting=how[How.WAITING] + people[How.NOT_YET, False] if view.state is CallState.OPEN else 0,
        missed=how[How.FAILED] + how[How.UNREACHABLE],
        dropped=people[How.NOT_YET, True],
        paused=view.paused,
        cancelled=view.state is CallState.CANCELLED,
    )


def _rows(words: Wording, view: CallView) -> Rows:
    who: Button = (words.text("progress-button-who"), DeedPress(deed=Deed.REACHED, act=WHO, about=view.id))
    if view.state is not CallState.OPEN:
        return [[who]]

    def button(key: str, act: str) -> Button:
        return words.text(key), DeedPress(deed=Deed.CALL, act=act, about=view.id)

    return [
        [button("call-button-change", CHANGE), who],
        [button("call-button-copy-group", COPY_GROUP)],
        [button("call-button-copy-speaker", COPY_SPEAKER)],
    ]


def _cancel(session: Session, call_id: int, now: datetime, by: str) -> bool:
    return cancel_call(session, call_id, now=now, by=by)


def _may_steer(session: Session, acting: Acting, call_id: int) -> bool:
    return acting.may(Deed.CALL, region_of(session, call_id))


CALLS = Followed(
    prefix=PREFIX,
    deed=Deed.CALL,
    may=_may_steer,
    look=_look,
    cancel=_cancel,
    cancel_note="call-cancel-note",
)


def add(router: Router) -> None:
    """The buttons that hold for as long as the call."""
    for observer, handlers in steering_routes(CALLS).observers.items():
        router.observers[observer].handlers.extend(handlers.handlers)
    router.callback_query.register(show, DoesDeed(Deed.CALL, SHOW))
    router.callback_query.register(change, DoesDeed(Deed.CALL, CHANGE))


async def show(query: CallbackQuery, talk: Talk, acting: Acting, about: int) -> list[Reply]:
    """Below the word that people were called automatically: that message becomes the live one."""
    if not may_see(talk, acting, Deed.CALL, about):
        return popup(query, talk, "progress-not-yours")
    return becomes_live(query, talk, batch_of_call(about))


async def change(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, about: int) -> list[Reply]:
    """In a message of its own, so that the live one goes on meanwhile."""
    if not may_see(talk, acting, Deed.CALL, about):
        return popup(query, talk, "progress-not-yours")
    call = call_row(talk.session, about)
    if call.state is not CallState.OPEN:
        return becomes_live(query, talk, batch_of_call(about), "call-gone")
    screens = await Screens.begin(talk, state, Deed.CALL, **known_of_terms(terms_of(call), about))
    return below(await show_preview(screens, query))


def may_see(talk: Talk, acting: Acting, deed: Deed, call_id: int) -> bool:
    """Whether there is such a call in her region."""
    try:
        return acting.may(deed, region_of(talk.session, call_id))
    except NotFound:
        return False


def below(replies: list[Reply]) -> list[Reply]:
    """The same screen as a new message, below whatever was pressed."""
    return [
        SendMessage(chat_id=reply.chat_id, text=reply.text, reply_markup=reply.reply_markup)
        if isinstance(reply, EditMessageText) and reply.chat_id is not None and reply.text is not None
        else reply
        for reply in replies
    ]
