"""/gangguan: what stands still is shown, ended or expected on another day; something new stops by a few presses."""

from datetime import date, datetime, time
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo, NoCommand
from bot.officials.agreeing import alone_rows
from bot.officials.counts import counts_paragraphs
from bot.officials.fields import day_buttons, in_rows, pressed_day, service_buttons, toggled, word_of
from bot.officials.popups import outdated
from bot.officials.proposals import ask_who_may_agree, asking_rows
from bot.officials.regions import choose_region
from bot.officials.screens import HOME, Button, OnScreen, Screens
from bot.officials.standing import standing_routes, standing_screen
from bot.officials.telling import told_from_here
from bot.officials.typed import forget_secrets
from bot.replies import Reply
from bot.talk import Talk
from core.actions.proposals import Proposed, suspend_by_official
from core.actions.suspensions import worth_telling
from core.errors import Refused
from core.questions.announcing import start_words
from core.questions.audiences import suspension_audience
from core.questions.region_names import is_region
from core.rules.announcements import Consent, consent_needed, fits_day
from core.rules.delivery import Channel
from core.rules.officials import Acting, Deed, Role
from core.rules.suspension import Cause, Service
from core.rules.typed_times import read_day
from core.wording.dates import spoken_office
from core.wording.notices import sms_text, telegram_text
from core.wording.paragraphs import paragraphs

_ALL = tuple(Service)
#: Hours of today at which something may have stopped; later ones are left out.
_SINCE = (7, 8, 9, 10, 11, 12, 13, 14)
_UNKNOWN = "unknown"


class Suspending(StatesGroup):
    """What may be typed."""

    until = State()


def routes() -> Router:
    """The word, and the screens in their order."""
    router = Router(name="suspending")
    for name, handler in (
        (HOME, home),
        ("new", begin),
        ("service", services),
        ("cause", cause),
        ("where", where),
        ("since", since),
        ("until", until_pressed),
        ("sms", sms_pressed),
        ("stop", stop),
    ):
        router.callback_query.register(handler, OnScreen(Deed.SUSPEND, name))
    router.message.register(until_typed, StateFilter(Suspending.until), NoCommand(), MayDo(Deed.SUSPEND))
    for observer, taken in standing_routes().observers.items():
        router.observers[observer].handlers.extend(taken.handlers)
    return router


