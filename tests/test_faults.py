"""What goes wrong at the providers, or with two at work at once: it is said, nothing is lost, and it goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.connection import Trouble
from core.rules.delivery import Channel
from core.store.delivery_tables import ChannelHalt, Message, Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Card, ImportRun
from core.store.words import NoticeState
from notifier.pace import Pace
from simulator import SimulatorThread
from tests.bot_world import bot_world, brief
from tests.killed_jobs import command
from tests.killing import Child
from tests.offices import HEADER, JOKO, ROWS, SITI, Clock, ask
from tests.owing import Owing, owing
from tests.test_run import free_port
from tests.test_sending import link, ready


@pytest.fixture
def here(office: OpenOffice, clock: Clock) -> Iterator[Owing]:
    with owing(office, clock) as here:
        yield here


async def test_telegram_away_at_the_start_is_waited_for_by_the_sender(here: Owing) -> None:
    here.simulator.stop()
    await here.send()
    assert here.attempts(Channel.TELEGRAM) == here.attempts(Channel.SMS) == ["TryLater"]
    assert here.states() == {NoticeState.WAITING}
    here.simulator.start()
    here.clock.move(minutes=1)
    await here.send()
    assert here.arrived() == (1, 1)
    assert here.states() == {NoticeState.TOLD}


async def test_what_was_asked_while_telegram_was_away_at_the_start_is_answered(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        await world.simulator.stop()
        siti = world.person("Siti")
        siti.say(SITI)
        world.start()
        while world.runner.trouble is not Trouble.UNREACHABLE:
            await brief(0)
        await world.simulator.start()
        assert len(await world.told(siti, 1)) == 1
        assert world.runner.trouble is None


async def test_a_token_that_is_refused_for_a_while_stops_the_channel_and_fails_nobody(here: Owing) -> None:
    here.simulator.faults.answer("telegram", 401, times=None)
    await here.send()
    assert here.arrived() == (0, 1)
    for _ in range(3):
        here.clock.move(minutes=2)
        await here.send()
    assert here.attempts(Channel.TELEGRAM) == ["Halt"]
    [halt] = ask(here.office, lambda session: list(session.scalars(select(ChannelHalt))))
    assert "KABAR_TELEGRAM_TOKEN" in halt.hint
    here.simulator.faults.clear()
    here.clock.move(minutes=2)
    await here.send()  # finds that the channel works again
    await here.send()
    assert here.arrived() == (1, 1)
    assert here.states() == {NoticeState.TOLD}


async def test_a_chat_that_telegram_holds_back_waits_as_long_as_it_was_asked_and_no_other(here: Owing) -> None:
    joko = here.simulator.telegram.person("Joko", started=True)
    link(here.office, JOKO, str(joko.id), here.clock)
    ready(here.office, JOKO, here.clock)
    here.simulator.faults.answer("telegram", 429, retry_after=30, to=here.siti.id)

    async def look() -> tuple[int, int]:
        await here.send(Pace(per_second=1e12, per_chat_seconds=0, clock=lambda: here.clock().timestamp()))
        return len(here.siti.received), len(joko.received)

    assert await look() == (0, 1)
    here.clock.move(seconds=29)
    assert await look() == (0, 1)
    here.clock.move(seconds=2)
    assert await look() == (1, 1)
    assert sorted(map(str, here.attempts(Channel.TELEGRAM))) == ["Sent", "Sent", "TryLater"]
    assert ask(here.office, lambda session: set(session.scalars(select(Message.failures)))) == {0}


async def test_an_answer_lost_behind_the_sending_is_cleared_up_as_each_provider_allows(here: Owing) -> None:
    here.simulator.faults.drop_after("telegram")
    here.simulator.faults.drop_after("twilio")
    await here.send()
    assert here.arrived() == (2, 1)  # again on Telegram, where that is free and harmless
    here.clock.move(minutes=2)
    await here.send()
    assert here.arrived() == (2, 1)  # the SMS was found in Twilio's own list
    assert here.attempts(Channel.TELEGRAM) == ["Unsure", "Sent"]
    assert here.attempts(Channel.SMS) == ["Unsure"]
    assert here.states() == {NoticeState.TOLD}


def test_a_second_kabar_run_is_refused_until_the_first_is_gone_however_that_ended(
    founded_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(founded_home, folder / "var")
    with SimulatorThread(seed=1) as simulator:
        siti = simulator.telegram.person("Siti")

        def kabar_run(name: str) -> Child:
            chosen = {
                "telegram_token": simulator.bot_token,
                "telegram_api": simulator.telegram_url,
                "http": f"127.0.0.1:{free_port()}",
                "live": "yes",
            }
            return Child(tmp_path / name, command, (folder, ("run",)), settings=chosen)

        first = kabar_run("first").start()
        simulator.wait_until(lambda: simulator.telegram.requests["getUpdates"], 30)
        second = kabar_run("second")
        assert second.run() == 2
        assert "at work on var already; stop that one first" in second.said
        first.kill()
        siti.say(SITI)
        third = kabar_run("third").start()
        simulator.wait_until(lambda: siti.received, 30)
        third.terminate()
        assert third.end() == 0, third.said


def test_two_imports_of_one_file_at_once_both_end_well(founded_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(founded_home, folder / "var")
    new = (f"352299010190{n:04d};WARGA {n};35.22.15.2003;PRR;05/01/2017;;;BJN-{n:06d}-K07" for n in range(1001, 1401))
    moved = ROWS[0].replace("PRR", "CARD_PRINTED")
    (folder / "export.csv").write_text("\n".join((HEADER, moved, *new)) + "\n")
    words = ("import", "export.csv", "--as-of", "27-09-2017")
    both = [Child(tmp_path / name, command, (folder, words)).start() for name in ("one", "other")]
    assert [child.end() for child in both] == [0, 0], [child.said for child in both]
    with open_office(folder / "var") as office:
        assert len(ask(office, lambda session: list(session.scalars(select(Card))))) == 404
        assert len(ask(office, lambda session: list(session.scalars(select(Notice))))) == 1
        runs = ask(office, lambda session: list(session.scalars(select(ImportRun).order_by(ImportRun.id))))
    assert runs[1].counts == {"moved": 1, "new": 400}  # whichever of them took a row
    assert all(run.counts == {"unchanged": 401} for run in runs[2:])  # one that came when all was done
