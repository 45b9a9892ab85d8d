"""Pengumuman: one of four fixed forms, filled in by buttons; shown as people will read it; a second press sends it."""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo, NoCommand
from bot.officials.counts import counts_paragraphs
from bot.officials.fields import day_buttons, in_rows, pressed_day, service_buttons, toggled, word_of
from bot.officials.popups import outdated
from bot.officials.proposals import ask_who_may_agree, asking_rows
from bot.officials.regions import choose_region
from bot.officials.screens import HOME, Button, OnScreen, Screens
from bot.officials.telling import told_from_here
from bot.officials.typed import forget_secrets
from bot.replies import Reply
from bot.talk import Talk
from core.actions.proposals import TooMany, announce
from core.questions.audiences import announcement_audience
from core.questions.proposals import announcement_words
from core.questions.region_names import is_region
from core.questions.regions import places
from core.rules.announcements import (
    BROUGHT_ALONG,
    Announcement,
    Consent,
    Field,
    Form,
    announcement_from,
    consent_needed,
    fits_day,
)
from core.rules.delivery import Channel
from core.rules.hours import Shift
from core.rules.officials import Acting, Deed
from core.rules.suspension import Service
from core.rules.typed_places import LONGEST_PLACE, PlaceFault, UnfitPlace, read_place
from core.rules.typed_times import read_day, read_hours
from core.wording.announcements import usual_place
from core.wording.dates import hours_text, spoken_office, weekday_date
from core.wording.gsm import fold, septets
from core.wording.notices import sms_text, telegram_text
from core.wording.paragraphs import paragraphs

_USUAL_HOURS = ("8-12", "8-14", "9-12", "13-15")


class Announcing(StatesGroup):
    """What may be typed."""

    day = State()
    hours = State()
    place = State()


def routes() -> Router:
    """The screens in their order, and what may be typed on the way."""
    router = Router(name="announcing")
    for name, handler in (
        (HOME, home),
        ("form", form_chosen),
        ("where", where),
        (Field.DAY, day_pressed),
        (Field.HOURS, hours_pressed),
        (Field.PLACE, place_pressed),
        (Field.SERVICES, services_pressed),
        ("sms", sms_pressed),
        ("send", send),
    ):
        router.callback_query.register(handler, OnScreen(Deed.ANNOUNCE, name))
    router.message.register(day_typed, StateFilter(Announcing.day), NoCommand(), MayDo(Deed.ANNOUNCE))
    router.message.register(hours_typed, StateFilter(Announcing.hours), NoCommand(), MayDo(Deed.ANNOUNCE))
    router.message.register(place_typed, StateFilter(Announcing.place), NoCommand(), MayDo(Deed.ANNOUNCE))
    return router


