"""How long the import of the 35,000-row sample takes, beside its limits and beside the bare SQLite driver.

The peer writes the very same rows, sealed beforehand, into the same tables through sqlite3 alone, in one transaction:
what the disk and the database cost without reading, checking, comparing, sealing or committing in chunks.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cli.demo.samples import BOJONEGORO, unpack

LIMIT_SECONDS = 6.0
LIMIT_MEGABYTES = 150.0
RUNS = 3
_TABLES = ("resident", "card", "contact", "fact")


def main() -> None:
    """Print the table of benchmarks/README.md."""
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name:
        folder = Path(name)
        export = unpack(BOJONEGORO, folder)
        walls, processors, megabytes, homes = [], [], [], []
        for number in range(RUNS):
            home = folder / f"home-{number}"
            _kabar(home, "init", "--regency", "35.22")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            began = time.perf_counter()
            peak = _kabar(home, "import", str(export))
            walls.append(time.perf_counter() - began)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            megabytes.append(peak)
            homes.append(home)
        peer = _bare_driver(homes[0] / "kabar.sqlite3", folder / "peer.sqlite3")
    wall, processor, memory = (sorted(values)[RUNS // 2] for values in (walls, processors, megabytes))
    print("| kabar import, 35,000 rows (median of 3) | measured | beside | ratio |")
    print("|---|---|---|---|")
    print(f"| whole command, wall | {wall:.1f} s | limit {LIMIT_SECONDS:.0f} s | {wall / LIMIT_SECONDS:.2f} |")
    print(f"| whole command, processor | {processor:.1f} s | wall | {processor / wall:.2f} |")
    print(f"| peak memory | {memory:.0f} MB | limit {LIMIT_MEGABYTES:.0f} MB | {memory / LIMIT_MEGABYTES:.2f} |")
    print(f"| against the bare driver | {wall:.1f} s | {peer:.2f} s for the same rows, sealed | {wall / peer:.1f} |")


def _kabar(home: Path, *arguments: str) -> float:
    """Run one command on a home; return its peak memory in MB."""
    script = (
        "import resource, sys; from cli.main import run; code = run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | {"KABAR_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / 1024


def _bare_driver(source: Path, target: Path) -> float:
    """Return the seconds that sqlite3 alone takes to write the same rows into the same tables."""
    with sqlite3.connect(source) as full:
        rows = {table: full.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}  # noqa: S608  # our own
        schema = [sql for (sql,) in full.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    peer = sqlite3.connect(target)
    peer.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    for statement in schema:
        peer.execute(statement)
    began = time.perf_counter()
    with peer:
        for table in _TABLES:
            marks = ", ".join("?" * len(rows[table][0]))
            peer.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])  # noqa: S608  # likewise
    peer.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
