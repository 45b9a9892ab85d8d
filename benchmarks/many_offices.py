"""Twenty offices that all speak at once, on two workers: is each one's pace kept, and what keeps more from being kept.

Each owes its residents messages in a batch, and its bot's provider takes 30 in any second and not one more, up to 60 ms
away. Workers, PostgreSQL (which confirms to the disk), Redis and the provider share this machine's cores; what each of
them used is told, so that it shows what a message costs a worker, and how many offices a core can carry.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.fleets import Used, a_fleet, until
from benchmarks.offices import Place, people
from benchmarks.owing import ready_to_tell
from benchmarks.standin import Terms
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.office import open_office

OFFICES, RATE, SECONDS = 20, 27.0, 60.0
#: What every office does first when it is taken is over then.
SETTLE_SECONDS = 15.0
LEAST_KEPT = 0.98
WORKERS = 2
_STRICT = Terms(per_second=30, per_chat_second=True, jitter_ms=(0.0, 60.0))
#: Until all offices are taken and at their pace.
_BEFORE_SECONDS = 60.0

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was accepted from each office, a second; used: meanwhile."""

    by_office: list[float]
    refused: int
    used: Used
    seconds: float

    @property
    def messages(self) -> float:
        """All of them."""
        return sum(self.by_office) * self.seconds


def measure(seconds: float, offices: int, workers: int = WORKERS) -> Kept:
    """Let so many offices speak to the end of so many seconds."""
    enough = round(RATE * (seconds + _BEFORE_SECONDS))
    with a_fleet(offices, _STRICT, partial(owing, count=enough)) as fleet:
        fleet.until_held(*(fleet.worker() for _ in range(workers)))
        until(lambda: all(fleet.standin.seen(fleet.token(code)).accepted for code in fleet.codes))
        time.sleep(SETTLE_SECONDS)
        pids = [worker.process.pid for worker in fleet.workers]
        print(f"measuring {seconds:.0f} s from now on; the workers are {pids}", file=sys.stderr, flush=True)
        began, before = time.time(), fleet.used()
        time.sleep(seconds)
        ended, used = time.time(), fleet.used().since(before)
        seen = [fleet.standin.seen(fleet.token(code)) for code in fleet.codes]
    took = ended - began
    by_office = [sum(began <= at < ended for _, at in one.accepted) / took for one in seen]
    return Kept(by_office, sum(one.refused for one in seen), used, took)


def rows(seconds: float = SECONDS, offices: int = OFFICES) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    kept = measure(seconds, offices)
    used, together, asked = kept.used, sum(kept.by_office), RATE * offices
    beside = f"{asked:.0f}/s (limit {LEAST_KEPT})"
    yield f"{offices} offices, {WORKERS} workers", f"{together:.0f}/s", beside, f"{together / asked:.3f}"
    slowest = min(kept.by_office)
    yield "the slowest office", f"{slowest:.1f}/s", f"{RATE:.0f}/s", f"{slowest / RATE:.3f}"
    yield "429 meanwhile", str(kept.refused), "limit 0", "-"
    parts = ("workers", "postgresql", "provider", "redis")
    for name in parts:
        its = getattr(used, name)
        yield f"cores: {name}", f"{its / kept.seconds:.2f}", f"{its / kept.messages * 1e6:.0f} µs a message", "-"
    others = (used.machine - sum(getattr(used, name) for name in parts)) / kept.seconds
    yield "cores: whatever else ran", f"{others:.2f}", "0 on a quiet machine", "-"
    a_second, each = used.transactions / kept.seconds, used.transactions / kept.messages
    yield "transactions", f"{a_second:.0f}/s", f"{each:.2f} a message", "-"
    yield "offices at their pace that a worker's core carries", f"{kept.messages / used.workers / RATE:.1f}", "-", "-"


def owing(place: Place, count: int) -> None:
    """That cards are printed: nobody is reminded of those later, which would be work that is not measured here."""
    residents = people(place, count, stages=(Stage.PRINTED,))
    with open_office(place.home, place.address) as office:
        ready_to_tell(office, residents, batch="import:1", kind=Kind.PRINTED)


def main() -> None:
    """Print the rows of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--offices", type=int, default=OFFICES)
    given = parser.parse_args()
    print(f"| {RATE:.0f}/s from each office, {given.seconds:.0f} s | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(given.seconds, given.offices):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
