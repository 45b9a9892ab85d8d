"""A bot at work: its office, the Telegram it talks to, and people who write to it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from bot.runner import BotRunner
from bot.talk import open_house
from core.jobs.sent_lists import ListDesk, see_to_lists
from core.questions.inbox import waiting_updates
from core.store.office import OpenOffice
from core.wording.wordings import INDONESIAN, Wordings
from notifier.pace import Pace
from simulator import UNTHROTTLED, Message, Person, Simulator
from tests.offices import Clock, ask

WORDINGS = Wordings()
W = WORDINGS.of(INDONESIAN)


async def brief(_: float) -> None:
    """Instead of every pause: let the others have a turn, but do not spin."""
    await asyncio.sleep(0.002)


async def seeing_to_lists(desk: ListDesk) -> None:
    """As any process does that is given this work, until it is to stop."""
    while not desk.stopping.is_set():
        await asyncio.to_thread(see_to_lists, desk)
        await brief(0)


@dataclass
class World:
    """The bot runs from start() to stop(), and beside it lists are seen to, if it has a home."""

    office: OpenOffice
    clock: Clock
    simulator: Simulator
    terms: dict[str, Any]
    house: dict[str, Any]
    runner: BotRunner = field(init=False)
    running: "asyncio.Task[None] | None" = None
    beside: "asyncio.Task[None] | None" = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Self:
        """Start a bot; another one than before."""
        house = ask(self.office, open_house, WORDINGS, **{"live": True, "trial_addresses": frozenset()} | self.house)
        defaults = {
            "token": self.simulator.bot_token,
            "api_base": self.simulator.telegram_url,
            "pace": Pace(per_second=10_000, per_chat_seconds=0),
            "now": self.clock,
            "sleep": brief,
        }
        self.runner = BotRunner(self.office, house, **defaults | self.terms)
        self.running = asyncio.create_task(self.runner.run())
        if home := self.house.get("home"):
            self.stopping = threading.Event()
            desk = ListDesk(office=self.office, home=home, now=self.clock, stopping=self.stopping)
            self.beside = asyncio.create_task(seeing_to_lists(desk))
        return self

    async def stop(self) -> None:
        """Stop in good order: all that is in hand is done then."""
        if self.running:
            self.runner.stop()
            await self.running
            self.running = None
        await self._stop_beside()

    async def kill(self) -> None:
        """Stop in the middle of everything."""
        if self.running:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None
        await self._stop_beside()

    async def _stop_beside(self) -> None:
        """A thread cannot be killed; it ends after the chunk that it is at."""
        self.stopping.set()
        if self.beside:
            await self.beside
            self.beside = None

    def person(self, name: str, **known: Any) -> Person:
        return self.simulator.telegram.person(name, **known)

    async def until(self, predicate: Callable[[], object]) -> None:
        await self.simulator.wait_until(predicate)

    async def told(self, person: Person, count: int) -> list[Message]:
        """Wait until the bot has written so many messages; return them all."""
        await self.until(lambda: len(person.received) >= count)
        return person.received

    async def after(self, person: Person, act: Callable[[], object], *, answers: int = 1) -> str:
        """Let a person do something, and return what the bot then writes."""
        before = len(person.received)
        act()
        return "\n\n".join(message.text for message in (await self.told(person, before + answers))[before:])

    async def says(self, person: Person, text: str, *, answers: int = 1) -> str:
        return await self.after(person, lambda: person.say(text), answers=answers)

    async def presses(self, person: Person, label: str, *, answers: int = 1) -> str:
        return await self.after(person, lambda: person.press(label), answers=answers)

    async def stays_silent(self, person: Person, act: Callable[[], object]) -> None:
        """A person's updates are handled in order: what follows is answered, and nothing came before it."""
        assert await self.after(person, lambda: (act(), person.say("bantuan"))) == help_text()

    def waiting(self) -> list[int]:
        return [update.inbox_id for update in ask(self.office, waiting_updates)]


@asynccontextmanager
async def bot_world(
    office: OpenOffice, clock: Clock, *, house: dict[str, Any] | None = None, **terms: Any
) -> AsyncIterator[World]:
    """A world whose bot is not started yet."""
    async with Simulator(limits=UNTHROTTLED, now=clock) as simulator:
        world = World(office, clock, simulator, terms, house or {})
        try:
            yield world
        finally:
            await world.stop()


OFFICE = {
    "kantor": "Dispendukcapil Kabupaten Bojonegoro",
    "wilayah": "Kabupaten Bojonegoro",
    "jam_kantor": "Senin-Jumat 08.00-15.00",
}


def text(key: str, **values: str | int) -> str:
    """A text as residents of Bojonegoro read it."""
    return W.text(key, **OFFICE | values)


def help_text() -> str:
    return text("help")
