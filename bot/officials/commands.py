"""What an official types for each deed, and the menu of commands that Telegram shows in her own chat.

Calls to Telegram are plain values here, as bot/replies.py keeps them: the command line leaves them too, and importing
aiogram would cost it seconds.
"""

from typing import Any

from bot.command_names import COMMANDS
from core.rules.deed_words import DEED_WORDS
from core.rules.officials import MAY, Deed, Role
from core.wording import Wording

#: The menu with a button for each deed.
MENU_WORD = "petugas"


def command_of(deed: Deed) -> str:
    """Return the word that leads to a deed's room; bot/officials/words.py has them all."""
    return DEED_WORDS[deed]


def commands_for(role: Role) -> tuple[str, ...]:
    """Return an official's commands: her own first, then those of every resident."""
    hers = tuple(word for deed, word in DEED_WORDS.items() if role in MAY[deed])
    return (MENU_WORD, *hers, *COMMANDS)


def show_commands(w: Wording, account: str, role: Role) -> dict[str, Any]:
    """The call that gives her chat its own menu, which stands in front of everybody's."""
    commands = [{"command": name, "description": w.text(f"command-{name}")} for name in commands_for(role)]
    return {"method": "setMyCommands", "commands": commands, "scope": _chat(account)}


def take_commands_away(account: str) -> dict[str, Any]:
    """The call after which her chat has everybody's menu again."""
    return {"method": "deleteMyCommands", "scope": _chat(account)}


def _chat(account: str) -> dict[str, Any]:
    return {"type": "chat", "chat_id": int(account)}
