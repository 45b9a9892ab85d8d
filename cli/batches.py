"""What many are told at once: how far each batch is, and an operator's orders about it."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.orm import Session

from cli.batch_words import about, bar, percent, standing
from cli.edge import OPERATOR, Here, can_ask, opened, utc_now
from cli.show import counted, moment, say, screen, table
from core.actions import batches as actions
from core.questions.batches import Batch, batch_by_name, newest_batches
from core.store.words import BatchOrderWord

#: Exit code of a command that has shown what it would do and waits to be told.
ASKS_FIRST = 3
#: After a chunk the others get the database for at least this many times as long.
_REST_TIMES = 2

Name = Annotated[str, typer.Argument(metavar="NAME", help="as kabar batches shows it, or its number alone")]

app = typer.Typer(name="batch", add_completion=False, rich_markup_mode="rich")


def batches(
    limit: Annotated[int, typer.Option(min=1, help="how many, newest first")] = 20,
) -> None:
    """What many are told at once, newest first, and how far each batch is.

    A batch is the telling of one suspension, or of one import. Acts on a
    single card never wait for one.

    Examples:

      kabar batches
      kabar batch pause broadcast:12
    """
    with opened() as here:
        found = here.office.read(partial(newest_batches, most=limit))
        zone = here.zone
    still_open = sum(batch.is_open for batch in found)
    say(f"{counted(len(found), 'batch', 'batches')}, {still_open:,} of them open.")
    if found:
        columns = ("name", "what", "begun", "", "done#", "of#", "told#", "state")
        table(columns, [_row(batch, moment(batch.begun, zone), about(batch, zone)) for batch in found])


@app.callback()
def batch() -> None:
    """Let a batch wait, go on, or end.

    The order holds from the sender's next look on, which is within a second;
    what is in flight at that moment still arrives.

    Examples:

      kabar batch pause broadcast:12
      kabar batch resume broadcast:12
      kabar batch cancel broadcast:12
    """


@app.command()
def pause(name: Name) -> None:
    """Let what is not sent yet wait, until you resume it.

    What is worthless by then ends by itself.

    Example:

      kabar batch pause broadcast:12
    """
    with opened() as here:
        seen = here.office.read(partial(batch_by_name, typed=name))
        changed = here.office.write(partial(actions.pause_batch, batch=seen.name, now=utc_now(), by=OPERATOR))
    say(f"{seen.name} {'is' if changed else 'was already'} paused: {counted(seen.waiting, 'notice')} of it wait.")
    say(f"To go on: kabar batch resume {seen.name}")


@app.command()
def resume(name: Name) -> None:
    """Go on with a batch that was paused.

    Example:

      kabar batch resume broadcast:12
    """
    with opened() as here:
        seen = here.office.read(partial(batch_by_name, typed=name))
        changed = here.office.write(partial(actions.go_on_with_batch, batch=seen.name, now=utc_now(), by=OPERATOR))
    said = "goes on" if changed else "was not paused"
    say(f"{seen.name} {said}: {counted(seen.waiting, 'notice')} to be sent.")


@app.command()
def cancel(name: Name, yes: Annotated[bool, typer.Option("--yes", help="yes, though that is final")] = False) -> None:
    """Send nothing more of a batch, for good.

    This is final. It shows how many were told and how many will not be,
    changes nothing, and waits for --yes (exit code 3).
    To stop it for a while only: kabar batch pause

    Example:

      kabar batch cancel broadcast:12 --yes
    """
    with opened() as here:
        seen = here.office.read(partial(batch_by_name, typed=name))
        if seen.order is not BatchOrderWord.CANCELLED and not yes:
            _ask(seen, about(seen, here.zone))
        here.office.write(partial(actions.cancel_batch, batch=seen.name, now=utc_now(), by=OPERATOR))
        ended = _end(here, seen)
        left = here.office.read(partial(batch_by_name, typed=seen.name))
    already = "was cancelled before" if seen.order is BatchOrderWord.CANCELLED else "is cancelled"
    reached = counted(left.reached, "person was", "people were")
    say(f"{seen.name} {already}: {counted(ended, 'notice')} ended now; {reached} told, or may have been.")


def _row(batch: Batch, begun: str | None, what: str) -> Sequence[object]:
    of = batch.total
    return batch.name, what, begun, bar(batch), percent(batch), of, batch.reached, standing(batch)


def _ask(seen: Batch, what: str) -> None:
    say(f"To cancel is final. {seen.name}: {what}")
    say(f"  {counted(seen.reached, 'person was', 'people were')} told, or may have been")
    more = ", and more is being put" if seen.preparing else ""
    say(f"  {counted(seen.waiting, 'person', 'people')} will not be told{more}")
    if can_ask() and typer.confirm("Cancel it?", err=True):
        return
    say("", f"Nothing was changed. Run it again with --yes, or let it wait: kabar batch pause {seen.name}")
    raise typer.Exit(ASKS_FIRST)


def _end(here: Here, seen: Batch) -> int:
    """End what waits, with a rest after each chunk for the others; stopped in the middle, kabar run goes on with it."""
    ended = 0
    console = screen(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("notices", total=seen.waiting)
        while True:
            began = time.monotonic()
            some = here.office.write(_end_some)
            if not some:
                return ended
            ended += some
            progress.update(task, completed=ended)
            time.sleep(_REST_TIMES * (time.monotonic() - began) if here.polite else 0)


def _end_some(session: Session) -> int:
    return actions.end_cancelled(session, now=utc_now())
