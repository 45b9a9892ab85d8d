"""What befalls workers and what they lean on: each trouble is one office's, or nobody's, and everybody is answered."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.rules.card import Stage
from core.store.delivery_tables import Attempt
from simulator import Person
from tests.fleet import CODES, Branch, Fleet, a_fleet, free_port, health, until
from tests.killing import Child
from tests.offices import act, ask
from tests.postgres import Postgres
from tests.redis_server import RedisServer

PATIENCE_SECONDS = 60.0
ONE, TWO, THREE, _ = FOUR_CODES = CODES[:4]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """One that can be crashed."""
    with tempfile.TemporaryDirectory(prefix="kabar-pg-") as place, Postgres(Path(place), durable=True) as server:
        yield server


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="kabar-redis-") as folder, RedisServer(Path(folder), free_port()) as server:
        yield server


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory, server: Postgres, redis: RedisServer) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    with a_fleet(folder, server.create("fleet"), FOUR_CODES, redis_url=redis.address) as fleet:
        yield fleet


@pytest.fixture
def fleet(founded: Fleet, server: Postgres, redis: RedisServer) -> Iterator[Fleet]:
    """The same offices for each test; nobody holds them at first. What was said at the end is nobody's secret."""
    before = len(founded.workers)
    free(founded, server)
    yield founded
    founded.end()
    redis.empty()
    for branch in founded.branches.values():
        branch.simulator.faults.clear()
    for child in founded.workers[before:]:
        keeps_secrets(founded, child)


def keeps_secrets(fleet: Fleet, child: Child) -> None:
    for branch in fleet.branches.values():
        world = branch.simulator
        for secret in (
            branch.address,
            world.bot_token,
            world.auth_token,
            *branch.residents,
            *branch.residents.values(),
        ):
            assert secret not in child.said
    assert "Traceback" not in child.said, child.said


def free(fleet: Fleet, server: Postgres) -> None:
    """As if whoever was killed in the test before had been gone for long."""
    for code in fleet.branches:
        lease_is(server, code, "until = now()")


def say_in_sql(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.address("fleet"), autocommit=True) as connection:
        connection.execute(statement)


def lease_is(server: Postgres, code: str, terms: str) -> None:
    say_in_sql(server, f"UPDATE {schema(code)}.lease SET {terms}")  # noqa: S608  # a test's own words


@contextmanager
def gone(server: Postgres, code: str) -> Iterator[None]:
    """No table of this office is found."""
    say_in_sql(server, f"ALTER SCHEMA {schema(code)} RENAME TO gone")
    try:
        yield
    finally:
        say_in_sql(server, f"ALTER SCHEMA gone RENAME TO {schema(code)}")


def schema(code: str) -> str:
    return f"k{code.replace('.', '')}"


_names = iter(range(10_000))


def asks(branch: Branch) -> Person:
    """Somebody new asks."""
    person = branch.simulator.telegram.person(f"Warga {next(_names)}")
    branch.asks(person)
    return person


def answered(branch: Branch, person: Person, *, times: int = 1) -> None:
    branch.simulator.wait_until(lambda: len(person.received) >= times, PATIENCE_SECONDS)
    assert len(person.received) == times


def all_are_answered(fleet: Fleet, *, but: str = "") -> None:
    asking = [(branch, asks(branch)) for code, branch in fleet.branches.items() if code != but]
    for branch, person in asking:
        answered(branch, person)


def test_without_its_key_here_an_office_is_named_and_who_has_the_key_takes_it(fleet: Fleet, tmp_path: Path) -> None:
    here = Path(str(fleet.list)).read_text().replace(str(fleet.branches[ONE].home), str(tmp_path))
    (tmp_path / "here.toml").write_text(here)
    (tmp_path / "here.toml").chmod(0o600)
    first = fleet.worker(offices=str(tmp_path / "here.toml"))
    until(first, lambda: fleet.held_by(first) == set(FOUR_CODES) - {ONE})
    assert f"kabar --office {ONE} doctor" in first.said
    named = [line for line in first.said.splitlines() if "cannot be worked for here now" in line]
    assert all(f"office {ONE}" in line for line in named)
    second = fleet.worker()
    until(second, lambda: ONE in fleet.held_by(second))
    fleet.until_held(first, second)
    all_are_answered(fleet)


