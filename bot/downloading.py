"""A file that somebody sent, fetched from Telegram; and the message that it came in, taken out of the chat."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import DeleteMessage
from aiohttp import ClientTimeout

#: Telegram gives a bot no larger ones.
LARGEST_BYTES = 20 * 1024 * 1024
_SECONDS = 120
_OK, _GONE = 200, 404


class Gone(Exception):
    """Telegram does not give this file, and will not later."""


class Unreachable(Exception):
    """It could not be fetched now."""


async def fetch(bot: Bot, file_id: str) -> bytes:
    """Return the content. Raises Gone, Unreachable, or what a call to Telegram raises."""
    try:
        file = await bot.get_file(file_id)
    except TelegramBadRequest:
        raise Gone from None
    session = bot.session
    assert isinstance(session, AiohttpSession)  # noqa: S101  # what bot/connection.py gives it
    url = session.api.file_url(bot.token, file.file_path or "")
    client = await session.create_session()
    async with client.get(url, timeout=ClientTimeout(total=_SECONDS)) as answer:
        if answer.status == _GONE:
            raise Gone
        if answer.status != _OK:
            raise Unreachable
        content = bytearray()
        async for part in answer.content.iter_chunked(1 << 16):
            content += part
            if len(content) > LARGEST_BYTES:
                raise Gone
    return bytes(content)


async def delete_message(bot: Bot, chat_id: str, message_id: int) -> None:
    """Delete it from the chat; one that is gone, or too old to be deleted, is no matter."""
    try:
        await bot(DeleteMessage(chat_id=chat_id, message_id=message_id))
    except (TelegramBadRequest, TelegramForbiddenError):
        return
