"""The desk: what only a person can settle, and whom no message reaches."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.edge import OPERATOR, Here, opened, utc_now
from cli.show import counted, listed, moment, say, table
from cli.visits import show_visits, write_visits
from core.actions.desk import reopen, settle
from core.errors import InputError
from core.questions.desk import DeskLine, desk_counts, desk_list
from core.questions.phones import shared_numbers
from core.questions.visits import count_to_visit
from core.store.words import DeskKind

app = typer.Typer(name="desk", add_completion=False, rich_markup_mode="rich")

Ids = Annotated[list[int], typer.Argument(metavar="ID", help="the numbers that kabar desk shows")]

_ABOUT = {
    DeskKind.NOT_MINE: "who is written to there says it is not her card: is the address right?",
    DeskKind.OTHER_DAY: "she collects the card on another day: keep it",
    DeskKind.MANY_CARDS: "a Telegram account asks to be told of more cards than a family has",
    DeskKind.MISSING_CARD: "it was packed and was not in the box that arrived (found: kabar arrive BOX --found NUMBER)",
    DeskKind.UNCLAIMED: "answering a reminder, its holder is said to have moved or died, or to have it (kabar close)",
}


@app.callback(invoke_without_command=True)
def desk(
    context: typer.Context,
    visit: Annotated[bool, typer.Option("--visit", help="whom no message reaches, village by village")] = False,
    village: Annotated[str, typer.Option(metavar="CODE", help="with --visit: one village or district")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="with --visit: NIK and name too; that is noted")] = False,
    csv: Annotated[Path | None, typer.Option(help="with --visit: into a file that only you can read")] = None,
) -> None:
    """What waits for a person: to be looked into, or to be visited.

    With --visit the people whom no message reaches although there is
    something to tell them. With --reveal the list says who they are, and
    that it was shown is noted in the history of each.

    Examples:

      kabar desk
      kabar desk done 3 4
      kabar desk --visit --village 35.22.15
      kabar desk --visit --village 35.22.15.2003 --reveal --csv kauman.csv
    """
    if context.invoked_subcommand:
        return
    if not visit and (village or reveal or csv):
        raise InputError("--village, --reveal and --csv belong to --visit; see: kabar desk --help")
    with opened() as here:
        if not visit:
            _show_desk(here)
        elif csv:
            write_visits(here, csv, region=village or None, reveal=reveal)
        else:
            show_visits(here, region=village or None, reveal=reveal)


@app.command()
def done(ids: Ids) -> None:
    """Take settled things off the list.

    Example:

      kabar desk done 3 4
    """
    _change(ids, settled=True)


@app.command()
def undo(ids: Ids) -> None:
    """Put back on the list what was taken off by mistake.

    Example:

      kabar desk undo 3
    """
    _change(ids, settled=False)


def _change(ids: list[int], *, settled: bool) -> None:
    """All of them or, when one is unknown, none."""
    act, now = settle if settled else reopen, utc_now()
    with opened() as here:
        changed = here.office.write(lambda session: [act(session, id_, now=now, by=OPERATOR) for id_ in ids])
        left = here.office.read(desk_counts).total()
    already = len(ids) - sum(changed)
    said = f"{sum(changed):,} {'settled' if settled else 'put back'}"
    if already:
        said += f", {already:,} {'settled before' if settled else 'on the list already'}"
    say(f"{said}. On the list: {left:,}.")


def _show_desk(here: Here) -> None:
    counts = here.office.read(desk_counts)
    lines = here.office.read(desk_list)
    visits = here.office.read(count_to_visit)
    say(f"On the list: {listed((kind, counts[kind]) for kind in DeskKind)}.")
    if lines:
        zone = here.zone
        table(("id#", "what", "since", "NIK", "village", "details"), [_row(line, zone) for line in lines])
        say(*(f"{kind}: {_ABOUT[kind]}" for kind in DeskKind if counts[kind]))
    say(f"To be visited: {counted(visits, 'person', 'people')} (kabar desk --visit).")
    if numbers := here.office.read(shared_numbers):
        say("Numbers at more than six residents are neither proof nor contact:")
        table(("number", "residents#"), [(number.phone, number.residents) for number in numbers])


def _row(line: DeskLine, zone: ZoneInfo) -> tuple[object, ...]:
    details = ", ".join(f"{name}: {value}" for name, value in line.details.items())
    return str(line.id), line.kind, moment(line.since, zone), line.nik, line.village, details
