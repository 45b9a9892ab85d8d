"""An office whose conversation is held in one transaction, press by press, each of which can be taken back.

Nothing leaves and nothing is stored but what a handler changes, so whole rooms can be walked through, and at any place
of them somebody else can be let in instead.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.decide import Decider, conversation
from bot.filters import MayDo, Wants
from bot.officials.screens import DoesDeed, OnScreen, ScreenPress
from bot.talk import open_house
from core.actions.inbox import store_updates
from core.questions.conversations import conversation as kept_conversation
from core.questions.inbox import Waiting
from core.questions.officials import telegram_index
from core.rules.officials import Role
from core.store.base import Base
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice, seal_of
from core.store.official_tables import Official
from tests.bot_world import WORDINGS, text
from tests.offices import Clock

#: What a press leaves in these is about the conversation itself.
CONVERSATION = frozenset({"conversation", "asked", "proof_try", "question_to_delete", "region"})
#: What hands in a guard; the filters themselves are tried below.
GUARDS = (MayDo, OnScreen, DoesDeed)
OUTDATED = text("button-outdated")


def handlers() -> Iterator[tuple[str, HandlerObject]]:
    """Every handler of officials with the kind of update that it is for, as the dispatcher has them."""
    yield from _handlers(conversation())


def _handlers(router: Router) -> Iterator[tuple[str, HandlerObject]]:
    for name, observer in router.observers.items():
        for handler in observer.handlers:
            if handler.callback.__module__.startswith("bot.officials"):
                yield name, handler
    for inner in router.sub_routers:
        yield from _handlers(inner)


def filters(handler: HandlerObject, kind: type[Any]) -> list[Any]:
    """Its filters of a kind."""
    return [one.callback for one in handler.filters or () if isinstance(one.callback, kind)]


def commands() -> list[str]:
    """What officials may type to begin with."""
    return sorted({word for _, handler in handlers() for wants in filters(handler, Wants) for word in wants._words})


@dataclass(frozen=True, slots=True)
class Left:
    """What a handler left. buttons: what the screens it left bring back. raised: the kind of error instead."""

    calls: Sequence[dict[str, Any]] = ()
    raised: str | None = None

    @property
    def buttons(self) -> list[str]:
        """The callback data of every button, in order."""
        found = []
        for call in self.calls:
            for row in (call.get("reply_markup") or {}).get("inline_keyboard", []):
                found += [button["callback_data"] for button in row if "callback_data" in button]
        return found

    @property
    def is_outdated(self) -> bool:
        """The kind popup, and nothing else."""
        return [(call["method"], call.get("text")) for call in self.calls] == [("answerCallbackQuery", OUTDATED)]

    @property
    def is_popup(self) -> bool:
        """Nothing but a word that pops up: no screen, no message."""
        return bool(self.calls) and all(c["method"] == "answerCallbackQuery" and c.get("text") for c in self.calls)


@dataclass
class Theatre:
    """One session of one office; accounts are Telegram's."""

    session: Session
    decider: Decider
    clock: Clock
    inbox_id: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1000))

    def says(self, account: int, words: str) -> Left:
        """Somebody types."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(words)}] if words.startswith("/") else []
        return self._hears("message", self._message(account) | {"text": words, "entities": entities})

    def sends(self, account: int, name: str) -> Left:
        """Somebody sends a file."""
        file = {"file_id": "F1", "file_unique_id": "u1", "file_name": name, "file_size": 100}
        return self._hears("message", self._message(account) | {"document": file})

    def presses(self, account: int, data: str) -> Left:
        """Somebody presses a button that brings back this."""
        author = self._message(account)["from"]
        below = self._message(account) | {"text": "a screen"}
        press = {"id": "1", "from": author, "chat_instance": "1", "message": below, "data": data}
        return self._hears("callback_query", press)

    def _message(self, account: int) -> dict[str, Any]:
        author = {"id": account, "is_bot": False, "first_name": "Petugas"}
        date = int(self.clock().timestamp())
        return {"message_id": 7, "from": author, "chat": {"id": account, "type": "private"}, "date": date}

    def _hears(self, kind: str, content: dict[str, Any]) -> Left:
        now = self.clock()
        body = {"update_id": next(self.numbers), kind: content}
        waiting = Waiting(self.inbox_id, b"", now, body, None)
        try:
            with self.session.begin_nested():
                calls = self.decider.replies(self.session, waiting, now=now)
                self.session.flush()
        except Exception as error:  # noqa: BLE001  # which of them is what the test asks
            return Left(raised=f"{type(error).__name__}: {error}"[:200])
        self.session.expunge_all()
        return Left(calls)

    def ticket(self, account: int) -> str:
        """The ticket of a conversation that this account just began."""
        for data in self.says(account, "/petugas").buttons:
            return ScreenPress.unpack(data).ticket
        return ""

    def state(self, account: int) -> str | None:
        """What is awaited of this account, as far as anything is."""
        return kept_conversation(self.session, f"{account}:{account}", now=self.clock())[0]

    def change(self, account: int, **values: object) -> None:
        """Make something else of an official."""
        whose = Official.telegram_index == telegram_index(self.session, str(account))
        self.session.execute(update(Official).where(whose).values(values))
        self.session.expunge_all()

    def appoint(self, account: int, role: Role, region: str) -> None:
        """Make an official."""
        row = Official(
            telegram_index=telegram_index(self.session, str(account)),
            telegram_sealed=seal_of(self.session).seal(str(account)),
            role=role,
            region=region,
            invited_by="operator",
            confirmed_at=self.clock() - timedelta(days=1),
        )
        self.session.add(row)
        self.session.flush()
        self.session.expunge_all()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back all that happens within."""
        nested = self.session.begin_nested()
        try:
            yield
        finally:
            nested.rollback()
            self.session.expunge_all()

    def content(self, *, but: Collection[str] = CONVERSATION) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, as it is stored."""
        self.session.flush()
        return {
            table.name: [tuple(row) for row in self.session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }


class _TakenBackError(Exception):
    """The end of a theatre: nothing of it stays."""


def play(office: OpenOffice, clock: Clock, scene: Callable[[Theatre], None]) -> None:
    """Let a scene happen, and take all of it back."""

    def act(session: Session) -> None:
        house = open_house(session, WORDINGS, live=True, trial_addresses=frozenset())
        house.username = "kabar_bot"
        theatre = Theatre(session, Decider(house), clock)
        store_updates(session, [(1, "1", "{}")], now=clock())
        theatre.inbox_id = session.scalars(select(InboxUpdate.id)).one()
        scene(theatre)
        raise _TakenBackError

    try:
        office.write(act)
    except _TakenBackError:
        return
