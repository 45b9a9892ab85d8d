"""Playing a story: found the office, take its lists in, run everything, step by step; then let others play."""

import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from cli.demo.address import announce, simulated
from cli.demo.captions import LOCKED, OTHER, POSTED, YOURS
from cli.demo.clock import ZONE, DemoClock
from cli.demo.free_play import directing, play_director, story_director
from cli.demo.official import post_official
from cli.demo.screen import live
from cli.demo.stage import Stage, demo_settings, running
from cli.demo.stories import other_than
from cli.demo.stories.story import OfficeList, Story
from cli.founding import found_at
from cli.progress import phase_bars
from core.files.print_policy import read_policy
from core.jobs.import_plan import ImportPlan, plan_import
from core.jobs.importing import apply_import
from core.settings import Settings
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office

_POLICY = "urutan-cetak.toml"


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


def play(story: Story[Any], folder: Path, console: Console, terms: Terms) -> None:
    """Play the whole story in a folder; raise DemoFailedError when a phone did not receive its due."""
    clock = DemoClock(story.begins)
    with simulated(clock, port=terms.port) as simulator:
        simulator.page.show(caption=f"{story.preparing} {_other(story)}", locked=LOCKED)
        if terms.page:
            announce(console, simulator.page_url)
        console.print(f"The story of {story.title}. {_other_to_play(story)}", soft_wrap=True)
        _found(story, folder, clock)
        lists = story.lists(folder)
        settings = demo_settings(
            folder, simulator, sms_sender=story.sms_sender, print_policy=_written_policy(story, folder)
        )
        with open_office(folder) as office:
            _take_in(office, lists, clock, console)
            stage = Stage(office, story.cast(lists), simulator, clock, folder, read_policy(settings.print_policy))
            with running(office, settings, clock):
                _tell(story, stage, settings, console, terms)
                if terms.stays:
                    _let_play(story, stage, settings, console)


def _tell(story: Story[Any], stage: Stage[Any], settings: Settings, console: Console, terms: Terms) -> None:
    lines: list[str] = []
    director = story_director(stage, settings.send_window)
    watching = live(console, stage, story.waiting, lines) if terms.watched else nullcontext()
    with directing(stage, director), watching:
        for step in story.steps:
            lines.append(_said(step.__doc__))
            step(stage)
            stage.simulator.page.show(caption=story.captions[step.__name__])
            if not terms.watched:
                console.print(f"{stage.clock():%d %b %H.%M}  {lines[-1]}", soft_wrap=True)
            stage.settle()
            time.sleep(terms.pause)
    stage.check()
    _sum_up(stage, console)
    console.print(_other_to_play(story), soft_wrap=True)


def _said(docstring: str | None) -> str:
    """The first paragraph; what follows is for whoever reads the code."""
    return " ".join((docstring or "").split("\n\n")[0].split())


def _let_play(story: Story[Any], stage: Stage[Any], settings: Settings, console: Console) -> None:
    """Everything stays open, on a clock that goes on, until Ctrl-C."""
    caption = f"{YOURS} {_other(story)}"
    if posting := stage.cast.posting:
        post_official(stage, posting)
        caption = f"{YOURS} {POSTED.format(name=posting.name)} {_other(story)}"
    stage.clock.run()
    with directing(stage, play_director(stage, settings.send_window)):
        stage.simulator.page.show(caption=caption, locked="")
        console.print(f"Now it is your turn: {stage.simulator.page_url}  Ctrl-C ends it.", soft_wrap=True)
        console.file.flush()
        threading.Event().wait()


def _other(story: Story[Any]) -> str:
    """For the page, in Indonesian."""
    other = other_than(story)
    return OTHER.format(title=other.title, name=other.name)


def _other_to_play(story: Story[Any]) -> str:
    other = other_than(story)
    return f"The other story is {other.title}: kabar demo --story {other.name} (make demo STORY={other.name})."


def _found(story: Story[Any], folder: Path, clock: DemoClock) -> None:
    found_at(
        folder,
        database_url(None, folder),
        story.regency,
        name=story.office,
        short_name=story.short_name,
        hours="Senin-Jumat 08.00-15.00",
        pickup=story.pickup,
        now=clock(),
    )


def _written_policy(story: Story[Any], folder: Path) -> Path | None:
    if not story.policy:
        return None
    path = folder / _POLICY
    path.write_text(story.policy, encoding="utf-8")
    return path


def _take_in(office: OpenOffice, lists: Sequence[OfficeList], clock: DemoClock, console: Console) -> None:
    for taken in lists:
        with phase_bars() as progress:
            today = clock().astimezone(ZONE).date()
            plan = plan_import(
                office, taken.path, as_of=taken.as_of, today=today, announce_new=False, progress=progress
            )
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
        _say_refused(plan, console)


def _say_refused(plan: ImportPlan, console: Console) -> None:
    """By reason, as an operator reads it."""
    for sort in plan.refused.sorts():
        console.print(f"{sort.rows_in_all:,} rows refused: {sort.why}.", soft_wrap=True)


def _sum_up(stage: Stage[Any], console: Console) -> None:
    sms, phones = stage.simulator.sms.sent(), {message.to for message in stage.simulator.sms.sent()}
    telegrams = sum(len(stage.received(name)) for name in stage.chats)
    console.print(
        f"{telegrams} Telegram messages and {len(sms)} SMS on {len(phones)} phones arrived: each as the story says, "
        "none missing, none too many."
    )
