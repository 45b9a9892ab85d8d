"""The words of an official's menu of commands: each leads into its room, from wherever she is in a conversation."""

import pytest

from bot.officials.commands import commands_for
from bot.officials.words import HOMES
from core.rules.deed_words import DEED_WORDS
from core.rules.officials import Deed, Role
from core.store.office import OpenOffice
from tests.bot_world import bot_world, text
from tests.offices import Clock
from tests.official_world import REGENCY, VILLAGE, appoint, presses

pytestmark = pytest.mark.anyio


def test_every_word_of_the_menu_has_a_room() -> None:
    assert HOMES.keys() | {Deed.AGREE} == set(Deed) == DEED_WORDS.keys()


@pytest.mark.parametrize("role", list(Role))
async def test_whatever_an_officials_menu_shows_is_understood(office: OpenOffice, clock: Clock, role: Role) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, role, VILLAGE if role is Role.VILLAGE else REGENCY, now=clock())
        for word in commands_for(role):
            assert await world.says(rina, f"/{word}") != text("not-understood"), word


async def test_a_command_leads_out_of_whatever_was_begun(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.HEAD, REGENCY, now=clock())
        others = {"/gangguan": text("suspending-none"), "/bawa": "", "/serah": text("hand-none")}
        for command, expected in others.items():
            await world.says(rina, "/umum")
            await presses(world, rina, text("form-place-changed"))
            said = await world.says(rina, command)
            assert expected in said
            assert text("place-fault-letters") not in said


async def test_to_a_resident_the_words_mean_nothing(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.start()
        for deed in HOMES:
            assert await world.says(siti, f"/{DEED_WORDS[deed]}") == text("not-understood")
