"""What whoever watches the office is told in numbers, and that none of it is anybody's data."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry

from core.actions.batches import pause_batch
from core.actions.contacts import add_contact
from core.actions.halts import halt_channel
from core.actions.notices import Debt, owe
from core.actions.suspensions import suspend
from core.rules.delivery import Channel, GiveUp, Halt, Sent, TryLater
from core.rules.notices import Kind
from core.rules.pulse import Pulse
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from notifier.tally import MOST_CODES, Tally
from tests.offices import BUDI, SITI, SITI_PHONE, SITI_RECEIPT, Clock, act
from tests.test_sending import ready
from tests.test_web import Office as Behind
from web.app import create_app
from web.metrics import Metrics, MetricsOfMany, of_offices, of_pulse
from web.serve import serve

Sample = tuple[str, tuple[tuple[str, str], ...]]

PULSE = Pulse(
    holder="server-1:4711",
    in_flight={Channel.TELEGRAM: 8},
    attempts={(Channel.TELEGRAM, "Sent"): 1200, (Channel.SMS, "GiveUp"): 1},
    codes={(Channel.SMS, "21211"): 1},
    pace={Channel.TELEGRAM: 27.0, Channel.SMS: 10.0},
    measured={Channel.TELEGRAM: 26.5},
    chats_held=3,
    bot_held_seconds=1.5,
    answers_waiting=2,
)


@dataclass(frozen=True)
class Scrape:
    """Asks for the metrics, as Prometheus does."""

    port: int

    async def __call__(self) -> str:
        async with ClientSession() as visitor, visitor.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            return await answer.text()


@asynccontextmanager
async def listening(
    office: OpenOffice, clock: Clock, pulse: Callable[[], Pulse] | None = None
) -> AsyncIterator[Scrape]:
    """A port at which metrics are told."""
    metrics = Metrics(office=office, now=clock, sms_daily_cap=500, pulse=pulse)
    runner = await serve(create_app(health=Behind().health, metrics=metrics), host="127.0.0.1", port=0)
    try:
        yield Scrape(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def samples(text: str) -> dict[Sample, float]:
    """Every value, by its name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(name: str, **labels: str) -> Sample:
    return f"kabar_{name}", tuple(sorted(labels.items()))


@pytest.mark.both_databases
async def test_what_the_database_knows_is_told_in_numbers(office: OpenOffice, clock: Clock) -> None:
    ready(office, SITI, clock)
    act(office, owe, [Debt(kind=Kind.REGISTERED, resident_id=1)], now=clock(), batch="call:1")
    act(office, pause_batch, "call:1", now=clock(), by="operator")
    act(office, halt_channel, Channel.SMS, Halt("20003", "check the token"), now=clock())
    act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator")
    clock.move(seconds=30)
    async with listening(office, clock) as scrape:
        told = samples(await scrape())
    assert told[of("notices_waiting", channel="sms", lane="single")] == 1
    assert told[of("oldest_waiting_seconds", channel="sms", lane="single")] == 30
    assert told[of("notices_waiting", channel="sms", lane="paused")] == 1
    assert told[of("notices_waiting", channel="telegram", lane="batch")] == 0
    assert told[of("channel_halted", channel="sms")] == 1
    assert told[of("channel_halted", channel="telegram")] == 0
    assert told[of("broadcasts_preparing")] == 1
    assert told[of("batches_open")] == 2
    for quiet in ("updates_waiting", "updates_set_aside", "updates_oldest_seconds", "notices_in_doubt"):
        assert told[of(quiet)] == 0
    assert (told[of("sms_started_today")], told[of("sms_daily_cap")]) == (0, 500)
    assert told[of("database_answers")] == 1
    [build] = [labels for name, labels in told if name == "kabar_build_info"]
    assert dict(build)["database"] == office.backend


async def test_what_the_sender_tells_of_itself_stands_beside_it(office: OpenOffice, clock: Clock) -> None:
    async with listening(office, clock, lambda: PULSE) as scrape:
        told = samples(await scrape())
    assert told[of("holder", holder="server-1:4711")] == 1
    assert told[of("attempts_total", channel="telegram", outcome="Sent")] == 1200
    assert told[of("attempt_codes_total", channel="sms", code="21211")] == 1
    assert told[of("messages_in_flight", channel="telegram")] == 8
    assert told[of("messages_in_flight", channel="sms")] == 0
    assert told[of("pace_per_second", channel="sms")] == 10
    assert told[of("measured_per_second", channel="telegram")] == 26.5
    held = [told[of(name)] for name in ("chats_held", "bot_held_seconds", "answers_waiting")]
    assert held == [3, 1.5, 2]


async def test_where_nothing_sends_only_the_database_speaks(office: OpenOffice, clock: Clock) -> None:
    async with listening(office, clock) as scrape:
        assert "kabar_holder" not in await scrape()


