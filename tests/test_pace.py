"""The pace of one bot token, on a clock that leaps to the next thing to happen instead of waiting for it."""

import asyncio
import math
import selectors
from bisect import bisect_left
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.pace import Pace

#: A leap lands up to so many seconds beside its time: rounding, and the nanosecond that each look at the clock takes.
CLOSE = 1e-5


class LeapingSelector(selectors.DefaultSelector):
    """Time passes only when everyone waits."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "everyone waits for ever"
        self.now += max(timeout, 1e-9)
        return super().select(0)


def leaping_loop() -> asyncio.AbstractEventLoop:
    selector = LeapingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]
    return loop


def play(scene: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=leaping_loop) as runner:
        runner.run(scene)


@dataclass
class Bot:
    """A pace under test, and everything that left through it."""

    rate: float
    left: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = asyncio.get_running_loop().time
        self.started = self.clock()
        self.pace = Pace(per_second=self.rate, clock=self.clock)

    def seconds(self) -> float:
        return self.clock() - self.started

    async def send(self, address: str, *, answer: bool = False) -> float:
        await self.pace.turn(address, answer=answer)
        self.left.append((self.seconds(), address))
        return self.seconds()


def about(seconds: float) -> Any:
    return pytest.approx(seconds, abs=CLOSE)


def test_a_hundred_people_are_told_at_an_even_rate_from_the_first_second_on() -> None:
    async def scene() -> None:
        bot = Bot(rate=27)
        await asyncio.gather(*(bot.send(f"person {number}") for number in range(100)))
        times = [at for at, _ in bot.left]
        assert times[0] == about(0)
        assert times[-1] == pytest.approx(99 / 27, abs=0.001)
        assert min(later - earlier for earlier, later in pairwise(times)) > 1 / 27 - CLOSE

    play(scene())


def test_a_quiet_hour_saves_up_no_burst() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        await bot.send("one")
        await asyncio.sleep(3600)
        times = await asyncio.gather(bot.send("two"), bot.send("three"), bot.send("four"))
        assert times == [about(3600), about(3600.1), about(3600.2)]

    play(scene())


def test_one_person_gets_one_message_a_second_while_others_go_on() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        siti = asyncio.gather(*(bot.send("siti") for _ in range(3)))
        others = asyncio.gather(*(bot.send(f"other {number}") for number in range(5)))
        assert sorted(await siti) == [about(0), about(1), about(2)]
        assert max(await others) == about(0.5)

    play(scene())


def test_an_answer_goes_before_every_waiting_notice() -> None:
    async def scene() -> None:
        bot = Bot(rate=1)
        notices = asyncio.gather(*(bot.send(f"notice {number}") for number in range(20)))
        await asyncio.sleep(5.5)
        answers = await asyncio.gather(*(bot.send(f"asks {number}", answer=True) for number in range(3)))
        assert answers == [about(6), about(7), about(8)]
        assert max(await notices) == about(22)

    play(scene())


def test_an_answer_to_a_held_chat_does_not_stop_the_notices() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        bot.pace.asked_to_wait("held", 30)
        answer = asyncio.ensure_future(bot.send("held", answer=True))
        notices = await asyncio.gather(*(bot.send(f"notice {number}") for number in range(10)))
        assert max(notices) == about(0.9)
        assert await answer == about(30)

    play(scene())


def test_a_chat_asked_to_wait_waits_exactly_that_long_and_nobody_else_does() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        bot.pace.asked_to_wait("held", 7)
        assert bot.pace.held() == {"held"}
        held, free = await asyncio.gather(bot.send("held"), bot.send("free"))
        assert (held, free) == (about(7), about(0))

    play(scene())


def test_a_wait_that_is_asked_for_while_waiting_counts() -> None:
    async def scene() -> None:
        bot = Bot(rate=1)
        first, second = asyncio.ensure_future(bot.send("first")), asyncio.ensure_future(bot.send("second"))
        await asyncio.sleep(0.5)
        bot.pace.asked_to_wait("second", 10)
        assert (await first, await second) == (about(0), about(10.5))

    play(scene())


def test_three_chats_asked_to_wait_within_two_seconds_hold_the_whole_bot_and_then_nothing_bursts() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        for address, seconds in (("a", 3), ("b", 9), ("c", 5)):
            bot.pace.asked_to_wait(address, seconds)
        times = await asyncio.gather(*(bot.send(f"other {number}") for number in range(10)))
        assert sorted(times) == [about(9 + number / 10) for number in range(10)]

    play(scene())


@pytest.mark.parametrize("chats", [["a", "b"], ["a", "a", "a", "a"]])
def test_fewer_than_three_different_chats_hold_only_themselves(chats: list[str]) -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        for address in chats:
            bot.pace.asked_to_wait(address, 9)
        assert await bot.send("other") == about(0)

    play(scene())


def test_three_chats_asked_to_wait_while_others_are_let_through_hold_only_themselves() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        for address in "abc":
            bot.pace.asked_to_wait(address, 60)
            bot.pace.let_through()
        assert await bot.send("other") == about(0)

    play(scene())


def test_three_chats_asked_to_wait_over_a_longer_time_hold_only_themselves() -> None:
    async def scene() -> None:
        bot = Bot(rate=10)
        for address in "abc":
            bot.pace.asked_to_wait(address, 60)
            await asyncio.sleep(1.1)
        assert await bot.send("other") == about(3.3)

    play(scene())


def test_whoever_stops_waiting_leaves_the_line_to_the_others() -> None:
    async def scene() -> None:
        bot = Bot(rate=1)
        waiting = [asyncio.ensure_future(bot.send(name, answer=name == "asks")) for name in ("a", "b", "asks", "c")]
        await asyncio.sleep(0.5)
        for gone in waiting[1:3]:
            gone.cancel()
        assert await waiting[3] == about(1)

    play(scene())


def test_chats_of_long_ago_are_forgotten() -> None:
    async def scene() -> None:
        bot = Bot(rate=30)
        for number in range(3000):
            await bot.send(f"person {number}")
        assert len(bot.pace._chat_free_at) <= 130
        assert len(bot.pace.held()) <= 30

    play(scene())


def test_waking_up_late_costs_no_speed_and_puts_nobody_closer_than_half_an_interval() -> None:
    async def scene() -> None:
        bot = Bot(rate=20)

        async def late_sleep(seconds: float) -> None:
            await asyncio.sleep(seconds + 0.003)

        bot.pace = Pace(per_second=20, clock=bot.clock, sleep=late_sleep)
        await asyncio.gather(*(bot.send(f"person {number}") for number in range(200)))
        times = [at for at, _ in bot.left]
        assert times[-1] == pytest.approx(199 / 20, rel=0.005)
        assert min(later - earlier for earlier, later in pairwise(times)) >= 0.05 / 2
        _never_too_many(20, times)

    play(scene())


def test_after_a_long_sleep_of_the_whole_machine_nothing_is_caught_up() -> None:
    async def scene() -> None:
        bot = Bot(rate=20)

        async def asleep(seconds: float) -> None:
            await asyncio.sleep(60)

        bot.pace = Pace(per_second=20, clock=bot.clock, sleep=asleep)
        await bot.send("one")
        await bot.send("two")
        bot.pace._sleep = asyncio.sleep
        times = await asyncio.gather(*(bot.send(f"person {number}") for number in range(20)))
        assert times[-1] - 60 > 20 * 0.05 - 0.011

    play(scene())


def test_what_the_pace_tells_of_itself_is_what_left_and_what_is_held() -> None:
    async def scene() -> None:
        bot = Bot(rate=20)
        await asyncio.gather(*(bot.send(f"person {number}") for number in range(100)))
        assert bot.pace.held_seconds == 0
        waiting = asyncio.ensure_future(bot.send("other", answer=True))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert bot.pace.answers_waiting == 1
        await waiting
        assert bot.pace.answers_waiting == 0
        for chat in ("a", "b", "c"):
            bot.pace.asked_to_wait(chat, 7)
        assert bot.pace.held_seconds == pytest.approx(7, abs=0.06)

    play(scene())


def test_a_wait_that_is_prolonged_while_it_lasts_lets_nobody_leave_early_after_it() -> None:
    async def scene() -> None:
        bot = Bot(rate=1)
        await bot.send("siti")
        waiting = [asyncio.ensure_future(bot.send(person)) for person in ("budi", "agus")]
        await asyncio.sleep(0.5)
        for chat in ("a", "b", "c"):
            bot.pace.asked_to_wait(chat, 1.5)
        assert await waiting[0] == about(2)
        assert await waiting[1] == about(3)

    play(scene())


people = st.sampled_from(["siti", "budi", "wati", "agus"])
moments = st.floats(min_value=0, max_value=5)
messages = st.lists(st.tuples(moments, people, st.booleans()), min_size=1, max_size=25)
waits = st.lists(st.tuples(moments, people, st.floats(min_value=0.1, max_value=6)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(rate=st.floats(min_value=0.5, max_value=40), messages=messages, waits=waits)
def test_whatever_comes_no_rule_of_the_pace_is_broken(
    rate: float, messages: list[tuple[float, str, bool]], waits: list[tuple[float, str, float]]
) -> None:
    async def scene() -> None:
        bot = Bot(rate=rate)
        departures: list[tuple[float, float, str, bool]] = []

        async def message(after: float, address: str, answer: bool) -> None:
            await asyncio.sleep(after)
            departures.append((await bot.send(address, answer=answer), after, address, answer))

        async def wait(after: float, address: str, seconds: float) -> None:
            await asyncio.sleep(after)
            bot.pace.asked_to_wait(address, seconds)

        await asyncio.gather(*(wait(*one) for one in waits), *(message(*one) for one in messages))
        assert len(departures) == len(messages)
        _never_too_many(rate, sorted(at for at, *_ in departures))
        for address in {address for _, _, address, _ in departures}:
            own = sorted(at for at, _, to, _ in departures if to == address)
            assert all(later - earlier > 1 - CLOSE for earlier, later in pairwise(own))
            for asked, _, seconds in (one for one in waits if one[1] == address):
                assert not any(asked + CLOSE < at < asked + seconds - CLOSE for at in own)
        _answers_first(departures, waits)

    play(scene())


def _never_too_many(rate: float, times: list[float]) -> None:
    for position, at in enumerate(times):
        assert bisect_left(times, at + 1 - CLOSE) - position <= math.ceil(rate)


def _answers_first(departures: list[tuple[float, float, str, bool]], waits: list[tuple[float, str, float]]) -> None:
    """When a notice leaves, no answer stands there that could have left in its place."""
    for left_at, *_ in (departure for departure in departures if not departure[3]):
        for answered_at, asked_at, address, is_answer in departures:
            if not is_answer or not asked_at + CLOSE < left_at < answered_at:
                continue
            busy_until = [at + 1 for at, _, to, _ in departures if to == address and at < left_at]
            busy_until += [at + seconds for at, to, seconds in waits if to == address and at <= left_at + CLOSE]
            assert max(busy_until, default=0.0) > left_at - CLOSE
