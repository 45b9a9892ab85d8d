"""Where a chat stands in a conversation: aiogram's storage on the Session of the transaction that handles the update.

No isolation is needed, because one person's updates are handled in order.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import TelegramObject
from sqlalchemy.orm import Session

from bot.talk import Talk
from core.actions.conversations import keep_conversation
from core.questions.conversations import conversation


class Linking(StatesGroup):
    """On the way to being told: the NIK is asked for, then the receipt, then the consent."""

    nik = State()
    receipt = State()
    consent = State()


class Erasing(StatesGroup):
    """On the way to being erased: the question whether she is sure."""

    sure = State()


class SessionStorage(BaseStorage):
    """For one update: read once, written once at its end, in the transaction of everything else it does."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._known: dict[str, tuple[str | None, dict[str, Any]]] = {}
        self._changed: set[str] = set()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        _, data = self._read(key)
        self._write(key, state.state if isinstance(state, State) else state, data)

    async def get_state(self, key: StorageKey) -> str | None:
        return self._read(key)[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        state, _ = self._read(key)
        self._write(key, state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self._read(key)[1])

    async def close(self) -> None:
        """The transaction is closed by whoever began it."""

    def _read(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        name = _name(key)
        if name not in self._known:
            self._known[name] = conversation(self._session, name, now=self._now)
        return self._known[name]

    def _write(self, key: StorageKey, state: str | None, data: dict[str, Any]) -> None:
        if self._read(key) != (None, {}) or state or data:
            self._known[_name(key)] = (state, data)
            self._changed.add(_name(key))

    def save(self) -> None:
        """Write what was changed."""
        for name in self._changed:
            state, data = self._known[name]
            keep_conversation(self._session, name, state=state, data=data, now=self._now)


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.user_id}"


class ConversationMiddleware(BaseMiddleware):
    """Gives handlers `state`, as aiogram's own middleware would with one storage for all."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        chat, user = data.get("event_chat"), data.get("event_from_user")
        if not chat or not user:
            return await handler(event, data)
        talk: Talk = data["talk"]
        storage = SessionStorage(talk.session, talk.now)
        state = FSMContext(storage, StorageKey(bot_id=0, chat_id=chat.id, user_id=user.id))
        data.update(state=state, raw_state=await state.get_state())
        left = await handler(event, data)
        storage.save()
        return left
