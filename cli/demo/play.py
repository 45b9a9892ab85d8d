"""Playing the story: found the office, take the export in, run everything, step by step."""

import time
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console

from cli.demo.cast import REGENCY, choose, write_sample
from cli.demo.screen import live
from cli.demo.stage import BEGINS, ZONE, DemoClock, Stage, demo_settings, running
from cli.demo.story import STORY
from cli.founding import found_at
from cli.progress import phase_bars
from core.jobs.importing import apply_import, plan_import
from core.rules.answer import PlaceKind
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office
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
    found_at(
        folder,
        database_url(None, folder),
        REGENCY,
        name="Dispendukcapil Kabupaten Bojonegoro",
        short_name="Dukcapil Bojonegoro",
        hours="Senin-Jumat 08.00-15.00",
        pickup=PlaceKind.VILLAGE,
        now=clock(),
    )


def _take_in(office: OpenOffice, export: Path, clock: DemoClock, console: Console) -> None:
    with phase_bars() as progress:
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
