"""`kabar web` takes in for all offices by their codes: over real HTTP, two offices in one real PostgreSQL database."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from aiohttp import ClientSession

from cli.offices import Offices
from cli.web.gateway import WebPart
from cli.web.waking import Waking
from simulator.sms_receipts import sign
from tests.gateway_world import AUTH_TOKENS, BASE, HEADER, Listed, receipt, update
from tests.offices import Clock
from tests.postgres import Postgres
from tests.test_metrics import samples
from tests.test_run import free_port


class Ticks:
    """Seconds that only pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[str]:
    yield postgres.create("gateway")
    postgres.drop("gateway")


@pytest.fixture(scope="module")
def founded(database: str, tmp_path_factory: pytest.TempPathFactory) -> Listed:
    return Listed(tmp_path_factory.mktemp("gateway"), database).found()


@pytest.fixture
def listed(founded: Listed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Listed:
    """The two offices, with a list of this test's own, and nothing in their inboxes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KABAR_OFFICES", str(tmp_path / "offices.toml"))
    monkeypatch.setenv("KABAR_HTTP", f"127.0.0.1:{free_port()}")
    with psycopg.connect(str(founded.address)) as connection:
        connection.execute("DELETE FROM k3522.inbox_update")
        connection.execute("DELETE FROM k3509.inbox_update")
    mine = Listed(founded.folder, founded.address)
    mine.write(tmp_path / "offices.toml")
    return mine


@asynccontextmanager
async def taking_in(ticks: Ticks | None = None) -> AsyncIterator[ClientSession]:
    """A visitor at the door of all offices of the settings."""
    with Offices() as offices:
        part = WebPart(offices, now=Clock(), clock=ticks or Ticks(), end_seconds=30)
        listening = asyncio.Event()
        running = asyncio.create_task(part.run(listening.set))
        try:
            await listening.wait()
            host, port = offices.process.http_address
            async with ClientSession(base_url=f"http://{host}:{port}") as visitor:
                visitor.part = part  # type: ignore[attr-defined]
                yield visitor
        finally:
            part.stop()
            await running


async def bring(visitor: ClientSession, listed: Listed, code: str, number: int) -> int:
    path, header = listed.secrets(code)
    return (await visitor.post(f"/{code}/telegram/{path}", data=update(number), headers={HEADER: header})).status


async def test_an_update_is_stored_for_its_own_office_and_for_no_other(listed: Listed) -> None:
    async with taking_in() as visitor:
        assert await bring(visitor, listed, "35.22", 1) == 200
        assert await bring(visitor, listed, "35.09", 2) == 200
    assert (listed.stored("35.22"), listed.stored("35.09")) == ([1], [2])


async def test_an_office_that_is_not_here_and_a_secret_that_is_wrong_are_answered_alike(listed: Listed) -> None:
    path, header = listed.secrets("35.22")
    fields, _ = receipt("35.22", 1)
    others = listed.secrets("35.09")
    async with taking_in() as visitor:
        tried = [
            await visitor.post(f"/{address}", data=update(1), headers=headers)
            for address, headers in (
                (f"35.23/telegram/{path}", {HEADER: header}),
                ("35.22/telegram/guess", {HEADER: header}),
                (f"35.22/telegram/{path}", {}),
                (f"35.22/telegram/{path}", {HEADER: others[1]}),
                (f"35.22/telegram/{others[0]}", {HEADER: others[1]}),
                (f"telegram/{path}", {HEADER: header}),
            )
        ]
        tried += [
            await visitor.post(f"/{code}/twilio/1", data=fields, headers={"X-Twilio-Signature": "guess"})
            for code in ("35.22", "35.23")
        ]
        answers = {(one.status, await one.text(), *sorted(set(one.headers) - {"Date"})) for one in tried}
        assert len(answers) == 1
        assert answers.pop()[0] == 404
    assert listed.stored("35.22") == []


async def test_a_receipt_is_believed_for_the_office_whose_token_and_address_signed_it(listed: Listed) -> None:
    async with taking_in() as visitor:
        for code in listed.codes:
            fields, headers = receipt(code, 7)
            assert (await visitor.post(f"/{code}/twilio/7", data=fields, headers=headers)).status == 204
        fields, headers = receipt("35.22", 7)
        assert (await visitor.post("/35.09/twilio/7", data=fields, headers=headers)).status == 404


async def test_two_offices_of_one_twilio_account_do_not_get_each_others_receipts(listed: Listed) -> None:
    listed.own["35.09"] = {"twilio_auth_token": AUTH_TOKENS["35.22"]}
    listed.write(Path("offices.toml"))
    async with taking_in() as visitor:
        fields, headers = receipt("35.22", 7)
        assert (await visitor.post("/35.22/twilio/7", data=fields, headers=headers)).status == 204
        assert (await visitor.post("/35.09/twilio/7", data=fields, headers=headers)).status == 404


async def test_receipts_from_before_the_move_are_taken_where_a_proxy_passes_the_old_address_on(listed: Listed) -> None:
    fields, _ = receipt("35.22", 7)
    old = {"X-Twilio-Signature": sign(AUTH_TOKENS["35.22"], f"{BASE}/twilio/7", fields)}
    async with taking_in() as visitor:
        assert (await visitor.post("/35.22/twilio/7", data=fields, headers=old)).status == 204
        assert (await visitor.post("/twilio/7", data=fields, headers=old)).status == 404


async def test_an_office_that_cannot_be_opened_says_so_once_and_the_others_go_on(
    listed: Listed, caplog: pytest.LogCaptureFixture
) -> None:
    ticks = Ticks()
    key = listed.home("35.09") / "office.key"
    path, header = listed.secrets("35.09")
    key.rename(key.with_suffix(".away"))
    try:
        async with taking_in(ticks) as visitor:
            for _ in range(5):
                answer = await visitor.post(f"/35.09/telegram/{path}", data=update(1), headers={HEADER: header})
                assert answer.status == 503
                ticks.now += 2
            assert await bring(visitor, listed, "35.22", 1) == 200
            said = [line for line in caplog.records if line.message == "an office can store nothing"]
            assert [(line.office, line.error) for line in said] == [("35.09", "SetupError")]  # type: ignore[attr-defined]
            health = await visitor.get("/healthz")
            assert (health.status, (await health.json())["away"]) == (200, ["35.09"])
            key.with_suffix(".away").rename(key)
            ticks.now += 2
            assert await bring(visitor, listed, "35.09", 1) == 200
            assert (await (await visitor.get("/healthz")).json())["away"] == []
    finally:
        if not key.exists():
            key.with_suffix(".away").rename(key)


async def test_an_office_on_a_server_that_is_away_holds_up_no_other(
    listed: Listed, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = listed.secrets("35.09")
    # It takes connections and never says a word, as a machine does that hangs.
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    listed.own["35.09"] = {"database_url": f"postgresql://nobody:S3CRET@127.0.0.1:{port}/kabar"}
    listed.write(Path("offices.toml"))
    async with taking_in() as visitor:
        hanging = asyncio.ensure_future(
            visitor.post(f"/35.09/telegram/{secrets[0]}", data=update(1), headers={HEADER: secrets[1]})
        )
        assert await bring(visitor, listed, "35.22", 1) == 200
        assert not hanging.done()
        silent.close()
        assert (await hanging).status == 503
        assert "S3CRET" not in caplog.text
    assert listed.stored("35.22") == [1]


async def test_nothing_can_be_stored_is_not_well(listed: Listed, postgres: Postgres) -> None:
    listed.own["35.09"] = {"database_url": postgres.address("nowhere")}
    listed.write(Path("offices.toml"))
    ticks = Ticks()
    async with taking_in(ticks) as visitor:
        assert (await visitor.get("/healthz")).status == 200
        assert (await visitor.post("/35.09/telegram/x", data=update(1))).status == 503
        answer = await visitor.get("/healthz")
        assert (answer.status, await answer.json()) == (
            503,
            {"ok": False, "lately": 1, "away": ["35.09"], "redis": "off"},
        )
        ticks.now += 3600
        assert (await visitor.get("/healthz")).status == 200


async def test_an_office_that_comes_to_the_list_is_taken_in_for(listed: Listed) -> None:
    both, ticks = listed.codes, Ticks()
    listed.codes = ("35.22",)
    listed.write(Path("offices.toml"))
    async with taking_in(ticks) as visitor:
        assert await bring(visitor, listed, "35.09", 1) == 404
        listed.codes = both
        listed.write(Path("offices.toml"))
        ticks.now += 10
        assert await bring(visitor, listed, "35.09", 1) == 200
        listed.spoil(Path("offices.toml"))
        ticks.now += 10
        assert await bring(visitor, listed, "35.22", 1) == 200


async def test_what_was_taken_in_is_told_in_numbers_by_office(listed: Listed) -> None:
    async with taking_in() as visitor:
        await bring(visitor, listed, "35.22", 1)
        await bring(visitor, listed, "35.22", 2)
        await visitor.post("/35.22/telegram/guess", data=update(3))
        await visitor.post("/99.99/telegram/guess", data=update(3))
        fields, headers = receipt("35.09", 7)
        await visitor.post("/35.09/twilio/7", data=fields, headers=headers)
        text = await (await visitor.get("/metrics")).text()
    told = samples(text)

    def brought(office: str, thing: str, outcome: str) -> float | None:
        labels = (("office", office), ("outcome", outcome), ("thing", thing))
        return told.get(("kabar_brought_total", labels))

    assert brought("35.22", "update", "stored") == 2
    assert brought("35.22", "update", "refused") == 1
    assert brought("35.09", "receipt", "stored") == 1
    assert told["kabar_storing_seconds_count", (("office", "35.22"), ("thing", "update"))] == 2
    assert told["kabar_offices_open", ()] == 2
    assert "99.99" not in text


async def test_an_offices_database_is_told_in_numbers_under_its_code(listed: Listed) -> None:
    async with taking_in() as visitor:
        await bring(visitor, listed, "35.22", 1)
        told = samples(await (await visitor.get("/35.22/metrics")).text())
        assert told["kabar_updates_waiting", (("office", "35.22"),)] == 1
        told = samples(await (await visitor.get("/35.09/metrics")).text())
        assert told["kabar_updates_waiting", (("office", "35.09"),)] == 0
        assert (await visitor.get("/35.23/metrics")).status == 404


async def test_a_stop_finishes_what_is_being_stored_and_takes_nothing_new(listed: Listed) -> None:
    async with taking_in() as visitor:
        assert await bring(visitor, listed, "35.22", 1) == 200
        with psycopg.connect(str(listed.address)) as locking, psycopg.connect(str(listed.address)) as looking:
            locking.execute("LOCK TABLE k3522.inbox_update")
            storing = asyncio.ensure_future(bring(visitor, listed, "35.22", 2))
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            while looking.execute(waits).fetchone() == (0,):  # noqa: ASYNC110  # the server tells nobody
                await asyncio.sleep(0.01)
            visitor.part.stop()  # type: ignore[attr-defined]
            while True:
                try:
                    async with ClientSession() as late, late.get(f"{visitor._base_url}/healthz"):
                        await asyncio.sleep(0.01)
                except OSError:
                    break
            assert not storing.done()
            locking.rollback()
            assert await storing == 200
    assert listed.stored("35.22") == [1, 2]


async def test_who_holds_the_office_is_told_by_one_word_at_a_time() -> None:
    class Slow:
        def __init__(self) -> None:
            self.said: list[str] = []
            self.may_end = asyncio.Event()

        async def wake(self, office: str) -> None:
            self.said.append(office)
            await self.may_end.wait()

        async def close(self) -> None:
            pass

    slow = Slow()
    waking = Waking(slow)  # type: ignore[arg-type]
    for _ in range(100):
        waking.wake("35.22")
        await asyncio.sleep(0)
    waking.wake("35.09")
    await asyncio.sleep(0)
    assert slow.said == ["35.22", "35.09"]
    slow.may_end.set()
    await waking.close()
    assert sorted(slow.said) == ["35.09", "35.22", "35.22"]