def test_a_worker_holds_no_more_than_it_was_told(fleet: Fleet) -> None:
    small = fleet.worker("--most", "1")
    until(small, lambda: len(fleet.held_by(small)) == 1)
    large = fleet.worker()
    fleet.until_held(small, large)
    assert len(fleet.held_by(small)) == 1
    all_are_answered(fleet)


def test_an_office_whose_database_is_gone_is_its_own_trouble_until_it_is_back(fleet: Fleet, server: Postgres) -> None:
    with gone(server, ONE):
        one = fleet.worker()
        until(one, lambda: fleet.held_by(one) == set(FOUR_CODES) - {ONE})
        waiting = asks(fleet.branches[ONE])
        all_are_answered(fleet, but=ONE)
    answered(fleet.branches[ONE], waiting)
    with gone(server, ONE):
        waiting = asks(fleet.branches[ONE])
        all_are_answered(fleet, but=ONE)
        until(one, lambda: health(one.port)[1]["ok"] is False)  # type: ignore[attr-defined]
        assert fleet.held_by(one) == set(FOUR_CODES), "it is named with the others, and they with it"
    answered(fleet.branches[ONE], waiting)
    until(one, lambda: health(one.port)[1]["ok"] is True)  # type: ignore[attr-defined]


def test_when_postgresql_fails_all_go_on_as_soon_as_it_is_back(fleet: Fleet, server: Postgres) -> None:
    one, two = fleet.worker(), fleet.worker()
    fleet.until_held(one, two)
    server.crash()
    asking = [(branch, asks(branch)) for branch in fleet.branches.values()]
    server.recover()
    for branch, person in asking:
        answered(branch, person)
    fleet.until_held(one, two)


def test_who_loses_the_lease_of_one_office_works_on_for_the_others(fleet: Fleet, server: Postgres) -> None:
    one = fleet.worker()
    fleet.until_held(one)
    lease_is(server, ONE, "holder = 'elsewhere:1', until = now() + interval '1 hour'")
    until(one, lambda: fleet.held_by(one) == set(FOUR_CODES) - {ONE})
    all_are_answered(fleet, but=ONE)
    lease_is(server, ONE, "until = now()")
    until(one, lambda: ONE in fleet.held_by(one))
    all_are_answered(fleet)


def test_who_was_asleep_for_longer_than_its_leases_ends_them_and_works_on(fleet: Fleet) -> None:
    one, two = fleet.worker(), fleet.worker()
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    os.kill(one.process.pid, signal.SIGSTOP)
    try:
        fleet.until_held(two)
        all_are_answered(fleet)
    finally:
        os.kill(one.process.pid, signal.SIGCONT)
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    assert not fleet.held_by(one) & fleet.held_by(two)
    all_are_answered(fleet)


def test_without_redis_offices_stay_where_they_are_and_everybody_is_answered(fleet: Fleet, redis: RedisServer) -> None:
    redis.crash()
    try:
        one = fleet.worker()
        fleet.until_held(one)
        all_are_answered(fleet)
    finally:
        redis.recover()
    two = fleet.worker()
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    parts = fleet.held_by(one), fleet.held_by(two)
    redis.empty()
    all_are_answered(fleet)
    redis.crash()
    all_are_answered(fleet)
    redis.recover()
    all_are_answered(fleet)
    assert (fleet.held_by(one), fleet.held_by(two)) == parts


