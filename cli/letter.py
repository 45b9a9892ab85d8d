"""Substitute letters."""

from collections import Counter
from datetime import datetime
from functools import partial
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, opened, typed_nik, typed_niks, utc_now
from cli.show import listed, say
from core.actions.letters import ask_letter, letter_ready
from core.errors import NotFound, Refused
from core.questions.notices import owed_since
from core.rules.answer import LetterKind
from core.rules.nik import mask
from core.store.words import LetterState

app = typer.Typer(
    name="letter",
    help="Substitute letters (suket): asked for, ready.\n\nExample:\n\n kabar letter ready - --kind SUKET",
    add_completion=False,
    rich_markup_mode="rich",
)

Kind = Annotated[LetterKind, typer.Option(case_sensitive=False, help="which letter")]


@app.command()
def ask(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    kind: Kind = LetterKind.SUKET,
) -> None:
    """Note that a resident asked for a letter, so that she hears when it is ready or letters stop.

    Examples:

      kabar letter ask -
      kabar letter ask 3522990101800001 --kind BIODATA_WNI
    """
    nik, now = typed_nik(nik), utc_now()
    with opened() as here:
        letter = here.office.write(lambda session: ask_letter(session, nik, kind, now=now, by=OPERATOR))
    if letter.state_since == now:
        say(f"1 letter asked for: {mask(nik)}, {letter.kind}.")
    else:
        say(f"Nothing to do: {mask(nik)} has a {letter.kind} that is {letter.state} already.")


@app.command()
def ready(
    niks: Annotated[list[str], typer.Argument(help="16 digits each; - reads one a line from standard input")],
    kind: Kind = LetterKind.SUKET,
) -> None:
    """Issue letters and tell their residents that they are ready.

    One that cannot be issued is said and stops no other; the exit code is then 1.

    Examples:

      kabar letter ready 3522990101800001 3522994101800001
      kabar letter ready - --kind BIODATA_WNI < niks.txt
    """
    wanted = typed_niks(niks)
    counts: Counter[str] = Counter()
    with opened() as here:
        for nik in wanted:
            now = utc_now()
            try:
                done = here.office.write(partial(_ready, nik=nik, kind=kind, now=now))
            except (NotFound, Refused) as error:
                say(f"{mask(nik)}: {error}")
                done = ["refused"]
            counts.update(done)
    say(f"Letters: {listed((word, counts[word]) for word in ('ready', 'ready already', 'refused'))}.")
    if counts["ready"]:
        say(f"To be told: {listed((word, counts[word]) for word in ('by telegram', 'by sms', 'not reached'))}.")
    if counts["refused"]:
        raise typer.Exit(1)


def _ready(session: Session, nik: str, kind: LetterKind, *, now: datetime) -> list[str]:
    """Issue one letter; return what to count it under."""
    letter = letter_ready(session, nik, kind, now=now, by=OPERATOR)
    if letter.state is not LetterState.READY or letter.state_since != now:
        return ["ready already"]
    notices = owed_since(session, letter.resident_id, now)
    return ["ready", *(f"by {notice.channel}" if notice.channel else "not reached" for notice in notices)]
