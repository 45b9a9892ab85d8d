"""How long a broadcast for 100,000 people takes to put, and how long others who write meanwhile are kept waiting.

An office of 1,000,000 residents, of whom 100,000 wait and are reached. Small writes come every 20 ms: through the
writer of the process that puts, as acts of `kabar run` do, and from another process, as a command does; first for a
while in which nothing is put, to know the disk. The peer puts the same notices by one bare INSERT ... SELECT into the
same table, with its indexes and foreign keys, in one transaction.
"""

import argparse
import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import psycopg
from sqlalchemy.orm import Session

from benchmarks.offices import Place, founded, people
from core.actions.suspensions import suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import suspension_audience
from core.questions.regions import office_row
from core.rules.card import Stage
from core.rules.suspension import Cause, Service
from core.store.engine import DATABASE
from core.store.office import OpenOffice, open_office

LIMIT_SECONDS, LIMIT_DELAY, LIMIT_MEGABYTES = 3.0, 0.1, 40.0
REACHED = 100_000
ONE_IN = 10
_EVERY_SECONDS = 0.02
_QUIET_SECONDS = 3.0
_SPAWN = multiprocessing.get_context("spawn")
_COLUMNS = "kind, resident_id, batch, channel, state, created_at, due_at, worthless_after"

Row = tuple[str, str, str, str]


class Delay(NamedTuple):
    """The longest small write, in seconds: while nothing was put, and while the broadcast was."""

    quiet: float
    putting: float


class Put(NamedTuple):
    """seconds, processor: of putting. own, other: writes of the same process and of another. megabytes: added."""

    seconds: float
    processor: float
    own: Delay
    other: Delay
    megabytes: float


def rows(residents: int = REACHED * ONE_IN) -> Iterator[Row]:
    """What the table of benchmarks/README.md says, on SQLite and on PostgreSQL."""
    for backend in ("sqlite", "postgresql"):
        with founded(backend) as place:
            stages = (Stage.PRINT_READY, *(Stage.HANDED_OVER,) * (ONE_IN - 1))
            _in_a_process(people, place, residents, stages=stages, told_every=ONE_IN)  # its memory is not ours
            expected = residents // ONE_IN
            with open_office(place.home, place.address) as office:
                asked = _timed(lambda: office.read(_preview))
                yield f"{backend}: whom it would concern", f"{asked:.2f} s", "limit 1 s", f"{asked:.2f}"
            for alone in (True, False) if backend == "sqlite" else (False,):  # on PostgreSQL it makes no difference
                put = _put(place, alone=alone, expected=expected)
                yield from _rows_of(f"{backend}{', alone' if alone else ''}", put, _bare(place), alone=alone)


def _rows_of(name: str, put: Put, peer: float, *, alone: bool) -> Iterator[Row]:
    yield f"{name}: put", f"{put.seconds:.2f} s", f"limit {LIMIT_SECONDS:.0f} s", f"{put.seconds / LIMIT_SECONDS:.2f}"
    yield f"{name}: the same", f"{put.seconds:.2f} s", f"{peer:.2f} s, bare", f"{put.seconds / peer:.1f}"
    yield f"{name}: its process's time", f"{put.processor:.2f} s", f"{peer:.2f} s, bare", f"{put.processor / peer:.1f}"
    for who, delay in () if alone else (("the same", put.own), ("another", put.other)):
        beside = f"limit {LIMIT_DELAY * 1000:.0f} ms ({delay.quiet * 1000:.0f} ms while nothing is put)"
        took, ratio = f"{delay.putting * 1000:.0f} ms", f"{delay.putting / LIMIT_DELAY:.2f}"
        yield f"{name}: longest write of {who} process", took, beside, ratio
    more = f"{put.megabytes:.0f} MB"
    yield f"{name}: memory", more, f"limit {LIMIT_MEGABYTES:.0f} MB", f"{put.megabytes / LIMIT_MEGABYTES:.2f}"


def _preview(session: Session) -> object:
    return suspension_audience(session, [Service.PRINTING], region=None, recorded_since=None, sms=True)


