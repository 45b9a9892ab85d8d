"""The commands that a bot names for its menu: kept per scope and language, found for a person as in Telegram."""

from typing import Any

from simulator.bodies import Params
from simulator.telegram_messages import Json

_DEFAULT = {"type": "default"}


class Commands:
    """Each method takes the parameters of its Bot API method and gives the result."""

    def __init__(self) -> None:
        self._kept: dict[str, list[Json]] = {}

    def set(self, params: Params) -> bool:
        """setMyCommands, per scope and language."""
        self._kept[_key(_scope(params), params.text("language_code"))] = params.structure("commands") or []
        return True

    def get(self, params: Params) -> list[Json]:
        """getMyCommands."""
        return self._kept.get(_key(_scope(params), params.text("language_code")), [])

    def delete(self, params: Params) -> bool:
        """deleteMyCommands."""
        self._kept.pop(_key(_scope(params), params.text("language_code")), None)
        return True

    def shown_to(self, user: Json) -> list[Json]:
        """What this person's menu lists in the private chat: the narrowest scope, in her language if there is one."""
        for scope in ({"type": "chat", "chat_id": user["id"]}, {"type": "all_private_chats"}, _DEFAULT):
            for language in (user.get("language_code", ""), ""):
                if found := self._kept.get(_key(scope, language)):
                    return found
        return []


def _scope(params: Params) -> Json:
    scope: Any = params.structure("scope")
    return scope if isinstance(scope, dict) else _DEFAULT


def _key(scope: Json, language: str) -> str:
    return f"{sorted((name, str(value)) for name, value in scope.items())} {language}"
