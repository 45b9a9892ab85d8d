"""How many questions by NIK are answered a second, and how soon while a broadcast leaves, beside a bare aiogram echo.

The whole way is measured: an update is handed out by a stand-in of Telegram in a process of its own, stored durably
(`synchronous=FULL`), decided, its reply stored, sent, and noted as done. The peer is aiogram's own polling with one
handler that echoes and no database. They run in turn in one process, so a busy machine slows both.
"""

import asyncio
import gc
import logging
import sqlite3
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, closing
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
from benchmarks.standin import TOKEN, StandInProcess
from bot.runner import BotRunner
from bot.talk import House, open_house
from core.actions.sending import SendTerms
from core.actions.suspensions import suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from core.rules.window import Window
from core.store.engine import DATABASE
from core.store.office import OpenOffice
from core.wording.wordings import Wordings
from notifier.loop import Sender
from notifier.pace import Pace
from notifier.telegram import TelegramAdapter

MANY, FEW = 1_000_000, 10_000
QUESTIONS = 1_500
RUNS = 3
AT_LEAST_PER_SECOND = 400.0
AT_LEAST_OF_PEER = 0.60
AT_MOST_TO_FEW = 1.3

#: While a broadcast leaves: people told, the token's rate, questions a second, for how long, and how soon answered.
AUDIENCE, RATE, ASKED_PER_SECOND, BUSY_SECONDS, AT_MOST_SECONDS = 70_000, 30.0, 28, 15, 2.0
_SLOTS = 16

_FIRST_BIRTHDAY = date(1950, 1, 1)
_WORDINGS = Wordings()
_updates = count(1)
_chats = count(700_000_001)

Spans = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Took:
    """One run. seconds: from the first question handed out to the last one done. processor: our own process's."""

    seconds: float
    processor: float


def main() -> None:
    """Print the table of benchmarks/README.md."""
    for row in table():
        print(row)


def table() -> Iterator[str]:
    """Measure, and return the table's rows."""
    niks = list(asked_niks(QUESTIONS))
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name:
        home = Path(name)
        audience = range(800_000_001, 800_000_001 + AUDIENCE)
        with (
            office_of(home / "few", cards=FEW, niks=niks) as few,
            office_of(home / "many", cards=MANY, niks=niks, chats=audience) as many,
        ):
            runs: dict[str, list[Took]] = {"many": [], "bare": [], "few": []}
            for _ in range(RUNS):
                runs["many"].append(run(partial(_ours, many, home / "many", niks)))
                runs["bare"].append(run(partial(_bare, niks)))
                runs["few"].append(run(partial(_ours, few, home / "few", niks)))
            waits, told = _during_broadcast(many, niks)
    yield from _speed(runs)
    yield from _busy(waits, told)


def _speed(runs: dict[str, list[Took]]) -> Iterator[str]:
    speed = {name: median(QUESTIONS / took.seconds for took in list_) for name, list_ in runs.items()}
    work = {name: median(took.processor for took in list_) / QUESTIONS * 1000 for name, list_ in runs.items()}
    mine, bare, few = speed["many"], speed["bare"], speed["few"]
    yield f"| {QUESTIONS:,} questions by NIK, {MANY:,} cards (median of {RUNS}) | measured | beside | ratio |"
    yield "|---|---|---|---|"
    limit = AT_LEAST_PER_SECOND
    yield f"| answered, to the end | {mine:.0f}/s | limit {limit:.0f}/s | {mine / limit:.2f} |"
    yield f"| the same | {mine:.0f}/s | bare aiogram echo {bare:.0f}/s, limit {AT_LEAST_OF_PEER} | {mine / bare:.2f} |"
    ours, theirs = work["many"], work["bare"]
    yield f"| processor for each | {ours:.2f} ms | bare aiogram echo {theirs:.2f} ms | {theirs / ours:.2f} |"
    yield f"| time, to {FEW:,} cards | {mine:.0f}/s | {few:.0f}/s, limit {AT_MOST_TO_FEW} | {few / mine:.2f} |"


def _busy(waits: list[float], told: int) -> Iterator[str]:
    p99 = sorted(waits)[int(len(waits) * 0.99)]
    yield (
        f"| {ASKED_PER_SECOND} questions/s during a broadcast to {AUDIENCE:,} ({told} left meanwhile), p99 "
        f"| {p99:.2f} s | limit {AT_MOST_SECONDS:.0f} s | {p99 / AT_MOST_SECONDS:.2f} |"
    )


def asked_niks(many: int) -> Iterator[str]:
    """NIKs of district 99, each of a birthday of its own, because a birthday that is searched asks for the receipt."""
    for number in range(many):
        born = _FIRST_BIRTHDAY + timedelta(days=number)
        yield f"352299{born:%d%m%y}0001"


