"""Substitute letters, at the counter: what was asked for, made out, put there, taken and extended."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, opened, typed, typed_nik, typed_niks, utc_now
from cli.progress import phase_bars
from cli.show import facts, listed, say
from core.actions.facts import Happened
from core.actions.letter_steps import Paper
from core.actions.letter_undo import undo_letter
from core.actions.letters import Step, ask_letter, extend_letter, issue_letter, letter_collected, letter_ready
from core.actions.slips import draw_code
from core.errors import NotFound, Refused
from core.questions.letters import check_letter
from core.questions.notices import owed_since
from core.rules.answer import LetterKind
from core.rules.letters import Checked, Validity, read_number
from core.rules.nik import mask
from core.rules.receipt import grouped
from core.store.words import LetterState

app = typer.Typer(
    name="letter",
    help="Substitute letters (suket): asked for, issued, ready, collected, extended; checked for a bank.\n\n"
    "Example:\n\n kabar letter ready - --kind SUKET",
    add_completion=False,
    rich_markup_mode="rich",
)

Kind = Annotated[LetterKind, typer.Option(case_sensitive=False, help="which letter")]
Nik = Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")]
Niks = Annotated[list[str], typer.Argument(help="16 digits each; - reads one a line from standard input")]

_TAKEN_BACK = {
    Happened.LETTER_ASKED: "asked for",
    Happened.LETTER_ISSUED: "issued",
    Happened.LETTER_READY: "ready",
    Happened.LETTER_COLLECTED: "collected",
    Happened.LETTER_EXTENDED: "extended",
}


@app.command()
def ask(nik: Nik, kind: Kind = LetterKind.SUKET) -> None:
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
def issue(
    nik: Nik,
    number: Annotated[str, typer.Option(help="the number on the letter, or - to read it from standard input")],
    kind: Kind = LetterKind.SUKET,
    is_ready: Annotated[bool, typer.Option("--ready", help="it waits at the counter: tell her")] = False,
) -> None:
    """Make out a letter, and show once what is to be written on it.

    The secret lets a bank check the letter together with its number. Only a
    code of it is kept, so it is shown this once: write or print it on the
    letter. Lost before that? kabar letter undo NIK, then issue it again.

    Examples:

      kabar letter issue - --number 471.13/123/2017
      kabar letter issue 3522990101800001 --number 471.13/123/2017 --ready
    """
    nik, now, secret = typed_nik(nik), utc_now(), draw_code()
    paper = Paper(number=read_number(typed(number, "number")), secret=secret)
    with opened() as here:
        validity = here.settings.letter_validity
        step = here.office.write(
            partial(_issue, nik=nik, kind=kind, paper=paper, ready=is_ready, validity=validity, now=now)
        )
    letter = step.letter
    if not step.done:
        say(f"Nothing to do: {mask(nik)} has this {letter.kind} already; it is {letter.state}, and its secret stays.")
        return
    say(f"1 letter {letter.state}: {mask(nik)}, {letter.kind}. Write on it:")
    facts([("number", paper.number), ("secret", grouped(secret)), ("valid until", letter.valid_until)])


@app.command()
def ready(niks: Niks, kind: Kind = LetterKind.SUKET) -> None:
    """Note that letters wait at the counter, and tell their residents; what nobody issued is issued today.

    One that cannot be issued is said and stops no other; the exit code is then 1.

    Examples:

      kabar letter ready 3522990101800001 3522994101800001
      kabar letter ready - --kind BIODATA_WNI < niks.txt
    """
    wanted = typed_niks(niks)
    with opened() as here:
        act = partial(_ready, kind=kind, validity=here.settings.letter_validity)
        counts = _each(here.office.write, wanted, act)
    say(f"Letters: {listed((word, counts[word]) for word in ('ready', 'ready already', 'refused'))}.")
    if counts["ready"]:
        say(f"To be told: {listed((word, counts[word]) for word in ('by telegram', 'by sms', 'not reached'))}.")
    if counts["refused"]:
        raise typer.Exit(1)


@app.command()
def collected(niks: Niks, kind: Kind = LetterKind.SUKET) -> None:
    """Note that letters were collected, so that nobody is told any more that they wait.

    Examples:

      kabar letter collected 3522990101800001
      kabar letter collected - < niks.txt
    """
    wanted = typed_niks(niks)
    with opened() as here:
        counts = _each(here.office.write, wanted, partial(_collected, kind=kind))
    say(f"Letters: {listed((word, counts[word]) for word in ('collected', 'collected already', 'refused'))}.")
    if counts["refused"]:
        raise typer.Exit(1)


@app.command()
def extend(nik: Nik, kind: Kind = LetterKind.SUKET) -> None:
    """Let a letter be valid from today for as long as a new one.

    For how long is KABAR_SUKET_DAYS and KABAR_BIODATA_DAYS. One that is
    void or ran out is not extended: issue another one.

    Examples:

      kabar letter extend 3522990101800001
      kabar letter extend - --kind BIODATA_WNI
    """
    nik, now = typed_nik(nik), utc_now()
    with opened() as here:
        validity = here.settings.letter_validity
        step = here.office.write(
            lambda session: extend_letter(session, nik, kind, validity=validity, now=now, by=OPERATOR)
        )
    if step.done:
        say(f"1 letter extended: {mask(nik)}, {kind}, valid until {step.letter.valid_until}. Write that on it.")
    else:
        say(f"Nothing to do: the {kind} of {mask(nik)} is valid until {step.letter.valid_until} already.")


@app.command()
def undo(nik: Nik, kind: Kind = LetterKind.SUKET) -> None:
    """Take back the last step of a resident's letter, where a clerk mistyped.

    One step. That it is ready stays once she was told of it.

    Examples:

      kabar letter undo 3522990101800001
    """
    nik, now = typed_nik(nik), utc_now()
    with opened() as here:
        letter, step = here.office.write(lambda session: undo_letter(session, nik, kind, now=now, by=OPERATOR))
    say(f'"{_TAKEN_BACK[step]}" was taken back: the {kind} of {mask(nik)} is {letter.state}.')


@app.command()
def check(
    number: Annotated[str, typer.Argument(help="the number on the letter")],
    secret: Annotated[str, typer.Argument(help="the secret on the letter, or - to read it from standard input")],
) -> None:
    """Say whether a letter is worth something: valid, expired, void or unknown, and nothing else.

    For a bank that is shown one. The exit code is 0 only when it is valid.

    Examples:

      kabar letter check 471.13/123/2017 K7M-4P2X-PR9
    """
    secret, now = typed(secret, "secret"), utc_now()
    with opened() as here:
        today = now.astimezone(here.zone).date()
        answer = here.office.read(lambda session: check_letter(session, number, secret, today=today))
    say(answer)
    if answer is not Checked.VALID:
        raise typer.Exit(1)


def _each(
    write: Callable[[Callable[[Session], list[str]]], list[str]], niks: list[str], act: Callable[..., list[str]]
) -> Counter[str]:
    """Do it for each, one transaction each, so that others have their turn; return what to count."""
    counts: Counter[str] = Counter()
    with phase_bars() as progress:
        for place, nik in enumerate(niks, start=1):
            try:
                done = write(partial(act, nik=nik, now=utc_now()))
            except (NotFound, Refused) as error:
                say(f"{mask(nik)}: {error}")
                done = ["refused"]
            counts.update(done)
            if len(niks) > 1:
                progress("letters", place, len(niks))
    return counts


def _issue(
    session: Session, *, nik: str, kind: LetterKind, paper: Paper, ready: bool, validity: Validity, now: datetime
) -> Step:
    step = issue_letter(session, nik, kind, paper, validity=validity, now=now, by=OPERATOR)
    if ready:
        letter_ready(session, nik, kind, validity=validity, now=now, by=OPERATOR)
    return step


def _ready(session: Session, *, nik: str, kind: LetterKind, validity: Validity, now: datetime) -> list[str]:
    """Let one letter be ready; return what to count it under."""
    letter = letter_ready(session, nik, kind, validity=validity, now=now, by=OPERATOR)
    if letter.state is not LetterState.READY or letter.state_since != now:
        return ["ready already"]
    notices = owed_since(session, letter.resident_id, now)
    return ["ready", *(f"by {notice.channel}" if notice.channel else "not reached" for notice in notices)]


def _collected(session: Session, *, nik: str, kind: LetterKind, now: datetime) -> list[str]:
    return ["collected" if letter_collected(session, nik, kind, now=now, by=OPERATOR).done else "collected already"]
