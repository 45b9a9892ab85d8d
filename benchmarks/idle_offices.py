"""What an office costs that nobody writes to and that owes nothing, in a worker that holds many: a line through a few.

Of the worker: processor and its share of memory (PSS). Of PostgreSQL: processor, memory of all its processes (PSS),
connections, and the transactions that looks take. What one more office adds is the line's slope; where the line begins
is what a worker costs without any.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from statistics import linear_regression

from benchmarks.fleets import Fleet, a_fleet, family_megabytes
from benchmarks.idle import megabytes
from benchmarks.offices import people
from benchmarks.standin import Terms

#: From the most to the fewest.
COUNTS = (60, 20, 1)
_CARDS = 1000
_SETTLE_SECONDS, _WATCH_SECONDS = 20.0, 40.0

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Idle:
    """cpu: of one core. mb: PSS. transactions: a second. Of a worker and its database, or what one office adds."""

    worker_cpu: float
    worker_mb: float
    postgresql_cpu: float
    postgresql_mb: float
    connections: float
    transactions: float


@dataclass(frozen=True, slots=True)
class Line:
    """What a worker and its database cost without an office, and what each office adds."""

    none: Idle
    each: Idle


def measure(counts: Sequence[int] = COUNTS, seconds: float = _WATCH_SECONDS) -> dict[int, Idle]:
    """Have one worker hold so many offices after another, the most first, and watch each for so long."""
    with a_fleet(max(counts), Terms(), lambda place: people(place, _CARDS)) as fleet:
        return {count: _watched(fleet, count, seconds) for count in sorted(counts, reverse=True)}


def line_through(measured: dict[int, Idle]) -> Line:
    """The straight line that fits best, of each figure."""
    rows = zip(*map(astuple, measured.values()), strict=True)
    lines = [linear_regression(list(measured), list(row)) for row in rows]
    return Line(none=Idle(*(line.intercept for line in lines)), each=Idle(*(line.slope for line in lines)))


def _watched(fleet: Fleet, count: int, seconds: float) -> Idle:
    fleet.list_only(count)
    worker = fleet.worker()
    fleet.until_held(worker)
    time.sleep(_SETTLE_SECONDS)
    began, before = time.monotonic(), fleet.used()
    time.sleep(seconds)
    used, took = fleet.used().since(before), time.monotonic() - began
    seen = Idle(
        worker_cpu=used.workers / took,
        worker_mb=megabytes(worker.process.pid, "Pss"),
        postgresql_cpu=used.postgresql / took,
        postgresql_mb=family_megabytes(fleet.postmaster),
        connections=fleet.ask("SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"),
        transactions=used.transactions / took,
    )
    fleet.end()
    return seen


def rows(counts: Sequence[int], seconds: float) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    measured = measure(counts, seconds)
    line = line_through(measured)
    units = (
        ("worker, of one core", "{:.2%}"),
        ("worker, memory (PSS)", "{:.1f} MB"),
        ("PostgreSQL, of one core", "{:.2%}"),
        ("PostgreSQL, memory (PSS)", "{:.1f} MB"),
        ("connections", "{:.1f}"),
        ("transactions a second", "{:.1f}"),
    )
    for (name, unit), none, each, *seen in zip(
        units, astuple(line.none), astuple(line.each), *map(astuple, measured.values()), strict=True
    ):
        yield name, " · ".join(map(unit.format, seen)), unit.format(none), unit.format(each)


def main() -> None:
    """Print the rows of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=_WATCH_SECONDS)
    parser.add_argument("--offices", type=int, nargs="+", default=COUNTS)
    given = parser.parse_args()
    counts = sorted(given.offices, reverse=True)
    print(f"| idle, {given.seconds:.0f} s | with {', '.join(map(str, counts))} offices | without | each adds |")
    print("|---|---|---|---|")
    for row in rows(counts, given.seconds):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
