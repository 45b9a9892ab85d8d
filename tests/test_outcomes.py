"""What becomes of a message: one table of situations, played on every channel over real HTTP against the simulator."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from core.rules.delivery import Channel, Halt, Outcome, Sent, TryLater, Unsure
from simulator import SimulatorThread
from simulator.faults import Faults, Service
from tests.desks import NUMBER, PATIENCE_SECONDS, SHORT_PATIENCE_SECONDS, TEXT, desk_of, running_simulator

LONGER_THAN_PATIENCE_SECONDS = 2 * SHORT_PATIENCE_SECONDS


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with running_simulator() as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_personal_is_logged(caplog: pytest.LogCaptureFixture, simulator: SimulatorThread) -> Iterator[None]:
    """Even when everything may log everything."""
    caplog.set_level(logging.DEBUG)
    for library in ("telegram", "telegram.Bot", "telegram.BaseRequest", "twilio", "aiohttp", "aiohttp.client"):
        caplog.set_level(logging.DEBUG, logger=library)
    yield
    secrets = [simulator.bot_token, simulator.account_sid, simulator.auth_token, NUMBER, NUMBER.lstrip("+"), TEXT]
    secrets.append(str(simulator.telegram.person("Siti").id))
    logged = [record.getMessage() + str(record.exc_info) for record in caplog.get_records("call")]
    assert not [secret for secret in secrets if any(secret in line for line in logged)]


def nothing(faults: Faults, service: Service, method: str) -> None:
    """As on most days."""


def answered(status: int, **how: Any) -> Callable[[Faults, Service, str], None]:
    return lambda faults, service, method: faults.answer(service, status, method=method, **how)


@dataclass(frozen=True)
class Situation:
    """order: what goes wrong. outcome: Sent stands for any Sent. arrives: what the resident then reads."""

    order: Callable[[Faults, Service, str], None]
    outcome: Outcome | type[Outcome]
    arrives: int = 0
    patience_seconds: float = PATIENCE_SECONDS


SITUATIONS = {
    "nothing goes wrong": Situation(nothing, Sent, arrives=1),
    "the connection drops before anything was done": Situation(
        lambda faults, service, method: faults.drop_before(service, method=method), Unsure("connection-lost")
    ),
    "the connection drops after the message went out": Situation(
        lambda faults, service, method: faults.drop_after(service, method=method), Unsure("connection-lost"), arrives=1
    ),
    "the answer takes too long": Situation(
        lambda faults, service, method: faults.delay(service, LONGER_THAN_PATIENCE_SECONDS, after=True, method=method),
        Unsure("timeout"),
        arrives=1,
        patience_seconds=SHORT_PATIENCE_SECONDS,
    ),
    "an internal error": Situation(answered(500), Unsure("http-500")),
    "a bad gateway's page": Situation(answered(502, body="<html>Bad Gateway</html>"), Unsure("http-502")),
    "unavailable": Situation(answered(503), Unsure("http-503")),
    "a redirect, which would send again": Situation(answered(307, body="elsewhere"), Unsure("http-307")),
    "success that is no JSON": Situation(answered(200, body=f"<html>{TEXT}</html>"), Unsure("unreadable-answer")),
    "success without a word": Situation(answered(200, body=""), Unsure("unreadable-answer")),
    "success of another shape": Situation(answered(200, body="[1]"), Unsure("unreadable-answer")),
    "success without an id": Situation(answered(200, body='{"ok": true, "result": {}}'), Unsure("unreadable-answer")),
    "too many requests, says a page": Situation(answered(429, body="<html>slow down</html>"), TryLater),
    "wrong credentials": Situation(answered(401, code=20003), Halt),
    "no such bot or account": Situation(answered(404, code=20404), Halt),
    "a proxy's page that forbids": Situation(answered(403, body="<html>Forbidden</html>"), Halt),
    "a proxy's page that finds fault": Situation(answered(400, body="<html>Bad Request</html>"), Halt),
}


@pytest.mark.parametrize(
    ("channel", "situation"), list(product(Channel, SITUATIONS)), ids=lambda value: str(value).replace(" ", "-")
)
async def test_every_channel_says_the_same_of_the_same_trouble(
    channel: Channel, situation: str, simulator: SimulatorThread
) -> None:
    expected = SITUATIONS[situation]
    async with desk_of(channel, simulator, total_seconds=expected.patience_seconds) as desk:
        desk.goes_wrong(expected.order)
        outcome = await desk.adapter.send(desk.outgoing)
        if isinstance(expected.outcome, type):
            assert isinstance(outcome, expected.outcome)
        else:
            assert outcome == expected.outcome
        assert len(desk.arrived) == expected.arrives
        assert simulator.faults.outstanding == 0


@pytest.mark.parametrize("channel", Channel)
async def test_after_any_trouble_the_next_message_goes_out(channel: Channel, simulator: SimulatorThread) -> None:
    async with desk_of(channel, simulator, total_seconds=SHORT_PATIENCE_SECONDS) as desk:
        for situation in SITUATIONS.values():
            desk.goes_wrong(situation.order)
            await desk.adapter.send(desk.outgoing)
        before = len(desk.arrived)
        assert isinstance(await desk.adapter.send(desk.outgoing), Sent)
        assert len(desk.arrived) == before + 1
        found = await desk.adapter.find(desk.outgoing)
        assert not isinstance(found, TryLater)
        assert [type(one) for one in found] or channel is Channel.TELEGRAM


def closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("unreachable", [closed_port(), "http://[broken"], ids=["a closed port", "no address"])
async def test_an_unreachable_provider_surely_got_nothing(
    channel: Channel, unreachable: str, simulator: SimulatorThread
) -> None:
    async with desk_of(channel, simulator, api_base=unreachable) as desk:
        assert await desk.adapter.send(desk.outgoing) == TryLater("no-connection")
        assert await desk.adapter.probe() == TryLater("no-connection")
        assert isinstance(await desk.adapter.find(desk.outgoing), TryLater) or channel is Channel.TELEGRAM


@asynccontextmanager
async def provider_that(serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> AsyncIterator[str]:
    """A provider below HTTP's manners, at this address."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("channel", Channel)
