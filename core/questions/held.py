"""What is held about the people behind one Telegram account."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.languages import language_of
from core.questions.regions import office_zone
from core.questions.slips import receipt_tail
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.held import HeldCard, HeldData, Seen
from core.rules.retention import ADDRESS_KEPT
from core.store.delivery_tables import Message
from core.store.office import seal_of
from core.store.tables import Card, Contact, Fact, Letter, Resident
from core.store.words import LEFT

_SHOWN = "personal-data-shown"
_PROVEN = "card-proven"
_LAST_DIGITS = 2


def held_at(session: Session, channel: Channel, address: str) -> HeldData:
    """Return what an address may be told about itself and the cards that it proved."""
    index = seal_of(session).index(channel, address)
    at_address = (Contact.channel == channel, Contact.address_index == index)
    contacts = session.scalars(
        select(Contact)
        .where(*at_address, Contact.closed_at.is_(None), Contact.consent_at.is_not(None))
        .order_by(Contact.id)
    )
    closed = exists().where(*at_address, Contact.closed_at.is_not(None), Contact.address_sealed != b"")
    messages = select(func.count(Message.id)).where(Message.address_index == index, Message.state.in_(LEFT))
    zone = office_zone(session)
    return HeldData(
        cards=[_card(session, contact, zone) for contact in contacts],
        stopped=bool(session.scalar(select(closed))),
        messages=session.scalar(messages) or 0,
        language_chosen=language_of(session, channel, address) is not None,
    )


def _card(session: Session, contact: Contact, zone: ZoneInfo) -> HeldCard:
    resident = session.get_one(Resident, contact.resident_id)
    card = newest_card(session, resident.id)
    tail = receipt_tail(session, card) if card else None
    letters = select(func.count(Letter.id)).where(Letter.resident_id == resident.id)
    accounts = select(func.count(Contact.id)).where(
        Contact.resident_id == resident.id,
        Contact.channel == Channel.TELEGRAM,
        Contact.closed_at.is_(None),
        Contact.consent_at.is_not(None),
    )
    proven = select(Fact.at).where(Fact.resident_id == resident.id, Fact.kind == _PROVEN).order_by(Fact.id)
    agreed_at = contact.consent_at or contact.added_at
    return HeldCard(
        receipt_tail=tail,
        born=resident.born_sealed is not None,
        receipt=tail is not None,
        phones=_phones(session, resident.id),
        letters=session.scalar(letters) or 0,
        proof=contact.proof,
        agreed_on=agreed_at.astimezone(zone).date(),
        agreed_how=contact.consent_how or "",
        agreed_text=contact.consent_text or "",
        kept_until=_kept_until(card, zone) if card else None,
        accounts=session.scalar(accounts) or 0,
        seen=_seen(session, resident.id, zone),
        proven=[at.astimezone(zone).date() for at in session.scalars(proven)],
    )


def _phones(session: Session, resident_id: int) -> tuple[str, ...]:
    """Of closed ones too, as long as they are held."""
    held = select(Contact.address_sealed).where(
        Contact.resident_id == resident_id, Contact.channel == Channel.SMS, Contact.address_sealed != b""
    )
    seal = seal_of(session)
    return tuple(dict.fromkeys(seal.open(sealed)[-_LAST_DIGITS:] for sealed in session.scalars(held)))


def _kept_until(card: Card, zone: ZoneInfo) -> date | None:
    return None if card.stage in OPEN else (card.stage_since + ADDRESS_KEPT).astimezone(zone).date()


def _seen(session: Session, resident_id: int, zone: ZoneInfo) -> list[Seen]:
    facts = session.execute(
        select(Fact.at, Fact.details).where(Fact.resident_id == resident_id, Fact.kind == _SHOWN).order_by(Fact.id)
    )
    return [Seen(row.at.astimezone(zone).date(), tuple(row.details.get("shown", ()))) for row in facts]
