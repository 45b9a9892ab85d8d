"""What residents wrote to the bot: how much waits, and what could not be handled; never content, never a person."""

from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.edge import Here, opened, utc_now
from cli.show import counted, moment, say, table
from core.actions.inbox import drop_set_aside, retry_set_aside
from core.errors import InputError
from core.questions.inbox_figures import SetAside, inbox_figures, set_aside_updates

app = typer.Typer(name="inbox", add_completion=False, rich_markup_mode="rich")

_NO_CONTENT = "nothing of it is left"


@app.callback(invoke_without_command=True)
def inbox(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="how many of those set aside, newest first")] = 20,
) -> None:
    """What residents wrote that waits, and what could not be handled.

    What failed three times is set aside, and its writer got an apology; so
    is what was too large to be kept. Why: the kind of error, for whoever
    mends the program. Once it is mended, have it handled again, or drop it.
    What is neither is forgotten after thirty days.

    Examples:

      kabar inbox
      kabar inbox retry 17
      kabar inbox retry --all
      kabar inbox drop 17
    """
    if context.invoked_subcommand is None:
        with opened() as here:
            _show(here, limit)


@app.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID", help="the numbers that kabar inbox shows")] = None,
    every: Annotated[bool, typer.Option("--all", help="all whose content is still here")] = False,
) -> None:
    """Have what was set aside handled from the start; kabar run finds it within seconds.

    Examples:

      kabar inbox retry 17 18
      kabar inbox retry --all
    """
    if bool(ids) == every:
        raise InputError("give the numbers that kabar inbox shows, or --all")
    with opened() as here:
        number = here.office.write(lambda session: retry_set_aside(session, None if every else ids))
    say(f"{counted(number, 'update')} to be handled again.")


@app.command()
def drop(ids: Annotated[list[int], typer.Argument(metavar="ID", help="the numbers that kabar inbox shows")]) -> None:
    """Forget what was set aside; that it came is kept for a week.

    Example:

      kabar inbox drop 17
    """
    now = utc_now()
    with opened() as here:
        number = here.office.write(lambda session: drop_set_aside(session, ids, now=now))
    say(f"{counted(number, 'update')} forgotten.")


def _show(here: Here, limit: int) -> None:
    zone = here.zone
    midnight = datetime.combine(utc_now().astimezone(zone).date(), time(), zone)
    figures = here.office.read(lambda session: inbox_figures(session, since=midnight))
    lines = here.office.read(lambda session: set_aside_updates(session, most=limit))
    oldest = f", the oldest since {moment(figures.oldest, zone)}" if figures.oldest else ""
    say(
        f"Waiting: {figures.waiting:,}{oldest}.",
        f"Set aside: {figures.set_aside:,}. Overtaken today by what its writer wrote later: {figures.overtaken:,}.",
    )
    if lines:
        table(("id#", "since", "what", "failures#", "why", "can be tried again"), [_row(line, zone) for line in lines])
    if figures.set_aside > len(lines):
        say(f"{figures.set_aside - len(lines):,} more; see them with --limit {figures.set_aside}.")


def _row(line: SetAside, zone: ZoneInfo) -> tuple[object, ...]:
    return (
        str(line.inbox_id),
        moment(line.since, zone),
        line.kind or _NO_CONTENT,
        line.failures,
        line.why,
        line.can_retry,
    )
