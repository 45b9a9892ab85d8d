"""What people are owed and were told, and how each try went; ids only, never an address or a text."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli.doubts import resolve_and_say, show_doubts
from cli.edge import opened
from cli.show import counted, facts, listed, moment, say, table
from core.actions.resolving import Resolution
from core.errors import InputError
from core.questions.notices import FAILED, NoticeLine, Try, newest_notices, notice_counts, notice_line, tries_of
from core.store.words import NoticeState


def notices(
    failed: Annotated[bool, typer.Option("--failed", help="only those that reached nobody, or may not have")] = False,
    doubt: Annotated[bool, typer.Option("--doubt", help="what only you can decide, with all known of it")] = False,
    limit: Annotated[int, typer.Option(min=1, help="how many, newest first")] = 20,
) -> None:
    """What people are owed and were told, newest first.

    With --doubt those whose answer was lost, or that a restore found
    waiting: what is known of each, and what to do about it.

    Examples:

      kabar notices
      kabar notices --failed --limit 100
      kabar notices --doubt
    """
    if doubt and failed:
        raise InputError("--failed shows those in doubt too; give --doubt alone to see what is known of them")
    with opened() as here:
        if doubt:
            show_doubts(here, limit=limit)
            return
        states = FAILED if failed else None
        counts = here.office.read(notice_counts)
        lines = here.office.read(lambda session: newest_notices(session, states=states, limit=limit))
        rows = [_row(line, moment(line.created_at, here.zone)) for line in lines]
    say(f"{counted(counts.total(), 'notice')}: {listed((state, counts[state]) for state in NoticeState)}.")
    if rows:
        table(("id", "kind", "state", "channel", "created", "why"), rows)
    elif failed:
        say("None failed.")


class _NoticeGroup(TyperGroup):
    """`kabar notice 17` shows a notice; `kabar notice resolve 17 sent` is a command of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0].startswith("--"))
        return super().parse_args(ctx, args if named else ["show", *args])


app = typer.Typer(name="notice", cls=_NoticeGroup, add_completion=False, rich_markup_mode="rich")


@app.callback()
def notice() -> None:
    """One notice with every attempt to deliver it; end a doubt.

    Examples:

      kabar notice 17
      kabar notice resolve 17 sent
      kabar notice resolve 17 again
    """


@app.command()
def resolve(
    notice_id: Annotated[int, typer.Argument(metavar="ID", help="see: kabar notices --doubt")],
    as_: Annotated[Resolution, typer.Argument(metavar="sent|again", help="she has it, or it is to be sent again")],
) -> None:
    """Say what became of a notice in doubt: it was sent, or it is to be sent again.

    What you say holds for every notice that went in the same message. What
    is sent again is written anew, within the hours and the pace of the
    settings. There is no way back from either.

    Examples:

      kabar notice resolve 17 sent
      kabar notice resolve 17 again
    """
    with opened() as here:
        resolve_and_say(here, notice_id, as_)


@app.command(hidden=True)
def show(notice_id: Annotated[int, typer.Argument(metavar="ID", help="see: kabar notices")]) -> None:
    """One notice with every attempt to deliver it: did she get it?

    Example:

      kabar notice 17
    """
    with opened() as here:
        line = here.office.read(lambda session: notice_line(session, notice_id))
        tries = here.office.read(lambda session: tries_of(session, notice_id))
        zone = here.zone
    facts(
        [
            ("notice", str(line.id)),
            ("kind", line.kind),
            ("state", line.state),
            ("why", line.why),
            ("channel", line.channel),
            ("batch", line.batch),
            ("created", moment(line.created_at, zone)),
            ("due", moment(line.due_at, zone)),
            ("worthless after", moment(line.worthless_after, zone)),
            ("ended", moment(line.ended_at, zone)),
            ("answer", line.answer),
        ]
    )
    say(f"{counted(len(tries), 'attempt')}.")
    if tries:
        columns = ("started", "ended", "channel", "outcome", "code", "message", "state", "provider's id", "covers")
        table(columns, [_try_row(one, moment(one.started_at, zone), moment(one.ended_at, zone)) for one in tries])


def _row(line: NoticeLine, created: str | None) -> tuple[object, ...]:
    return str(line.id), line.kind, line.state, line.channel, created, line.why


def _try_row(one: Try, started: str | None, ended: str | None) -> tuple[object, ...]:
    outcome = one.outcome or "in flight, or in doubt"
    covers = counted(one.covers, "notice")
    state = one.message_state
    return started, ended, one.channel, outcome, one.code, str(one.message_id), state, one.provider_id, covers
