"""A resident's addresses, as the counter adds and stops them. Telegram is linked by the resident herself."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, can_ask, opened, typed, typed_nik, utc_now
from cli.owed import owed
from cli.show import listed, say
from core.actions.contacts import add_contact
from core.actions.erasing import erase_addresses
from core.actions.languages import choose_language
from core.actions.stopping import stop_contacts
from core.errors import WordingError
from core.questions.notices import NoticeLine, owed_since
from core.questions.residents import held_addresses, known_resident
from core.rules.delivery import Channel
from core.rules.nik import mask
from core.rules.phone import mask_phone, read_phone
from core.wording import CONSENT_VERSION, languages

#: The exit code of what waits for a yes.
ASKS_FIRST = 3

app = typer.Typer(
    name="contact",
    help="Addresses: add a phone, stop one, erase all.\n\nExample:\n\n  kabar contact add - - --consent counter",
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
    language: Annotated[str | None, typer.Option(help="of its SMS, if not Indonesian: en")] = None,
) -> None:
    """Add a phone number to which its owner agreed; the number is told that it was registered.

    With - - the NIK and then the number are read from standard input,
    a line each. SMS are Indonesian unless the number has another
    --language, whose formats the operators must know too.

    Examples:

      kabar contact add - - --consent counter
      kabar contact add - - --consent counter --language en
      kabar contact add 3522990101800001 0812-0000-0001 --consent paper
    """
    nik, number, now = typed_nik(nik), read_phone(typed(phone, "phone number")), utc_now()
    if language and language not in languages():
        raise WordingError(f"there is no language {language!r}; there are: {', '.join(languages())}")
    with opened() as here:
        notices = here.office.write(lambda session: _add(session, nik, number, consent, language=language, now=now))
    if notices is None:
        noted = f" Its SMS are in language {language} from now on." if language else ""
        say(f"Nothing to do: {mask_phone(number)} stands at {mask(nik)} already, with consent.{noted}")
    else:
        say(f"1 address added: {mask_phone(number)} at {mask(nik)}. {owed(notices)}")


def _add(
    session: Session, nik: str, number: str, consent: Consent, *, language: str | None, now: datetime
) -> list[NoticeLine] | None:
    """Add the number; return what is owed for it, or None when it was there already."""
    resident_id = known_resident(session, nik).id
    if language:
        choose_language(session, Channel.SMS, number, language, now=now)
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


@app.command()
def erase(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    yes: Annotated[bool, typer.Option("--yes", help="yes, without being asked")] = False,
) -> None:
    """Erase every address of a resident, as she asked; her cards stay.

    Telegram accounts go at once. A phone is closed at once, and kabar run
    erases it within the hour, once nothing is on its way to it.
    It cannot be undone; without --yes and nobody there to ask: exit code 3.

    Examples:

      kabar contact erase -
      kabar contact erase 3522990101800001 --yes
    """
    nik = typed_nik(nik)
    with opened() as here:
        held = here.office.read(lambda session: held_addresses(session, nik))
        if not held:
            say(f"Nothing to do: no address is held at {mask(nik)}.")
            return
        if not yes:
            _sure(nik, listed(sorted(held.items())))
        here.office.write(lambda session: erase_addresses(session, nik, now=utc_now(), by=OPERATOR))
    say(f"Addresses erased at {mask(nik)}: {listed(sorted(held.items()))}.")
    if held[Channel.SMS]:
        say("Phones are closed now; kabar run erases them within the hour.")


def _sure(nik: str, addresses: str) -> None:
    """Ask, or say how to say yes."""
    question = f"Erase every address of {mask(nik)} ({addresses})? That cannot be undone"
    if can_ask() and typer.confirm(question, err=True):
        return
    say(f"Nothing was erased; {addresses} stand at {mask(nik)}. To erase them add --yes.")
    raise typer.Exit(ASKS_FIRST)
