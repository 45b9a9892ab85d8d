"""The bot's connection to Telegram, and who reads its troubles.

An aiogram error names the chat, and a decoding error repeats the whole answer: only kinds of errors are ever logged.
"""

import logging
from enum import StrEnum

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.utils.token import TokenValidationError

from core.errors import SetupError
from core.settings import TELEGRAM_API

log = logging.getLogger("kabar.bot")

#: For everything but the long poll, which takes as long as it takes.
REQUEST_SECONDS = 20


def connect(token: str, api_base: str = TELEGRAM_API) -> Bot:
    """Return aiogram's bot; nothing leaves yet. Raises SetupError when the token cannot be one."""
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
    server = PRODUCTION if api_base == TELEGRAM_API else TelegramAPIServer.from_base(api_base)
    try:
        return Bot(token, session=AiohttpSession(api=server, timeout=REQUEST_SECONDS))
    except TokenValidationError:
        raise SetupError(
            "KABAR_TELEGRAM_TOKEN is not a bot token (digits, a colon, letters); copy it again from @BotFather"
        ) from None


async def disconnect(bot: Bot) -> None:
    """Close the connections; aiogram's own close would also sleep for a quarter of a second."""
    if isinstance(bot.session, AiohttpSession):
        await (await bot.session.create_session()).close()


class Trouble(StrEnum):
    """Why residents are not being heard or answered right now."""

    UNREACHABLE = "unreachable"
    TOKEN_REFUSED = "token refused"  # noqa: S105  # the name of a trouble, no password
    ANOTHER_POLLER = "another poller"
    NOT_STORED = "not stored"
    DATABASE = "database refuses"


_HINTS = {
    Trouble.UNREACHABLE: "Telegram cannot be reached; trying again by itself",
    Trouble.TOKEN_REFUSED: "Telegram refuses the token; set KABAR_TELEGRAM_TOKEN to the one that @BotFather shows",
    Trouble.ANOTHER_POLLER: "another program takes the updates of this bot's token; stop it, or use a token of its own",
    Trouble.NOT_STORED: "updates cannot be stored, so Telegram keeps them; check the database and the disk",
    Trouble.DATABASE: "the database refuses; trying again; check whether it is locked, or the disk full",
}


class Watch:
    """The trouble a part of the bot has; said in the log when it begins, and when it is over."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None

    def note(self, trouble: Trouble | None) -> None:
        """Say how it went this time."""
        if trouble is self.trouble:
            return
        if trouble is not None:
            log.error(_HINTS[trouble], extra={"code": trouble.value})
        elif self.trouble is not None:
            log.info("the trouble is over", extra={"code": self.trouble.value})
        self.trouble = trouble
