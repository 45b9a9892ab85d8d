"""A chore that is put into Redis is done by a worker: once, in spite of whatever happens to Redis and to workers."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis

from cli.logs import set_up_log
from notifier.jobs import JobQueue, QueueAway
from tests.jobs_world import (
    OFFICE,
    OTHER,
    PATIENCE_SECONDS,
    Hands,
    at_work,
    begin_and_hang,
    everything_in,
    free_port,
    until,
)
from tests.killing import Child
from tests.redis_server import RedisServer

pytestmark = pytest.mark.anyio

SECRET = "3522995506900001 at redis://kabar:s3cret@host"
QUICK, LONG = "carry on calls", "prepare broadcasts"
QUICK_JOB, LONG_JOB = (OFFICE, QUICK), (OFFICE, LONG)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis"), free_port()) as server:
        yield server


@pytest.fixture
def redis(server: RedisServer) -> RedisServer:
    server.empty()
    return server


@pytest.fixture
async def queue(redis: RedisServer) -> AsyncIterator[JobQueue]:
    queue = JobQueue(redis.address, patience_seconds=PATIENCE_SECONDS)
    yield queue
    await queue.close()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "kabar.redis"]


# Once


async def test_a_job_is_done_once_and_leaves_nothing_behind(redis: RedisServer, queue: JobQueue) -> None:
    hands = Hands()
    await queue.put(*QUICK_JOB, long=False)
    async with at_work(redis.address, hands.do):
        await until(lambda: hands.ended)
        await until(lambda: not everything_in(redis.address))
    assert hands.begun == [QUICK_JOB]


async def test_what_is_put_again_before_it_is_begun_waits_once(redis: RedisServer, queue: JobQueue) -> None:
    for _ in range(3):
        await queue.put(*QUICK_JOB, long=False)
        await queue.put(OTHER, QUICK, long=False)
    hands = Hands()
    async with at_work(redis.address, hands.do):
        await until(lambda: not everything_in(redis.address))
    assert sorted(hands.begun) == [(OTHER, QUICK), QUICK_JOB]


async def test_what_is_put_again_while_it_is_done_is_done_once_and_may_be_put_again_afterwards(
    redis: RedisServer, queue: JobQueue
) -> None:
    hands = Hands()
    hands.held = QUICK
    async with at_work(redis.address, hands.do):
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.begun)
        await queue.put(*QUICK_JOB, long=False)
        hands.let_go.set()
        await until(lambda: not everything_in(redis.address))
        assert hands.begun == [QUICK_JOB]
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: len(hands.ended) == 2)


async def test_a_chore_that_did_something_is_done_again_until_nothing_is_left(
    redis: RedisServer, queue: JobQueue
) -> None:
    hands = Hands(**{QUICK: 3})
    await queue.put(*QUICK_JOB, long=False)
    async with at_work(redis.address, hands.do):
        await until(lambda: not everything_in(redis.address))
    assert hands.ended == [QUICK_JOB] * 4


async def test_two_workers_share_the_jobs_and_do_none_twice(redis: RedisServer, queue: JobQueue) -> None:
    offices = [f"35{number:02}" for number in range(1, 41)]
    for office in offices:
        await queue.put(office, QUICK, long=False)
    one, other = Hands(), Hands()
    async with at_work(redis.address, one.do), at_work(redis.address, other.do):
        await until(lambda: not everything_in(redis.address))
    assert sorted(one.begun + other.begun) == [(office, QUICK) for office in offices]
    assert one.begun
    assert other.begun


async def test_a_long_one_keeps_no_quick_one_waiting(redis: RedisServer, queue: JobQueue) -> None:
    hands = Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do, at_once=1):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.ended == [QUICK_JOB])
        hands.let_go.set()


# What goes wrong


async def test_a_chore_that_fails_is_told_in_one_line_is_over_and_is_put_again(
    redis: RedisServer, queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    hands = Hands()
    hands.fails = {QUICK: ValueError(SECRET)}
    async with at_work(redis.address, hands.do):
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.begun and not everything_in(redis.address))
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.ended == [QUICK_JOB])
    [line] = [record.__dict__ for record in caplog.records if record.levelno >= logging.WARNING]
    assert (line["office"], line["chore"], line["error"]) == (OFFICE, QUICK, "ValueError")
    assert "s3cret" not in caplog.text


async def test_what_redis_forgot_before_it_was_begun_is_done_when_it_is_put_again(
    redis: RedisServer, queue: JobQueue
) -> None:
    await queue.put(*QUICK_JOB, long=False)
    redis.empty()
    hands = Hands()
    async with at_work(redis.address, hands.do):
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.ended)
    assert hands.ended == [QUICK_JOB]


async def test_what_redis_forgot_while_it_is_done_is_not_begun_here_a_second_time(
    redis: RedisServer, queue: JobQueue
) -> None:
    hands = Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        redis.empty()
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: not everything_in(redis.address))  # taken, and given up
        assert hands.begun == [LONG_JOB]
        hands.let_go.set()
        await until(lambda: hands.ended)


async def test_a_worker_goes_on_when_redis_was_killed_and_is_back_and_so_does_what_it_was_doing(
    redis: RedisServer, queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    hands = Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        redis.crash()
        await until(lambda: "Redis gives no jobs; trying again" in said(caplog))
        with pytest.raises(QueueAway):
            await queue.put(*QUICK_JOB, long=False)
        redis.recover()
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: QUICK_JOB in hands.ended)
        await until(lambda: "Redis gives jobs again" in said(caplog))
        hands.let_go.set()
        await until(lambda: LONG_JOB in hands.ended)
    assert sorted(said(caplog)) == [
        "Redis gives jobs again",
        "Redis gives no jobs; trying again",
        "Redis takes jobs again",
        "Redis takes no jobs; chores are done by their holder",
    ]


async def test_what_ends_while_redis_is_away_ends_without_a_word(
    redis: RedisServer, queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    hands = Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        redis.crash()
        try:
            await until(lambda: said(caplog))
            hands.let_go.set()
            await until(lambda: hands.ended)
        finally:
            redis.recover()
    assert said(caplog) == ["Redis gives no jobs; trying again"]
    assert not [record for record in caplog.records if record.name == "asyncio"]


async def test_a_redis_that_is_away_at_the_beginning_is_waited_for(redis: RedisServer, queue: JobQueue) -> None:
    hands = Hands()
    redis.crash()
    async with at_work(redis.address, hands.do):
        try:
            await asyncio.sleep(0)
        finally:
            redis.recover()
        await queue.put(*QUICK_JOB, long=False)
        await until(lambda: hands.ended)


async def test_a_worker_stops_though_redis_is_away(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    redis.crash()
    try:
        async with at_work(redis.address, Hands().do):
            await until(lambda: said(caplog))
    finally:
        redis.recover()


async def test_a_job_of_a_worker_that_is_killed_in_it_is_anothers(
    redis: RedisServer, queue: JobQueue, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    dead = Child(tmp_path / "worker", begin_and_hang, (begun, redis.address, 1.5), watched=False).start()
    try:
        await queue.put(*LONG_JOB, long=True)
        await until(begun.exists)
    finally:
        dead.kill()
    hands = Hands()
    async with at_work(redis.address, hands.do):
        await until(lambda: not everything_in(redis.address))
    assert hands.ended == [LONG_JOB]


async def test_whoever_does_a_job_says_again_and_again_that_it_is_done(redis: RedisServer, queue: JobQueue) -> None:
    hands = Hands()
    hands.held = LONG
    with Redis.from_url(redis.address) as client:
        key = f"arq:in-progress:{OFFICE}:{LONG}"

        def said_again() -> bool:
            left, before = client.pttl(key), lasts[-1]
            lasts.append(left)
            return left > before

        async with at_work(redis.address, hands.do, held_seconds=6.0):
            await queue.put(*LONG_JOB, long=True)
            await until(lambda: hands.begun)
            lasts = [client.pttl(key)]
            assert 0 < lasts[0] <= 6000
            await until(said_again)
            hands.let_go.set()


# Stopping


async def test_a_worker_that_stops_ends_what_it_does_and_begins_nothing_more(
    redis: RedisServer, queue: JobQueue
) -> None:
    hands, others = Hands(), Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do) as worker:
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        worker.stop()
        await queue.put(OTHER, LONG, long=True)
        async with at_work(redis.address, others.do):
            await until(lambda: others.ended == [(OTHER, LONG)])
        hands.let_go.set()
    assert hands.ended == [LONG_JOB]
    assert everything_in(redis.address) == {}


async def test_what_a_stopping_worker_has_to_cut_off_is_anothers_at_once(redis: RedisServer, queue: JobQueue) -> None:
    hands, others = Hands(), Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do, drain_seconds=0.0):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
    assert hands.ended == []
    async with at_work(redis.address, others.do):
        await until(lambda: not everything_in(redis.address))
    assert others.ended == [LONG_JOB]


# What others may see


async def test_redis_holds_codes_of_offices_and_names_of_chores_and_nothing_else(
    redis: RedisServer, queue: JobQueue
) -> None:
    hands = Hands()
    hands.held = LONG
    async with at_work(redis.address, hands.do):
        await queue.put(*LONG_JOB, long=True)
        await until(lambda: hands.begun)
        await queue.put(OTHER, "unknown here", long=True)
        redis_holds = everything_in(redis.address)
        hands.let_go.set()
    jobs = [key for key in redis_holds if key.startswith("arq:job:")]
    for key in jobs:
        job = json.loads(redis_holds[key])  # type: ignore[arg-type]  # which pickle is not
        when = job.pop("et")
        assert isinstance(when, int)
        assert job == {"t": None, "f": "chore", "a": key.removeprefix("arq:job:").split(":"), "k": {}}
    numbers = [value for key, value in redis_holds.items() if key.startswith(("arq:in-progress:", "arq:retry:"))]
    assert set(numbers) == {b"1"}
    others = {key for key in redis_holds if not re.match("arq:(job|in-progress|retry):", key)}
    assert others == {"kabar:long"}
    assert f"arq:job:{OFFICE}:{LONG}" in jobs


async def test_nothing_of_a_job_that_goes_well_is_logged(redis: RedisServer, queue: JobQueue, tmp_path: Path) -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    hands = Hands(**{QUICK: 1})
    hands.fails = {LONG: ValueError(SECRET)}
    try:
        set_up_log("json", tmp_path / "log")
        async with at_work(redis.address, hands.do):
            await queue.put(*QUICK_JOB, long=False)
            await queue.put(*LONG_JOB, long=True)
            with Redis.from_url(redis.address) as client:
                client.zadd("kabar:quick", {"a job that expired": 1})
            await until(lambda: not everything_in(redis.address))
    finally:
        for handler in set(root.handlers) - set(before):
            handler.close()
        root.handlers[:] = before
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [(line["message"], line["office"], line["chore"], line["error"]) for line in lines] == [
        ("a job failed; the next look puts it again", OFFICE, LONG, "ValueError")
    ]


async def test_a_redis_that_does_not_answer_is_away(tmp_path: Path) -> None:
    """Something listens there, and says nothing."""

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.read()
        writer.close()

    deaf = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = deaf.sockets[0].getsockname()[1]
    queue = JobQueue(f"redis://127.0.0.1:{port}/0")
    with pytest.raises(QueueAway):
        await queue.put(*QUICK_JOB, long=False)
    await queue.close()
    deaf.close()
