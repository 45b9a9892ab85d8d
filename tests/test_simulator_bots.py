"""Several bots in one simulator: each has people, updates and limits of its own, and the ledger tells them apart."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulator import Limits, Simulator
from simulator.telegram_state import Telegram

pytestmark = pytest.mark.anyio

CHAT = 990_000_001


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    limits = Limits(bot_per_second=2, chat_per_second=None, group_per_minute=None)
    async with Simulator(limits=limits, also_at=("127.0.0.2",), seed=7, keep_ledger=True) as simulator:
        yield simulator


async def call(simulator: Simulator, bot: Telegram, method: str, *, host: str = "127.0.0.1", **body: object) -> object:
    url = simulator.telegram_url.replace("127.0.0.1", host)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/bot{bot.token}/{method}", json=body) as answer,
    ):
        given = await answer.json()
        return given.get("result", answer.status)


async def test_each_bot_hears_only_who_writes_to_it_and_writes_only_to_its_own(simulator: Simulator) -> None:
    first, second = simulator.telegram, simulator.add_bot()
    siti, hers_too = (bot.person("Siti", chat_id=CHAT) for bot in (first, second))
    siti.start()
    assert await call(simulator, second, "getUpdates") == []
    updates = await call(simulator, first, "getUpdates")
    assert isinstance(updates, list)
    assert len(updates) == 1
    assert await call(simulator, second, "sendMessage", chat_id=CHAT, text="halo") == 400
    hers_too.start()
    await call(simulator, second, "sendMessage", chat_id=CHAT, text="halo")
    assert [message.text for message in hers_too.received] == ["halo"]
    assert not siti.received


async def test_one_bot_at_its_limit_slows_no_other(simulator: Simulator) -> None:
    bots = (simulator.telegram, simulator.add_bot(), simulator.add_bot())
    for bot in bots:
        bot.person("Siti", chat_id=CHAT, started=True)
        for text in ("halo", "halo lagi"):
            assert isinstance(await call(simulator, bot, "sendMessage", chat_id=CHAT, text=text), dict)
    assert await call(simulator, bots[1], "sendMessage", chat_id=CHAT, text="terlalu cepat") == 429


async def test_the_ledger_tells_bots_and_senders_apart_and_who_came_by_which_address(simulator: Simulator) -> None:
    second = simulator.add_bot()
    second.person("Siti", chat_id=CHAT, started=True).say("halo")
    await call(simulator, second, "sendMessage", host="127.0.0.2", chat_id=CHAT, text="halo")
    await call(simulator, simulator.telegram, "getMe")
    path = f"/2010-04-01/Accounts/{simulator.account_sid}/Messages.json"
    form = {"To": "+6281200000001", "From": "TUBAN", "Body": "Kabar"}
    login = {"Authorization": aiohttp.encode_basic_auth(simulator.account_sid, simulator.auth_token)}
    async with aiohttp.ClientSession(headers=login) as session:
        await session.post(simulator.twilio_url + path, data=form)
    hers = simulator.ledger.of(second.bot_id, "TUBAN")
    assert [(one.method, one.line) for one in hers.requests] == [("sendMessage", "127.0.0.2"), ("create", "127.0.0.1")]
    assert [one.text for one in hers.accepted] == ["halo", "Kabar"]
    assert [one.chat_id for one in hers.written] == [CHAT]
    others = simulator.ledger.of(simulator.telegram.bot_id)
    assert [one.method for one in others.requests] == ["getMe"]
    assert not others.accepted
