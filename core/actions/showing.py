"""Showing what is held: to the office who somebody is, to an address what is held about it; noted before it is seen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.questions.contacts import linked_residents
from core.questions.held import held_at
from core.questions.residents import contacts_of, known_resident
from core.rules.delivery import Channel
from core.rules.held import HeldData
from core.store.many import by_key
from core.store.office import seal_of
from core.store.tables import Fact, Resident


@dataclass(frozen=True, slots=True, repr=False)
class PersonalData:
    """phones: those that are open. It has no representation, so that it reaches no log."""

    nik: str
    name: str
    phones: tuple[str, ...]


def tell_held_data(session: Session, channel: Channel, address: str, *, now: datetime) -> HeldData:
    """Return what an address may be told about itself, and note at each resident behind it that it was told."""
    for resident_id in sorted(linked_residents(session, channel, address)):
        append_fact(
            session,
            Happened.HELD_DATA_TOLD,
            now=now,
            by="resident",
            resident_id=resident_id,
            details={"channel": channel},
        )
    return held_at(session, channel, address)


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


def show_names(session: Session, resident_ids: Collection[int], *, now: datetime, by: str) -> dict[int, PersonalData]:
    """Return NIK and name of several residents, as a list on paper needs them, and note it for each of them."""
    seal = seal_of(session)
    residents = by_key(session, Resident, resident_ids)
    noted = {"at": now, "kind": Happened.PERSONAL_DATA_SHOWN, "by": by, "details": {"shown": ["nik", "name"]}}
    if residents:
        session.execute(insert(Fact), [{**noted, "resident_id": id_} for id_ in residents])
    return {
        id_: PersonalData(seal.open(resident.nik_sealed), seal.open(resident.name_sealed), ())
        for id_, resident in residents.items()
    }


def show_names_only(session: Session, resident_ids: Collection[int], *, now: datetime, by: str) -> dict[int, str]:
    """Return the names of several residents, for a list that needs no NIK, and note it for each of them."""
    seal = seal_of(session)
    residents = by_key(session, Resident, resident_ids)
    noted = {"at": now, "kind": Happened.PERSONAL_DATA_SHOWN, "by": by, "details": {"shown": ["name"]}}
    if residents:
        session.execute(insert(Fact), [{**noted, "resident_id": id_} for id_ in residents])
    return {id_: seal.open(resident.name_sealed) for id_, resident in residents.items()}
