"""A phone number that Telegram itself shares: proof for the one resident at whom the office holds it, never kept."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.filters import OfKind
from bot.replies import Reply
from bot.residents.proven import answer_owner
from bot.talk import Talk
from core.questions.cards import resident_by_nik
from core.questions.phones import owner_of_phone
from core.rules.phone import PhoneError, read_phone


def routes() -> Router:
    """A contact that is not forwarded: those are turned away before."""
    router = Router(name="phone")
    router.message.register(shared, OfKind("contact"))
    return router


async def shared(message: Message, talk: Talk, state: FSMContext) -> SendMessage | list[Reply]:
    """One answer for a number that nobody has, and one that several have.

    After a question by NIK it proves that NIK or nothing: who asked for her mother's card must not read of her own.
    """
    talk.forget_later(message)
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        return talk.answer(message, talk.text("contact-of-another"))
    owner = _owner(talk, contact.phone_number)
    nik = (await state.get_data()).get("nik")
    if owner is not None and (nik is None or _is_hers(talk, nik, owner)):
        return await answer_owner(message, owner, proof="phone", talk=talk, state=state)
    if nik is not None:
        await state.set_state(Linking.receipt)
    return talk.answer(message, talk.text("phone-proves-nothing"))


def _owner(talk: Talk, number: str) -> int | None:
    """Telegram writes a number with its country, with or without the plus."""
    try:
        return owner_of_phone(talk.session, read_phone(f"+{number.lstrip('+')}"))
    except PhoneError:
        return None


def _is_hers(talk: Talk, nik: str, resident_id: int) -> bool:
    resident = resident_by_nik(talk.session, nik)
    return resident is not None and resident.id == resident_id
