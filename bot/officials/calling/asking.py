"""The parts of a call, one screen each: a press or a typed word, in whichever order an official gives them."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo, NoCommand, OfKind, Wants
from bot.officials.calling.draft import (
    DAY,
    HOURS,
    PARTS,
    PEOPLE,
    PLACE,
    Calling,
    day_of,
    hours_of,
    keep_hours,
    point_name,
    said_place,
    terms_of_draft,
)
from bot.officials.calling.preview import CHANGE_PART, STOP, problem_texts, show_preview, stop
from bot.officials.popups import outdated
from bot.officials.screens import Button, OnScreen, Screens
from bot.officials.typed import forget_secrets
from bot.replies import Reply
from bot.talk import Talk
from core.questions.call_places import tidy_place, trouble_with_place
from core.questions.call_plans import after_stops, problems_of
from core.questions.calls import waiting_at
from core.questions.capacity import pickup_per_day
from core.questions.working_days import office_calendar
from core.rules.calendar import next_working_day
from core.rules.calls import MOST_PER_DAY, Problem, days_of_call, first_possible
from core.rules.hours import Shift
from core.rules.officials import Acting, Deed
from core.rules.typed_times import read_people, read_when
from core.wording.dates import day_date, hours_text
from core.wording.paragraphs import paragraphs

_DAYS_OFFERED, _IN_A_ROW = 6, 2
_PEOPLE_OFFERED = (25, 50, 100, 200)
_NOON, _AFTERNOON = time(12), time(13)
_FRIDAY = 4
_USUAL_SHIFTS = ((time(8), time(15)),)
_OF_THE_DAY = (Problem.PAST, Problem.CLOSED, Problem.TOO_LATE, Problem.STOPPED)

Event = Message | CallbackQuery


def add(router: Router) -> None:
    """A press on, or a text typed at, each part; "batal" leaves all of it, as its button does."""
    router.message.register(stop, StateFilter(Calling), Wants("batal", "cancel"), MayDo(Deed.CALL))
    for part, typed in ((DAY, _day_typed), (HOURS, _hours_typed), (PLACE, _place_typed), (PEOPLE, _people_typed)):
        router.callback_query.register(pressed, OnScreen(Deed.CALL, part))
        router.message.register(
            typed, StateFilter(getattr(Calling, part)), OfKind("text"), NoCommand(), MayDo(Deed.CALL)
        )
    router.callback_query.register(change_part, OnScreen(Deed.CALL, CHANGE_PART))


async def ask_next(screens: Screens, event: Event, *, sorry: str = "") -> list[Reply]:
    """Ask for the first part that is not known yet; show what all of it would do when there is none.

    sorry: what could not be read, or will not do.
    """
    ask = {DAY: _ask_day, HOURS: _ask_hours, PLACE: _ask_place, PEOPLE: _ask_people}
    for part in PARTS:
        if part not in screens.known:
            text, rows = ask[part](screens)
            stop = [screens.button(screens.talk.text("call-button-stop"), STOP)]
            awaits = getattr(Calling, part)
            return await screens.show(event, paragraphs(sorry, text), [*rows, stop], awaits=awaits)
    return await show_preview(screens, event)


async def pressed(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """Which part it is, stands in what it chooses: a day as 2017-09-28, hours as 0800-1200, people as a number."""
    screens = await Screens.go_on(talk, state, Deed.CALL)
    known = screens.known
    if not acting.may(Deed.CALL, known.get("point", "")):
        return outdated(query, talk)
    part, _, chosen = value.partition(" ")
    try:
        day = _keep_chosen(known, part, chosen)
    except ValueError:  # a button that somebody made up
        return outdated(query, talk)
    return await (_take_day(screens, query, day) if day else ask_next(screens, query))


def _keep_chosen(known: dict[str, Any], part: str, chosen: str) -> date | None:
    """Keep what was chosen; a day is returned, to be looked at first. Raises ValueError for what no button says."""
    if part == DAY:
        return date.fromisoformat(chosen)
    if part == HOURS:
        keep_hours(known, (_clock(chosen[:4]), _clock(chosen[4:])))
    elif part == PLACE:
        known[PLACE] = None
    elif part == PEOPLE and chosen.isdecimal() and len(chosen) <= len(str(MOST_PER_DAY)):
        known[PEOPLE] = int(chosen)
    else:
        raise ValueError(part)
    return None


async def change_part(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting, value: str) -> list[Reply]:
    """Ask for one part anew; the others stay."""
    screens = await Screens.go_on(talk, state, Deed.CALL)
    if value not in PARTS or not acting.may(Deed.CALL, screens.known.get("point", "")):
        return outdated(query, talk)
    screens.known.pop(value, None)
    return await ask_next(screens, query)


async def _day_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    return await _when_typed(message, talk, state, acting, "call-unread-when")


async def _hours_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    return await _when_typed(message, talk, state, acting, "call-unread-hours")


async def _when_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting, unread: str) -> list[Reply]:
    """Either screen takes a day, hours, or both: who types "Kamis 8-12" need not do it twice."""
    screens = await Screens.go_on(talk, state, Deed.CALL)
    if not acting.may(Deed.CALL, screens.known.get("point", "")):
        return []
    forget_secrets(message, talk)
    when = read_when(message.text or "", talk.local.date())
    if when is None:
        return await ask_next(screens, message, sorry=talk.text(unread))
    if when.hours:
        keep_hours(screens.known, when.hours)
    return await (_take_day(screens, message, when.day) if when.day else ask_next(screens, message))


async def _place_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.CALL)
    if not acting.may(Deed.CALL, screens.known.get("point", "")):
        return []
    forget_secrets(message, talk)
    if problem := trouble_with_place(message.text):
        return await ask_next(screens, message, sorry=talk.text(f"call-problem-{problem}"))
    screens.known[PLACE] = tidy_place(message.text)
    return await ask_next(screens, message)


async def _people_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.CALL)
    if not acting.may(Deed.CALL, screens.known.get("point", "")):
        return []
    forget_secrets(message, talk)
    people = read_people(message.text or "")
    if people is None or not 1 <= people <= MOST_PER_DAY:
        return await ask_next(screens, message, sorry=talk.text("call-unread-people", batas=MOST_PER_DAY))
    screens.known[PEOPLE] = people
    return await ask_next(screens, message)


async def _take_day(screens: Screens, event: Event, day: date) -> list[Reply]:
    """A day that will not do is said at once, not three screens later."""
    talk, known = screens.talk, screens.known
    terms = terms_of_draft(known, day=day)
    problems = problems_of(talk.session, terms, people=1, now=talk.now, changing=known.get("changing"))
    troubles = [problem for problem in problems if problem in _OF_THE_DAY]
    if troubles:
        known.pop(DAY, None)
        return await ask_next(screens, event, sorry="\n".join(problem_texts(screens, terms, troubles)))
    known[DAY] = day.isoformat()
    return await ask_next(screens, event)


def _ask_day(screens: Screens) -> tuple[str, list[list[Button]]]:
    talk = screens.talk
    waiting = waiting_at(talk.session, screens.known["point"], today=talk.local.date())
    long = talk.text("call-waiting-long", n=waiting.long) if waiting.long else ""
    waits = talk.text("call-waiting", tempat=point_name(screens), kartu=waiting.cards, lama=long)
    buttons = [
        screens.button(day_date(talk.words, day), DAY, f"{DAY} {day.isoformat()}") for day in _days_offered(screens)
    ]
    return paragraphs(waits, talk.text("call-ask-day")), _rows(buttons, _IN_A_ROW)


def _days_offered(screens: Screens) -> list[date]:
    """The next days that work, after whatever stops pickup there."""
    talk = screens.talk
    terms = after_stops(talk.session, terms_of_draft(screens.known, day=talk.local.date()))
    calendar = office_calendar(talk.session)
    days = [first_possible(talk.now, terms, calendar, talk.house.zone)]
    while len(days) < _DAYS_OFFERED:
        days.append(next_working_day(days_of_call(terms, calendar), days[-1]))
    return days


def _ask_hours(screens: Screens) -> tuple[str, list[list[Button]]]:
    talk, day = screens.talk, day_of(screens.known)
    buttons = [
        screens.button(hours_text(*shift), HOURS, f"{HOURS} {shift[0]:%H%M}{shift[1]:%H%M}")
        for shift in _hours_offered(screens, day)
    ]
    friday = talk.text("call-friday") if any(day.weekday() == _FRIDAY for day in _days_offered(screens)) else ""
    text = talk.text("call-ask-hours", hari=day_date(talk.words, day), jumat=friday)
    return text, _rows(buttons, _IN_A_ROW)


def _hours_offered(screens: Screens, day: date) -> Sequence[Shift]:
    """The morning, all day, the afternoon; for a Friday those of the day before, which end sooner by themselves."""
    week = office_calendar(screens.talk.session).week
    weekday = _FRIDAY - 1 if day.weekday() == _FRIDAY and week and week[_FRIDAY - 1] else day.weekday()
    shifts = (week[weekday] if week else ()) or _USUAL_SHIFTS
    opens, closes = shifts[0][0], shifts[-1][1]
    offered = [(opens, _NOON), (opens, closes), (_AFTERNOON, closes)]
    return list(dict.fromkeys(shift for shift in offered if opens <= shift[0] < shift[1] <= closes))


def _ask_place(screens: Screens) -> tuple[str, list[list[Button]]]:
    talk = screens.talk
    hours = hours_text(*hours_of(screens.known))
    text = talk.text("call-ask-place", hari=day_date(talk.words, day_of(screens.known)), jam=hours)
    return text, [[screens.button(point_name(screens), PLACE, PLACE)]]


def _ask_people(screens: Screens) -> tuple[str, list[list[Button]]]:
    talk = screens.talk
    cards = waiting_at(talk.session, screens.known["point"], today=talk.local.date()).cards
    offered = sorted({*_PEOPLE_OFFERED, pickup_per_day(talk.session)})
    buttons = [screens.button(str(people), PEOPLE, f"{PEOPLE} {people}") for people in offered if people < cards]
    if 0 < cards <= MOST_PER_DAY:
        buttons.append(screens.button(talk.text("call-button-all-at-once", n=cards), PEOPLE, f"{PEOPLE} {cards}"))
    return talk.text("call-ask-people", tempat=said_place(screens), kartu=cards), _rows(buttons, _IN_A_ROW + 1)


def _rows(buttons: Sequence[Button], in_a_row: int) -> list[list[Button]]:
    return [list(buttons[start : start + in_a_row]) for start in range(0, len(buttons), in_a_row)]


def _clock(digits: str) -> time:
    return time(int(digits[:2]), int(digits[2:]))
