"""What `kabar run` costs while nobody writes and nothing is owed: a real process, with both APIs beside it.

Processor time is that of the process between two looks, memory what it holds at the last one: all of it (RSS), and its
share of what it has in common with others (PSS).
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.offices import Place, founded, people
from core.rules.card import OPEN, Stage
from simulator import SimulatorThread

LIMIT_MEGABYTES, LIMIT_SHARE = 260.0, 0.01
CARDS = 10_000
_SETTLE_SECONDS, _WATCH_SECONDS = 15.0, 60.0
_END_SECONDS = 40.0
_TICKS = os.sysconf("SC_CLK_TCK")

Row = tuple[str, str, str, str]


class Idle(NamedTuple):
    """share: of one core. rss, pss: MB."""

    share: float
    rss: float
    pss: float


def rows(seconds: float = _WATCH_SECONDS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says, on SQLite and on PostgreSQL."""
    for backend in ("sqlite", "postgresql"):
        idle = measure(backend, seconds)
        limit = f"limit {LIMIT_SHARE:.0%}"
        yield f"{backend}: of one core", f"{idle.share:.2%}", limit, f"{idle.share / LIMIT_SHARE:.2f}"
        limit = f"limit {LIMIT_MEGABYTES:.0f} MB"
        yield f"{backend}: memory (RSS)", f"{idle.rss:.0f} MB", limit, f"{idle.rss / LIMIT_MEGABYTES:.2f}"
        yield f"{backend}: its share of it (PSS)", f"{idle.pss:.0f} MB", limit, f"{idle.pss / LIMIT_MEGABYTES:.2f}"


def measure(backend: str, seconds: float) -> Idle:
    """Found an office, let `kabar run` settle, and watch it for so long."""
    with founded(backend) as place, SimulatorThread() as simulator:
        people(
            place, CARDS, stages=tuple(stage for stage in Stage if stage in OPEN)
        )  # else addresses would be forgotten
        with running(place, simulator) as process:
            time.sleep(_SETTLE_SECONDS)
            before, began = processor_seconds(process), time.monotonic()
            time.sleep(seconds)
            used = processor_seconds(process) - before
            return Idle(used / (time.monotonic() - began), megabytes(process, "Rss"), megabytes(process, "Pss"))


@contextmanager
def running(place: Place, simulator: SimulatorThread) -> Iterator[int]:
    """`kabar run` at work, with everything set up that can be; what is yielded is its process id."""
    settings = {
        "HOME": str(place.home),
        "DATABASE_URL": place.address or "",
        "HTTP": (address := f"127.0.0.1:{_free_port()}"),
        "PUBLIC_URL": f"http://{address}",
        "TELEGRAM_TOKEN": simulator.bot_token,
        "TELEGRAM_API": simulator.telegram_url,
        "TWILIO_ACCOUNT_SID": simulator.account_sid,
        "TWILIO_AUTH_TOKEN": simulator.auth_token,
        "TWILIO_API": simulator.twilio_url,
        "SMS_SENDER": "BOJONEGORO",
        "SEND_WINDOW": "always",
        "LIVE": "yes",
        "OPERATORS": str(simulator.telegram.person("Ani", started=True).id),
        "BACKUP_FOLDER": "" if place.address else str(place.home.parent),  # of PostgreSQL's programs there may be none
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("KABAR_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys; from cli.main import run; sys.exit(run(['run']))"],
        env=others | {f"KABAR_{name}": value for name, value in settings.items()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if not (process.stdout and "at work" in process.stdout.readline()):
            raise RuntimeError("kabar run did not come up")
        yield process.pid
    finally:
        process.terminate()
        process.wait(_END_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processor_seconds(process: int, *, with_ended: bool = False) -> float:
    """What all its threads used so far, in user and in kernel mode. with_ended: and its children that ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11 : 15 if with_ended else 13]
    return sum(map(int, fields)) / _TICKS


def megabytes(process: int, what: str) -> float:
    """Of its memory, what is called so: Rss, or Pss."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith(f"{what}:"))


def main() -> None:
    """Print the table of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=_WATCH_SECONDS)
    seconds = parser.parse_args().seconds
    print(f"| kabar run, idle for {seconds:.0f} s, {CARDS:,} cards | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(seconds):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
