"""Playing the story: found the office, take the export in, run everything, step by step."""

import time
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cli.demo.cast import REGENCY, choose, write_sample
from cli.demo.screen import live
from cli.demo.stage import BEGINS, ZONE, DemoClock, Stage, demo_settings, running
from cli.demo.story import STORY
from core.actions.founding import found_office
from core.jobs.importing import apply_import, plan_import
from core.rules.answer import PlaceKind
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office
from core.store.sealing import Seal, make_key_file, read_key_file
from migrations import migrate
from simulator import SimulatorThread


def play(folder: Path, console: Console, *, watched: bool, pause: float) -> None:
    """Play the whole story in a folder; raise DemoFailedError when a phone did not receive its due.

    watched: show the phones; else a line for each step. pause: seconds between the steps.
    """
    clock = DemoClock()
    _found(folder, clock)
    export = write_sample(folder)
    with open_office(folder) as office, SimulatorThread(now=clock) as simulator:
        _take_in(office, export, clock, console)
        stage = Stage(office, choose(export), simulator, clock, folder)
        settings = demo_settings(folder, simulator)
        lines: list[str] = []
        with running(office, settings, clock), live(console, stage, lines) if watched else nullcontext():
            for step in STORY:
                lines.append(" ".join((step.__doc__ or "").split()))
                step(stage)
                if not watched:
                    console.print(f"{clock():%d %b %H.%M}  {lines[-1]}", soft_wrap=True)
                stage.settle()
                time.sleep(pause)
        stage.check()
        _sum_up(stage, console)


def _found(folder: Path, clock: DemoClock) -> None:
    make_key_file(folder / "office.key")
    url = database_url(None, folder)
    migrate(url)
    with OpenOffice(url, Seal(read_key_file(folder / "office.key"), REGENCY)) as office:
        office.write(
            lambda session: found_office(
                session,
                REGENCY,
                name="Dispendukcapil Kabupaten Bojonegoro",
                short_name="Dukcapil Bojonegoro",
                hours="Senin-Jumat 08.00-15.00",
                pickup=PlaceKind.VILLAGE,
                now=clock(),
                by="operator",
            )
        )


def _take_in(office: OpenOffice, export: Path, clock: DemoClock, console: Console) -> None:
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(phase, total=total)
            bars.update(tasks[phase], completed=done, total=total)

        today = BEGINS.astimezone(ZONE).date()
        plan = plan_import(office, export, as_of=None, today=today, announce_new=False, progress=progress)
        counts = apply_import(
            office,
            plan,
            now=clock(),
            by="operator",
            tell=True,
            announce_new=False,
            polite=False,
            progress=progress,
        )
    console.print(f"{sum(counts.values()):,} residents taken in, data of {plan.as_of}; nobody was written to.")


def _sum_up(stage: Stage, console: Console) -> None:
    sms, phones = stage.simulator.sms.sent(), {message.to for message in stage.simulator.sms.sent()}
    telegrams = len(stage.siti.received) + len(stage.joko.received)
    console.print(
        f"{telegrams} Telegram messages and {len(sms)} SMS on {len(phones)} phones arrived: each as the story says, "
        "none missing, none too many."
    )
