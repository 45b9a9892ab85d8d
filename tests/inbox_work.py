"""The working on the inbox with everything but its conversation and its network: what is decided and sent is noted."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.updates import person_of
from bot.work import InboxWork
from core.actions.inbox import decide, store_updates
from core.questions.inbox import Replies, Waiting, waiting_updates
from core.store.office import OpenOffice
from core.wording.wordings import Wordings
from tests.bot_world import brief
from tests.offices import Clock, act, ask

#: Whose updates are meant to be many.
FLOODER = 900_000_000


def written(person: int, text: str, *, number: int, at: datetime) -> dict[str, Any]:
    """A message, as Telegram hands it out."""
    user = {"id": person, "is_bot": False, "first_name": "Warga"}
    chat = {"id": person, "type": "private", "first_name": "Warga"}
    message = {"message_id": number, "date": int(at.timestamp()), "chat": chat, "from": user, "text": text}
    return {"update_id": number, "message": message}


@dataclass
class Echo:
    """Answers everything with its own words, and notes in which order it was decided."""

    decided: list[tuple[int, str]] = field(default_factory=list)
    house: Any = field(default_factory=lambda: SimpleNamespace(wordings=Wordings()))

    def replies(self, session: Session, waiting: Waiting, *, now: datetime) -> list[dict[str, Any]]:
        message = waiting.body["message"]
        self.decided.append((message["chat"]["id"], message["text"]))
        return [{"method": "sendMessage", "chat_id": message["chat"]["id"], "text": message["text"]}]

    def decide(self, session: Session, waiting: Waiting, *, now: datetime) -> Replies:
        calls = self.replies(session, waiting, now=now)
        decide(session, waiting.inbox_id, calls, now=now)
        return Replies(waiting.inbox_id, calls, 0, now, None, waiting.received_at)


@dataclass
class Phones:
    """Where answers arrive, in their order; `on_sent` is told of each."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    on_sent: Callable[[int], object] = lambda _: None

    async def deliver(self, replies: Replies) -> None:
        for call in replies.calls:
            self.sent.append((call["chat_id"], call["text"]))
            self.on_sent(call["chat_id"])
        await asyncio.sleep(0)

    def at(self, person: int) -> list[str]:
        return [text for chat, text in self.sent if chat == person]


@dataclass
class Work:
    """One run over whatever waits, to its end."""

    office: OpenOffice
    clock: Clock
    echo: Echo = field(default_factory=Echo)
    phones: Phones = field(default_factory=Phones)

    def store(self, updates: Iterable[dict[str, Any]]) -> None:
        raw = [(update["update_id"], person_of(update), json.dumps(update)) for update in updates]
        act(self.office, store_updates, raw, now=self.clock())

    async def through(self) -> None:
        """Until nothing waits any more."""
        commit = Commit(self.office, sleep=brief)
        work = InboxWork(self.office, commit, self.echo, self.phones, now=self.clock, sleep=brief)
        running = asyncio.create_task(work.run())
        while await asyncio.to_thread(ask, self.office, waiting_updates, most=1):
            await _look_again()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _look_again() -> None:
    """After so long that looking costs little beside what is looked at."""
    await asyncio.sleep(0.02)
