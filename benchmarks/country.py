"""The country on paper: how many machines 514 offices need, from what one office, message and question cost here.

The costs are measured first; the rest is arithmetic over them and over what is known of the field or assumed, which is
named below with where it is from. A core is one of this machine's, memory is PSS. Two days are reckoned: a usual one in
its busiest hour, and the worst: the national centre is down, and every office tells all who wait, as fast as Telegram
takes it from one bot, or spread over the hours of a day.
"""

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks import idle_offices, many_offices
from benchmarks.answering import questions
from benchmarks.fleets import Fleet, a_fleet, until
from benchmarks.offices import nik, people
from benchmarks.standin import Terms

# Known of the field (domain.md: "The country", "Load to design for", the table of 2017).
OFFICES = 514
MUST_HOLD_A_CARD = 199e6
NOTICES_A_DAY_PER_MILLION = 8000
WAITING_IN_ONE_OFFICE = 70_000
# Of this program: KABAR_TELEGRAM_RATE, and KABAR_SEND_WINDOW 08.00-18.00.
RATE = 27.0
HOURS_A_DAY = 10.0
# Assumed: nobody has counted it yet.
QUESTIONS_A_NOTICE = 1.0  # each message makes one person ask where her card is
BUSIEST_HOUR = 3.0  # times the mean of the day
ASK_BACK = 0.1  # of those told of a suspension, so many ask within that time
# Planned: machines of this size, not filled further than this.
CORES, GIGABYTES, FILLED = 4, 16.0, 0.6
_ROOM_CORES, _ROOM_MB = CORES * FILLED, GIGABYTES * 1024 * FILLED

_QUESTIONS, _ASKED_OFFICES = 60, 8
_POLL_AND_ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a core: of the worker, and of PostgreSQL."""

    worker: float
    postgresql: float


@dataclass(frozen=True, slots=True)
class Load:
    """Of the whole country, a second."""

    name: str
    messages: float
    questions: float


def loads() -> Iterator[Load]:
    """What is to be carried."""
    a_day = NOTICES_A_DAY_PER_MILLION * MUST_HOLD_A_CARD / 1e6
    busiest = a_day / (HOURS_A_DAY * 3600) * BUSIEST_HOUR
    yield Load("a usual day, its busiest hour", busiest, busiest * QUESTIONS_A_NOTICE)
    spoken = OFFICES * RATE  # answers and notices share a bot's pace
    yield Load("all offices tell all who wait, at once", spoken * (1 - ASK_BACK), spoken * ASK_BACK)
    in_a_day = OFFICES * WAITING_IN_ONE_OFFICE / (HOURS_A_DAY * 3600)
    yield Load("the same, over one day's hours", in_a_day, in_a_day * ASK_BACK)


def question_cost(idle: Cost) -> Cost:
    """What one question and its answer take, less what the offices take anyway. idle: of one office, a second."""
    with a_fleet(_ASKED_OFFICES, Terms(), partial(people, count=_QUESTIONS)) as fleet:
        worker = fleet.worker()
        fleet.until_held(worker)
        time.sleep(many_offices.SETTLE_SECONDS)
        began, before = time.monotonic(), fleet.used()
        _ask_everywhere(fleet)
        used, took = fleet.used().since(before), time.monotonic() - began
    anyway = _ASKED_OFFICES * took
    asked = _ASKED_OFFICES * _QUESTIONS
    return Cost((used.workers - idle.worker * anyway) / asked, (used.postgresql - idle.postgresql * anyway) / asked)


def _ask_everywhere(fleet: Fleet) -> None:
    asked = questions([nik(number) for number in range(1, _QUESTIONS + 1)])
    for code in fleet.codes:
        fleet.standin.feed(asked, fleet.token(code))
    until(lambda: all(len(fleet.standin.seen(fleet.token(code)).accepted) >= _QUESTIONS for code in fleet.codes))
    time.sleep(_POLL_AND_ANSWER_SECONDS)  # until the last is noted as done


def sums(line: idle_offices.Line, message: Cost, question: Cost, connections: float) -> Iterator[str]:
    """The arithmetic, line by line. connections: of one busy worker."""
    idle = Cost(line.each.worker_cpu, line.each.postgresql_cpu)
    yield f"a worker without offices: {line.none.worker_mb:.0f} MB; connections of a busy one: {connections:.0f}"
    yield f"one office, idle, a second: {_said(idle)}"
    yield f"  and worker {line.each.worker_mb:.1f} MB, PostgreSQL {line.each.postgresql_mb:.1f} MB"
    yield f"one message: {_said(message)}"
    yield f"one question and its answer: {_said(question)}"
    yield f"one machine, filled to {FILLED:.0%}: {_ROOM_CORES:.1f} of {CORES} cores, {_ROOM_MB:,.0f} MB"
    for load in loads():
        yield f"{load.name}: {load.messages:,.0f} messages and {load.questions:,.0f} questions a second"
        of_workers = (OFFICES * idle.worker, load.messages * message.worker, load.questions * question.worker)
        of_postgresql = (
            OFFICES * idle.postgresql,
            load.messages * message.postgresql,
            load.questions * question.postgresql,
        )
        workers = math.ceil(sum(of_workers) / FILLED)  # one process has at most one core's worth of Python
        worker_mb, server_mb = (
            workers * line.none.worker_mb + OFFICES * line.each.worker_mb,
            OFFICES * line.each.postgresql_mb,
        )
        needed = _machines(of_workers, worker_mb)
        yield f"  workers: {_added(of_workers)}: {workers} of them, {worker_mb:,.0f} MB: {needed}"
        yield f"  PostgreSQL: {_added(of_postgresql)}, {server_mb:,.0f} MB: {_machines(of_postgresql, server_mb)}"
        yield f"  connections, if it is one server: {workers * connections:,.0f}"


def _said(cost: Cost) -> str:
    return f"worker {cost.worker * 1e6:,.0f} µs of a core, PostgreSQL {cost.postgresql * 1e6:,.0f} µs"


def _added(cores: Sequence[float]) -> str:
    parts = " + ".join(f"{part:.1f}" for part in cores)
    return f"idle + messages + questions = {parts} = {sum(cores):.1f} cores"


def _machines(cores: Sequence[float], megabytes: float) -> str:
    by_cores, by_memory = math.ceil(sum(cores) / _ROOM_CORES), math.ceil(megabytes / _ROOM_MB)
    return f"{max(by_cores, by_memory)} machines (by cores {by_cores}, by memory {by_memory})"


def main() -> None:
    """Measure, and print the sums of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--offices", type=int, default=6, help="that speak while a message's cost is measured")
    given = parser.parse_args()
    watched = idle_offices.measure(seconds=given.seconds)
    line = idle_offices.line_through(watched)
    idle = Cost(line.each.worker_cpu, line.each.postgresql_cpu)
    kept = many_offices.measure(given.seconds, given.offices)
    anyway = given.offices * kept.seconds
    message = Cost(
        (kept.used.workers - idle.worker * anyway) / kept.messages,
        (kept.used.postgresql - idle.postgresql * anyway) / kept.messages,
    )
    for said in sums(line, message, question_cost(idle), max(one.connections for one in watched.values())):
        print(said, flush=True)


if __name__ == "__main__":
    main()
