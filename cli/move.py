"""Taking one card to another stage."""

from typing import Annotated

import typer

from cli.edge import OPERATOR, opened, typed_nik, utc_now
from cli.owed import owed
from cli.show import say
from core.actions.cards import move_card_of
from core.errors import InputError
from core.questions.notices import owed_since
from core.questions.residents import known_resident
from core.rules.card import PRINTED_FROM, Stage
from core.rules.nik import mask


def move(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    stage: Annotated[str, typer.Argument(help=", ".join(Stage))],
    at: Annotated[str, typer.Option(help="region code of the pickup point; else the one its district uses")] = "",
) -> None:
    """Take a card to another stage, and tell its resident where that is told.

    Examples:

      kabar move - PRINTED
      kabar move 3522990101800001 ready-for-pickup --at 35.22.15.2003
    """
    nik, to = typed_nik(nik), _stage(stage)
    now = utc_now()
    with opened() as here:
        came_from = here.office.write(
            lambda session: move_card_of(session, nik, to, now=now, by=OPERATOR, at=at or None)
        )
        notices = here.office.read(lambda session: owed_since(session, known_resident(session, nik).id, now))
    say(f"1 card moved: {mask(nik)} from {came_from} to {to}. {owed(notices)}")
    if to is Stage.PRINT_READY and came_from in PRINTED_FROM:
        say("It heads the next print plan. The blank it used stays used; if it used none: kabar blanks adjust 1")


def _stage(word: str) -> Stage:
    try:
        return Stage(word.strip().upper().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise InputError(f"that is not a stage; the stages are: {', '.join(Stage)}") from None
