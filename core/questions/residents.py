"""What the office may see of a resident: everything that helps at the counter, nothing that names her."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.cards import is_overdue, newest_card, resident_by_nik
from core.questions.letters import IN_FORCE, letter_number
from core.questions.regions import office_zone
from core.questions.slips import receipt_tail
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.phone import mask_phone
from core.rules.print_queue import CardReason, Urgency
from core.store.office import seal_of
from core.store.tables import Card, Contact, Letter, Region, Resident
from core.store.words import LetterState, Taken


@dataclass(frozen=True, slots=True)
class CardView:
    """The newest issuance. siak: the status last imported; its since and its as-of day. overdue: at the centre.

    plan, box: the numbers of those that have it, or had. taken: who took it, or why it is closed.
    """

    stage: Stage
    stage_since: datetime
    siak_status: str | None
    siak_since: date | None
    siak_as_of: date | None
    overdue: bool
    reason: CardReason
    applied_on: date | None
    recorded_on: date | None
    print_not_before: date | None
    pickup_point: str | None
    pickup_number: int | None
    receipt_tail: str | None
    urgent: Urgency | None
    spoiled: bool
    plan: int | None
    box: int | None
    pickup_on: date | None
    taken: Taken | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """address: a phone as it may be shown; nothing for Telegram. open: neither stopped nor given up."""

    channel: Channel
    address: str | None
    proof: str
    added_at: datetime
    consent_at: datetime | None
    consent_how: str | None
    closed_at: datetime | None
    closed_why: str | None


@dataclass(frozen=True, slots=True)
class LetterView:
    kind: LetterKind
    state: LetterState
    state_since: datetime
    number: str | None
    issued_on: date | None
    valid_until: date | None
    expired: bool


@dataclass(frozen=True, slots=True)
class ResidentView:
    """village: by name and code."""

    id: int
    village: str
    card: CardView | None
    letters: list[LetterView]
    contacts: list[ContactView]


def known_resident(session: Session, nik: str) -> Resident:
    """Return the person with this NIK; NotFound otherwise."""
    resident = resident_by_nik(session, nik)
    if resident is None:
        raise NotFound("nobody is known with this NIK; import the office's export first, or check the digits")
    return resident


def resident_view(session: Session, nik: str, *, now: datetime) -> ResidentView:
    """Return what the office may see of the person with this NIK; NotFound when there is none."""
    today = now.astimezone(office_zone(session)).date()
    resident = known_resident(session, nik)
    card = newest_card(session, resident.id)
    letters = session.scalars(select(Letter).where(Letter.resident_id == resident.id).order_by(Letter.id))
    return ResidentView(
        resident.id,
        region_name(session, resident.village),
        _card(session, card, today) if card else None,
        [_letter(session, letter, today) for letter in letters],
        [_contact(session, contact) for contact in contacts_of(session, resident.id)],
    )


def contacts_of(session: Session, resident_id: int) -> list[Contact]:
    """Return every address a resident has or had, oldest first."""
    return list(session.scalars(select(Contact).where(Contact.resident_id == resident_id).order_by(Contact.id)))


def held_addresses(session: Session, nik: str) -> Counter[Channel]:
    """Return how many addresses of which channel are held for a resident, open or closed; NotFound without her."""
    contacts = contacts_of(session, known_resident(session, nik).id)
    return Counter(contact.channel for contact in contacts if contact.address_sealed)


def region_name(session: Session, code: str) -> str:
    """Return a region's name and code: Kauman (35.22.15.2003)."""
    region = session.get(Region, code)
    return f"{region.name} ({code})" if region else code


def _card(session: Session, card: Card, today: date) -> CardView:
    return CardView(
        card.stage,
        card.stage_since,
        card.siak_status,
        card.siak_since,
        card.siak_as_of,
        is_overdue(session, card, today),
        card.reason,
        card.applied_on,
        card.recorded_on,
        card.print_not_before,
        region_name(session, card.pickup_point) if card.pickup_point else None,
        card.pickup_number,
        receipt_tail(session, card),
        card.urgent,
        card.spoiled,
        card.plan_id,
        card.box_id,
        card.pickup_on,
        card.taken,
    )


def _letter(session: Session, letter: Letter, today: date) -> LetterView:
    return LetterView(
        letter.kind,
        letter.state,
        letter.state_since,
        letter_number(session, letter),
        letter.issued_on,
        letter.valid_until,
        letter.state in IN_FORCE and letter.valid_until is not None and letter.valid_until < today,
    )


def _contact(session: Session, contact: Contact) -> ContactView:
    phone = contact.channel is Channel.SMS and contact.address_sealed  # an erased one has nothing to show
    return ContactView(
        contact.channel,
        mask_phone(seal_of(session).open(contact.address_sealed)) if phone else None,
        contact.proof,
        contact.added_at,
        contact.consent_at,
        contact.consent_how,
        contact.closed_at,
        contact.closed_why,
    )