async def home(event: Message | CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """Which of the four."""
    screens = await Screens.begin(talk, state, Deed.ANNOUNCE)
    rows: list[list[Button]] = [[screens.button(talk.text(f"form-{form}"), "form", form)] for form in Form]
    return await screens.show(event, talk.text("form-which"), [*rows, [screens.to_menu()]])


async def form_chosen(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """For whom."""
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    if (form := word_of(Form, value)) is None:
        return outdated(query, talk)
    screens.known.update(form=form, details={})
    return await _where(screens, query, "", acting)


async def where(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """A region, or further into one."""
    return await _where(await Screens.go_on(talk, state, Deed.ANNOUNCE), query, value, acting)


async def _where(screens: Screens, query: CallbackQuery, value: str, acting: Acting) -> list[Reply]:
    chosen = await choose_region(screens, query, value, own=acting.region, then="where")
    if not isinstance(chosen, str):
        return chosen
    if not (acting.may(Deed.ANNOUNCE, chosen) and is_region(screens.talk.session, chosen)):
        return outdated(query, screens.talk)
    screens.known["region"] = chosen
    return await _next(screens, query, acting)


async def _next(screens: Screens, event: CallbackQuery | Message, acting: Acting, *, wrong: str = "") -> list[Reply]:
    """The first field that is missing, or the preview. wrong: what was the matter with what was typed."""
    missing = _announcement(screens).missing()
    if missing is None:
        return await _preview(screens, event, acting)
    talk = screens.talk
    ask = {Field.DAY: _days, Field.HOURS: _hours, Field.PLACE: _places, Field.SERVICES: _services}[missing]
    awaits = {Field.DAY: Announcing.day, Field.HOURS: Announcing.hours, Field.PLACE: Announcing.place}.get(missing)
    text = paragraphs(talk.text(wrong) if wrong else "", talk.text(f"field-{missing}"))
    return await screens.show(event, text, [*ask(screens), [screens.to_menu()]], awaits=awaits)


def _days(screens: Screens) -> list[list[Button]]:
    return day_buttons(screens, Field.DAY)


def _hours(screens: Screens) -> list[list[Button]]:
    hours = [(text, read_hours(text)) for text in _USUAL_HOURS]
    return in_rows([screens.button(hours_text(*read), Field.HOURS, text) for text, read in hours if read])


def _places(screens: Screens) -> list[list[Button]]:
    usual = _usual_place(screens)
    return [[screens.button(usual, Field.PLACE)]] if usual else []


def _usual_place(screens: Screens) -> str | None:
    """The village hall, the district's office, ours; in the language that people read."""
    region = screens.known["region"]
    place = places(screens.talk.session, [region]).get(region)
    return usual_place(screens.talk.house.wordings.of(None), place, longest=LONGEST_PLACE) if place else None


def _services(screens: Screens) -> list[list[Button]]:
    return service_buttons(screens, BROUGHT_ALONG, screens.known.get("on", ()), Field.SERVICES)


async def day_pressed(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    return await _with_day(query, pressed_day(value), acting, talk, state)


async def day_typed(message: Message, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    forget_secrets(message, talk)
    day = read_day(message.text or "", talk.local.date())
    return await _with_day(message, day, acting, talk, state)


async def _with_day(
    event: CallbackQuery | Message, day: date | None, acting: Acting, talk: Talk, state: FSMContext
) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    if day is None or not fits_day(day, talk.local.date()):
        return await _next(screens, event, acting, wrong="field-day-wrong")
    return await _with(screens, event, acting, day=day)


async def hours_pressed(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    return await _with_hours(query, read_hours(value), acting, talk, state)


async def hours_typed(message: Message, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    forget_secrets(message, talk)
    return await _with_hours(message, read_hours(message.text or ""), acting, talk, state)


async def _with_hours(
    event: CallbackQuery | Message, hours: Shift | None, acting: Acting, talk: Talk, state: FSMContext
) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    if hours is None:
        return await _next(screens, event, acting, wrong="field-hours-wrong")
    return await _with(screens, event, acting, hours=hours)


async def place_pressed(query: CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    return await _with(screens, query, acting, place=_usual_place(screens))


async def place_typed(message: Message, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Kept as an SMS can carry it."""
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    forget_secrets(message, talk)
    folded = fold(message.text or "")
    try:
        place = read_place(folded)
    except UnfitPlace as error:
        return await _next(screens, message, acting, wrong=f"place-fault-{error.fault}")
    size = septets(place)
    if size is None or size > LONGEST_PLACE:
        fault = "place-fault-signs" if size is None else f"place-fault-{PlaceFault.LONG}"
        return await _next(screens, message, acting, wrong=fault)
    return await _with(screens, message, acting, place=place)


async def services_pressed(
    query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext
) -> list[Reply]:
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    on = screens.known.get("on", [])
    if value != "next":
        screens.known["on"] = toggled(on, value, BROUGHT_ALONG)
        return await _next(screens, query, acting)
    if not on:
        return await _next(screens, query, acting, wrong="field-services-none")
    return await _with(screens, query, acting, services=tuple(Service(word) for word in on))


async def _with(screens: Screens, event: CallbackQuery | Message, acting: Acting, **filled: object) -> list[Reply]:
    screens.known["details"] = replace(_announcement(screens), **filled).details()  # type: ignore[arg-type]  # each by its own field
    return await _next(screens, event, acting)


def _announcement(screens: Screens) -> Announcement:
    return announcement_from(screens.known["form"], screens.known["details"])


async def sms_pressed(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """By SMS too, or not; what that costs is shown again."""
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    if "region" not in screens.known:
        return outdated(query, talk)
    screens.known["sms"] = value == "yes"
    return await _preview(screens, query, acting)


async def _preview(screens: Screens, event: CallbackQuery | Message, acting: Acting) -> list[Reply]:
    """The exact texts, how many people by which channel, what it costs, and who has to agree."""
    talk, known = screens.talk, screens.known
    sms, region = bool(known.get("sms")), known["region"]
    counts = announcement_audience(talk.session, region, sms=sms)
    people = counts.total() - counts[None]
    notice = announcement_words(talk.session, known["form"], region, known["details"])
    theirs = talk.house.wordings.of(None)
    office = spoken_office(theirs, talk.house.office)
    consent = consent_needed(acting.role, people, talk.house.telling)
    text = paragraphs(
        talk.text("telling-preview"),
        telegram_text(theirs, office, notice),
        *((talk.text("telling-preview-sms"), sms_text(theirs, office, notice)) if sms else ()),
        *counts_paragraphs(talk, counts[Channel.TELEGRAM], counts[Channel.SMS], counts[None], sms=sms),
        talk.text(f"telling-needs-{consent}") if consent is not Consent.NOBODY else "",
        talk.text("telling-nobody") if not people else "",
    )
    other = screens.button(talk.text("button-without-sms" if sms else "button-with-sms"), "sms", "no" if sms else "yes")
    label = talk.text("button-send-now" if consent is Consent.NOBODY else "button-ask-agree")
    rows = [*([[screens.button(label, "send")]] if people else []), [other, screens.to_menu()]]
    return await screens.show(event, text, rows)


async def send(query: CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """The second press: on its way, or asked for; what the week allows is looked at here."""
    screens = await Screens.go_on(talk, state, Deed.ANNOUNCE)
    known = screens.known
    if "region" not in known or _announcement(screens).missing():
        return outdated(query, talk)
    day = _announcement(screens).day
    if not acting.may(Deed.ANNOUNCE, known["region"]) or (day and day < talk.local.date()):
        return outdated(query, talk)
    terms = {"region": known["region"], "acting": acting, "terms": talk.house.telling, "sms": bool(known.get("sms"))}
    try:
        proposed = announce(talk.session, _announcement(screens), now=talk.now, **terms)
    except TooMany as error:
        return await screens.end(query, _too_many(talk, error), [[screens.to_menu()]])
    if proposed.broadcast_id is not None:
        await state.clear()
        return told_from_here(query, talk, proposed.broadcast_id, "telling-sent", orang=proposed.people)
    assert proposed.id is not None  # noqa: S101  # what does not go out at once is proposed
    ask_who_may_agree(talk, proposed.id, acting)
    said = talk.text("telling-asks", nomor=str(proposed.id), orang=proposed.people)
    return await screens.end(query, said, asking_rows(talk, Deed.ANNOUNCE, proposed.id))


def _too_many(talk: Talk, error: TooMany) -> str:
    if error.again_at is None:
        return talk.text("telling-too-many-ever")
    return talk.text(
        "telling-too-many", kapan=weekday_date(talk.words, error.again_at.astimezone(talk.house.zone).date())
    )
