"""Closing a card that nobody waits for any more, and opening it again."""

from functools import partial
from typing import Annotated

import typer

from cli.edge import OPERATOR, opened, typed_nik, utc_now
from cli.owed import owed
from cli.show import say
from core.actions.handover import CLOSED_FOR, close_card, reopen_card
from core.errors import InputError
from core.questions.notices import owed_since
from core.questions.residents import known_resident
from core.rules.nik import mask
from core.store.words import Taken

Nik = Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")]


def close(
    nik: Nik,
    why: Annotated[str, typer.Argument(metavar="WHY", help=", ".join(CLOSED_FOR))],
) -> None:
    """Close a card: its holder moved away, died, or does not want it. Nobody is told, and no reminder is sent.

    Examples:

      kabar close - died
      kabar close 3522990101800001 moved
    """
    nik = typed_nik(nik)
    if why.strip().lower() not in CLOSED_FOR:
        raise InputError(f"say why, as in kabar close NIK moved; one of: {', '.join(CLOSED_FOR)}")
    reason = Taken(why.strip().lower())
    with opened() as here:
        came_from = here.office.write(partial(close_card, nik=nik, why=reason, now=utc_now(), by=OPERATOR))
    say(f"1 card closed ({reason}): {mask(nik)}, which was at {came_from}. Undo it with: kabar reopen -")


def reopen(nik: Nik) -> None:
    """Have a closed card awaited again, at the stage it had; its resident is told where that is told.

    Example:

      kabar reopen -
    """
    nik, now = typed_nik(nik), utc_now()
    with opened() as here:
        stage = here.office.write(partial(reopen_card, nik=nik, now=now, by=OPERATOR))
        notices = here.office.read(lambda session: owed_since(session, known_resident(session, nik).id, now))
    say(f"1 card reopened: {mask(nik)} at {stage}. {owed(notices)}")
