"""Rows of an office's export for tests, and what they left in the office."""

from datetime import date

from sqlalchemy import select

from core.questions.cards import current_card, resident_by_nik
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, seal_of
from core.store.tables import Card, Contact, Fact, Resident
from tests.offices import SITI, SITI_PHONE, ask

DAY = date(2017, 9, 26)
NEXT = date(2017, 9, 27)
NEW = "3522995506900021"
WIDE = "NIK;NAMA;KODE DESA;STATUS;TGL REKAM;TGL PENGAJUAN;TGL LAHIR;NO HP;SETUJU DIHUBUNGI;RESI;KETERANGAN"


def siti(
    status: str = "PRR", *, name: str = "SITI AMINAH", village: str = "35.22.15.2003", phone: str = SITI_PHONE,
    consent: str = "YA", receipt: str = "BJN-000001-V87",
) -> str:  # fmt: skip
    return f"{SITI};{name};{village};{status};05/01/2017;{phone};{consent};{receipt}"


def someone(nik: str = NEW, status: str = "PRR", *, recorded: str = "05/01/2017", phone: str = "") -> str:
    return f"{nik};WARGA BARU;35.22.15.2003;{status};{recorded};{phone};{'YA' if phone else ''};"


def card(office: OpenOffice, nik: str) -> Card:
    found = ask(office, current_card, nik)
    assert found is not None
    return found


def kinds(office: OpenOffice) -> list[Kind]:
    return ask(office, lambda session: list(session.scalars(select(Notice.kind).order_by(Notice.id))))


def happened(office: OpenOffice, nik: str) -> list[str]:
    query = select(Fact.kind).join(Resident, Resident.id == Fact.resident_id).order_by(Fact.id)
    return ask(
        office,
        lambda session: list(session.scalars(query.where(Resident.nik_index == seal_of(session).index("nik", nik)))),
    )


def phones(office: OpenOffice, nik: str) -> list[tuple[str, bool, str | None]]:
    """Every number of hers: itself, whether she may be written to there, why it closed."""

    def read(session):  # type: ignore[no-untyped-def]
        resident = resident_by_nik(session, nik)
        contacts = session.scalars(select(Contact).where(Contact.resident_id == resident.id).order_by(Contact.id))
        seal = seal_of(session)
        return [(seal.open(one.address_sealed), one.consent_at is not None, one.closed_why) for one in contacts]

    return office.read(read)
