"""What a call would do, with the very texts that would leave; a second press sends it, and the message lives on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.officials.calling.draft import PARTS, said_place, terms_of_draft
from bot.officials.live import becomes_live
from bot.officials.popups import outdated, popup
from bot.officials.screens import Button, OnScreen, Screens
from bot.replies import Reply
from bot.talk import Talk
from core.actions.calls import change_call, make_call
from core.errors import Overtaken, Refused
from core.questions.call_plans import CallPlan, after_stops, batch_of_call, call_plan, open_call_row
from core.questions.working_days import office_calendar
from core.rules.calls import CallTerms, Problem, first_possible
from core.rules.delivery import Channel
from core.rules.officials import Acting, Deed
from core.wording.calling import Preview, preview_text
from core.wording.dates import day_date

#: The screen from which a part is asked for anew, and the one that leaves everything.
CHANGE_PART, STOP = "change", "stop"
_SEND = "send"


def add(router: Router) -> None:
    """Send, or never mind."""
    router.callback_query.register(send, OnScreen(Deed.CALL, _SEND))
    router.callback_query.register(stop, OnScreen(Deed.CALL, STOP))


async def show_preview(screens: Screens, event: Message | CallbackQuery) -> list[Reply]:
    """Everything that an official should see before many people are told."""
    talk, changing = screens.talk, screens.known.get("changing")
    plan = call_plan(talk.session, terms_of_draft(screens.known), now=talk.now, changing=changing)
    text = preview_text(
        talk.words, talk.office, _preview(screens, plan), problem_texts(screens, plan.terms, plan.problems)
    )
    return await screens.show(event, text, _buttons(screens, may_send=not plan.problems))


def problem_texts(screens: Screens, terms: CallTerms, problems: Sequence[Problem]) -> list[str]:
    """Why it cannot be so, and what to do: each names the nearest day that works, where it is the day."""
    talk = screens.talk
    possible = first_possible(
        talk.now, after_stops(talk.session, terms), office_calendar(talk.session), talk.house.zone
    )
    hari = day_date(talk.words, possible)
    return [talk.text(f"call-problem-{problem}", hari=hari) for problem in problems]


async def stop(event: Message | CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """Never mind."""
    screens = await Screens.begin(talk, state, Deed.CALL)
    return await screens.show(event, talk.text("call-stopped"), [[screens.to_menu()]])


async def send(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """Make the call, or change it; from then on this message shows how far it is."""
    screens = await Screens.go_on(talk, state, Deed.CALL)
    known = screens.known
    point, changing = known.get("point", ""), known.get("changing")
    if value != _mark(known) or not acting.may(Deed.CALL, point):
        return outdated(query, talk)
    if other := _others(talk, point, changing):
        return await _live(query, talk, state, other, said="call-other-first")
    try:
        if changing is None:
            call_id = make_call(talk.session, terms_of_draft(known), now=talk.now, by=acting.by)
        else:
            change_call(talk.session, changing, terms_of_draft(known), now=talk.now, by=acting.by)
            call_id = changing
    except (Overtaken, Refused) as why:
        return await _in_vain(screens, query, state, why)
    return await _live(query, talk, state, call_id)


async def _in_vain(screens: Screens, query: CallbackQuery, state: FSMContext, why: Overtaken | Refused) -> list[Reply]:
    """It was possible when it was shown: somebody was quicker, time went by, a stop began, or its call is over."""
    talk, changing = screens.talk, screens.known.get("changing")
    point = screens.known["point"]
    if other := _others(talk, point, changing):  # made while this press waited for it
        return await _live(query, talk, state, other, said="call-other-first")
    if isinstance(why, Overtaken):
        return popup(query, talk, "call-being-called-off")
    if changing is not None and open_call_row(talk.session, point) is None:
        return await screens.end(query, talk.text("call-gone"))
    return await show_preview(screens, query)


def _others(talk: Talk, point: str, changing: int | None) -> int | None:
    call = open_call_row(talk.session, point)
    return call.id if call and call.id != changing else None


async def _live(
    query: CallbackQuery, talk: Talk, state: FSMContext, call_id: int, *, said: str | None = None
) -> list[Reply]:
    await state.clear()
    return becomes_live(query, talk, batch_of_call(call_id), said)


def _preview(screens: Screens, plan: CallPlan) -> Preview:
    return Preview(
        terms=plan.terms,
        place=said_place(screens),
        people=plan.people,
        days=plan.days,
        telegram=plan.by_channel[Channel.TELEGRAM],
        sms=plan.sms,
        sms_in_place=plan.sms_in_place,
        unreachable=plan.unreachable,
        longest=plan.words,
        sms_price=screens.talk.house.telling.sms_price,
        changing="changing" in screens.known,
    )


def _mark(known: Mapping[str, Any]) -> str:
    """Of what a preview showed: its button sends that, and nothing that was changed on another screen since."""
    shown = json.dumps([known.get(name) for name in ("point", "changing", *PARTS)])
    return hashlib.sha256(shown.encode()).hexdigest()[:8]


def _buttons(screens: Screens, *, may_send: bool) -> list[list[Button]]:
    talk = screens.talk
    send_text = "call-button-send-change" if "changing" in screens.known else "call-button-send"
    first = [[screens.button(talk.text(send_text), _SEND, _mark(screens.known))]] if may_send else []
    changes = [screens.button(talk.text(f"call-button-{part}"), CHANGE_PART, part) for part in PARTS]
    return [*first, changes[:2], changes[2:], [screens.button(talk.text("call-button-stop"), STOP)]]
