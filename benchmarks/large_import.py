"""How fast a list of a million rows comes in, and what looking at one of 100,000 costs.

The peer writes the very same rows, as they came to stand in the database, into the same tables with the same indexes
through the bare driver in one transaction: what is left when nothing is read, checked, compared or sealed. Memory is
that of all processes of the command together, looked at every tenth of a second; the server's is not the command's.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

from benchmarks.offices import Place, founded, nik
from benchmarks.spreadsheets import memory_of
from core.regions import Level, regions_of
from core.store.engine import DATABASE

ROWS, LOOKED_AT = 1_000_000, 100_000
#: Rows a second, by database.
LIMITS = {"sqlite": 10_000, "postgresql": 8_000}
IMPORT_MEGABYTES, LOOK_MEGABYTES, LOOK_SECONDS = 200.0, 100.0, 6.0
#: GOV.UK Notify's own check of a file of so many recipients, measured for the issue.
_NOTIFY_SECONDS, _NOTIFY_MEGABYTES = 16.5, 234
_HEADER = "NO;NIK;NAMA;KODE DESA;STATUS;TGL REKAM;TGL LAHIR;NO HP;SETUJU DIHUBUNGI;RESI;KETERANGAN\n"
_NAMES = ("SITI", "BUDI", "AMINAH", "SANTOSO", "WATI", "JOKO", "RAHAYU", "PRATAMA", "NUR", "HIDAYAT")
_TABLES = ("resident", "card", "contact", "fact")


class Cost(NamedTuple):
    """wall: seconds. memory: MB."""

    wall: float
    memory: float


def main() -> None:
    """Print the tables of benchmarks/README.md."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name:
        file = _list(Path(name) / "list.csv", rows)
        print(f"| kabar import, {rows:,} rows | a second | to the limit | bare inserts | ratio | memory | to 200 MB |")
        print("|---|---|---|---|---|---|---|")
        for backend, limit in LIMITS.items():
            with founded(backend) as place:
                cost = _kabar(place, "import", str(file), "--quiet", "--as-of", "2017-12-31")
                bare = _bare(place, Path(name))
            pace = rows / cost.wall
            print(
                f"| {backend} | {pace:,.0f} | {pace / limit:.2f} of {limit:,} | {rows / bare:,.0f} "
                f"| {bare / cost.wall:.2f} | {cost.memory:.0f} MB | {cost.memory / IMPORT_MEGABYTES:.2f} |"
            )
        small = _list(Path(name) / "small.csv", LOOKED_AT)
        with founded("sqlite") as place:
            look = _kabar(place, "import", str(small), "--dry-run", "--as-of", "2017-12-31")
    print()
    print(f"| kabar import --dry-run, {LOOKED_AT:,} rows | measured | to the limit | to GOV.UK Notify's check |")
    print("|---|---|---|---|")
    print(f"| time | {look.wall:.1f} s | {look.wall / LOOK_SECONDS:.2f} | {look.wall / _NOTIFY_SECONDS:.2f} |")
    to_limit, to_notify = look.memory / LOOK_MEGABYTES, look.memory / _NOTIFY_MEGABYTES
    print(f"| memory | {look.memory:.0f} MB | {to_limit:.2f} | {to_notify:.2f} |")


def _list(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        file.writelines(_lines(rows))
    return path


def _lines(rows: int) -> Iterator[str]:
    """Rows of a list of Bojonegoro; the NIKs are of the district that is nobody's."""
    chance = random.Random(1)
    villages = [region.code for region in regions_of("35.22") if region.level is Level.VILLAGE]
    for number in range(rows):
        name, status = " ".join(chance.sample(_NAMES, 3)), chance.choice(("PRR", "SFE", "CARD_PRINTED"))
        recorded = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2017"
        born = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1940, 2000)}"
        consent, note = chance.choice(("YA", "")), chance.choice(("", "", "", "HILANG", "PEMULA", "LANSIA"))
        yield (
            f"{number + 1};{nik(number)};{name};{chance.choice(villages)};{status};{recorded};{born};"
            f"0812{number:08};{consent};BJN-{number:07}-K07;{note}\n"
        )


def _kabar(place: Place, *arguments: str) -> Cost:
    command = [sys.executable, "-c", "import sys; from cli.main import run; sys.exit(run(sys.argv[1:]))", *arguments]
    environment = os.environ | {"KABAR_HOME": str(place.home), "KABAR_DATABASE_URL": place.address or ""}
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
        memory = memory_of(running)
    if running.returncode:
        raise RuntimeError(f"kabar {arguments[0]} ended with {running.returncode}")
    return Cost(time.perf_counter() - began, memory)


def _bare(place: Place, folder: Path) -> float:
    """Return the seconds in which the driver alone writes the same rows into empty tables of the same make."""
    return _bare_postgres(place.address) if place.address else _bare_sqlite(place.home / DATABASE, folder)


def _bare_sqlite(source: Path, folder: Path) -> float:
    peer = sqlite3.connect(folder / "peer.sqlite3", isolation_level=None)
    full = sqlite3.connect(source)
    for (sql,) in full.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        peer.execute(sql)
    peer.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-49152;")
    took = 0.0
    for table in _TABLES:
        rows = full.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own names
        marks = ", ".join("?" * len(rows.description))
        while some := rows.fetchmany(20_000):
            began = time.perf_counter()
            peer.execute("BEGIN")
            peer.executemany(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608  # likewise
            peer.execute("COMMIT")
            took += time.perf_counter() - began
    peer.close()
    (folder / "peer.sqlite3").unlink()
    return took


def _bare_postgres(address: str) -> float:
    """COPY out and in again, on the server's own clock but for the reading."""
    took = 0.0
    with psycopg.connect(address, autocommit=True) as connection:
        for table in _TABLES:
            connection.execute(f"CREATE TABLE peer_{table} (LIKE {table} INCLUDING ALL)".encode())
            with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:
                content = [bytes(part) for part in copy]
            began = time.perf_counter()
            with connection.cursor().copy(f"COPY peer_{table} FROM STDIN".encode()) as copy:
                for part in content:
                    copy.write(part)
            took += time.perf_counter() - began
    return took


if __name__ == "__main__":
    main()
