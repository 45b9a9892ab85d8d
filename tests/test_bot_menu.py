"""The menu of commands in Telegram is set when the bot starts, once, and never keeps it from starting."""

import pytest
from aiogram.types import BotCommandScopeAllPrivateChats

from bot.command_names import COMMANDS
from bot.connection import connect, disconnect
from core.wording import languages
from tests.bot_world import WORDINGS, bot_world
from tests.offices import SITI

_COMMAND_LETTERS = 32
_DESCRIPTION_LETTERS = 256


async def menu(world, language=None):
    """What people see whose Telegram is set to this language."""
    await world.until(lambda: world.simulator.telegram.requests["setMyCommands"] >= len(languages()))
    asking = connect(world.simulator.bot_token, world.simulator.telegram_url)
    commands = await asking.get_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code=language)
    await disconnect(asking)
    return {command.command: command.description for command in commands}


async def test_everybody_sees_it_in_indonesian_and_whose_language_we_have_in_that(office, clock):
    async with bot_world(office, clock) as world:
        world.start()
        shown = await menu(world)
        assert list(shown) == list(COMMANDS)
        assert shown["riwayat"] == WORDINGS.of("id").text("command-riwayat")
        assert (await menu(world, "en"))["riwayat"] == WORDINGS.of("en").text("command-riwayat")


async def test_at_the_next_start_it_is_left_as_it_is(office, clock):
    async with bot_world(office, clock) as world:
        world.start()
        await menu(world)
        await world.stop()
        asked = world.simulator.telegram.requests["getMyCommands"]
        world.start()
        await world.until(lambda: world.simulator.telegram.requests["getMyCommands"] == asked + len(languages()))
        await world.says(world.person("Siti"), "bantuan")
        await world.stop()
        assert world.simulator.telegram.requests["setMyCommands"] == len(languages())


async def test_who_asks_is_answered_even_when_telegram_refuses_the_menu_for_ever(office, clock):
    async with bot_world(office, clock) as world:
        world.simulator.faults.answer("telegram", 400, method="getMyCommands", times=None)
        siti = world.start().person("Siti")
        assert (await world.says(siti, SITI)).startswith("Langkah 3")
        assert world.simulator.telegram.requests["setMyCommands"] == 0


async def test_a_refusal_that_passes_is_overcome(office, clock):
    async with bot_world(office, clock) as world:
        world.simulator.faults.answer("telegram", 429, retry_after=1, method="setMyCommands")
        world.start()
        await world.until(lambda: world.simulator.telegram.requests["setMyCommands"] == len(languages()) + 1)
        assert list(await menu(world)) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_of_the_menu_is_understood(office, clock, command):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert await world.says(siti, f"/{command}") != WORDINGS.of("id").text("not-understood")


@pytest.mark.parametrize("language", languages())
def test_the_menu_keeps_telegrams_limits(language):
    w = WORDINGS.of(language)
    assert all(len(name) <= _COMMAND_LETTERS and name.isascii() and name.islower() for name in COMMANDS)
    assert all(3 <= len(w.text(f"command-{name}")) <= _DESCRIPTION_LETTERS for name in COMMANDS)
