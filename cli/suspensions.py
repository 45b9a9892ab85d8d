"""What is stopped, what is back, and when the rest is expected."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from cli.audience import prepare, show_audience, show_texts
from cli.edge import OPERATOR, Here, opened, typed_date, utc_now
from cli.show import counted, moment, say, table
from cli.suspend import in_common, move_days, services_named
from core.actions import suspensions as actions
from core.errors import InputError, NotFound
from core.questions.announcing import end_words
from core.questions.audiences import SuspensionLine, every_suspension, others_stopping, resumption_audience
from core.rules.suspension import Service

app = typer.Typer(name="suspension", no_args_is_help=True, add_completion=False, rich_markup_mode="rich")

SuspensionId = Annotated[int, typer.Argument(metavar="ID", help="see: kabar suspensions")]
_UNKNOWN = "unknown"


@app.callback()
def suspension() -> None:
    """Services are expected back on another day.

    Examples:

      kabar suspension move 1 --until 2017-10-16
    """


def resume(
    suspension_id: SuspensionId,
    services: Annotated[str, typer.Option(help="only these are back, separated by commas; the rest goes on")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show who would be told what; change nothing")] = False,
) -> None:
    """Services are back: answers say so, and whom the news of the stop reached is told.

    With --services only these are back; the rest goes on as it was, and its
    end is told to the same people.

    Examples:

      kabar resume 1 --dry-run
      kabar resume 1
      kabar resume 1 --services printing
    """
    wanted = services_named(services)
    with opened() as here:
        if dry_run:
            _preview(here, suspension_id, wanted)
            return
        started = here.office.write(
            lambda session: actions.resume(session, suspension_id, now=utc_now(), by=OPERATOR, services=wanted)
        )
        ended = _line(here, started.suspension_id)
        rest = _line(here, suspension_id).services if started.suspension_id != suspension_id else ()
        if rest:
            say(f"Back from suspension {suspension_id}: {', '.join(ended.services)}; {', '.join(rest)} still stopped.")
        else:
            say(f"Suspension {suspension_id} is over.")
        others = here.office.read(lambda session: others_stopping(session, ended.services, region=ended.region))
        for both, other in in_common(ended.services, others):
            say(f"! {both} still stopped by suspension {other}; nobody there is told that it runs again.")
        prepare(here, [started.broadcast_id] if started.broadcast_id is not None else [], people=None)
        move_days(here, ended.services)


def suspensions() -> None:
    """Which services are stopped, and which were, newest last.

    Example:

      kabar suspensions
    """
    with opened() as here:
        lines, zone = here.office.read(every_suspension), here.zone
    say(f"{counted(sum(line.resumed_at is None for line in lines), 'suspension')} open, {len(lines):,} in all.")
    if lines:
        columns = (
            "id",
            "services",
            "where",
            "recorded since",
            "cause",
            "since",
            "expected until",
            "resumed",
            "part of",
            "told of#",
        )
        table(columns, [_row(line, moment(line.since, zone), moment(line.resumed_at, zone)) for line in lines])


@app.command()
def move(
    suspension_id: SuspensionId,
    until: Annotated[str, typer.Option(help=f"the day they are expected back, or: {_UNKNOWN}")],
) -> None:
    """Services are expected back on another day: whom the news of the stop reached is told.

    The same day again changes nothing. Whoever has a pickup day meanwhile
    gets another one.

    Examples:

      kabar suspension move 1 --until 2017-10-16
      kabar suspension move 1 --until unknown
    """
    expected = _end(until)
    with opened() as here:
        before = _line(here, suspension_id)
        moved = here.office.write(
            lambda session: actions.move_end(session, suspension_id, expected, now=utc_now(), by=OPERATOR)
        )
        if before.expected_until == expected:
            say(f"Suspension {suspension_id} is expected to end {_said(expected)} already; nothing was changed.")
            return
        say(f"Suspension {suspension_id}: expected end {_said(expected)}, before that {_said(before.expected_until)}.")
        prepare(here, [moved.broadcast_id] if moved.broadcast_id is not None else [], people=None)
        move_days(here, before.services)


def _preview(here: Here, suspension_id: int, wanted: tuple[Service, ...]) -> None:
    line = _line(here, suspension_id)
    back = wanted or line.services
    if line.resumed_at is not None:
        raise InputError(f"suspension {suspension_id} is over already; nothing to do")
    if missing := set(back) - set(line.services):
        raise InputError(f"suspension {suspension_id} does not stop {', '.join(sorted(missing))}")
    now = utc_now()
    ask = partial(resumption_audience, suspension_id=suspension_id, services=back, now=now)
    show_audience(here, here.office.read(ask))
    show_texts(
        here, here.office.read(partial(end_words, suspension_id=suspension_id, services=back, now=now)), sms=True
    )
    say("", "Nothing was changed.")


def _line(here: Here, suspension_id: int) -> SuspensionLine:
    found = [line for line in here.office.read(every_suspension) if line.id == suspension_id]
    if not found:
        raise NotFound(f"there is no suspension {suspension_id}; see: kabar suspensions")
    return found[0]


def _row(line: SuspensionLine, since: str | None, resumed: str | None) -> tuple[object, ...]:
    services = ", ".join(line.services)
    part = str(line.part_of) if line.part_of else None
    until = line.expected_until
    return (
        str(line.id),
        services,
        line.region,
        line.recorded_since,
        line.cause,
        since,
        until,
        resumed,
        part,
        line.notices,
    )


def _end(word: str) -> date | None:
    if word.strip().lower() == _UNKNOWN:
        return None
    day = typed_date(word)
    if day is None:
        raise InputError(f"--until needs a day like 2026-12-31, or: {_UNKNOWN}")
    return day


def _said(day: date | None) -> str:
    return f"on {day}" if day else "on a day that nobody knows"