async def test_a_database_that_does_not_answer_is_told_and_the_sender_still_speaks(
    office: OpenOffice, home: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(office, clock, lambda: PULSE) as scrape:
        office.close()
        take_away(home)
        told = samples(await scrape())
    assert told[of("database_answers")] == 0
    assert told[of("chats_held")] == 3
    assert of("batches_open") not in told
    assert [record.__dict__["error"] for record in caplog.records if record.name == "kabar.web"] == ["OperationalError"]


def take_away(home: Path) -> None:
    """As a disk that is gone."""
    home.rename(home.with_name("gone"))


# Nobody's data


async def test_no_metric_and_no_label_is_anybodys_data(office: OpenOffice, clock: Clock) -> None:
    for nik in (SITI, BUDI):
        ready(office, nik, clock)
    terms = {"proof": "receipt", "how": "telegram", "text": "1", "now": clock(), "by": "resident"}
    act(office, add_contact, 2, Channel.TELEGRAM, "900000002", welcome=True, **terms)
    async with listening(office, clock, lambda: PULSE) as scrape:
        text = await scrape()
    for personal in (SITI, BUDI, SITI_PHONE, SITI_PHONE[1:], SITI_RECEIPT, "900000002", "SITI", "BUDI", "35.22"):
        assert personal not in text
    known = {"channel", "lane", "outcome", "code", "holder", "version", "schema", "database"}
    assert {name for _, labels in samples(text) for name, _ in labels} <= known
    assert not re.search(r"[0-9]{9}", text)


async def test_the_figures_of_several_offices_are_told_apart_by_their_codes(office: OpenOffice, clock: Clock) -> None:
    ready(office, SITI, clock)
    offices = [("35.22", office, PULSE), ("35.09", office, None)]
    metrics = MetricsOfMany(offices=lambda: offices, now=clock)
    runner = await serve(create_app(health=Behind().health, metrics=metrics), host="127.0.0.1", port=0)
    try:
        text = await Scrape(runner.addresses[0][1])()
    finally:
        await runner.cleanup()
    told = samples(text)
    for code in ("35.22", "35.09"):
        assert told[of("notices_waiting", channel="sms", lane="single", office=code)] == 1
    assert told[of("attempts_total", channel="telegram", outcome="Sent", office="35.22")] == 1200
    assert of("attempts_total", channel="telegram", outcome="Sent", office="35.09") not in told
    assert text.count("# TYPE kabar_notices_waiting gauge") == 1
    assert text.count("# TYPE kabar_build_info") == 1


async def test_an_office_whose_database_is_away_hides_no_other(office: OpenOffice, clock: Clock) -> None:
    class Away:
        def read(self, _: object) -> object:
            raise OSError

    told = await of_offices([("35.22", office, None), ("35.09", Away(), None)], now=clock())  # type: ignore[list-item]
    (answers,) = (metric for metric in told if metric.name == "kabar_database_answers")
    assert {sample.labels["office"]: sample.value for sample in answers.samples} == {"35.22": 1, "35.09": 0}


@given(word=st.text(max_size=60) | st.from_regex(r"\+?[0-9]{6,16}.{0,9}"))
def test_a_word_that_could_name_a_person_never_becomes_a_label(word: str) -> None:
    sender = Tally()
    for outcome in (GiveUp(word), TryLater(word)):
        sender.note(Channel.SMS, outcome)
    pulse = Pulse(
        holder=word,
        attempts={(Channel.SMS, word): 1},
        codes={**sender.codes, (Channel.TELEGRAM, word): 1},
    )
    registry = CollectorRegistry()

    class Once:
        def collect(self) -> object:
            return of_pulse(pulse)

    registry.register(Once())  # type: ignore[arg-type]
    text = generate_latest(registry).decode()
    assert not re.search(r"[0-9]{9}", text)
    assert "@" not in text


# What the sender counts


def test_a_speed_is_that_of_the_last_ten_whole_seconds() -> None:
    seconds = [100.0]
    tally = Tally(clock=lambda: seconds[0])
    for second in range(30):
        for _ in range(27):
            tally.note(Channel.TELEGRAM, Sent("1"))
        seconds[0] = 101.0 + second
    assert tally.per_second(Channel.TELEGRAM) == 27
    assert tally.per_second(Channel.SMS) == 0
    seconds[0] += 5
    assert tally.per_second(Channel.TELEGRAM) == 13.5
    seconds[0] += 60
    assert tally.per_second(Channel.TELEGRAM) == 0
    assert tally.attempts == {(Channel.TELEGRAM, "Sent"): 30 * 27}


def test_a_provider_that_makes_up_codes_cannot_fill_the_memory() -> None:
    seconds = [0.0]
    tally = Tally(clock=lambda: seconds[0])
    for number in range(5000):
        seconds[0] += 1
        tally.note(Channel.SMS, GiveUp(str(number)))
        tally.note(Channel.SMS, Sent("1"))
    assert len(tally.codes) == MOST_CODES + 1
    assert tally.codes[Channel.SMS, "other"] == 5000 - MOST_CODES
    assert sum(tally.codes.values()) == 5000
    assert len(tally._sent) < 100
