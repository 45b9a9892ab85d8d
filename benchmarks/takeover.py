"""How soon an office speaks again whose worker was killed, hangs, or was told to stop; and when that one let go.

Four offices owe messages at full pace, two workers hold two each, and the provider answers after 100 to 300 ms. One
worker gets its signal; what its offices send next, after their silence, comes from the other. Told to stop, it has to
have let go of all within two seconds, with nothing in doubt and nobody told twice.
"""

import argparse
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from benchmarks.fleets import Fleet, WorkerProcess, a_fleet, until
from benchmarks.many_offices import owing
from benchmarks.standin import Terms

OFFICES, ROUNDS = 4, 3
LIMIT_SECONDS, DRAIN_LIMIT_SECONDS = 30.0, 2.0
_TERMS = Terms(per_second=30, per_chat_second=True, jitter_ms=(100.0, 300.0))
_OWED = 12_000
#: Messages arrive that were on their way; the next holder's first one comes after a silence at least as long.
_SILENCE_SECONDS = 0.7
_SIGNALS = {"told to stop (SIGTERM)": signal.SIGTERM, "killed": signal.SIGKILL, "hung (SIGSTOP)": signal.SIGSTOP}

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Loss:
    """Seconds from the signal. let_go: until the last of its offices was free. silent: until the last spoke again."""

    let_go: float
    silent: float
    in_doubt: float
    told_twice: int


def rows(rounds: int = ROUNDS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    with a_fleet(OFFICES, _TERMS, partial(owing, count=_OWED)) as fleet:
        for name, number in _SIGNALS.items():
            losses = [_lose_one(fleet, number) for _ in range(rounds)]
            silent = max(loss.silent for loss in losses)
            beside = f"limit {LIMIT_SECONDS:.0f} s"
            yield (
                f"{name}: until all its offices speak again",
                f"{silent:.1f} s",
                beside,
                f"{silent / LIMIT_SECONDS:.2f}",
            )
            if number is signal.SIGTERM:
                let_go = max(loss.let_go for loss in losses)
                beside = f"limit {DRAIN_LIMIT_SECONDS:.0f} s"
                yield f"{name}: let go of all", f"{let_go:.2f} s", beside, f"{let_go / DRAIN_LIMIT_SECONDS:.2f}"
                yield f"{name}: in doubt", f"{sum(loss.in_doubt for loss in losses):.0f}", "limit 0", "-"
                yield f"{name}: told twice", str(sum(loss.told_twice for loss in losses)), "limit 0", "-"
            else:
                yield f"{name}: in doubt", f"{sum(loss.in_doubt for loss in losses):.0f}", "16 an office at most", "-"


def _lose_one(fleet: Fleet, number: signal.Signals) -> Loss:
    """Of two workers that hold half of the offices each, one gets the signal."""
    one, two = fleet.worker(), fleet.worker()
    fleet.until_held(one, two)
    until(lambda: len(one.held()) == len(two.held()))
    began = time.time()
    until(lambda: all(_arrivals(fleet, code, since=began) for code in fleet.codes))
    its = one.held()
    told, doubts = _told(fleet), _doubts(fleet)
    at = time.time()
    one.process.send_signal(number)
    until(lambda: not any(_leases(fleet, code, one) for code in its))
    let_go = time.time() - at
    until(lambda: all(_spoke_again(fleet, code, since=at) for code in its))
    silent = max(_spoke_again(fleet, code, since=at) or 0.0 for code in its)
    loss = Loss(let_go, silent, _doubts(fleet) - doubts, _told(fleet) - told)
    two.process.terminate()  # a kill would leave the next round messages to send again
    two.process.wait()
    fleet.end()
    until(lambda: not any(_leases(fleet, code) for code in fleet.codes))
    return loss


def _arrivals(fleet: Fleet, code: str, *, since: float) -> list[float]:
    return [at for _, at in fleet.standin.seen(fleet.token(code)).accepted if at > since]


def _spoke_again(fleet: Fleet, code: str, *, since: float) -> float | None:
    """Seconds until the first message after the first silence; None while it lasts."""
    times = [since, *_arrivals(fleet, code, since=since)]
    return next((later - since for earlier, later in pairwise(times) if later - earlier > _SILENCE_SECONDS), None)


def _told(fleet: Fleet) -> int:
    """Messages beyond the first to the same chat, of all offices."""
    seen = [[chat for chat, _ in fleet.standin.seen(fleet.token(code)).accepted] for code in fleet.codes]
    return sum(len(chats) - len(set(chats)) for chats in seen)


def _doubts(fleet: Fleet) -> float:
    return sum(fleet.count(code, "attempt", "outcome = 'Unsure'") for code in fleet.codes)


def _leases(fleet: Fleet, code: str, holder: WorkerProcess | None = None) -> float:
    its = f"holder LIKE '%:{holder.process.pid} %' AND " if holder else ""
    return fleet.count(code, "lease", f"{its}until > clock_timestamp()")


def main() -> None:
    """Print the rows of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    print(f"| one of two workers, {OFFICES} offices (longest of {rounds}) | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(rounds):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