def _put(place: Place, *, alone: bool, expected: int) -> Put:
    """alone: take no rests for others, who may then be kept waiting."""
    with open_office(place.home, place.address) as office, writing_elsewhere(place) as others, writing(office) as own:
        time.sleep(_QUIET_SECONDS)
        quiet = own(), others()
        _forget_peak()
        before, processor = _peak_megabytes(), time.process_time()
        office.write(_stop_printing)
        began = time.perf_counter()
        put = prepare_broadcasts(office, now=_now, polite=not alone)
        seconds = time.perf_counter() - began
        processor = time.process_time() - processor
        if put != expected:
            raise RuntimeError(f"{put:,} notices were put, not {expected:,}")
        grown = _peak_megabytes() - before
        return Put(seconds, processor, Delay(quiet[0], own()), Delay(quiet[1], others()), grown)


def _stop_printing(session: Session) -> None:
    suspend(session, [Service.PRINTING], cause=Cause.BLANKS, now=_now(), by="operator", sms=True)


def _small_write(session: Session) -> None:
    """As small as a write can be that leaves something behind."""
    row = office_row(session)
    row.bot_name = "b" if row.bot_name == "a" else "a"


@contextmanager
def writing(office: OpenOffice) -> Iterator[Callable[[], float]]:
    """Write again and again in a thread; what is yielded says how long the longest took since it was asked last."""
    took, stop = [0.0], threading.Event()

    def work() -> None:
        while not stop.wait(_EVERY_SECONDS):
            took.append(_timed(lambda: office.write(_small_write)))

    def longest() -> float:
        found = max(took)
        took[:] = [0.0]
        return found

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield longest
    finally:
        stop.set()
        thread.join()


@contextmanager
def writing_elsewhere(place: Place) -> Iterator[Callable[[], float]]:
    """The same in another process."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_write_until_hung_up, args=(place, theirs), daemon=True)
    process.start()
    theirs.close()

    def longest() -> float:
        ours.send(None)
        return float(ours.recv())

    longest()
    yield longest
    ours.close()
    process.join()


def _write_until_hung_up(place: Place, line: Connection) -> None:
    with open_office(place.home, place.address) as office, writing(office) as longest:
        office.write(_small_write)
        try:
            while True:
                line.recv()
                line.send(longest())
        except EOFError:
            return


def _in_a_process(work: Callable[..., object], *arguments: object, **terms: object) -> None:
    process = _SPAWN.Process(target=work, args=arguments, kwargs=terms)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} failed")


def _bare(place: Place) -> float:
    """Return the seconds that the driver alone takes for the same notices, and leave the office without any."""
    copy = f"INSERT INTO notice ({_COLUMNS}, broadcast_id) SELECT {_COLUMNS}, broadcast_id FROM kept"  # noqa: S608
    keep = f"CREATE TEMP TABLE kept AS SELECT {_COLUMNS}, broadcast_id FROM notice"  # noqa: S608  # our own words
    with _driver(place) as execute:
        for statement in (keep, "DELETE FROM notice", "COMMIT", "BEGIN"):
            execute(statement)
        seconds = _timed(lambda: [execute(statement) for statement in (copy, "COMMIT", "BEGIN")])
        for statement in ("DELETE FROM notice", "DELETE FROM broadcast", "DROP TABLE kept", "COMMIT"):
            execute(statement)
    return seconds


@contextmanager
def _driver(place: Place) -> Iterator[Callable[[str], object]]:
    """A bare connection, in a transaction."""
    if place.address:
        with psycopg.connect(place.address, autocommit=True) as postgres:
            postgres.execute("BEGIN")
            yield lambda statement: postgres.execute(statement.encode())
        return
    with closing(sqlite3.connect(place.home / DATABASE, isolation_level=None)) as sqlite:
        for statement in ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "BEGIN"):
            sqlite.execute(statement)
        yield sqlite.execute


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _forget_peak() -> None:
    """Let the kernel count anew from what is held now."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_megabytes() -> float:
    """The most that this process held since its peak was forgotten."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    """Print the table of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=REACHED * ONE_IN)
    residents = parser.parse_args().residents
    print(f"| a broadcast for {residents // ONE_IN:,} of {residents:,} residents | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(residents):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
