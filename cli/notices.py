"""What people are owed and were told, and how each try went; ids only, never an address or a text."""

from typing import Annotated

import typer

from cli.edge import opened
from cli.show import counted, facts, listed, moment, say, table
from core.questions.notices import FAILED, NoticeLine, Try, newest_notices, notice_counts, notice_line, tries_of
from core.store.words import NoticeState


def notices(
    failed: Annotated[bool, typer.Option("--failed", help="only those that reached nobody, or may not have")] = False,
    limit: Annotated[int, typer.Option(min=1, help="how many, newest first")] = 20,
) -> None:
    """What people are owed and were told, newest first.

    Examples:

      kabar notices
      kabar notices --failed --limit 100
    """
    with opened() as here:
        states = FAILED if failed else None
        counts = here.office.read(notice_counts)
        lines = here.office.read(lambda session: newest_notices(session, states=states, limit=limit))
        rows = [_row(line, moment(line.created_at, here.zone)) for line in lines]
    say(f"{counted(counts.total(), 'notice')}: {listed((state, counts[state]) for state in NoticeState)}.")
    if rows:
        table(("id", "kind", "state", "channel", "created", "why"), rows)
    elif failed:
        say("None failed.")


def notice(notice_id: Annotated[int, typer.Argument(metavar="ID", help="see: kabar notices")]) -> None:
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
