"""Everything else people send: a kind word that leads back to the NIK, or nothing where nobody waits for an answer."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.filters import OfKind
from bot.reading import LONGEST_READ, fold_digits, must_not_stay
from bot.talk import Talk
from core.rules.nik import malformed_nik
from core.rules.siak import read_status
from core.wording.answers import malformed, status_code

_MEDIA = (
    "animation",
    "audio",
    "dice",
    "document",
    "game",
    "location",
    "paid_media",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
)

#: What a message can be edited into, for whose sender it matters that we do not read it.
_EDITED = ("animation", "caption", "document", "photo", "text", "video")


def forwarded_routes() -> Router:
    """Before all others: a forwarded message is somebody else's."""
    router = Router(name="forwarded")
    router.message.register(forwarded, OfKind("forward_origin"))
    return router


def routes() -> Router:
    """After all others."""
    router = Router(name="other")
    router.message.register(plain_text, OfKind("text"))
    router.message.register(photo, OfKind("photo"))
    router.message.register(media, OfKind(*_MEDIA))
    router.edited_message.register(edited, OfKind(*_EDITED))
    return router


async def forwarded(message: Message, talk: Talk) -> SendMessage:
    """It may well hold a NIK, so it does not stay."""
    talk.forget_later(message)
    return talk.answer(message, talk.text("forwarded"))


async def plain_text(message: Message, talk: Talk) -> SendMessage:
    """A number meant as a NIK, a status code, or something we do not understand."""
    text = fold_digits(message.text or "")
    fault = malformed_nik(text)
    if fault is not None:
        talk.forget_later(message)
        return talk.answer(message, malformed(talk.words, fault.fault, digits=fault.digits))
    if len(text) > LONGEST_READ:
        return talk.answer(message, talk.text("too-long"))
    if read_status(text):
        return talk.answer(message, status_code(talk.words, text))
    return talk.answer(message, talk.text("not-understood"))


async def photo(message: Message, talk: Talk) -> SendMessage:
    """Most photos that people send here are of an identity card."""
    talk.forget_later(message)
    return talk.answer(message, talk.text("photo-received"))


async def media(message: Message, talk: Talk) -> SendMessage:
    """We only read; a photo sent as a file, a film of a card, a secret in a caption do not stay."""
    if must_not_stay(message):
        talk.forget_later(message)
    return talk.answer(message, talk.text("media-not-understood"))


async def edited(message: Message, talk: Talk) -> SendMessage:
    """A corrected NIK was answered before; anything else corrected is not read, and its sender should know."""
    if must_not_stay(message):
        talk.forget_later(message)
    return talk.answer(message, talk.text("edited"))