def test_kabar_run_and_a_worker_leave_each_others_offices_alone(fleet: Fleet) -> None:
    run = fleet.begin("--office", ONE, "run")
    until(run, lambda: "is at work" in run.said)
    worker = fleet.worker()
    until(worker, lambda: fleet.held_by(worker) == set(FOUR_CODES) - {ONE})
    waits = fleet.begin("--office", TWO, "run")
    until(waits, lambda: "answers and sends for this office. This one waits" in waits.said)
    all_are_answered(fleet)
    assert ONE not in fleet.held_by(worker)
    run.terminate()
    assert run.end() == 0, run.said
    until(worker, lambda: ONE in fleet.held_by(worker))
    worker.terminate()
    assert worker.end() == 0, worker.said
    until(waits, lambda: "is at work" in waits.said)
    answered(fleet.branches[TWO], asks(fleet.branches[TWO]))


def test_who_is_told_to_stop_while_it_starts_holds_nothing_afterwards(fleet: Fleet) -> None:
    starting = fleet.begin("worker")
    starting.terminate()
    assert starting.end() in (0, -signal.SIGTERM), starting.said
    one = fleet.worker()
    one.terminate()  # perhaps in the second in which it rests before it speaks
    assert one.end() == 0, one.said
    two = fleet.worker()
    fleet.until_held(two)
    all_are_answered(fleet)


def test_two_that_are_told_to_stop_at_once_both_end_and_the_next_one_has_all(fleet: Fleet, server: Postgres) -> None:
    one, two = fleet.worker(), fleet.worker()
    fleet.until_held(one, two)
    for worker in (one, two):
        worker.terminate()
    assert [worker.end() for worker in (one, two)] == [0, 0], one.said + two.said
    with psycopg.connect(server.address("fleet")) as connection:
        for code in FOUR_CODES:
            held = connection.execute(f"SELECT 1 FROM {schema(code)}.lease WHERE until > now()").fetchone()  # noqa: S608
            assert held is None, "nobody has to wait for a lease to lapse"
    all_waiting = [(branch, asks(branch)) for branch in fleet.branches.values()]
    fleet.until_held(fleet.worker())
    for branch, person in all_waiting:
        answered(branch, person)


def test_told_to_stop_in_the_middle_of_fifty_messages_it_leaves_none_in_doubt(fleet: Fleet) -> None:
    one = fleet.worker()
    fleet.until_held(one)
    asking = []
    for branch in fleet.branches.values():
        for service, method in (("telegram", "sendMessage"), ("twilio", "create")):
            branch.simulator.faults.delay(service, 0.5, method=method, times=None)  # type: ignore[arg-type]
        with branch.open() as office:
            for nik in branch.residents:
                act(office, move_card_of, nik, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
        asking += [(branch, asks(branch)) for _ in range(10)]
    until(one, lambda: any(person.received for _, person in asking))
    one.terminate()
    assert one.end() == 0, one.said
    two = fleet.worker()
    fleet.until_held(two)
    for branch, person in asking:
        answered(branch, person)
    for branch in fleet.branches.values():
        for phone in branch.residents.values():
            branch.simulator.wait_until(lambda b=branch, p=phone: b.simulator.sms.sent(p), PATIENCE_SECONDS)
            assert len(branch.simulator.sms.sent(phone)) == 1
        with branch.open() as office:
            outcomes = ask(office, lambda session: session.scalars(select(Attempt.outcome)).all())
        assert "Unsure" not in outcomes


def test_of_offices_in_files_a_dead_workers_go_on_with_the_other_one_of_the_machine(tmp_path: Path) -> None:
    with a_fleet(tmp_path, None, CODES[:2]) as fleet:
        one, two = fleet.worker("--most", "1"), fleet.worker()
        fleet.until_held(one, two)
        assert not fleet.held_by(one) & fleet.held_by(two)
        [orphan] = fleet.held_by(one)
        refused = fleet.begin("--office", orphan, "run")
        assert refused.end() == 2
        assert "kabar worker, is at work on" in refused.said
        one.kill()
        until(two, lambda: orphan in fleet.held_by(two))
        all_are_answered(fleet)
        for child in fleet.workers:
            keeps_secrets(fleet, child)
