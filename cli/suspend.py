"""Services stop and come back."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, Here, can_ask, opened, typed_date, utc_now
from cli.show import counted, listed, moment, say, screen, table
from core.actions import suspensions as actions
from core.actions.broadcasts import start_broadcast
from core.actions.suspensions import Started
from core.errors import InputError
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import SuspensionLine, every_suspension, others_stopping, suspension_audience
from core.questions.notices import reach_of
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service

#: More SMS than this at once cost enough to be asked about (design.md, "Speaking first").
SMS_WITHOUT_ASKING = 100
ASKS_FIRST = 3


def suspend(
    services: Annotated[str, typer.Option(help=f"separated by commas: {', '.join(Service)}")],
    cause: Annotated[Cause, typer.Option(case_sensitive=False, help="why, in every text about it")],
    until: Annotated[str, typer.Option(help="the day they are expected back, as in 2026-12-31")] = "",
    region: Annotated[str, typer.Option(help="code of a district or village; else the whole regency")] = "",
    recorded_since: Annotated[str, typer.Option(help="only who was recorded from this day on")] = "",
    sms: Annotated[bool, typer.Option("--sms", help="tell by SMS whom Telegram does not reach; costs money")] = False,
    tell: Annotated[bool, typer.Option("--tell", help="tell people of a stop of less than a day too")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="yes, also more than 100 SMS")] = False,
) -> None:
    """Services stop: answers say so from now on, and who waits for them is told once.

    A stop that is expected to end today changes the answers only, unless
    --tell. Telegram is free; SMS leave only with --sms, and more than 100
    only with --yes (exit code 3 otherwise).
    Stopped in the middle, kabar run goes on with it.

    Examples:

      kabar suspend --services printing,letters --cause blanks
      kabar suspend --services centre --cause server --until 2017-10-31
      kabar suspend --services pickup --cause power --region 35.22.15 --tell
    """
    wanted, expected, since = _services(services), typed_date(until), typed_date(recorded_since)
    with opened() as here:
        audience = here.office.read(
            lambda session: suspension_audience(session, wanted, region=region or None, recorded_since=since, sms=sms)
        )
        if audience[Channel.SMS] > SMS_WITHOUT_ASKING and not yes:
            _ask(audience)
        others = here.office.read(lambda session: others_stopping(session, wanted, region=region or None))

        def act(session: Session) -> Started:
            now = utc_now()
            started = actions.suspend(
                session,
                wanted,
                cause=cause,
                now=now,
                by=OPERATOR,
                until=expected,
                region=region or None,
                recorded_since=since,
                sms=sms,
            )
            if started.broadcast_id is not None or not tell:
                return started
            id_ = start_broadcast(session, Kind.SUSPENDED, started.suspension_id, sms=sms, now=now)
            return Started(started.suspension_id, id_)

        started = here.office.write(act)
        say(f"Suspension {started.suspension_id} stands: {', '.join(wanted)}; cause: {cause}.")
        for both, other in _in_common(wanted, others):
            say(f"! {both} stopped already by suspension {other}; what both stop runs again when both are over.")
        _show_audience(audience)
        _prepare(here, started, people=audience.total() - audience[None])
    say(f"When they are back: kabar resume {started.suspension_id}")


def resume(suspension_id: Annotated[int, typer.Argument(metavar="ID", help="see: kabar suspensions")]) -> None:
    """Services are back: answers say so, and whom the news of the stop reached is told.

    Example:

      kabar resume 1
    """
    with opened() as here:
        started = here.office.write(lambda session: actions.resume(session, suspension_id, now=utc_now(), by=OPERATOR))
        say(f"Suspension {suspension_id} is over.")
        [ended] = [line for line in here.office.read(every_suspension) if line.id == suspension_id]
        others = here.office.read(lambda session: others_stopping(session, ended.services, region=ended.region))
        for both, other in _in_common(ended.services, others):
            say(f"! {both} still stopped by suspension {other}; nobody there is told that it runs again.")
        _prepare(here, started, people=None)


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
            "told of#",
        )
        table(columns, [_row(line, moment(line.since, zone), moment(line.resumed_at, zone)) for line in lines])


def _row(line: SuspensionLine, since: str | None, resumed: str | None) -> tuple[object, ...]:
    services = ", ".join(line.services)
    until = line.expected_until
    return (str(line.id), services, line.region, line.recorded_since, line.cause, since, until, resumed, line.notices)


def _in_common(services: Collection[Service], others: list[SuspensionLine]) -> Iterator[tuple[str, str]]:
    """What another suspension stops as well, and which one that is."""
    for other in others:
        both = [service for service in other.services if service in services]
        yield f"{', '.join(both)} {'is' if len(both) == 1 else 'are'}", f"{other.id} in {other.region}"


def _services(words: str) -> tuple[Service, ...]:
    try:
        named = {Service(word.strip().lower()) for word in words.split(",") if word.strip()}
    except ValueError:
        raise InputError(f"--services knows only: {', '.join(Service)}; separate several with commas") from None
    return tuple(service for service in Service if service in named)


def _ask(audience: Counter[Channel | None]) -> None:
    _show_audience(audience)
    question = f"{audience[Channel.SMS]:,} SMS cost money. Send them?"
    if can_ask() and typer.confirm(question, err=True):
        return
    say(
        f"{audience[Channel.SMS]:,} SMS would leave, more than {SMS_WITHOUT_ASKING}; nothing was changed. "
        "Run it again with --yes, or without --sms."
    )
    raise typer.Exit(ASKS_FIRST)


def _prepare(here: Here, started: Started, *, people: int | None) -> None:
    """Put the notices of a broadcast, and say how many leave by which channel."""
    broadcast_id = started.broadcast_id
    if broadcast_id is None:
        say("Nobody is written to about this; the answers say it.")
        return
    with _bar(people) as progress:
        prepare_broadcasts(here.office, now=utc_now, polite=here.polite, progress=progress)
    reach = here.office.read(lambda session: reach_of(session, broadcast_id))
    say(f"To be told: {_by_channel(reach)}.")


def _show_audience(audience: Counter[Channel | None]) -> None:
    say(f"{counted(audience.total(), 'person waits', 'people wait')}: {_by_channel(audience)}.")


def _by_channel(reach: Counter[Channel | None]) -> str:
    return listed(
        [("by Telegram", reach[Channel.TELEGRAM]), ("by SMS", reach[Channel.SMS]), ("not reached", reach[None])]
    )


@contextmanager
def _bar(people: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; nothing where nobody looks."""
    console = screen(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("notices", total=people)
        yield lambda put: progress.update(task, completed=put)
