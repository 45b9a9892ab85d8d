"""Bantu warga: a neighbour asks her official, who looks the card up and registers a phone, in a few messages.

What she types, a NIK, a receipt, a phone, leaves the chat within the hour; nothing of it is repeated.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import MayDo, OfKind
from bot.officials.screens import HOME, OnScreen, Screens
from bot.reading import fold_digits, maybe_receipt, niks_in
from bot.replies import Reply
from bot.talk import Talk
from core.actions.helping import LOOKUPS_A_DAY, LookedUp, look_up, register_phone
from core.questions.neighbours import neighbour
from core.rules.nik import malformed_nik
from core.rules.officials import Acting, Deed
from core.rules.phone import PhoneError, mask_phone, read_phone
from core.wording.answers import card_answer

_PHONE, _AGREED = "phone", "agreed"
_FEWEST_DIGITS = 5


class Helping(StatesGroup):
    """Whom she asks for; or the phone of whom she found."""

    whom = State()
    phone = State()


class SaysWhom(Filter):
    """What may be a NIK or a receipt; anything else is somebody's question, a button or a command."""

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        return not text.startswith("/") and bool(niks_in(text) or maybe_receipt(text) or _mistyped(text))


class SaysPhone(Filter):
    """A number typed, or a contact shared; hands over `number`, and whether it is the official's own."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        if message.contact is not None:
            own = message.from_user is not None and message.contact.user_id == message.from_user.id
            return {"number": f"+{message.contact.phone_number.lstrip('+')}", "own": own}
        text = fold_digits(message.text or "")
        says = not text.startswith("/") and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS
        return {"number": text, "own": False} if says else False


def routes() -> Router:
    """Before whatever else reads a NIK or a number: in this room it is a neighbour's."""
    router = Router(name="helping")
    may = MayDo(Deed.HELP)
    router.message.register(whom_typed, OfKind("text"), StateFilter(Helping.whom), SaysWhom(), may)
    router.message.register(phone_given, OfKind("text", "contact"), StateFilter(Helping.phone), SaysPhone(), may)
    router.callback_query.register(home, OnScreen(Deed.HELP, HOME))
    router.callback_query.register(ask_phone, OnScreen(Deed.HELP, _PHONE))
    router.callback_query.register(agreed, OnScreen(Deed.HELP, _AGREED))
    return router


async def home(event: Message | CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """Ask for whom."""
    screens = await Screens.begin(talk, state, Deed.HELP)
    return await screens.show(event, talk.text("help-whom"), [[screens.to_menu()]], awaits=Helping.whom)


async def whom_typed(message: Message, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    """What was typed wrongly costs no look-up."""
    talk.forget_later(message)
    screens = await Screens.begin(talk, state, Deed.HELP)
    text = message.text or ""
    niks, receipt = niks_in(text), maybe_receipt(text)
    if len(niks) > 1 or (not niks and (receipt is None or _mistyped(text))):
        said = talk.text("help-one-only" if niks else "help-mistyped")
        return await screens.show(message, said, [[screens.to_menu()]], awaits=Helping.whom)
    nik = niks[0] if niks else None
    found = look_up(talk.session, acting, str(message.chat.id), nik=nik, receipt=receipt or "", now=talk.now)
    if isinstance(found, LookedUp):
        return await _nobody(screens, message, found)
    return await _found(screens, message, found)


async def _nobody(screens: Screens, message: Message, why: LookedUp) -> list[Reply]:
    talk = screens.talk
    too_many = why is LookedUp.TOO_MANY
    said = talk.text("help-too-many", n=LOOKUPS_A_DAY) if too_many else talk.text("help-not-found")
    return await screens.show(message, said, [[screens.to_menu()]], awaits=Helping.whom)


async def _found(screens: Screens, message: Message, resident_id: int) -> list[Reply]:
    """As the counter would tell it. The next one may be typed at once."""
    talk = screens.talk
    found = neighbour(talk.session, resident_id, now=talk.now, terms=talk.house.print_terms)
    if found is None:
        return await _nobody(screens, message, LookedUp.NOBODY)
    screens.known["resident"] = resident_id
    told = talk.text("help-addresses", n=found.addresses) if found.addresses else talk.text("help-no-address")
    rows = [[screens.to_menu()]]
    if found.is_open:
        rows.insert(0, [screens.button(talk.text("button-help-phone"), _PHONE)])
    text = card_answer(talk.words, talk.office, found.answer, closing=talk.closing)
    return await screens.show(message, f"{text}\n\n{told}", rows, awaits=Helping.whom)


async def ask_phone(query: CallbackQuery, talk: Talk, state: FSMContext) -> list[Reply]:
    """Of whom she found."""
    screens = await Screens.go_on(talk, state, Deed.HELP)
    if "resident" not in screens.known:
        return await home(query, talk, state)
    return await screens.show(query, talk.text("help-phone"), [[screens.to_menu()]], awaits=Helping.phone)


async def phone_given(message: Message, talk: Talk, state: FSMContext, number: str, own: bool) -> list[Reply]:
    """The consent to read to her; the number is kept, sealed, until she says yes."""
    talk.forget_later(message)
    screens = await Screens.go_on(talk, state, Deed.HELP)
    try:
        phone = None if own else read_phone(number)
    except PhoneError:
        phone = None
    if phone is None:
        said = talk.text("help-own-phone" if own else "help-phone-mistyped")
        return await screens.show(message, said, [[screens.to_menu()]], awaits=Helping.phone)
    screens.known["phone"] = phone
    rows = [[screens.button(talk.text("button-help-agreed"), _AGREED)], [screens.to_menu()]]
    said = talk.text("help-consent", nomor=mask_phone(phone), simpan=talk.text("contact-kept"))
    return await screens.show(message, said, rows, awaits=Helping.phone)


async def agreed(query: CallbackQuery, talk: Talk, state: FSMContext, acting: Acting) -> list[Reply]:
    """She said yes; the number is told, so that a wrong one can object."""
    known = (await Screens.go_on(talk, state, Deed.HELP)).known
    screens = await Screens.begin(talk, state, Deed.HELP)
    if "phone" not in known:
        return await home(query, talk, state)
    version = talk.words.consent_version
    done = register_phone(talk.session, acting, known["resident"], known["phone"], text=version, now=talk.now)
    rows = [[screens.button(talk.text("button-help-next"), HOME)], [screens.to_menu()]]
    return await screens.show(query, talk.text(f"help-{done.value.replace(' ', '-')}"), rows, awaits=Helping.whom)


def _mistyped(text: str) -> bool:
    return malformed_nik(fold_digits(text)) is not None
