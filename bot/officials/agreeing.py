"""/setuju: what officials want many to be told, with its exact texts; another official agrees or refuses."""

import math

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo, Wants
from bot.officials.popups import outdated, popup
from bot.officials.proposals import agree_rows, asking_rows, proposal_text, tell_proposer
from bot.officials.screens import HOME, Button, DeedPress, DoesDeed, OnScreen, keyboard, shown
from bot.officials.telling import told_from_here
from bot.replies import Reply
from bot.talk import Talk
from core.actions.proposals import Decision, Verdict, agree, refuse
from core.errors import NotFound
from core.questions.proposals import ProposalLine, open_proposals, proposal_line
from core.rules.officials import Acting, Deed, Role

_MOST = 5
#: What is said of a decision that changed nothing, in a popup: the proposal stays where it is.
_POPUPS = {Verdict.OWN: "agree-own"}
_SAID = {Verdict.DECIDED: "agree-decided", Verdict.GONE: "agree-gone", Verdict.OVER: "agree-over"}


def word_routes() -> Router:
    """The word; behind the consent of residents, who may type it too."""
    router = Router(name="agreeing by word")
    router.message.register(waiting, Wants("setuju", "persetujuan"), MayDo(Deed.AGREE))
    return router


def press_routes() -> Router:
    """The buttons, which hold until it is decided."""
    router = Router(name="agreeing")
    router.callback_query.register(waiting, OnScreen(Deed.AGREE, HOME))
    router.callback_query.register(agreed, DoesDeed(Deed.AGREE, "yes"))
    router.callback_query.register(refused, DoesDeed(Deed.AGREE, "no"))
    return router


async def waiting(event: Message | CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Each in a message of its own, so that each can be decided."""
    await state.clear()
    lines = open_proposals(talk.session, acting.region)[:_MOST]
    if not lines:
        return shown(event, talk.text("agree-none"))
    chat = event.chat.id if isinstance(event, Message) else event.from_user.id
    answered = [AnswerCallbackQuery(callback_query_id=event.id)] if isinstance(event, CallbackQuery) else []
    return [
        *answered,
        *(
            SendMessage(
                chat_id=chat,
                text=proposal_text(talk, talk.words, line),
                reply_markup=keyboard(_rows(talk, line, acting)),
            )
            for line in lines
        ),
    ]


def _rows(talk: Talk, line: ProposalLine, acting: Acting) -> list[list[Button]]:
    """Whoever proposed it may only take it back; the head of the office may go on alone, after a while."""
    if line.by != acting.by:
        return agree_rows(talk.words, line.id)
    deed = Deed.SUSPEND if line.is_suspension else Deed.ANNOUNCE
    rows = asking_rows(talk, deed, line.id)
    return [*alone_rows(talk, line.id), *rows] if line.is_suspension and acting.role is Role.HEAD else rows


def alone_rows(talk: Talk, proposal_id: int) -> list[list[Button]]:
    """For the head of the office: valid only after a while; the press says when."""
    return [[(talk.text("button-alone"), DeedPress(deed=Deed.AGREE, act="yes", about=proposal_id))]]


async def agreed(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """It goes out, or it is said why not."""
    try:
        decision = agree(talk.session, about, acting=acting, now=talk.now)
    except NotFound:
        return outdated(query, talk)
    if decision.verdict is not Verdict.DONE or decision.broadcast_id is None:
        return _not_done(query, decision, talk)
    line = proposal_line(talk.session, about)
    if line and line.by != acting.by:
        tell_proposer(talk, about, line.official_id, "agree-told-agreed")
    return told_from_here(query, talk, decision.broadcast_id, "agree-done")


async def refused(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """It does not go out; whoever proposed it is told."""
    try:
        decision = refuse(talk.session, about, acting=acting, now=talk.now)
    except NotFound:
        return outdated(query, talk)
    if decision.verdict is not Verdict.DONE:
        return _not_done(query, decision, talk)
    line = proposal_line(talk.session, about)
    if line and line.by != acting.by:
        tell_proposer(talk, about, line.official_id, "agree-told-refused")
    return shown(query, talk.text("agree-refused"))


def _not_done(query: CallbackQuery, decision: Decision, talk: Talk) -> list[Reply]:
    if decision.wait is not None:
        minutes = math.ceil(decision.wait.total_seconds() / 60)
        return popup(query, talk, "agree-early", alert=True, menit=minutes)
    if decision.verdict in _POPUPS:
        return popup(query, talk, _POPUPS[decision.verdict], alert=True)
    if decision.verdict in _SAID:
        return shown(query, talk.text(_SAID[decision.verdict]))
    return outdated(query, talk)
