"""The buttons below a reminder: she comes, or somebody says why nobody will; each flow over HTTP."""

from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.reminders import remind_unclaimed
from core.questions.desk import desk_list
from core.rules.card import Stage
from core.rules.notices import Answer, Kind
from core.store.delivery_tables import Notice
from core.store.words import DeskKind
from tests.bot_world import text
from tests.linking import linked
from tests.offices import SITI, act, ask
from tests.telling import done, send
from tests.test_bot_answers import popup, pressed, told

BUTTONS = (("Saya Datang", "Beri Tahu"),)
CHOICES = (("Sudah pindah",), ("Sudah berpulang",), ("Sudah diambil",), ("Bukan Saya",), ("Kembali",))


@asynccontextmanager
async def reminded(office, clock):
    """Siti was told two weeks ago that her card is ready, and is reminded now."""
    async with told(office, clock) as world:
        sweep(office, clock, days=14)
        await send(world)
        world.notice = world.phone.received[-1]
        yield world


def sweep(office, clock, **step):
    clock.move(**step)
    return office.write(partial(remind_unclaimed, now=clock()))


def answer(office):
    query = select(Notice.answer).where(Notice.kind == Kind.REMINDER)
    return ask(office, lambda session: session.scalars(query).all())


def desk(office):
    return [(line.kind, line.details) for line in ask(office, desk_list)]


async def test_a_reminder_says_since_when_and_comes_with_two_buttons(office, clock):
    async with reminded(office, clock) as world:
        assert world.notice.text.startswith("KTP-el MENUNGGU DIAMBIL\nResi berakhiran V87\nSudah 14 hari tersedia")
        assert world.notice.labels == BUTTONS


async def test_beri_tahu_only_shows_what_can_be_told(office, clock):
    async with reminded(office, clock) as world:
        await pressed(world, "Beri Tahu")
        assert world.notice.labels == CHOICES
        assert (answer(office), desk(office)) == ([None], [])
        await pressed(world, "Kembali")
        assert world.notice.labels == BUTTONS


@pytest.mark.parametrize(
    ("label", "told_us"),
    [("Sudah pindah", Answer.MOVED), ("Sudah berpulang", Answer.DIED), ("Sudah diambil", Answer.TAKEN)],
)
async def test_who_says_why_nobody_comes_is_reminded_no_more_and_the_desk_knows(office, clock, label, told_us):
    async with reminded(office, clock) as world:
        await pressed(world, "Beri Tahu")
        said = await world.presses(world.phone, label)
        await done(world)
        assert said == text(f"answer-{told_us}")
        assert answer(office) == [told_us]
        assert desk(office) == [(DeskKind.UNCLAIMED, {"told": told_us})]
        sweep(office, clock, days=30)
        assert answer(office) == [told_us]


async def test_who_pressed_it_by_mistake_says_that_she_comes(office, clock):
    async with reminded(office, clock) as world:
        await pressed(world, "Beri Tahu")
        await world.presses(world.phone, "Sudah pindah")
        await done(world)
        assert world.notice.labels == BUTTONS
        assert await popup(world, "Saya Datang") == text("press-coming")
        assert (answer(office), desk(office)) == ([Answer.COMING], [])


async def test_the_last_thing_said_is_what_the_desk_reads(office, clock):
    async with reminded(office, clock) as world:
        for label in ("Sudah pindah", "Sudah berpulang"):
            await pressed(world, "Beri Tahu")
            await world.presses(world.phone, label)
            await done(world)
        assert desk(office) == [(DeskKind.UNCLAIMED, {"told": Answer.DIED})]


async def test_bukan_saya_asks_once_more_and_closes_the_chat(office, clock):
    async with reminded(office, clock) as world:
        await pressed(world, "Beri Tahu")
        assert await popup(world, "Bukan Saya") == text("press-not-mine")
        assert await world.presses(world.phone, "Ya, bukan saya") == text("answer-not-mine")
        await done(world)
        assert linked(world, world.phone) == frozenset()
        assert [kind for kind, _ in desk(office)] == [DeskKind.NOT_MINE]


async def test_after_the_hand_over_a_reminders_buttons_say_that_it_is_over(office, clock):
    async with reminded(office, clock) as world:
        await pressed(world, "Beri Tahu")
        act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
        assert await world.presses(world.phone, "Sudah pindah") == text("answer-over")
        assert desk(office) == []


async def test_a_reminder_that_waits_is_overtaken_by_the_hand_over(office, clock):
    async with told(office, clock) as world:
        sweep(office, clock, days=14)
        act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
        before = len(world.phone.received)
        await send(world)
        assert len(world.phone.received) == before
