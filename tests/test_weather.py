"""Weather: faults by share, the same for the same seed. Good weather brings none. The ledger knows what was taken."""

import asyncio
from collections import Counter

import aiohttp
import pytest

from simulator import UNTHROTTLED, Simulator
from simulator.faults import Kind
from simulator.weather import GOOD, Climate, Weather

pytestmark = pytest.mark.anyio

STORM = Climate(refused=0.1, throttled=0.1, reset=0.1, forgotten=0.1, silent=0.1, broken=0.1, slow=0.1, early=0.1)
SID = Simulator.account_sid


def met(seed: int, climate: Climate, *, order: int = 1) -> dict[tuple[str, int], Kind | None]:
    """What forty requests to each of five people meet; order: whose come first."""
    weather = Weather(seed)
    weather.climate = climate
    kinds: dict[tuple[str, int], Kind | None] = {}
    for who in "abcde"[::order]:
        for nth in range(40):
            fault = weather.take("telegram", "sendMessage", who)
            kinds[who, nth] = fault.kind if fault else None
    return kinds


def test_the_same_seed_brings_the_same_weather_whoever_asks_first() -> None:
    assert met(1, STORM) == met(1, STORM, order=-1)
    assert met(1, STORM) != met(2, STORM)


def test_good_weather_harms_nobody_and_a_storm_about_as_many_as_it_says() -> None:
    assert set(met(1, GOOD).values()) == {None}
    harmed = sum(kind is not None for kind in met(1, STORM).values())
    assert 0.6 < harmed / 200 < 0.85  # seven shares of a tenth concern Telegram


def test_receipts_are_lost_doubled_and_shuffled_the_same_way_each_time() -> None:
    weather = Weather(1)
    weather.climate = Climate(receipts_lost=0.3, receipts_doubled=0.3, receipts_out_of_order=0.3)
    told = [[status for _, status in weather.receipts(str(n), ["sent", "delivered"])] for n in range(100)]
    assert told == [[status for _, status in weather.receipts(str(n), ["sent", "delivered"])] for n in range(100)]
    kinds = Counter(map(tuple, told))
    assert kinds["sent", "delivered"] and kinds["delivered", "sent"] and kinds[()] and kinds["sent",]
    assert any(len(one) > 2 for one in told)


async def send(session: aiohttp.ClientSession, simulator: Simulator, chat_id: int) -> int:
    """The status of the answer; 0 when none came."""
    url = f"{simulator.telegram_url}/bot{simulator.bot_token}/sendMessage"
    try:
        async with session.post(url, json={"chat_id": chat_id, "text": "Halo"}) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


@pytest.mark.parametrize(
    ("climate", "statuses", "taken"),
    [
        (Climate(reset=1), {0}, {0}),
        (Climate(forgotten=1), {0}, {20}),
        (Climate(silent=1, silent_seconds=5), {0}, set(range(3, 18))),
        (Climate(broken=1), {500, 502}, set(range(3, 18))),
        (Climate(refused=1), {400, 403}, {0}),
        (Climate(throttled=1), {429}, {0}),
        (Climate(slow=1, slow_seconds=0.1), {200}, {20}),
        (GOOD, {200}, {20}),
    ],
    ids=["reset", "forgotten", "silent", "broken", "refused", "throttled", "slow", "good"],
)
async def test_the_ledger_knows_what_was_taken_whatever_the_answer_said(
    climate: Climate, statuses: set[int], taken: set[int]
) -> None:
    timeout = aiohttp.ClientTimeout(total=0.3)
    async with Simulator(limits=UNTHROTTLED, seed=7, keep_ledger=True) as simulator:
        siti = simulator.telegram.person("Siti", started=True)
        simulator.weather.climate = climate
        async with aiohttp.ClientSession(timeout=timeout) as session:
            answers = await asyncio.gather(*(send(session, simulator, siti.id) for _ in range(20)))
        ledger = simulator.ledger
        assert set(answers) == statuses
        assert len(ledger.accepted) in taken
        assert len(ledger.accepted) == len(siti.received)
        noted = {one.accepted for one in ledger.requests if one.accepted}
        assert noted == {one.provider_id for one in ledger.accepted}
        assert all((one.fault is None) == (climate == GOOD) for one in ledger.requests)


async def test_an_update_is_written_down_even_when_the_bot_never_asks_for_it() -> None:
    async with Simulator(seed=7, keep_ledger=True) as simulator:
        siti = simulator.telegram.person("Siti")
        siti.say("halo")
        siti.block()
        written = [(one.kind, one.chat_id) for one in simulator.ledger.written]
        assert written == [("message", siti.id), ("my_chat_member", siti.id)]
