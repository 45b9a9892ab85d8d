"""The menu of commands in Telegram: set when the bot starts, in every language, and only where it is not so yet.

It is everybody's; the menu of an official's own chat (bot/officials/commands.py) stands in front of it there.
"""

import asyncio
from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.command_names import COMMANDS
from bot.connection import log
from bot.receive import PAUSES, Sleep
from core.wording import Wording
from core.wording.wordings import INDONESIAN, Wordings


class Menu:
    """Groups get none: there the bot answers nothing."""

    def __init__(self, bot: Bot, wordings: Wordings, *, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._wordings = wordings
        self._sleep = sleep

    async def run(self) -> None:
        """A menu that cannot be set keeps nobody from being answered: the next start tries again."""
        for pause in PAUSES:
            try:
                for words in self._wordings.all():
                    await self._publish(words)
            except (AiogramError, OSError, ValueError):
                await self._sleep(pause)
            else:
                return
        log.warning("the menu of commands could not be set at Telegram; the next start tries again")

    async def _publish(self, words: Wording) -> None:
        """Indonesian is what everybody sees whose own language has no menu."""
        language = None if words.language == INDONESIAN else words.language
        scope = BotCommandScopeAllPrivateChats()
        wanted = [BotCommand(command=name, description=words.text(f"command-{name}")) for name in COMMANDS]
        shown = await self._bot.get_my_commands(scope=scope, language_code=language)
        if _lines(shown) != _lines(wanted):
            await self._bot.set_my_commands(wanted, scope=scope, language_code=language)


def _lines(commands: Sequence[BotCommand]) -> list[tuple[str, str]]:
    """What came from Telegram also knows its bot, and equals nothing that we made."""
    return [(command.command, command.description) for command in commands]
