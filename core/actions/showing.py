"""Showing who a resident is: the fact that it was shown is durable before anybody sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.questions.residents import contacts_of, known_resident
from core.rules.delivery import Channel
from core.store.office import seal_of


@dataclass(frozen=True, slots=True, repr=False)
class PersonalData:
    """phones: those that are open. It has no representation, so that it reaches no log."""

    nik: str
    name: str
    phones: tuple[str, ...]


def show_personal_data(session: Session, nik: str, *, now: datetime, by: str) -> PersonalData:
    """Return NIK, name and phones of a resident, and note that they were shown; NotFound when there is none."""
    resident = known_resident(session, nik)
    seal = seal_of(session)
    phones = [
        seal.open(contact.address_sealed)
        for contact in contacts_of(session, resident.id)
        if contact.channel is Channel.SMS and contact.closed_at is None
    ]
    shown = ["nik", "name", *(["phone"] if phones else [])]
    append_fact(
        session,
        Happened.PERSONAL_DATA_SHOWN,
        now=now,
        by=by,
        resident_id=resident.id,
        details={"shown": shown},
    )
    return PersonalData(seal.open(resident.nik_sealed), seal.open(resident.name_sealed), tuple(phones))
