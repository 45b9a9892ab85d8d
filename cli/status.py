"""Where is my card? As its resident is told it, and as the office may see it."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, Here, opened, typed_nik, utc_now
from cli.show import facts, moment, say, table
from core.actions.showing import show_personal_data
from core.calendar import calendar_of
from core.files.print_policy import read_policy
from core.questions.cards import where_is
from core.questions.regions import data_as_of, office_words
from core.questions.residents import CardView, ContactView, ResidentView, resident_view
from core.rules.expectation import PrintTerms
from core.rules.hours import Hours
from core.rules.nik import mask
from core.rules.print_queue import CardReason
from core.rules.siak import CENTRE_DAYS
from core.settings import Settings
from core.wording import Wording
from core.wording.answers import card_answer, not_found
from core.wording.dates import spoken_office
from core.wording.wordings import INDONESIAN


def status(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    office: Annotated[bool, typer.Option("--office", help="what the office may see")] = False,
    language: Annotated[str, typer.Option(help="how its resident is told it: id, or en")] = INDONESIAN,
    reveal: Annotated[bool, typer.Option("--reveal", help="also NIK, name and phone; that is noted")] = False,
) -> None:
    """Where a card is, as its resident is told it.

    With - the NIK is read from standard input, so that it stays in no
    shell history and no list of processes. With --reveal it also shows who
    she is; that it was shown is noted in her history. The exit code is 1
    when no card is known for the NIK.

    Examples:

      kabar status -
      kabar status 3522990101800001
      kabar status - --language en
      kabar status - --office
    """
    nik = typed_nik(nik)
    with opened() as here:
        if not (office or reveal):
            wording = Wording(here.settings.wording, language)
            said, known = here.office.read(lambda session: _answer(session, nik, wording, here.settings, now=utc_now()))
            say(said)
            if not known:
                raise typer.Exit(1)
            return
        view = here.office.read(lambda session: resident_view(session, nik, now=utc_now()))
        _show_who(here, nik, reveal=reveal)
        _show_view(view, here.zone)


def _answer(session: Session, nik: str, wording: Wording, settings: Settings, *, now: datetime) -> tuple[str, bool]:
    """What its resident is told, and whether there is a card."""
    words = office_words(session, settings.office_hours)
    office = spoken_office(wording, words)
    calendar = calendar_of(settings.office_hours or Hours.shown_only(words.hours), settings.closed_days)
    terms = PrintTerms(calendar, read_policy(settings.print_policy))
    answer = where_is(session, nik, now=now, terms=terms)
    if answer is None:
        return not_found(wording, office, data_as_of(session)), False
    return card_answer(wording, office, answer), True


def _show_who(here: Here, nik: str, *, reveal: bool) -> None:
    if not reveal:
        facts([("NIK", mask(nik))])
        return
    person = here.office.write(lambda session: show_personal_data(session, nik, now=utc_now(), by=OPERATOR))
    facts([("NIK", person.nik), ("name", person.name), ("phone", ", ".join(person.phones))])


def _show_view(view: ResidentView, zone: ZoneInfo) -> None:
    facts([("resident", str(view.id)), ("village", view.village)])
    if view.card:
        _show_card(view.card, zone)
    if view.letters:
        rows = [
            (
                letter.kind,
                f"{letter.state}, expired" if letter.expired else letter.state,
                moment(letter.state_since, zone),
                letter.number,
                letter.issued_on,
                letter.valid_until,
            )
            for letter in view.letters
        ]
        table(("letter", "state", "since", "number", "issued on", "valid until"), rows)
    contacts = [
        (contact.channel, contact.address, contact.proof, _contact_state(contact, zone)) for contact in view.contacts
    ]
    table(("address", "number", "proven by", "state"), contacts) if contacts else say("No address is known.")


def _show_card(card: CardView, zone: ZoneInfo) -> None:
    facts(
        [
            ("stage", card.stage),
            ("since", moment(card.stage_since, zone)),
            ("SIAK status", card.siak_status),
            ("known from", card.siak_since),
            ("data per", card.siak_as_of),
            ("overdue", f"sent to the centre more than {CENTRE_DAYS} days ago" if card.overdue else None),
            ("issued as", None if card.reason is CardReason.UNKNOWN else card.reason),
            ("applied on", card.applied_on),
            ("recorded on", card.recorded_on),
            ("print not before", card.print_not_before),
            ("printed before her turn", card.urgent),
            ("spoiled", "heads the next plan" if card.spoiled else None),
            ("print plan", card.plan),
            ("box", card.box),
            ("pickup point", card.pickup_point),
            ("pickup number", card.pickup_number),
            ("called for", card.pickup_on),
            ("taken, or closed", card.taken),
            ("receipt ends in", card.receipt_tail),
        ]
    )


def _contact_state(contact: ContactView, zone: ZoneInfo) -> str:
    if contact.closed_at:
        return f"closed {moment(contact.closed_at, zone)}: {contact.closed_why}"
    if contact.consent_at:
        return f"open, consent {moment(contact.consent_at, zone)} by {contact.consent_how}"
    return "held without consent, never written to"
