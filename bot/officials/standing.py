"""What stands still: it is back, all or in part, or expected on another day."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.officials.fields import day_buttons, pressed_day, service_buttons, toggled
from bot.officials.popups import outdated
from bot.officials.screens import Button, OnScreen, Screens
from bot.officials.telling import told_from_here
from bot.replies import Reply
from bot.talk import Talk
from core.actions.suspensions import move_end, resume
from core.errors import NotFound, Overtaken, Refused
from core.questions.audiences import SuspensionLine, every_suspension, resumption_audience
from core.questions.regions import places
from core.rules.officials import Acting, Deed
from core.rules.suspension import Service
from core.wording.announcements import services_text
from core.wording.dates import long_date
from core.wording.paragraphs import paragraphs
from core.wording.places import region_name

_MOST = 6
_UNKNOWN = "unknown"


def standing_routes() -> Router:
    """The screens of what stands already."""
    router = Router(name="standing")
    for name, handler in (
        ("back", back),
        ("backs", back_services),
        ("backyes", back_now),
        ("move", move),
        ("moveto", move_to),
    ):
        router.callback_query.register(handler, OnScreen(Deed.SUSPEND, name))
    return router


async def standing_screen(screens: Screens, event: Message | CallbackQuery, acting: Acting) -> list[Reply]:
    """Every open suspension of her region, newest last."""
    talk = screens.talk
    lines = _open(talk, acting)[-_MOST:]
    names = places(talk.session, [line.region for line in lines])
    said = [_line(talk, line, region_name(talk.words, names.get(line.region), short=True)) for line in lines]
    rows: list[list[Button]] = [
        [
            screens.button(talk.text("button-back-number", nomor=str(line.id)), "back", line.id),
            screens.button(talk.text("button-move-number", nomor=str(line.id)), "move", line.id),
        ]
        for line in lines
    ]
    text = paragraphs(talk.text("suspending-home") if lines else talk.text("suspending-none"), *said)
    new = screens.button(talk.text("button-new-stop"), "new")
    return await screens.show(event, text, [*rows, [new], [screens.to_menu()]])


def _open(talk: Talk, acting: Acting) -> list[SuspensionLine]:
    lines = every_suspension(talk.session)
    return [line for line in lines if line.resumed_at is None and acting.may(Deed.SUSPEND, line.region)]


def _line(talk: Talk, line: SuspensionLine, where: str) -> str:
    until = line.expected_until
    recovery = (
        talk.text("recovery-expected", pulih=long_date(talk.words, until)) if until else talk.text("recovery-unknown")
    )
    return talk.text(
        "suspending-standing",
        nomor=str(line.id),
        henti=services_text(talk.words, line.services),
        warga=where,
        sebab=talk.text(f"cause-{line.cause}"),
        mulai=long_date(talk.words, line.since.astimezone(talk.house.zone).date()),
        pulih=recovery,
    )


def _found(talk: Talk, acting: Acting, number: object) -> SuspensionLine | None:
    return next((line for line in _open(talk, acting) if str(line.id) == str(number)), None)


async def back(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Which of its services; all of them at first."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    line = _found(talk, acting, value)
    if line is None:
        return await screens.end(query, talk.text("suspending-changed"))
    screens.known.update(stop=line.id, back=[str(service) for service in line.services])
    return await _services(screens, query, line)


async def _services(screens: Screens, query: CallbackQuery, line: SuspensionLine, *, wrong: str = "") -> list[Reply]:
    talk = screens.talk
    rows = service_buttons(screens, line.services, screens.known["back"], "backs")
    text = paragraphs(talk.text(wrong) if wrong else "", talk.text("suspending-back"))
    return await screens.show(query, text, [*rows, [screens.to_menu()]])


async def back_services(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Each is switched on and off; then what would be told, to how many."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    line = _found(talk, acting, screens.known.get("stop"))
    if line is None:
        return await screens.end(query, talk.text("suspending-changed"))
    if value != "next":
        screens.known["back"] = toggled(screens.known["back"], value, line.services)
        return await _services(screens, query, line)
    if not screens.known["back"]:
        return await _services(screens, query, line, wrong="field-services-none")
    wanted = _wanted(screens)
    people = resumption_audience(talk.session, line.id, wanted, now=talk.now).total()
    text = paragraphs(
        talk.text("suspending-back-confirm", nomor=str(line.id), henti=services_text(talk.words, wanted)),
        talk.text("telling-will-hear", orang=people),
    )
    return await screens.show(
        query, text, [[screens.button(talk.text("button-back-now"), "backyes")], [screens.to_menu()]]
    )


def _wanted(screens: Screens) -> tuple[Service, ...]:
    return tuple(Service(word) for word in screens.known["back"])


async def back_now(query: CallbackQuery, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """The second press."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    line = _found(talk, acting, screens.known.get("stop"))
    if line is None:
        return await screens.end(query, talk.text("suspending-changed"))
    try:
        started = resume(talk.session, line.id, now=talk.now, by=acting.by, services=_wanted(screens))
    except (NotFound, Refused, Overtaken):
        return await screens.end(query, talk.text("suspending-changed"))
    return await _done(screens, query, state, line, started.broadcast_id, "suspending-back-done")


async def _done(
    screens: Screens, query: CallbackQuery, state: FSMContext, line: SuspensionLine, broadcast_id: int | None, said: str
) -> list[Reply]:
    """said: a text; where people are told, it pops up over the message that shows how far that is."""
    number = str(line.id)
    if broadcast_id is None:
        return await screens.end(query, screens.talk.text(said, nomor=number))
    await state.clear()
    return told_from_here(query, screens.talk, broadcast_id, said, nomor=number)


async def move(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """To which day."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    if _found(talk, acting, value) is None:
        return await screens.end(query, talk.text("suspending-changed"))
    screens.known["stop"] = value
    unknown = screens.button(talk.text("button-until-unknown"), "moveto", _UNKNOWN)
    rows = [*day_buttons(screens, "moveto"), [unknown], [screens.to_menu()]]
    return await screens.show(query, talk.text("suspending-move"), rows)


async def move_to(query: CallbackQuery, value: str, acting: Acting, talk: Talk, state: FSMContext) -> list[Reply]:
    """Whom the news of the stop reached is told; the day was the second press."""
    screens = await Screens.go_on(talk, state, Deed.SUSPEND)
    line = _found(talk, acting, screens.known.get("stop"))
    if line is None:
        return await screens.end(query, talk.text("suspending-changed"))
    until = pressed_day(value)
    if until is None and value != _UNKNOWN:
        return outdated(query, talk)
    try:
        started = move_end(talk.session, line.id, until, now=talk.now, by=acting.by)
    except (NotFound, Overtaken):
        return await screens.end(query, talk.text("suspending-changed"))
    except Refused:  # that day is past by now
        return outdated(query, talk)
    return await _done(screens, query, state, line, started.broadcast_id, "suspending-moved-done")
