"""The command: a storm on each database; exit code 1 when anybody was forgotten, or told twice.

The same seed brings the same deeds, troubles and weather. When a kill strikes inside the office is a race that no seed
holds: run the same one a few times to meet a rare one again.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.chaos.report import Verdict, judge
from tests.chaos.schedule import Plan
from tests.chaos.storm import a_storm

_PEOPLE_PER_KILL = 12


def main() -> int:
    """Return the exit code."""
    given = _arguments()
    console = Console(soft_wrap=True)
    databases = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    console.print(f"seed {given.seed}, {given.kills} kills on each of: {', '.join(databases)}")
    failed = False
    for database in databases:
        plan = Plan(
            seed=given.seed,
            kills=given.kills,
            people=_PEOPLE_PER_KILL * given.kills,
            stops=(given.stopped, 5.0),
            others=given.others,
            sqlite=database == "sqlite",
        )
        began = time.monotonic()
        say = console.print if given.loud else _nothing
        with a_place(given.keep) as place, a_storm(plan, place / database, say=say) as storm:
            storm.blow()
            verdict = judge(storm)
        _show(console, database, verdict, seconds=time.monotonic() - began)
        failed |= bool(verdict.differences)
    return int(failed)


@contextmanager
def a_place(keep: Path | None) -> Iterator[Path]:
    """Where offices live: a folder that is kept, or one that goes."""
    if keep:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="kabar-chaos-") as place:
        yield Path(place)


def _nothing(_: str) -> None: ...


def _show(console: Console, database: str, verdict: Verdict, *, seconds: float) -> None:
    table = Table(title=f"{database}, {seconds:.0f} s", title_justify="left", show_header=False)
    for name, value in verdict.counts.items():
        table.add_row(name, str(value))
    console.print(table)
    for one in verdict.differences:
        console.print(f"[red]off:[/red] {one}")
    console.print("Nobody was forgotten, nobody told twice." if not verdict.differences else "See above.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(100_000), help="brings the same storm again")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--others", type=int, default=3, help="full disks, and power cuts or crashes of PostgreSQL")
    parser.add_argument("--stopped", type=float, default=60.0, help="seconds that the office is stopped once")
    parser.add_argument("--keep", type=Path, help="a new folder for what is left, to look at")
    parser.add_argument("--loud", action="store_true", help="say what happens")
    return parser.parse_args()
