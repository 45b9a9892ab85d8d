"""A resident's addresses, as the counter adds and stops them. Telegram is linked by the resident herself."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, opened, typed, typed_nik, utc_now
from cli.owed import owed
from cli.show import listed, say
from core.actions.contacts import add_contact
from core.actions.stopping import stop_contacts
from core.questions.notices import NoticeLine, owed_since
from core.questions.residents import known_resident
from core.rules.delivery import Channel
from core.rules.nik import mask
from core.rules.phone import mask_phone, read_phone
from core.wording import CONSENT_VERSION

app = typer.Typer(
    name="contact",
    help="A resident's addresses: add a phone, stop one.\n\nExample:\n\n  kabar contact add - - --consent counter",
    add_completion=False,
    rich_markup_mode="rich",
)


class Consent(StrEnum):
    """How she agreed: she signed a form, or said so at the counter."""

    PAPER = "paper"
    COUNTER = "counter"


@app.command()
def add(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    phone: Annotated[str, typer.Argument(help="a mobile number, or - to read it from standard input")],
    consent: Annotated[Consent, typer.Option(help="how she agreed to be written to")],
) -> None:
    """Add a phone number to which its owner agreed; the number is told that it was registered.

    With - - the NIK and then the number are read from standard input,
    a line each.

    Examples:

      kabar contact add - - --consent counter
      kabar contact add 3522990101800001 0812-0000-0001 --consent paper
    """
    nik, number, now = typed_nik(nik), read_phone(typed(phone, "phone number")), utc_now()
    with opened() as here:
        notices = here.office.write(lambda session: _add(session, nik, number, consent, now=now))
    if notices is None:
        say(f"Nothing to do: {mask_phone(number)} stands at {mask(nik)} already, with consent.")
    else:
        say(f"1 address added: {mask_phone(number)} at {mask(nik)}. {owed(notices)}")


def _add(session: Session, nik: str, number: str, consent: Consent, *, now: datetime) -> list[NoticeLine] | None:
    """Add the number; return what is owed for it, or None when it was there already."""
    resident_id = known_resident(session, nik).id
    contact = add_contact(
        session,
        resident_id,
        Channel.SMS,
        number,
        proof=consent,
        how=consent,
        text=CONSENT_VERSION,
        now=now,
        by=OPERATOR,
        welcome=True,
    )
    return owed_since(session, resident_id, now) if contact.consent_at == now else None


@app.command()
def stop(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    phone: Annotated[str, typer.Argument(help="one number, or -; without it all her addresses")] = "",
) -> None:
    """Write to a resident no more, as she asked: one number, or every address of hers.

    No later import opens it again; she herself can.

    Examples:

      kabar contact stop -
      kabar contact stop 3522990101800001 0812-0000-0001
    """
    nik = typed_nik(nik)
    number = read_phone(typed(phone, "phone number")) if phone else None
    with opened() as here:
        closed = here.office.write(
            lambda session: stop_contacts(session, nik, phone=number, now=utc_now(), by=OPERATOR)
        )
    say(f"Addresses closed at {mask(nik)}: {listed(sorted(Counter(closed).items()))}.")
