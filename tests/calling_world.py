"""A village with cards that wait, its officials at their phones, and the bot at work, for tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.rules.officials import Role, TellingTerms
from core.store.office import OpenOffice
from core.store.official_tables import Official
from simulator import Message, Person
from tests.bot_world import World, bot_world, text
from tests.call_world import HERE, Village, phone
from tests.offices import Clock, Import, act
from tests.official_world import appoint, presses, screen

HALL = "Balai Desa Luwihaji Kec. Ngraho"
PRICE = Decimal("350")


@dataclass
class Calling:
    """rina and tono: officials of the village. niks: of those who wait, whose phones come first."""

    world: World
    village: Village
    clock: Clock
    rina: Person
    tono: Person
    niks: list[str]

    async def begins(self, person: Person) -> Message:
        """Opens the menu, and from there the call."""
        await self.world.says(person, "/petugas")
        return await presses(self.world, person, text("deed-call"))

    async def previews(self, person: Person, *, when: str = "besok 8-12", people: str = "100") -> Message:
        """Answers every question, at the village hall."""
        await self.begins(person)
        await self.world.says(person, when)
        await presses(self.world, person, HALL)
        await self.world.says(person, people)
        return screen(person)

    async def calls(self, person: Person, *, when: str = "besok 8-12", people: str = "100") -> Message:
        """Sends it; returns the live message."""
        await self.previews(person, when=when, people=people)
        live = await presses(self.world, person, text("call-button-send"))
        self.village.carry_on()
        await self.until(lambda: f"{text('progress-going-on')}" in live.text)
        return live

    async def until(self, predicate: Callable[[], object]) -> None:
        await self.world.until(predicate)

    async def below(self, person: Person, live: Message, label: str) -> Message:
        """Presses a button of this message, however old; returns the new message that comes of it."""
        before = len(person.received)
        press(person, live, label)
        return (await self.world.told(person, before + 1))[before]


def press(person: Person, message: Message, label: str) -> None:
    """Press a button of this very message."""
    for row, labels in enumerate(message.labels):
        if label in labels:
            person.press_below(message.message_id, row=row, column=labels.index(label))
            return
    raise LookupError(f"no button {label!r} below this message")


async def popup(calling: Calling, person: Person, message: Message, label: str) -> str:
    """Press a button of this message; return what pops up."""
    before = len(person.popups)
    press(person, message, label)
    await calling.until(lambda: len(person.popups) > before)
    return person.popups[-1]


def remove(calling: Calling, official_id: int) -> None:
    """From this moment on she is no official."""

    def end(session: Session) -> None:
        session.execute(update(Official).where(Official.id == official_id).values(removed_at=calling.clock()))

    act(calling.world.office, end)


async def settled() -> None:
    """Long enough for a look or two at the live messages: pauses are turns in tests."""
    for _ in range(40):
        await asyncio.sleep(0.005)


@asynccontextmanager
async def calling_world(
    office: OpenOffice, clock: Clock, folder: Path, *, people: int, phones: int | None = None
) -> AsyncIterator[Calling]:
    """phones: how many of the people have one, each her own."""
    village = Village(office, clock, Import(office, folder))
    with_phone = {n: phone(n) for n in range(people if phones is None else phones)}
    niks = village.receive(people, phones=with_phone) if people else []
    async with bot_world(office, clock, house={"telling": TellingTerms(sms_price=PRICE)}) as world:
        rina, tono = world.person("Rina"), world.person("Tono")
        world.start()
        for person in (rina, tono):
            appoint(office, person, Role.VILLAGE, HERE, now=clock())
        yield Calling(world, village, clock, rina, tono, niks)
