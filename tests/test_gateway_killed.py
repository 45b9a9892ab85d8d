"""`kabar web` in processes of its own: two at once, killed, stopped, and with a database or a Redis that fails."""

import asyncio
import json
import socket
import tempfile
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from notifier.wakes import Wakes
from simulator import SimulatorThread
from tests.gateway_world import HEADER, Listed, post, update, web_process
from tests.postgres import Postgres
from tests.redis_server import RedisServer
from tests.test_run import free_port

CODE = "35.22"


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[str]:
    yield postgres.create("gateways")
    postgres.drop("gateways")


@pytest.fixture(scope="module")
def founded(database: str, tmp_path_factory: pytest.TempPathFactory) -> Listed:
    return Listed(tmp_path_factory.mktemp("gateways"), database).found()


@pytest.fixture
def listed(founded: Listed) -> Listed:
    with psycopg.connect(str(founded.address)) as connection:
        connection.execute("DELETE FROM k3522.inbox_update")
    return founded


def bring(at: str, secrets: tuple[str, str], number: int) -> int:
    return post(f"{at}/{CODE}/telegram/{secrets[0]}", update(number), {HEADER: secrets[1]})


def set_webhook(simulator: SimulatorThread, url: str, secret: str) -> None:
    body = json.dumps({"url": url, "secret_token": secret}).encode()
    address = f"{simulator.telegram_url}/bot{simulator.bot_token}/setWebhook"
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310  # the simulator
    urllib.request.urlopen(asked).close()  # noqa: S310


def test_what_is_brought_to_two_processes_is_stored_once(listed: Listed, tmp_path: Path) -> None:
    secrets, path = listed.secrets(CODE), listed.write(tmp_path / "offices.toml")
    with (
        web_process(tmp_path / "one", path) as one,
        web_process(tmp_path / "two", path) as two,
        ThreadPoolExecutor(8) as callers,
    ):
        brought = [(at, number) for number in range(1, 41) for at in (one.at, two.at)]
        assert set(callers.map(lambda each: bring(each[0], secrets, each[1]), brought)) == {200}
    assert listed.stored(CODE) == list(range(1, 41))


def test_killed_between_storing_and_answering_it_is_brought_again_and_there_once(tmp_path: Path) -> None:
    listed = Listed(tmp_path / "offices", None, codes=(CODE,)).found()
    secrets, path = listed.secrets(CODE), listed.write(tmp_path / "offices.toml")
    with web_process(tmp_path / "whole", path, die_before=10_000) as child:
        assert bring(child.at, secrets, 1) == 200
    steps = child.steps
    stored = next(number for number, step in enumerate(steps) if step.startswith("INSERT INTO inbox_update"))
    answered = steps.index("committed", stored) + 1
    with web_process(tmp_path / "killed", path, die_before=answered) as child:
        assert bring(child.at, secrets, 2) == 0
    assert child.process.exitcode == -9
    assert listed.stored(CODE) == [1, 2]
    with web_process(tmp_path / "again", path) as child:
        assert bring(child.at, secrets, 2) == 200
    assert listed.stored(CODE) == [1, 2]


def test_updates_that_come_while_postgresql_starts_again_are_all_stored(tmp_path: Path) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="kabar-pg-") as folder,
        Postgres(Path(folder), durable=True) as server,
        SimulatorThread(webhook_retry_seconds=0.05) as simulator,
    ):
        listed = Listed(tmp_path / "offices", server.create("kabar"), codes=(CODE,)).found()
        (path, header), offices = listed.secrets(CODE), listed.write(tmp_path / "offices.toml")
        people = [simulator.telegram.person(f"Warga {number}", started=True) for number in range(8)]
        with web_process(tmp_path / "web", offices) as child:
            set_webhook(simulator, f"{child.at}/{CODE}/telegram/{path}", header)

            def all_say(text: str) -> None:
                for one in people:
                    one.say(text)

            pending = simulator.telegram.updates.pending
            all_say("sebelum")
            simulator.wait_until(lambda: not pending)
            all_say("ketika itu")
            server.crash()
            all_say("selama itu")
            assert pending
            server.recover()
            all_say("sesudah")
            simulator.wait_until(lambda: not pending)
        assert len(listed.stored(CODE)) == 4 * len(people)


def test_a_stop_waits_for_no_database_that_does_not_answer(listed: Listed, tmp_path: Path) -> None:
    secrets, path = listed.secrets(CODE), listed.write(tmp_path / "offices.toml")
    with (
        psycopg.connect(str(listed.address)) as locking,
        psycopg.connect(str(listed.address), autocommit=True) as looking,
        ThreadPoolExecutor(1) as caller,
    ):
        locking.execute("LOCK TABLE k3522.inbox_update")
        with web_process(tmp_path / "web", path) as child:
            storing = caller.submit(bring, child.at, secrets, 1)
            while looking.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() == (0,):
                pass  # the server tells nobody
        assert storing.result() != 200
        assert child.process.exitcode == 0


def test_whoever_holds_the_office_hears_of_what_came(listed: Listed, tmp_path: Path) -> None:
    with RedisServer(tmp_path, free_port()) as redis:
        secrets, path = listed.secrets(CODE), with_redis(listed, redis.address, tmp_path)
        with web_process(tmp_path / "web", path) as child:
            assert asyncio.run(heard(redis.address, lambda number: bring(child.at, secrets, number))) == CODE
            redis.crash()
            assert bring(child.at, secrets, 9_000) == 200
            with urllib.request.urlopen(f"{child.at}/healthz") as answer:  # noqa: S310  # our own
                health = json.load(answer)
            assert (health["ok"], health["redis"]) == (True, "ConnectionError")
            redis.recover()
            assert asyncio.run(heard(redis.address, lambda number: bring(child.at, secrets, number + 10_000))) == CODE


async def heard(redis: str, bring_one) -> str:
    """The first word that comes after something was brought; until somebody listens, more is brought."""
    wakes, words = Wakes(redis), asyncio.Queue[str]()
    listening = asyncio.create_task(wakes.listen(on_wake=words.put_nowait, on_free=lambda _: None))
    try:
        async with asyncio.timeout(30):
            number = 0
            while words.empty():
                number += 1
                assert await asyncio.to_thread(bring_one, number) == 200
            return await words.get()
    finally:
        listening.cancel()
        await wakes.close()


def test_a_redis_that_never_answers_keeps_nobody_waiting(listed: Listed, tmp_path: Path) -> None:
    """Nothing is said to it before what was brought is answered, or none of these would be answered by one process."""
    silent = socket.create_server(("127.0.0.1", 0))
    secrets = listed.secrets(CODE)
    path = with_redis(listed, f"redis://:S3CRET@127.0.0.1:{silent.getsockname()[1]}/0", tmp_path)
    with silent, web_process(tmp_path / "web", path) as child:
        assert {bring(child.at, secrets, number) for number in range(1, 101)} == {200}
    assert "S3CRET" not in child.said
    assert len(listed.stored(CODE)) == 100


def with_redis(listed: Listed, redis: str, folder: Path) -> Path:
    path = listed.write(folder / "offices.toml")
    path.write_text(path.read_text().replace("[all]\n", f'[all]\nredis_url = "{redis}"\n'))
    return path