async def test_who_waits_too_long_for_a_connection_surely_sent_nothing(
    channel: Channel, simulator: SimulatorThread
) -> None:
    reached: list[bytes] = []

    async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if first := await reader.read(1):
            reached.append(first)
        await reader.read(-1)
        writer.close()

    async with (
        provider_that(keep_silent) as address,
        desk_of(channel, simulator, api_base=address, total_seconds=2.0) as desk,
    ):
        outcomes = await asyncio.gather(*(desk.adapter.send(desk.outgoing) for _ in range(101)))
        # There are a hundred connections; on a slow machine fewer of them stand in time, and the rest sent nothing too.
        assert len(reached) <= 100
        assert outcomes.count(Unsure("timeout")) == len(reached)
        assert outcomes.count(TryLater("no-connection")) == 101 - len(reached)


@pytest.mark.parametrize("channel", Channel)
async def test_a_provider_that_hangs_up_on_a_reused_connection_never_gets_the_message_twice(
    channel: Channel, simulator: SimulatorThread
) -> None:
    requests: list[bytes] = []

    async def hang_up_from_the_second_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await read_request(reader):
            requests.append(request)
            if len(requests) > 1:
                break
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        writer.transport.abort()

    provider = provider_that(hang_up_from_the_second_on)
    async with provider as address, desk_of(channel, simulator, api_base=address) as desk:
        assert await desk.adapter.send(desk.outgoing) == Unsure("http-503")
        assert await desk.adapter.send(desk.outgoing) == Unsure("connection-lost")
        assert len(requests) == 2


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One whole request; empty when the caller has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    return head + await reader.readexactly(int(length.split(b":")[1]))


@pytest.mark.parametrize("channel", Channel)
async def test_a_probe_finds_all_well_or_says_what_is_wrong(channel: Channel, simulator: SimulatorThread) -> None:
    async with desk_of(channel, simulator) as desk:
        assert await desk.adapter.probe() is None
        simulator.faults.answer(desk.service, 401, code=20003)
        assert isinstance(await desk.adapter.probe(), Halt)
        simulator.faults.answer(desk.service, 502)
        assert await desk.adapter.probe() == TryLater("http-502")
        simulator.faults.answer(desk.service, 200, body="[]")
        assert await desk.adapter.probe() == TryLater("unreadable-answer")


@pytest.mark.parametrize(
    ("wrong", "channel"),
    [({"token": "99000001:wrong"}, Channel.TELEGRAM), ({"auth_token": "wrong"}, Channel.SMS)],
)
async def test_wrong_credentials_halt_the_channel_with_a_hint_that_names_the_setting(
    wrong: dict[str, str], channel: Channel, simulator: SimulatorThread
) -> None:
    async with desk_of(channel, simulator, **wrong) as desk:
        for outcome in (await desk.adapter.send(desk.outgoing), await desk.adapter.probe()):
            assert isinstance(outcome, Halt)
            assert "KABAR_T" in outcome.hint
