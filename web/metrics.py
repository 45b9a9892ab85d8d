"""GET /metrics, in Prometheus' text form. Open to everyone who reaches the port, as /healthz is: no label and no value
is anybody's data, and a person is never more than one in a count.

Nothing is counted for it while nobody asks: what the database knows is read then, in one snapshot and in a thread.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Protocol

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric

from core.questions.vital_signs import VitalSigns, vital_signs
from core.rules.delivery import Channel
from core.rules.pulse import Pulse, code_word
from core.store.office import SCHEMA, OpenOffice

log = logging.getLogger("kabar.web")

#: The text form that every version of Prometheus reads.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_VERSION = version("kabar-ktp")
#: A machine and a process.
_HOLDER = re.compile(r"[A-Za-z0-9_.-]{1,64}:[0-9]{1,8}")


class Scraped(Protocol):
    """What answers GET /metrics."""

    async def scrape(self, request: web.Request, /) -> web.Response: ...


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """What is measured here. pulse: what the sender tells of itself, asked on the event loop; None where none runs."""

    office: OpenOffice
    now: Callable[[], datetime]
    sms_daily_cap: int
    pulse: Callable[[], Pulse] | None = None

    async def scrape(self, _: web.Request) -> web.Response:
        return in_text([*self._own(), *await _database(self.office, self.now())])

    def _own(self) -> Iterator[Metric]:
        yield of_program(database=self.office.backend)
        yield _gauge("kabar_sms_daily_cap", "SMS that may leave on one day, by the settings.", self.sms_daily_cap)
        if self.pulse is not None:
            yield from of_pulse(self.pulse())


@dataclass(frozen=True, kw_only=True)
class MetricsOfMany:
    """What a process measures that works for several offices. offices: as `of_offices` takes them, at each scrape."""

    offices: Callable[[], Sequence[tuple[str, OpenOffice, Pulse | None]]]
    now: Callable[[], datetime]

    async def scrape(self, _: web.Request) -> web.Response:
        return in_text([of_program(), *await of_offices(self.offices(), now=self.now())])


def in_text(metrics: Iterable[Metric]) -> web.Response:
    """The answer that holds these figures."""
    registry = CollectorRegistry()
    registry.register(_Measured(list(metrics)))
    return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE})


async def of_offices(offices: Sequence[tuple[str, OpenOffice, Pulse | None]], *, now: datetime) -> list[Metric]:
    """The figures of several offices by their codes, told apart by the label "office".

    pulse: what the office's sender tells of itself, where it runs here. Of an office whose database does not answer,
    kabar_database_answers and the pulse are all that is told.
    """
    known = await asyncio.gather(*(_database(office, now) for _, office, _ in offices))
    families: dict[str, Metric] = {}
    for (code, _, pulse), figures in zip(offices, known, strict=True):
        for metric in (*figures, *(of_pulse(pulse) if pulse else ())):
            family = families.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
            for sample in metric.samples:
                family.add_sample(sample.name, {"office": code, **sample.labels}, sample.value)
    return list(families.values())


def of_program(**more: str) -> Metric:
    """Which program this is."""
    return InfoMetricFamily(
        "kabar_build", "Which program this is.", value={"version": _VERSION, "schema": SCHEMA, **more}
    )


async def _database(office: OpenOffice, now: datetime) -> Iterator[Metric]:
    try:
        signs = await asyncio.to_thread(office.read, partial(vital_signs, now=now))
    except Exception as error:  # noqa: BLE001  # whoever watches learns most from a database that does not answer
        log.error("the database could not be measured", extra={"error": type(error).__name__})
        return iter([_gauge("kabar_database_answers", _ANSWERS, 0)])
    return of_database(signs, now=now)


_ANSWERS = "1 if the database could be read for this answer; without that its figures are missing."


@dataclass(eq=False, slots=True)
class _Measured:
    """One answer's figures, as prometheus_client takes them."""

    metrics: list[Metric]

    def collect(self) -> list[Metric]:
        return self.metrics


def of_database(signs: VitalSigns, *, now: datetime) -> Iterator[Metric]:
    """Everything that the database knows."""
    yield _gauge("kabar_database_answers", _ANSWERS, 1)
    waiting = GaugeMetricFamily("kabar_notices_waiting", "Notices that wait.", labels=["channel", "lane"])
    oldest = GaugeMetricFamily(
        "kabar_oldest_waiting_seconds", "How long the oldest notice that is due waits.", labels=["channel", "lane"]
    )
    for lane in signs.lanes:
        waiting.add_metric([lane.channel, lane.lane], lane.waiting)
        oldest.add_metric([lane.channel, lane.lane], lane.oldest_seconds(now))
    yield from (waiting, oldest)
    halted = {one.channel for one in signs.stopped}
    stopped = {channel: int(channel in halted) for channel in Channel}
    yield _by_channel("kabar_channel_halted", "1 if a channel stopped for our own configuration.", stopped)
    since = signs.updates_since
    oldest_update = max(0.0, (now - since).total_seconds()) if since else 0.0
    yield _gauge("kabar_batches_open", "Batches of which something waits or is being put.", signs.batches_open)
    yield _gauge("kabar_broadcasts_preparing", "Broadcasts whose audience is not complete.", signs.preparing)
    yield _gauge("kabar_notices_in_doubt", "Notices that an operator has to resolve.", signs.in_doubt)
    yield _gauge("kabar_updates_waiting", "Messages to the bot that are not answered yet.", signs.updates_waiting)
    yield _gauge("kabar_updates_set_aside", "Messages to the bot that failed three times.", signs.updates_set_aside)
    yield _gauge("kabar_updates_oldest_seconds", "How long the oldest unanswered message waits.", oldest_update)
    yield _gauge("kabar_sms_started_today", "SMS sent today, or maybe sent.", signs.sms_today)


def of_pulse(pulse: Pulse) -> Iterator[Metric]:
    """Everything that the running sender tells of itself."""
    holder = GaugeMetricFamily("kabar_holder", "Who answers and sends for this office.", labels=["holder"])
    holder.add_metric([pulse.holder if _HOLDER.fullmatch(pulse.holder) else "unknown"], 1)
    yield holder
    attempts = CounterMetricFamily(
        "kabar_attempts", "Attempts to send, by what became of them.", labels=["channel", "outcome"]
    )
    for (channel, outcome), number in sorted(pulse.attempts.items()):
        attempts.add_metric([channel, code_word(outcome)], number)
    codes = CounterMetricFamily("kabar_attempt_codes", "Attempts that failed, by code.", labels=["channel", "code"])
    for (channel, code), number in sorted(pulse.codes.items()):
        codes.add_metric([channel, code_word(code)], number)
    yield from (attempts, codes)
    yield _by_channel("kabar_messages_in_flight", "Requests whose answer is not back.", pulse.in_flight)
    yield _by_channel("kabar_pace_per_second", "What may leave in a second, by the settings.", pulse.pace)
    yield _by_channel("kabar_measured_per_second", "Messages a second, over the last ten seconds.", pulse.measured)
    yield _gauge("kabar_chats_held", "Chats that cannot have a message now.", pulse.chats_held)
    yield _gauge("kabar_bot_held_seconds", "How long the whole bot still has to wait.", pulse.bot_held_seconds)
    yield _gauge("kabar_answers_waiting", "Answers in line for their turn.", pulse.answers_waiting)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)


def _by_channel(name: str, help_: str, values: Mapping[Channel, float]) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=["channel"])
    for channel in Channel:
        family.add_metric([channel], values.get(channel, 0))
    return family
