"""How fast the office's other lists come in: planned, and taken with all that they change, tell and remember.

The peer is the bare inserts of the same rows (letters, facts, notices; or facts, notices and the cards' updates),
through Python's own sqlite3 in one transaction. Chunks are measured as others feel them: with the commit, where others
work on the database too.
"""

import argparse
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.offices import Place, founded, nik, people
from cli.collector import set_apart
from core.actions.lists.taker import ListTerms
from core.files.lists import ListKind
from core.jobs.list_plan import ListPlan, plan_list
from core.jobs.taking_lists import apply_list
from core.rules.card import Stage
from core.store.engine import DATABASE
from core.store.office import OpenOffice, open_office
from tests.offices import MORNING

LETTERS, CARDS = 70_000, 10_000
LIMIT_SECONDS = 0.05
_TOLD_EVERY = 10
_POLITE_PART = 10

Row = tuple[str, str, str, str]
_HEADERS = {
    ListKind.LETTERS: "NIK;NOMOR SURAT;TGL TERBIT;BERLAKU SAMPAI;STATUS",
    ListKind.ARRIVALS: "NIK;TGL TIBA",
    ListKind.HANDOVERS: "NIK;DIAMBIL OLEH;TGL AMBIL",
}
_STAGE = {
    ListKind.LETTERS: Stage.AT_CENTRE,
    ListKind.ARRIVALS: Stage.PRINTED,
    ListKind.HANDOVERS: Stage.READY_FOR_PICKUP,
}
#: What a list adds to, and the cards that it changes.
_WRITTEN = ("letter", "fact", "notice")


def rows(letters: int = LETTERS, cards: int = CARDS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    for kind, count in ((ListKind.LETTERS, letters), (ListKind.ARRIVALS, cards), (ListKind.HANDOVERS, cards)):
        with founded("sqlite") as place:
            some = people(place, count, stages=(_STAGE[kind],), told_every=_TOLD_EVERY)
            yield from _rows_of(place, kind, some)


def _rows_of(place: Place, kind: ListKind, some: Sequence[int]) -> Iterator[Row]:
    polite = some[: len(some) // _POLITE_PART]
    alone = some[len(polite) :]
    with open_office(place.home) as office:
        longest, busy = _politely(office, _plan(office, kind, _list(place, kind, polite))[0])
        before = _last_ids(place)
        plan, planning = _plan(office, kind, _list(place, kind, alone))
        set_apart()
        began = time.perf_counter()
        counts = apply_list(office, plan, _terms(ahead=False), by="benchmark", polite=False, progress=lambda *_: None)
        taking = time.perf_counter() - began
    if counts != {"taken": len(alone)}:
        raise SystemExit(f"{kind}: {counts}")
    bare = _bare(place, before, kind, alone)
    yield f"{kind}: plan", f"{len(alone) / planning:,.0f} rows/s", "", ""
    yield (
        f"{kind}: take, alone",
        f"{len(alone) / taking:,.0f} rows/s",
        f"{len(alone) / bare:,.0f}, bare writes of the same",
        f"{taking / bare:.1f}",
    )
    yield f"{kind}: take, politely, while busy", f"{len(polite) / busy:,.0f} rows/s", "", ""
    yield (
        f"{kind}: longest polite chunk",
        f"{longest * 1000:,.0f} ms",
        f"limit {LIMIT_SECONDS * 1000:,.0f} ms",
        f"{longest / LIMIT_SECONDS:.2f}",
    )


def _list(place: Place, kind: ListKind, some: Sequence[int]) -> Path:
    path = place.home / f"{kind}-{some[0]}.csv"
    cells: dict[ListKind, Callable[[int], str]] = {
        ListKind.LETTERS: lambda id_: f"471.13/{id_}/2017;20/09/2017;20/03/2018;{'SIAP' if id_ % 2 else 'TERBIT'}",
        ListKind.ARRIVALS: lambda _: "20/09/2017",
        ListKind.HANDOVERS: lambda _: "SENDIRI;20/09/2017",
    }
    lines = [_HEADERS[kind], *(f"{nik(id_)};{cells[kind](id_)}" for id_ in some)]
    path.write_text("\n".join(lines) + "\n")
    return path


def _terms(*, ahead: bool) -> ListTerms:
    today = (MORNING + timedelta(hours=7)).date()
    return ListTerms(today=today, now=MORNING, by="benchmark", tell=not ahead, ahead=ahead)


def _plan(office: OpenOffice, kind: ListKind, path: Path) -> tuple[ListPlan, float]:
    began = time.perf_counter()
    plan = plan_list(office, kind, path, _terms(ahead=True), sheet=None, progress=lambda *_: None)
    return plan, time.perf_counter() - began


def _politely(office: OpenOffice, plan: ListPlan) -> tuple[float, float]:
    """The longest chunk, and all of them together, in seconds."""
    with _timed(office) as took:
        apply_list(office, plan, _terms(ahead=False), by="benchmark", polite=True, progress=lambda *_: None)
    return max(took), sum(took)


@contextmanager
def _timed(office: OpenOffice) -> Iterator[list[float]]:
    took: list[float] = []
    write = office.write

    def timed(act: Callable[..., object]) -> object:
        began = time.perf_counter()
        try:
            return write(act)
        finally:
            took.append(time.perf_counter() - began)

    office.write = timed  # type: ignore[method-assign, assignment]  # what the job calls, and nothing else
    try:
        yield took
    finally:
        office.write = write  # type: ignore[method-assign]


def _last_ids(place: Place) -> dict[str, int]:
    last = "SELECT coalesce(max(id), 0) FROM {}"
    with closing(sqlite3.connect(place.home / DATABASE)) as database:
        return {table: database.execute(last.format(table)).fetchone()[0] for table in _WRITTEN}


def _bare(place: Place, before: dict[str, int], kind: ListKind, ids: Sequence[int]) -> float:
    """Take out what the list put in, and put the same rows in again as fast as the driver can."""
    with closing(sqlite3.connect(place.home / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA cache_size=-49152")
        new = {}
        for table in _WRITTEN:
            new[table] = database.execute(f"SELECT * FROM {table} WHERE id > ?", (before[table],)).fetchall()  # noqa: S608
        for table in reversed(_WRITTEN):
            database.execute(f"DELETE FROM {table} WHERE id > ?", (before[table],))  # noqa: S608
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        began = time.perf_counter()
        database.execute("BEGIN")
        for table, those in new.items():
            if those:
                marks = ", ".join("?" * len(those[0]))
                database.executemany(f"INSERT INTO {table} VALUES ({marks})", those)  # noqa: S608
        if kind is not ListKind.LETTERS:
            stage = Stage.PRINTED.value
            database.executemany("UPDATE card SET stage = ?, reminders = 0 WHERE id = ?", [(stage, id_) for id_ in ids])
        database.execute("COMMIT")
        return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--cards", type=int, default=CARDS)
    given = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f}")
    for row in rows(given.letters, given.cards):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
