"""Playing the story: found the office, take the export in, run everything, step by step; then let others play."""

import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from cli.demo.address import announce, simulated
from cli.demo.captions import CAPTIONS, LOCKED, PREPARING, YOURS
from cli.demo.cast import REGENCY, choose, write_sample
from cli.demo.clock import BEGINS, ZONE, DemoClock
from cli.demo.free_play import directing, play_director, story_director
from cli.demo.screen import live
from cli.demo.stage import Stage, demo_settings, running
from cli.demo.story import STORY
from cli.founding import found_at
from cli.progress import phase_bars
from core.jobs.import_plan import plan_import
from core.jobs.importing import apply_import
from core.rules.answer import PlaceKind
from core.settings import Settings
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How it is played.

    watched: show the phones in the terminal; else a line for each step. pause: seconds between the steps.
    page: say where the browser finds the phones. port: of that page; None for the usual one if it is free, 0 for any.
    stays: let everybody play after the story, until interrupted.
    """

    watched: bool
    pause: float
    page: bool
    port: int | None
    stays: bool


def play(folder: Path, console: Console, terms: Terms) -> None:
    """Play the whole story in a folder; raise DemoFailedError when a phone did not receive its due."""
    clock = DemoClock()
    with simulated(clock, port=terms.port) as simulator:
        simulator.page.show(caption=PREPARING, locked=LOCKED)
        if terms.page:
            announce(console, simulator.page_url)
        _found(folder, clock)
        export = write_sample(folder)
        with open_office(folder) as office:
            _take_in(office, export, clock, console)
            stage = Stage(office, choose(export), simulator, clock, folder)
            settings = demo_settings(folder, simulator)
            with running(office, settings, clock):
                _tell(stage, settings, console, terms)
                if terms.stays:
                    _let_play(stage, settings, console)


def _tell(stage: Stage, settings: Settings, console: Console, terms: Terms) -> None:
    lines: list[str] = []
    director = story_director(stage, settings.send_window)
    with directing(stage, director), live(console, stage, lines) if terms.watched else nullcontext():
        for step in STORY:
            lines.append(" ".join((step.__doc__ or "").split()))
            step(stage)
            stage.simulator.page.show(caption=CAPTIONS[step.__name__])
            if not terms.watched:
                console.print(f"{stage.clock():%d %b %H.%M}  {lines[-1]}", soft_wrap=True)
            stage.settle()
            time.sleep(terms.pause)
    stage.check()
    _sum_up(stage, console)


def _let_play(stage: Stage, settings: Settings, console: Console) -> None:
    """Everything stays open, on a clock that goes on, until Ctrl-C."""
    stage.clock.run()
    with directing(stage, play_director(stage, settings.send_window)):
        stage.simulator.page.show(caption=YOURS, locked="")
        console.print(f"Now it is your turn: {stage.simulator.page_url}  Ctrl-C ends it.", soft_wrap=True)
        console.file.flush()
        threading.Event().wait()


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
