"""The chores of an office in a database server are done by any worker: found by a cheap look, put, and found again."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from redis import Redis
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from cli.chores import putting
from cli.jobs import OfficeJobs
from cli.offices import Offices
from core.actions.batches import cancel_batch
from core.actions.chat_files import send_list
from core.actions.contacts import ERASED
from core.actions.erasing import erase_closed_addresses
from core.actions.suspensions import suspend
from core.errors import NotFound
from core.jobs.broadcasting import prepare_broadcasts
from core.jobs.chores import Chore, Workplace, office_chores
from core.jobs.list_content import keep_list, open_list_prefix, open_lists_folder
from core.questions.chat_files import chat_list
from core.rules.suspension import Cause, Service
from core.settings import Settings
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Contact, Fact
from core.store.words import NoticeState
from notifier.jobs import JobQueue
from notifier.wakes import Wakes
from tests.call_world import Village
from tests.jobs_world import PATIENCE_SECONDS, Hands, at_work, everything_in, free_port, until
from tests.offices import JOKO, SITI, WATI, Clock, Import, act, ask
from tests.redis_server import RedisServer
from tests.test_calls import waits_for_a_call
from tests.test_calls_at_once import Held
from tests.test_sending import link, notices

pytestmark = pytest.mark.anyio
both = pytest.mark.both_databases

CODE = "35.22"
OPERATOR = "4711"
ASKED = {"prepare broadcasts", "carry on calls", "end what was cancelled", "follow up the unanswered"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis"), free_port()) as server:
        yield server


@pytest.fixture
def offices(
    office: OpenOffice, home: Path, address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Offices]:
    """This test's office, as a worker opens it."""
    for name in [name for name in os.environ if name.startswith("KABAR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # where no .env is
    monkeypatch.setenv("KABAR_HOME", str(home))
    monkeypatch.setenv("KABAR_TELEGRAM_TOKEN", "990000001:TEST")
    monkeypatch.setenv("KABAR_OPERATORS", OPERATOR)
    if address:
        monkeypatch.setenv("KABAR_DATABASE_URL", address)
    with Offices() as offices:
        yield offices


@dataclass
class Fleet:
    """Whoever holds the office, and a worker that does what was put."""

    office: OpenOffice
    clock: Clock
    jobs: OfficeJobs
    queue: JobQueue
    redis: RedisServer
    #: what this process's holder did itself, because Redis was away

    def chores(self, *names: str) -> Sequence[Chore]:
        here = Workplace(office=self.office, now=self.clock, stopping=Event(), on_put=lambda: None)
        with_a_bot = Settings(_env_file=None, telegram_token="990000001:TEST")
        there = {chore.name: chore for chore in office_chores(here, with_a_bot)}
        return [there[name] for name in names or there]

    def chore(self, name: str) -> Chore:
        [chore] = self.chores(name)
        return chore

    def waiting(self) -> set[str]:
        """The chores that a look finds something to do for."""
        return {chore.name for chore in self.chores() if chore.waits and chore.waits()}

    @asynccontextmanager
    async def held(self, *chores: Chore) -> AsyncIterator[None]:
        """Somebody holds the office, and looks often."""
        stopped = asyncio.Event()
        do = putting(self.queue, CODE)
        async with asyncio.TaskGroup() as looks:
            for chore in chores:
                looks.create_task(do(replace(chore, every_seconds=0.05), stopped))
            yield
            stopped.set()

    @asynccontextmanager
    async def worked(self) -> AsyncIterator[None]:
        async with at_work(self.redis.address, self.jobs.do):
            yield


@pytest.fixture
async def fleet(office: OpenOffice, offices: Offices, clock: Clock, server: RedisServer) -> AsyncIterator[Fleet]:
    server.empty()
    wakes, queue = Wakes(server.address), JobQueue(server.address, patience_seconds=PATIENCE_SECONDS)
    jobs = OfficeJobs(offices, wakes, now=clock)
    yield Fleet(office, clock, jobs, queue, server)
    jobs.close()
    await wakes.close()
    await queue.close()


def everything_stops(office: OpenOffice, clock: Clock) -> None:
    """Three residents are to hear of it, and nobody has prepared that yet."""
    for number, nik in enumerate((SITI, WATI, JOKO), start=1):
        link(office, nik, f"90000000{number}", clock)
    act(office, suspend, tuple(Service), cause=Cause.POWER, now=clock(), by="operator")


def states(office: OpenOffice) -> list[NoticeState]:
    return [notice.state for notice in notices(office)]


# Jobs


@both
async def test_an_audience_gets_its_news_by_a_job_and_the_holder_is_woken(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    woken: list[str] = []
    hears = Wakes(fleet.redis.address)
    listening = asyncio.create_task(hears.listen(on_wake=woken.append, on_free=lambda _: None))
    with Redis.from_url(fleet.redis.address) as client:
        await until(client.pubsub_channels)
    async with fleet.held(fleet.chore("prepare broadcasts")):
        await until(lambda: everything_in(fleet.redis.address))
        assert states(fleet.office) == []
        async with fleet.worked():
            await until(lambda: states(fleet.office) == [NoticeState.WAITING] * 3)
            await until(lambda: CODE in woken)
            await until(lambda: not everything_in(fleet.redis.address))
    listening.cancel()
    await hears.close()


@both
async def test_a_call_comes_by_itself_by_one_job_and_its_people_get_their_days_by_another(
    fleet: Fleet, take: Import
) -> None:
    village = Village(fleet.office, fleet.clock, take)
    village.receive(330)
    waits_for_a_call(village)
    fleet.clock.move(days=10)
    assert set(village.days()) == {None}
    async with fleet.worked(), fleet.held(fleet.chore("carry on calls"), fleet.chore("sweep")):
        await until(lambda: None not in village.days())


@both
async def test_a_list_sent_in_the_chat_is_looked_through_by_a_job_on_whatever_machine(fleet: Fleet) -> None:
    terms = {"chat_id": int(OPERATOR), "file_id": "F", "name": "a", "message_id": 7, "kind": None, "by": "operator"}
    list_id = act(fleet.office, send_list, **terms, now=fleet.clock())
    chore = fleet.chore("lists sent in the chat")
    assert chore.long and fleet.waiting() == set()  # its content is still with Telegram
    keep_list(fleet.office, list_id, f"NIK;TGL TIBA\n{JOKO};26/09/2017\n".encode())
    assert fleet.waiting() == {chore.name}
    async with fleet.held(chore):
        await until(lambda: everything_in(fleet.redis.address))
        async with fleet.worked():
            await until(lambda: ask(fleet.office, chat_list, list_id).found)
    assert ask(fleet.office, chat_list, list_id).found["kind"] == "arrivals" and fleet.waiting() == set()


def test_what_a_killed_job_left_open_goes_when_another_process_opens_the_office(offices: Offices, home: Path) -> None:
    left = open_lists_folder(home) / f"{open_list_prefix(home)}left"
    left.mkdir()
    offices.open(CODE)
    assert not left.exists()


@both
async def test_what_was_cancelled_ends_by_a_job(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    prepare_broadcasts(fleet.office, now=fleet.clock)
    act(fleet.office, cancel_batch, "broadcast:1", now=fleet.clock(), by="operator")
    async with fleet.worked(), fleet.held(fleet.chore("end what was cancelled")):
        await until(lambda: states(fleet.office) == [NoticeState.CANCELLED] * 3)


@both
async def test_what_redis_forgot_before_a_worker_came_the_next_look_puts_again(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    async with fleet.held(fleet.chore("prepare broadcasts")):
        await until(lambda: everything_in(fleet.redis.address))
        fleet.redis.empty()
        async with fleet.worked():
            await until(lambda: len(states(fleet.office)) == 3)


@both
async def test_while_redis_is_away_whoever_holds_the_office_does_its_chores(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    fleet.redis.crash()
    try:
        async with fleet.held(fleet.chore("prepare broadcasts")):
            await until(lambda: len(states(fleet.office)) == 3)
    finally:
        fleet.redis.recover()


async def test_what_is_about_one_process_or_its_machine_is_never_put(fleet: Fleet) -> None:
    done: list[int] = []

    def look() -> int:
        done.append(1)
        return 0

    async with fleet.held(Chore("nightly backup", look, 60.0, stays=True)):
        await until(lambda: len(done) > 2)
    assert everything_in(fleet.redis.address) == {}


# Looks


@both
async def test_an_office_where_nothing_happens_puts_no_job(fleet: Fleet) -> None:
    looks: list[str] = []

    def counted(chore: Chore) -> Chore:
        def waits() -> bool:
            looks.append(chore.name)
            return chore.waits is not None and chore.waits()

        return replace(chore, waits=waits)

    often = [chore for chore in fleet.chores() if chore.every_seconds <= 60.0]
    assert {chore.name for chore in often} >= ASKED
    async with fleet.held(*map(counted, often)):
        await until(lambda: all(looks.count(chore.name) > 2 for chore in often))
    assert everything_in(fleet.redis.address) == {}


@both
async def test_a_look_finds_what_there_is_to_do_until_it_is_done(
    office: OpenOffice, clock: Clock, take: Import, fleet: Fleet
) -> None:
    assert fleet.waiting() == set()

    def found_and_done(name: str) -> None:
        assert fleet.waiting() == {name}
        while fleet.chore(name).do():
            pass
        assert fleet.waiting() == set()

    everything_stops(office, clock)
    found_and_done("prepare broadcasts")
    soon = clock() + timedelta(hours=1)
    office.write(lambda session: session.execute(update(Notice).values(unanswered_at=soon)))
    assert fleet.waiting() == set()
    clock.move(hours=1)
    found_and_done("follow up the unanswered")
    act(office, cancel_batch, "broadcast:1", now=clock(), by="operator")
    found_and_done("end what was cancelled")


@both
async def test_a_call_that_has_days_to_give_is_found_until_they_are_given(fleet: Fleet, take: Import) -> None:
    village = Village(fleet.office, fleet.clock, take)
    village.receive(330)
    waits_for_a_call(village)
    fleet.clock.move(days=10)
    assert fleet.waiting() == set()
    assert fleet.chore("sweep").do() > 0
    assert fleet.waiting() == {"carry on calls"}
    assert fleet.chore("carry on calls").do() == 330
    assert fleet.waiting() == set()


@both
async def test_no_look_goes_through_all_notices_or_all_cards(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    prepare_broadcasts(fleet.office, now=fleet.clock)
    act(fleet.office, cancel_batch, "broadcast:1", now=fleet.clock(), by="operator")
    for name in ASKED:
        plans = fleet.office.read(lambda session, name=name: _plans(session, fleet, name))
        assert plans
        for plan in plans:
            for step in plan:
                assert not any(f"{way} {table}" in step for way in WHOLE for table in LARGE), (name, plan)


WHOLE = ("SCAN", "Seq Scan on")
LARGE = ("notice", "card", "resident", "message", "fact", "contact")


def _plans(session: Session, fleet: Fleet, name: str) -> list[list[str]]:
    """How the database goes about each statement of a look, once it is told that no table is as small as it looks."""
    said: list[tuple[str, object]] = []
    connection = session.connection()
    is_postgres = connection.dialect.name == "postgresql"

    def note(_connection, _cursor, statement, parameters, *_) -> None:  # type: ignore[no-untyped-def]
        said.append((statement, parameters))

    chore = fleet.chore(name)
    assert chore.waits is not None
    event.listen(connection.engine, "before_cursor_execute", note)
    chore.waits()
    event.remove(connection.engine, "before_cursor_execute", note)
    if is_postgres:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    explain = "EXPLAIN " if is_postgres else "EXPLAIN QUERY PLAN "
    asked = [(one, of) for one, of in said if one.startswith("SELECT")]
    return [
        [str(row[-1]) for row in connection.exec_driver_sql(explain + one, of)]  # type: ignore[arg-type]
        for one, of in asked
    ]


# What a worker refuses


async def test_a_chore_or_an_office_that_this_program_does_not_know_is_over_and_is_told(
    fleet: Fleet, caplog: pytest.LogCaptureFixture
) -> None:
    await fleet.queue.put(CODE, "count the stars", long=False)
    await fleet.queue.put("35.09", "sweep", long=True)
    async with fleet.worked():
        await until(lambda: not everything_in(fleet.redis.address))
    told = [record.__dict__ for record in caplog.records if record.levelno >= logging.WARNING]
    assert sorted((line["office"], line["chore"], line["error"]) for line in told) == [
        ("35.09", "sweep", NotFound.__name__),
        (CODE, "count the stars", NotFound.__name__),
    ]


async def test_a_job_that_takes_long_ends_early_when_its_worker_stops(fleet: Fleet) -> None:
    everything_stops(fleet.office, fleet.clock)
    fleet.jobs.stop()
    assert await fleet.jobs.do(CODE, "prepare broadcasts") == 0
    assert fleet.waiting() == {"prepare broadcasts"}


async def test_jobs_have_threads_of_their_own(fleet: Fleet) -> None:
    """What residents ask is looked up in the others, and must not wait for a job of minutes."""
    assert fleet.jobs._threads is not asyncio.get_running_loop()._default_executor  # type: ignore[attr-defined]


# Twice at once


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_of_two_that_erase_the_same_phones_one_does(
    office: OpenOffice, home: Path, address: str | None, clock: Clock
) -> None:
    closed = {"closed_at": clock(), "closed_why": ERASED}
    office.write(lambda session: session.execute(update(Contact).values(closed)))
    clock.move(days=1)
    with open_office(home, address) as other:
        first = Held(office, lambda session: erase_closed_addresses(session, now=clock()))
        assert act(other, erase_closed_addresses, now=clock()) == 0
        assert first.let_go() == 2
    noted = select(Fact.contact_id).where(Fact.kind == "contact-erased")
    assert len(set(ask(office, lambda session: session.scalars(noted).all()))) == 2


@both
async def test_a_worker_of_two_does_what_the_other_was_killed_in(fleet: Fleet) -> None:
    """The second finds what the first left, though Redis forgot that it was begun."""
    everything_stops(fleet.office, fleet.clock)
    begun = Hands()
    begun.held = "prepare broadcasts"
    async with fleet.held(fleet.chore("prepare broadcasts")):
        async with at_work(fleet.redis.address, begun.do, drain_seconds=0.0):
            await until(lambda: begun.begun)
        async with fleet.worked():
            await until(lambda: len(states(fleet.office)) == 3)
