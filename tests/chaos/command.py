"""The command: a storm on each database, or over many offices; exit code 1 when anybody was forgotten, or told twice.

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

from tests.chaos.fleet import MOST_OFFICES, a_fleet_storm
from tests.chaos.fleet_report import judge_fleet
from tests.chaos.fleet_schedule import FleetPlan
from tests.chaos.report import Verdict, judge
from tests.chaos.schedule import Plan
from tests.chaos.storm import a_storm

_PEOPLE_PER_KILL = 12
_PEOPLE_IN_A_TOWN = 100


def main() -> int:
    """Return the exit code."""
    given = _arguments()
    console = Console(soft_wrap=True)
    if given.fleet:
        return _fleet(given, console)
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


def _fleet(given: argparse.Namespace, console: Console) -> int:
    plan = FleetPlan(
        seed=given.seed,
        kills=given.kills,
        people=_PEOPLE_IN_A_TOWN,
        stops=(given.stopped, 5.0),
        others=given.others,
        offices=given.offices,
        workers=given.workers,
        drains=max(1, given.kills // 3),
        redis=given.others,
    )
    console.print(f"seed {plan.seed}, {plan.offices} offices, {plan.workers} workers, {plan.kills} kills")
    began = time.monotonic()
    say = console.print if given.loud else _nothing
    with a_place(given.keep) as place, a_fleet_storm(plan, place / "fleet", say=say) as storm:
        storm.blow()
        verdict = judge_fleet(storm)
    _show(console, "many offices", verdict, seconds=time.monotonic() - began)
    return int(bool(verdict.differences))


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
    parser.add_argument("--kills", type=int, help="default: 50, and 12 of a fleet")
    parser.add_argument("--others", type=int, default=3, help="full disks, and power cuts or crashes of PostgreSQL")
    parser.add_argument("--stopped", type=float, help="seconds that a process is stopped once; default: 60, or 20")
    parser.add_argument("--fleet", action="store_true", help="many offices, shared by workers, with a Redis")
    parser.add_argument("--offices", type=int, choices=range(2, MOST_OFFICES + 1), default=4, help="of a fleet")
    parser.add_argument("--workers", type=int, choices=range(2, 9), default=3, help="of a fleet")
    parser.add_argument("--keep", type=Path, help="a new folder for what is left, to look at")
    parser.add_argument("--loud", action="store_true", help="say what happens")
    given = parser.parse_args()
    given.kills = given.kills or (12 if given.fleet else 50)
    given.stopped = given.stopped or (20.0 if given.fleet else 60.0)
    return given
