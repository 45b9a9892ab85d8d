"""What an open page is told: everything once, then only what changed, however many phones there are."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from simulator import UNTHROTTLED, Simulator
from simulator.page import Director
from simulator.page.phones import Phones
from simulator.page.watcher import Watcher
from tests.test_simulator_telegram import aiogram_bot

pytestmark = pytest.mark.anyio

JAKARTA_MORNING = datetime(2017, 9, 27, 1, 30, tzinfo=UTC)


class Clock:
    """A clock that the page may move."""

    runs = False

    def __init__(self) -> None:
        self.moment = JAKARTA_MORNING

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, step: timedelta) -> None:
        self.moment += step


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sim(clock: Clock) -> AsyncIterator[Simulator]:
    async with Simulator(limits=UNTHROTTLED, now=clock) as simulator:
        yield simulator


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with aiogram_bot(sim) as bot:
        yield bot


@dataclass
class Browser:
    """One open page, without a screen."""

    sim: Simulator
    http: aiohttp.ClientSession
    lines: aiohttp.StreamReader
    watcher: str = ""

    async def news(self) -> dict[str, Any]:
        """The next piece of news."""
        async with asyncio.timeout(10):
            while True:
                line = await self.lines.readline()
                assert line, "the stream ended"
                if line.startswith(b"data: ") and (news := json.loads(line[6:])):
                    return news

    async def rows(self) -> list[dict[str, Any]]:
        """The next changed lines of the list."""
        while not (rows := (await self.news()).get("rows")):
            pass
        return rows

    async def screens(self) -> list[dict[str, Any]]:
        """The next changed screens."""
        while not (screens := (await self.news()).get("screens")):
            pass
        return screens

    async def post(self, place: str, **values: object) -> dict[str, Any]:
        headers = {"Origin": self.sim.telegram_url}
        async with self.http.post(f"{self.sim.page_url}/{place}", json=values, headers=headers) as answer:
            told = await answer.json()
            assert answer.status == 200 and "refused" not in told, told
            return told

    async def watch(self, *phones: str) -> None:
        await self.post("watch", watcher=self.watcher, phones=phones)


@asynccontextmanager
async def browser(sim: Simulator) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as http, http.get(f"{sim.page_url}/events") as stream:
        page = Browser(sim, http, stream.content)
        page.watcher = (await page.news())["hello"]["watcher"]
        yield page


async def test_of_a_hundred_phones_only_the_one_that_changed_is_told(sim: Simulator, bot: Bot) -> None:
    people = [sim.telegram.person(f"Warga {number}", started=True) for number in range(100)]
    async with browser(sim) as page:
        assert len(await page.rows()) == 100
        await page.watch(people[0].phone_key, people[1].phone_key)
        assert [screen["whole"] for screen in await page.screens()] == [True, True]
        await bot.send_message(people[1].id, "halo")
        news = await page.news()
        [row], [screen] = news["rows"], news["screens"]
        assert (row["id"], row["received"]) == (people[1].phone_key, {"telegram": 1, "sms": 0})
        assert [message["text"] for message in screen["messages"]] == ["halo"]
        await bot.send_message(people[1].id, "lagi")
        [screen] = await page.screens()
        assert ([message["text"] for message in screen["messages"]], screen["whole"]) == (["lagi"], False)
        await bot.send_message(people[99].id, "diam")
        assert (await page.news()).keys() == {"rows"}


async def test_deleted_messages_vanish_and_edited_ones_are_told_anew(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    first = await bot.send_message(siti.id, "satu")
    second = await bot.send_message(siti.id, "dua")
    async with browser(sim) as page:
        await page.watch(siti.phone_key)
        await page.screens()
        await bot.edit_message_text("<b>dua</b> kali", chat_id=siti.id, message_id=second.message_id, parse_mode="HTML")
        [screen] = await page.screens()
        [edited] = screen["messages"]
        assert (edited["text"], edited["edited"], edited["entities"][0]["type"]) == ("dua kali", True, "bold")
        await bot.delete_message(siti.id, first.message_id)
        [screen] = await page.screens()
        assert (screen["messages"], screen["gone"]) == ([], [f"m{first.message_id}"])


async def test_a_phone_that_is_asked_for_again_is_told_whole_again(sim: Simulator) -> None:
    siti, joko = sim.telegram.person("Ibu Siti"), sim.telegram.person("Pak Joko")
    siti.say("halo")
    watcher = Watcher(Phones(sim.telegram, sim.sms), sim.telegram.journal)
    for turns in ([siti, siti], [joko, siti]):
        for person in turns:
            watcher.watch([person.phone_key])
        [screen] = watcher.news({})["screens"]
        assert (screen["whole"], [message["text"] for message in screen["messages"]]) == (True, ["halo"])
    assert watcher.news({}) == {}


async def test_a_message_is_ticked_twice_once_the_bot_has_it_for_good(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    async with browser(sim) as page:
        await page.watch(siti.phone_key)
        await page.screens()
        await page.post("deed", deed="say", phone=siti.phone_key, text="halo")
        [screen] = await page.screens()
        assert [message["taken"] for message in screen["messages"]] == [False]
        [update] = await bot.get_updates()
        await bot.get_updates(offset=update.update_id + 1)
        [screen] = await page.screens()
        assert [message["taken"] for message in screen["messages"]] == [True]


async def test_the_secret_behind_a_button_stays_away_from_the_page(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    buttons = {"inline_keyboard": [[{"text": "Ya", "callback_data": "ticket-17"}]]}
    await bot.send_message(siti.id, "Setuju?", reply_markup=buttons)
    async with browser(sim) as page:
        await page.watch(siti.phone_key)
        [screen] = await page.screens()
        assert screen["messages"][0]["buttons"] == [[{"text": "Ya"}]]
        number = int(screen["messages"][0]["id"][1:])
        await page.post("deed", deed="press", phone=siti.phone_key, message=number, row=0, column=0)
        [update] = await bot.get_updates()
        assert update.callback_query.data == "ticket-17"


async def test_the_clock_moves_for_everybody_and_to_the_morning(sim: Simulator, clock: Clock) -> None:
    sim.page.show(director=Director(actions=[], clock=clock))
    async with browser(sim) as page:
        assert (await page.news())["status"]["clock"] == {"now": "2017-09-27T01:30:00", "movable": True, "runs": False}
        await page.post("deed", deed="clock", step="morning")
        assert (await page.news())["status"]["clock"]["now"] == "2017-09-27T08:00:00"
        await page.post("deed", deed="clock", step="morning")
        assert (await page.news())["status"]["clock"]["now"] == "2017-09-28T08:00:00"
        await page.post("deed", deed="clock", step="10m")
        assert clock() == datetime(2017, 9, 28, 8, 10, tzinfo=UTC)


async def test_an_office_that_cannot_answer_does_not_end_the_page(sim: Simulator) -> None:
    def status() -> list[tuple[str, str]]:
        raise RuntimeError("3522995506900001")

    sim.page.show(director=Director(actions=[], status=status))
    async with browser(sim) as page:
        assert (await page.news())["status"]["office"] == [["Kantor", "tidak menjawab (RuntimeError)"]]
        await page.post("deed", deed="person", name="Bu Rini", number="0812 0000 0009")
        assert [(row["name"], row["number"]) for row in await page.rows()] == [("Bu Rini", "+6281200000009")]


async def test_the_simulator_stops_while_a_page_listens(sim: Simulator) -> None:
    async with browser(sim) as page:
        async with asyncio.timeout(5):
            await sim.stop()
            while await page.lines.readline():
                pass
