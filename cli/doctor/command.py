"""Asking the doctor."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.doctor.finding import Finding, Mark, broken
from cli.doctor.home import look_at_home
from cli.doctor.hours import look_at_hours
from cli.doctor.providers import look_at_providers
from cli.doctor.reached import look_at_ways_in
from cli.doctor.safekeeping import look_at_safekeeping
from cli.doctor.work import look_at_work
from cli.edge import utc_now
from cli.show import counted, say, screen
from core.errors import KabarError
from core.settings import Settings, read_settings
from core.store.office import open_office

_COLOURS = {Mark.WELL: "green", Mark.LOOK: "yellow", Mark.BROKEN: "red"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="for a machine to read")] = False) -> None:
    """Check settings, key file, database, providers and clock.

    Nothing is changed, nothing is sent.

    ✓ is well, ! wants a look, ✗ is broken. The exit code is 1 when anything is broken.

    Examples:

      kabar doctor
      kabar doctor --json
    """
    found = list(findings())
    if as_json:
        say(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
    else:
        _show(found)
    if any(finding.mark is Mark.BROKEN for finding in found):
        raise typer.Exit(1)


def findings() -> Iterator[Finding]:
    """Yield what is well and what is not, of the office that the settings name."""
    try:
        settings = read_settings()
    except KabarError as error:
        yield broken("settings", str(error), "correct it in .env or in the environment")
        return
    at_home = list(look_at_home(settings))
    yield from at_home
    if all(finding.mark is not Mark.BROKEN for finding in at_home):
        yield from _work(settings)
    yield from look_at_providers(settings)
    yield from look_at_ways_in(settings)


def _work(settings: Settings) -> Iterator[Finding]:
    try:
        office = open_office(settings.home, settings.database_address)
    except KabarError as error:
        yield broken("office", str(error), "nothing can run like this")
        return
    with office:
        yield from look_at_work(office, settings, utc_now())
        yield from look_at_hours(office, settings, utc_now())
        yield from look_at_safekeeping(office, settings, utc_now())


def _show(findings: list[Finding]) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for finding in findings:
        hint = f"\n→ {finding.hint}" if finding.hint else ""
        grid.add_row(Text(finding.mark, style=_COLOURS[finding.mark]), Text(finding.name), Text(finding.said + hint))
    screen().print(grid)
    marks = [finding.mark for finding in findings]
    say("", f"{counted(marks.count(Mark.BROKEN), 'thing')} broken, {marks.count(Mark.LOOK)} to look at.")
