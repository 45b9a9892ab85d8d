"""What happened to a resident's card, letters and contacts."""

from typing import Annotated, Any

import typer

from cli.edge import opened, typed_nik
from cli.show import counted, moment, say, table
from core.questions.cards import Happening
from core.questions.cards import history as everything
from core.questions.residents import known_resident
from core.rules.nik import mask


def history(nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")]) -> None:
    """Everything that happened to a resident's card, letters and contacts, oldest first.

    Examples:

      kabar history -
      kabar history 3522990101800001
    """
    nik = typed_nik(nik)
    with opened() as here:
        happenings = here.office.read(lambda session: everything(session, known_resident(session, nik).id))
        rows = [(moment(line.at, here.zone), line.kind, _details(line), line.by) for line in happenings]
    say(f"{mask(nik)}: {counted(len(rows), 'fact')}")
    table(("when", "what", "details", "by"), rows)


def _details(line: Happening) -> str:
    details: dict[str, Any] = dict(line.details)
    moved = f"{details.pop('from')} to {details.pop('to')}" if {"from", "to"} <= details.keys() else ""
    return ", ".join(filter(None, [moved, *(f"{name}: {_word(value)}" for name, value in details.items())]))


def _word(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