async def home(event: Message | CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """What stands, with what can be done about it."""
    screens = await Screens.begin(talk, state, Deed.SUSPEND)
    return await standing_screen(screens, event, acting)


async def begin(query: CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """Which services."""
    return await _services(await Screens.begin(talk, state, Deed.SUSPEND, on=[]), query)


async def _services(screens: Screens, event: CallbackQuery, *, wrong: str = "") -> list[Reply]:
    talk = screens.talk
    rows = service_buttons(screens, _ALL, screens.known["on"], "service")
    text = paragraphs(talk.text(wrong) if wrong else "", talk.text("suspending-services"))
    return await screens.show(event, text, [*rows, [screens.to_menu()]])


async def services(query: CallbackQuery, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """Each is switched on and off; then why."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    if "on" not in screens.known:
        return outdated(query, talk)
    if value != "next":
        screens.known["on"] = toggled(screens.known["on"], value, _ALL)
        return await _services(screens, query)
    if not screens.known["on"]:
        return await _services(screens, query, wrong="field-services-none")
    rows = in_rows([screens.button(talk.text(f"cause-{one}"), "cause", one) for one in Cause])
    return await screens.show(query, talk.text("suspending-cause"), [*rows, [screens.to_menu()]])


async def cause(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Where."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    if (why := word_of(Cause, value)) is None or not screens.known.get("on"):
        return outdated(query, talk)
    screens.known["cause"] = why
    return await _where(screens, query, "", acting)


async def where(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """A region, or further into one."""
    return await _where(await Screens.go_on(talk, state, Deed.SUSPEND), query, value, acting)


async def _where(screens: Screens, query: CallbackQuery, value: str, acting: Acting) -> list[Reply]:
    talk = screens.talk
    chosen = await choose_region(screens, query, value, own=acting.region, then="where")
    if not isinstance(chosen, str):
        return chosen
    if not (acting.may(Deed.SUSPEND, chosen) and is_region(talk.session, chosen) and "cause" in screens.known):
        return outdated(query, talk)
    screens.known["region"] = chosen
    earlier = [hour for hour in _SINCE if hour < talk.local.hour]
    buttons = [screens.button(talk.text("button-since", pukul=f"{hour:02}.00"), "since", hour) for hour in earlier]
    rows = [[screens.button(talk.text("button-since-now"), "since")], *in_rows(buttons), [screens.to_menu()]]
    return await screens.show(query, talk.text("suspending-since"), rows)


async def since(query: CallbackQuery, value: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """Until when, about."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    hour = int(value) if value in map(str, _SINCE) else None
    at = datetime.combine(talk.local.date(), time(hour), talk.house.zone) if hour is not None else None
    if "region" not in screens.known or (at and at > talk.now):
        return outdated(query, talk)
    screens.known["since"] = at.isoformat() if at else None
    return await _until(screens, query)


async def _until(screens: Screens, event: CallbackQuery | Message, *, wrong: str = "") -> list[Reply]:
    text = paragraphs(screens.talk.text(wrong) if wrong else "", screens.talk.text("suspending-until"))
    return await screens.show(event, text, until_rows(screens, "until"), awaits=Suspending.until)


def until_rows(screens: Screens, then: str) -> list[list[Button]]:
    """Days, and that nobody knows."""
    unknown = screens.button(screens.talk.text("button-until-unknown"), then, _UNKNOWN)
    return [*day_buttons(screens, then), [unknown], [screens.to_menu()]]


async def until_pressed(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    day = pressed_day(value)
    if "since" not in screens.known or (day is None and value != _UNKNOWN):
        return outdated(query, talk)
    screens.known["until"] = day.isoformat() if day else None
    return await _preview(screens, query, acting)


async def until_typed(message: Message, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    forget_secrets(message, talk)
    day = read_day(message.text or "", talk.local.date())
    if day is None or not fits_day(day, talk.local.date()):
        return await _until(screens, message, wrong="field-day-wrong")
    screens.known["until"] = day.isoformat()
    return await _preview(screens, message, acting)


async def sms_pressed(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """By SMS too, or not; what that costs is shown again."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    if "until" not in screens.known:
        return outdated(query, talk)
    screens.known["sms"] = value == "yes"
    return await _preview(screens, query, acting)


async def _preview(screens: Screens, event: CallbackQuery | Message, acting: Acting) -> list[Reply]:
    """The exact texts, how many people by which channel, and whether somebody has to agree."""
    talk, known = screens.talk, screens.known
    sms, until, began = bool(known.get("sms")), _until_of(screens), _since_of(screens)
    stopped = _stopped(screens)
    ask = partial(suspension_audience, talk.session, stopped, region=known["region"], recorded_since=None)
    counts = ask(sms=sms, until=until)
    told = worth_telling(talk.session, until, now=talk.now)
    people = counts.total() - counts[None] if told else 0
    moment = (began or talk.now).astimezone(talk.house.zone)
    said = [talk.text("suspending-new-confirm", sejak=f"{moment:%H.%M}")]
    if told:
        said += [talk.text("telling-preview"), *_texts(screens, began or talk.now, until, sms=sms)]
        said += counts_paragraphs(talk, counts[Channel.TELEGRAM], counts[Channel.SMS], counts[None], sms=sms)
        if consent_needed(acting.role, people, talk.house.telling) is not Consent.NOBODY:
            said.append(talk.text("telling-needs-second"))
    else:
        said.append(talk.text("suspending-short"))
    label = talk.text("button-without-sms" if sms else "button-with-sms")
    other = [screens.button(label, "sms", "no" if sms else "yes")] if told else []
    rows = [[screens.button(talk.text("button-stop-now"), "stop")], [*other, screens.to_menu()]]
    return await screens.show(event, paragraphs(*said), rows)


def _texts(screens: Screens, began: datetime, until: date | None, *, sms: bool) -> list[str]:
    talk = screens.talk
    theirs = talk.house.wordings.of(None)
    office = spoken_office(theirs, talk.house.office)
    kind = Cause(screens.known["cause"])
    words = start_words(talk.session, services=_stopped(screens), cause=kind, since=began, until=until)
    by_sms = [talk.text("telling-preview-sms"), sms_text(theirs, office, words)] if sms else []
    return [telegram_text(theirs, office, words), *by_sms]


async def stop(query: CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """The second press."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    known = screens.known
    if "until" not in known or not acting.may(Deed.SUSPEND, known["region"]):
        return outdated(query, talk)
    try:
        proposed = suspend_by_official(
            talk.session,
            _stopped(screens),
            cause=Cause(known["cause"]),
            region=known["region"],
            acting=acting,
            terms=talk.house.telling,
            now=talk.now,
            since=_since_of(screens),
            until=_until_of(screens),
            sms=bool(known.get("sms")),
        )
    except Refused:  # the day that was chosen is past by now
        return outdated(query, talk)
    return await _said(screens, query, state, proposed, acting)


async def _said(
    screens: Screens, query: CallbackQuery, state: FSMContext, proposed: Proposed, acting: Acting
) -> list[Reply]:
    talk = screens.talk
    done = talk.text("suspending-done")
    if proposed.id is not None:
        ask_who_may_agree(talk, proposed.id, acting)
        asks = talk.text("telling-asks", nomor=str(proposed.id), orang=proposed.people)
        alone = alone_rows(talk, proposed.id) if acting.role is Role.HEAD else []
        rows = [*alone, *asking_rows(talk, Deed.SUSPEND, proposed.id)]
        return await screens.end(query, paragraphs(done, asks), rows)
    if proposed.broadcast_id is None:
        return await screens.end(query, done)
    await state.clear()
    return told_from_here(query, talk, proposed.broadcast_id, "suspending-done-told", orang=proposed.people)


def _stopped(screens: Screens) -> tuple[Service, ...]:
    return tuple(Service(word) for word in screens.known["on"])


def _until_of(screens: Screens) -> date | None:
    until = screens.known.get("until")
    return date.fromisoformat(until) if until else None


def _since_of(screens: Screens) -> datetime | None:
    began = screens.known.get("since")
    return datetime.fromisoformat(began) if began else None
