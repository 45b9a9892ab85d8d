"""A resident does not want to be written to any more: her addresses close, and no list opens them again."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.actions.contacts import STOPPED, close_contact
from core.errors import NotFound
from core.questions.residents import contacts_of, known_resident
from core.rules.delivery import Channel
from core.store.office import seal_of
from core.store.tables import Contact


def stop_contacts(session: Session, nik: str, *, phone: str | None, now: datetime, by: str) -> list[Channel]:
    """Close one phone (E.164) of a resident, or all her addresses; return the channels that were closed."""
    resident = known_resident(session, nik)
    contacts = [
        contact
        for contact in contacts_of(session, resident.id)
        if contact.closed_at is None and _is_meant(session, contact, phone)
    ]
    if not contacts:
        what = "nothing is sent to this number" if phone else "nothing is sent to any address"
        raise NotFound(f"{what} for this resident; see: kabar status NIK --office")
    for contact in contacts:
        close_contact(session, contact, why=STOPPED, now=now, by=by)
    return [contact.channel for contact in contacts]


def _is_meant(session: Session, contact: Contact, phone: str | None) -> bool:
    if phone is None:
        return True
    return contact.channel is Channel.SMS and contact.address_index == seal_of(session).index(Channel.SMS, phone)