def questions(niks: Sequence[str]) -> list[dict[str, Any]]:
    """A question each by different people, now."""
    asked = []
    for nik in niks:
        person, number = next(_chats), next(_updates)
        user = {"id": person, "is_bot": False, "first_name": "Warga", "language_code": "id"}
        chat = {"id": person, "type": "private", "first_name": "Warga"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": user, "text": nik}
        asked.append({"update_id": number, "message": message})
    return asked


def run(work: Callable[[StandInProcess], Coroutine[Any, Any, Spans]]) -> Took:
    """Measure one run of somebody who answers; work returns when it began and ended."""
    gc.collect()
    with StandInProcess() as standin:
        busy = time.process_time()
        began, ended = asyncio.run(work(standin))
        busy = time.process_time() - busy
        answered = standin.seen().accepted
    if not len(answered) == len({chat for chat, _ in answered}) == QUESTIONS:
        raise AssertionError(f"{len(answered)} answers to {QUESTIONS} questions")
    return Took(max(ended, answered[-1][1]) - began, busy)


def _now() -> datetime:
    return datetime.now(UTC)


def _house(office: OpenOffice) -> House:
    return office.read(partial(open_house, wordings=_WORDINGS, live=True, trial_addresses=frozenset()))


@asynccontextmanager
async def _answering(office: OpenOffice, standin: StandInProcess, pace: Pace) -> Any:
    bot = BotRunner(office, _house(office), token=TOKEN, pace=pace, now=_now, api_base=standin.url)
    running = asyncio.create_task(bot.run())
    await asyncio.sleep(0.3)
    yield
    bot.stop()
    await running


async def _ours(office: OpenOffice, home: Path, niks: Sequence[str], standin: StandInProcess) -> Spans:
    with closing(sqlite3.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as database:
        done = partial(_done, database)
        before = done()
        async with _answering(office, standin, Pace(per_second=1_000_000, per_chat_seconds=0)):
            began = await _feed(standin, niks)
            while done() < before + len(niks):
                await _look_again()
            ended = time.time()
    return began, ended


def _done(database: sqlite3.Connection) -> int:
    number: int = database.execute("SELECT count(*) FROM inbox_update WHERE state = 'done'").fetchone()[0]
    return number


async def _look_again() -> None:
    """After so long that looking costs little beside what is looked at."""
    await asyncio.sleep(0.05)


async def _bare(niks: Sequence[str], standin: StandInProcess) -> Spans:
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
    await asyncio.sleep(0.3)
    began = await _feed(standin, niks)
    await all_echoed.wait()
    ended = time.time()
    await dispatcher.stop_polling()
    await polling
    return began, ended


async def _feed(standin: StandInProcess, niks: Sequence[str]) -> float:
    """Hand out questions; return when that began."""
    asked = questions(niks)
    began = time.time()
    await asyncio.to_thread(standin.feed, asked)
    return began


def _during_broadcast(office: OpenOffice, niks: Sequence[str]) -> tuple[list[float], int]:
    """Return how long each question waited, in seconds, and how many messages of the broadcast left meanwhile."""
    office.write(lambda session: suspend(session, [Service.PRINTING], cause=Cause.SERVER, now=_now(), by="benchmark"))
    prepare_broadcasts(office, now=_now)
    with StandInProcess() as standin:
        asked = asyncio.run(_busily(office, niks, standin))
        accepted = standin.seen().accepted
    answered = {chat: at for chat, at in accepted if chat in asked}
    if len(answered) != len(asked):
        raise AssertionError(f"{len(answered)} answers to {len(asked)} questions")
    return [answered[chat] - at for chat, at in asked.items()], len(accepted) - len(answered)


async def _busily(office: OpenOffice, niks: Sequence[str], standin: StandInProcess) -> dict[int, float]:
    """Return when each chat asked."""
    pace = Pace(per_second=RATE)
    house = _house(office)
    terms = SendTerms(
        office=house.office,
        wordings=_WORDINGS,
        zone=house.zone,
        window=Window.read("always"),
        sms_daily_cap=0,
        live=True,
        trial_addresses=frozenset(),
    )
    adapters = [TelegramAdapter(token=TOKEN, api_base=standin.url)]
    paces, slots = {Channel.TELEGRAM: pace}, {Channel.TELEGRAM: _SLOTS}
    sender = Sender(office, adapters, paces=paces, slots=slots, terms=terms, now=_now)
    sending = asyncio.create_task(sender.run())
    asked: dict[int, float] = {}
    async with _answering(office, standin, pace):
        for nik in niks[: ASKED_PER_SECOND * BUSY_SECONDS]:
            began = time.time()
            (question,) = questions([nik])
            asked[question["message"]["chat"]["id"]] = began
            await asyncio.to_thread(standin.feed, [question])
            await asyncio.sleep(max(0.0, began + 1 / ASKED_PER_SECOND - time.time()))
        await asyncio.sleep(AT_MOST_SECONDS)
    sender.stop()
    await sending
    return asked


if __name__ == "__main__":
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
    main()
