"""How many questions by NIK are answered a second, and how soon while a broadcast leaves, beside a bare aiogram echo.

The whole way is measured: an update is handed out by a stand-in of Telegram in a process of its own, stored durably
(`synchronous=FULL`), decided, its reply stored, sent, and noted as done. The peer is aiogram's own polling with one
handler that echoes and no database. Both run in turn in one process, so a busy machine slows both.
"""

import asyncio
import gc
import logging
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.many_cards import office_of
from benchmarks.standin import TOKEN, StandInProcess, Terms
from bot.runner import BotRunner
from bot.talk import open_house
from core.store.engine import DATABASE
from core.store.office import OpenOffice
from core.wording.wordings import Wordings
from notifier.pace import Pace

MANY, FEW = 1_000_000, 10_000
QUESTIONS = 1_500
RUNS = 3
AT_LEAST_PER_SECOND = 400.0
AT_LEAST_OF_PEER = 0.60
AT_MOST_TO_FEW = 1.3

_FIRST_BIRTHDAY = date(1950, 1, 1)
_updates = count(1)
_chats = count(700_000_001)


@dataclass(frozen=True, slots=True)
class Took:
    """One run. seconds: from the first question handed out to the last one done. processor: our own process's."""

    seconds: float
    processor: float

    @property
    def per_second(self) -> float:
        return QUESTIONS / self.seconds


def main() -> None:
    """Print the table of benchmarks/README.md."""
    for row in table():
        print(row)


def table() -> Iterator[str]:
    """Measure, and return the table's rows."""
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name:
        folder = Path(name)
        niks = list(asked_niks(QUESTIONS))
        with (
            office_of(folder / "few", cards=FEW, niks=niks) as few,
            office_of(folder / "many", cards=MANY, niks=niks) as many,
        ):
            runs: dict[str, list[Took]] = {"few": [], "many": [], "bare": []}
            for _ in range(RUNS):
                runs["many"].append(run(partial(_ours, many, folder / "many", niks)))
                runs["bare"].append(run(partial(_bare, niks)))
                runs["few"].append(run(partial(_ours, few, folder / "few", niks)))
    yield from _rows(runs)


def _rows(runs: dict[str, list[Took]]) -> Iterator[str]:
    speed = {name: median(took.per_second for took in list_) for name, list_ in runs.items()}
    work = {name: median(took.processor for took in list_) / QUESTIONS * 1000 for name, list_ in runs.items()}
    of_peer, to_few = speed["many"] / speed["bare"], speed["few"] / speed["many"]
    yield f"| {QUESTIONS:,} questions by NIK (median of {RUNS}) | measured | beside | ratio |"
    yield "|---|---|---|---|"
    yield _row(
        f"{MANY:,} cards",
        f"{speed['many']:.0f}/s",
        f"limit {AT_LEAST_PER_SECOND:.0f}/s",
        speed["many"] / AT_LEAST_PER_SECOND,
    )
    yield _row("the same", f"{speed['many']:.0f}/s", f"bare aiogram echo {speed['bare']:.0f}/s", of_peer)
    yield _row(
        "processor for one answer",
        f"{work['many']:.2f} ms",
        f"bare aiogram echo {work['bare']:.2f} ms",
        work["bare"] / work["many"],
    )
    yield _row("time, to that with 10,000 cards", f"{speed['many']:.0f}/s", f"{speed['few']:.0f}/s", to_few)


def _row(what: str, measured: str, beside: str, ratio: float) -> str:
    return f"| {what} | {measured} | {beside} | {ratio:.2f} |"


def asked_niks(many: int) -> Iterator[str]:
    """NIKs of district 99, each of a birthday of its own, because a birthday that is searched asks for the receipt."""
    for number in range(many):
        born = _FIRST_BIRTHDAY + timedelta(days=number)
        yield f"352299{born:%d%m%y}0001"


def questions(niks: Sequence[str]) -> list[dict[str, Any]]:
    """A question each by different people, now."""
    asked = []
    for nik in niks:
        person = next(_chats)
        user = {"id": person, "is_bot": False, "first_name": "Warga", "language_code": "id"}
        chat = {"id": person, "type": "private", "first_name": "Warga"}
        number = next(_updates)
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": user, "text": nik}
        asked.append({"update_id": number, "message": message})
    return asked


def run(work: Callable[[StandInProcess], Coroutine[Any, Any, tuple[float, float]]]) -> Took:
    """Measure one run of somebody who answers; he returns when he was fed."""
    gc.collect()
    with StandInProcess() as standin:
        busy = time.process_time()
        began, ended = asyncio.run(work(standin))
        busy = time.process_time() - busy
        answered = standin.seen().accepted
    assert len(answered) == len({chat for chat, _ in answered}) == QUESTIONS, len(answered)
    return Took(max(ended, answered[-1][1]) - began, busy)


async def _ours(office: OpenOffice, home: Path, niks: Sequence[str], standin: StandInProcess) -> tuple[float, float]:
    house = office.read(partial(open_house, wordings=Wordings(), live=True, trial_addresses=frozenset()))
    pace = Pace(per_second=1_000_000, per_chat_seconds=0)
    bot = BotRunner(office, house, token=TOKEN, pace=pace, now=lambda: datetime.now(UTC), api_base=standin.url)
    running = asyncio.create_task(bot.run())
    with closing(sqlite3.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as database:
        done = "SELECT count(*) FROM inbox_update WHERE state = 'done'"
        before = database.execute(done).fetchone()[0]
        began = await _feed(standin, niks)
        while database.execute(done).fetchone()[0] < before + len(niks):
            await asyncio.sleep(0.05)
    ended = time.time()
    bot.stop()
    await running
    return began, ended


async def _bare(niks: Sequence[str], standin: StandInProcess) -> tuple[float, float]:
    """aiogram as its documentation begins: polling, one handler, no database."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(standin.url)))
    dispatcher = Dispatcher()
    echoed = 0
    all_echoed = asyncio.Event()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        nonlocal echoed
        await message.answer(message.text or "")
        echoed += 1
        if echoed == len(niks):
            all_echoed.set()

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    began = await _feed(standin, niks)
    await all_echoed.wait()
    ended = time.time()
    await dispatcher.stop_polling()
    await polling
    return began, ended


async def _feed(standin: StandInProcess, niks: Sequence[str]) -> float:
    """Return when the questions were handed out, once whoever answers is polling."""
    await asyncio.sleep(0.3)
    began = time.time()
    await asyncio.to_thread(standin.feed, questions(niks))
    return began


if __name__ == "__main__":
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
    main()
