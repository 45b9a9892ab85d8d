"""How many jobs a worker process does in a second, how soon it begins one, and what it costs while there is none.

Chores that do nothing, of many offices, through a real Redis. Beside them, in the same run: arq as it comes, and as the
limit a plain list in Redis whose other end waits. An office's looks, which put the jobs, are measured on PostgreSQL.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from arq import ArqRedis, Worker, create_pool, func
from arq.connections import RedisSettings
from pydantic import SecretStr
from redis.asyncio import Redis

from benchmarks.offices import founded, people
from core.jobs.chores import Workplace, office_chores
from core.rules.card import Stage
from core.settings import Settings
from core.store.office import open_office
from notifier.jobs import JobQueue, JobWorker
from tests.jobs_world import free_port
from tests.redis_server import RedisServer

JOBS, PICKED_UP, IDLE_SECONDS, LOOKS, RESIDENTS = 1_000, 60, 20.0, 400, 100_000
LIMIT_PICK_UP = 0.25
AT_ONCE = 8
_CHORE = "carry on calls"
_ENOUGH_SECONDS = 120.0
_LIST = "plain"

Row = tuple[str, str, str, str]
Put = Callable[[str], Awaitable[object]]
#: Called with the office of each job as it begins.
Begun = Callable[[str], None]


def rows(jobs: int = JOBS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    with tempfile.TemporaryDirectory() as folder, RedisServer(Path(folder), free_port()) as server:
        yield from asyncio.run(_measured(server.address, jobs))
    yield from _looks()


async def _measured(address: str, jobs: int) -> list[Row]:
    way = {"ours": _ours, "arq": _arq_as_it_comes, "list": _plain_list}
    rate = {name: await _rate(way[name], address, jobs) for name in way}
    soon = {name: await _pick_up(way[name], address) for name in way}
    idle = await _idle(address)
    a_second = {name: f"{jobs_a_second:.0f}/s" for name, jobs_a_second in rate.items()}
    middle = {name: statistics.median(times) for name, times in soon.items()}
    worst = max(soon["ours"])
    return [
        _row("jobs a second, one process", a_second["ours"], f"arq as it comes {a_second['arq']}", rate, "arq"),
        _row("the same", a_second["ours"], f"a plain list {a_second['list']}", rate, "list"),
        _row("put until begun, median", _ms(middle["ours"]), f"arq as it comes {_ms(middle['arq'])}", middle, "arq"),
        _row("the same", _ms(middle["ours"]), f"a plain list {_ms(middle['list'])}", middle, "list"),
        ("the longest", _ms(worst), f"limit {_ms(LIMIT_PICK_UP)}", f"{worst / LIMIT_PICK_UP:.2f}"),
        ("processor while nothing is put", f"{idle * 1000:.1f} ms a second", "-", "-"),
    ]


def _row(name: str, measured: str, beside: str, of: dict[str, float], peer: str) -> Row:
    return name, measured, beside, f"{of['ours'] / of[peer]:.2f}"


async def _rate(way: Any, address: str, jobs: int) -> float:
    """All are there before anybody begins one."""
    begun = 0
    done = asyncio.Event()

    def count(_office: str) -> None:
        nonlocal begun
        begun += 1
        if begun == jobs:
            done.set()

    async with way(address) as (put, working):
        for number in range(jobs):
            await put(f"{number:04}")
        began = time.perf_counter()
        async with asyncio.timeout(_ENOUGH_SECONDS), working(count):
            await done.wait()
            return jobs / (time.perf_counter() - began)


async def _pick_up(way: Any, address: str) -> list[float]:
    """Of one at a time, at any moment between two looks."""
    took: list[float] = []
    began = 0.0
    heard = asyncio.Event()

    def note(_office: str) -> None:
        took.append(time.perf_counter() - began)
        heard.set()

    async with way(address) as (put, working), asyncio.timeout(_ENOUGH_SECONDS), working(note):
        for number in range(PICKED_UP):
            await asyncio.sleep(0.05 + random.random() * 0.2)
            heard.clear()
            began = time.perf_counter()
            await put(f"{number:04}")
            await heard.wait()
    return took


async def _idle(address: str) -> float:
    """Seconds of processor a second."""
    async with _ours(address) as (_, working), working(lambda _: None):
        await asyncio.sleep(1)
        began = time.process_time()
        await asyncio.sleep(IDLE_SECONDS)
        return (time.process_time() - began) / IDLE_SECONDS


@asynccontextmanager
async def _ours(address: str) -> Any:
    queue = JobQueue(address)

    @asynccontextmanager
    async def working(begun: Begun) -> Any:
        async def do(office: str, _chore: str) -> int:
            begun(office)
            return 0

        worker = JobWorker(address, do, at_once=AT_ONCE)
        running = asyncio.create_task(worker.run())
        yield
        worker.stop()
        await running

    yield lambda office: queue.put(office, _CHORE, long=False), working
    await queue.close()


@asynccontextmanager
async def _arq_as_it_comes(address: str) -> Any:
    pool: ArqRedis = await create_pool(RedisSettings.from_dsn(address))

    @asynccontextmanager
    async def working(begun: Begun) -> Any:
        async def chore(*given: Any, **_: Any) -> None:
            begun(given[1])

        worker = Worker(
            [func(chore, name="chore")], redis_settings=RedisSettings.from_dsn(address), handle_signals=False
        )
        running = asyncio.create_task(worker.async_run())
        yield
        running.cancel()
        await asyncio.gather(running, *worker.tasks.values(), return_exceptions=True)
        await worker.pool.aclose(close_connection_pool=True)
        await pool.flushdb()  # its results, for an hour, would refuse the same jobs

    yield lambda office: pool.enqueue_job("chore", office, _CHORE, _job_id=f"{office}:{_CHORE}"), working
    await pool.aclose(close_connection_pool=True)


@asynccontextmanager
async def _plain_list(address: str) -> Any:
    redis, taking = Redis.from_url(address), Redis.from_url(address)

    @asynccontextmanager
    async def working(begun: Begun) -> Any:
        async def take() -> None:
            while True:
                _, office = await taking.blpop([_LIST])
                begun(office.decode())

        running = asyncio.create_task(take())
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    yield lambda office: redis.rpush(_LIST, office), working
    await redis.aclose()
    await taking.aclose()


def _looks() -> Iterator[Row]:
    """What an office in which nothing is to be done costs the process that holds it."""
    now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday morning
    with founded("postgresql") as place:
        people(place, RESIDENTS, stages=(Stage.PRINT_READY, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER), told_every=2)
        with open_office(place.home, place.address) as office:
            here = Workplace(office=office, now=lambda: now, stopping=Event(), on_put=lambda: None)
            with_a_bot = Settings(_env_file=None, telegram_token=SecretStr("990000001:TEST"))
            looks = [(chore.waits, chore.every_seconds) for chore in office_chores(here, with_a_bot) if chore.waits]
            a_second = sum(_look(waits) / every_seconds for waits, every_seconds in looks)
    yield "an idle office's looks, processor", f"{a_second * 1000:.1f} ms a second", f"{RESIDENTS:,} residents", "-"


def _look(waits: Callable[[], bool]) -> float:
    """Seconds of processor."""
    if waits():
        raise RuntimeError("there is something to do")
    began = time.process_time()
    for _ in range(LOOKS):
        waits()
    return (time.process_time() - began) / LOOKS


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=JOBS)
    print("| chores that do nothing, of many offices | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(parser.parse_args().jobs):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
