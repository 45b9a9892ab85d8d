"""Addresses: added with a proof and a consent, closed with a reason, never shared by too many."""

from concurrent.futures import Future

import pytest
from sqlalchemy import select

from core.actions.contacts import add_contact, close_address, close_contact
from core.errors import Refused
from core.questions.addresses import greetings_owed_to
from core.questions.cards import history, resident_by_nik
from core.questions.contacts import channels_of, residents_at
from core.questions.residents import contacts_of
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, seal_of
from core.store.tables import Contact
from tests.offices import BUDI, JOKO, SITI, SITI_PHONE, WATI, Clock, Import, act, ask
from tests.statements import statements

pytestmark = pytest.mark.both_databases

CHAT = "900000001"
SHARED = "+6281200009999"


def resident_id(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def add(
    office: OpenOffice,
    nik: str,
    channel: Channel,
    address: str,
    clock: Clock,
    *,
    proof: str = "paper",
    welcome: bool = False,
) -> Contact:
    terms = {"proof": proof, "how": proof, "text": "2026-1", "now": clock(), "by": "operator", "welcome": welcome}
    return act(office, add_contact, resident_id(office, nik), channel, address, **terms)


def reach(office: OpenOffice, nik: str) -> frozenset[Channel]:
    resident = resident_id(office, nik)
    return ask(office, channels_of, [resident]).get(resident, frozenset())


def test_consent_says_who_when_how_and_to_which_text(office: OpenOffice, clock: Clock) -> None:
    contact = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    assert (contact.consent_by, contact.consent_at, contact.consent_how, contact.consent_text) == (
        "operator",
        clock(),
        "paper",
        "2026-1",
    )
    assert reach(office, BUDI) == {Channel.TELEGRAM}
    assert ask(office, history, resident_id(office, BUDI))[-1].kind == "contact-added"


def test_the_same_address_again_is_the_same_contact(office: OpenOffice, clock: Clock) -> None:
    first = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    clock.move(days=1)
    again = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    assert (again.id, again.consent_at) == (first.id, first.consent_at)


def test_a_new_address_hears_that_it_was_registered(office: OpenOffice, clock: Clock) -> None:
    contact = add(office, BUDI, Channel.SMS, SHARED, clock, welcome=True)
    [notice] = ask(office, lambda session: session.scalars(select(Notice)).all())
    assert (notice.kind, notice.contact_id, notice.channel) == (Kind.REGISTERED, contact.id, Channel.SMS)


def test_a_phone_that_is_only_held_is_never_written_to_until_its_owner_agrees(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    nik = "3522995506900021"
    take(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;{SHARED};;")
    assert reach(office, nik) == frozenset()
    add(office, nik, Channel.SMS, SHARED, clock, proof="counter")
    assert reach(office, nik) == {Channel.SMS}
    [contact] = ask(office, contacts_of, resident_id(office, nik))
    assert contact.proof == "counter"


def test_a_number_of_six_residents_is_a_familys_and_of_seven_a_brokers(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    niks = [f"352299550690010{n}" for n in range(1, 6)]
    take(*(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;{SHARED};;" for nik in niks))
    add(office, BUDI, Channel.SMS, SHARED, clock)
    with pytest.raises(Refused, match="broker's or a clerk's") as refusal:
        add(office, JOKO, Channel.SMS, SHARED, clock)
    assert SHARED not in str(refusal.value)
    add(office, niks[0], Channel.SMS, SHARED, clock)  # she stands there already
    assert reach(office, niks[0]) == {Channel.SMS}


def test_a_telegram_account_cares_for_eight_residents_who_prove_it_and_for_no_ninth(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    niks = [f"352299550690010{n}" for n in range(1, 6)]
    take(*(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;;;" for nik in niks))
    for nik in (SITI, BUDI, WATI, *niks):
        add(office, nik, Channel.TELEGRAM, CHAT, clock, proof="receipt")
    index = ask(office, lambda session: seal_of(session).index(Channel.TELEGRAM, CHAT))
    assert ask(office, residents_at, Channel.TELEGRAM, index) == 8
    with pytest.raises(Refused, match="8 cards already") as refusal:
        add(office, JOKO, Channel.TELEGRAM, CHAT, clock, proof="receipt")
    assert CHAT not in str(refusal.value)
    add(office, SITI, Channel.TELEGRAM, CHAT, clock, proof="link")  # she stands there already


def test_the_same_address_added_by_many_at_once_is_one_contact(office: OpenOffice, clock: Clock) -> None:
    resident = resident_id(office, BUDI)
    added = [at_once(office, resident, Channel.TELEGRAM, CHAT, clock) for _ in range(12)]
    assert len({future.result().id for future in added}) == 1
    assert [line.kind for line in ask(office, history, resident)].count("contact-added") == 1


@pytest.mark.parametrize(("channel", "shared", "most"), [(Channel.SMS, SHARED, 6), (Channel.TELEGRAM, CHAT, 8)])
def test_of_many_who_add_one_address_at_once_no_more_than_a_family_stands_there(
    office: OpenOffice, take: Import, clock: Clock, channel: Channel, shared: str, most: int
) -> None:
    niks = [f"35229955069001{n:02d}" for n in range(1, 17)]
    take(*(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;;;" for nik in niks))
    residents = [resident_id(office, nik) for nik in niks]
    added = [at_once(office, one, channel, shared, clock) for one in residents]
    refused = [future.exception() for future in added]
    assert sum(isinstance(problem, Refused) for problem in refused) == len(niks) - most
    index = ask(office, lambda session: seal_of(session).index(channel, shared))
    assert ask(office, residents_at, channel, index) == most


def at_once(office: OpenOffice, resident: int, channel: Channel, address: str, clock: Clock) -> Future[Contact]:
    """Add an address without waiting for it; on PostgreSQL four are added at the same time."""
    terms = {"proof": "paper", "how": "paper", "text": "2026-1", "now": clock(), "by": "operator"}
    return office.submit(lambda session: add_contact(session, resident, channel, address, **terms))


def test_a_greeting_is_looked_for_only_as_long_as_it_may_still_be_owed(office: OpenOffice, clock: Clock) -> None:
    contact = add(office, BUDI, Channel.SMS, SHARED, clock, welcome=True)
    assert ask(office, greetings_owed_to, [contact], now=clock())
    clock.move(days=7)
    with statements() as asked:
        assert not ask(office, greetings_owed_to, [contact], now=clock())
    assert not [statement for statement in asked if "FROM notice" in statement]


def test_an_address_that_is_dead_closes_wherever_it_stands(office: OpenOffice, clock: Clock) -> None:
    add(office, BUDI, Channel.SMS, SITI_PHONE, clock)
    closed = act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="resident")
    assert closed == 2
    assert reach(office, SITI) == reach(office, BUDI) == frozenset()
    assert act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="resident") == 0


def test_what_is_closed_keeps_its_first_reason(office: OpenOffice, clock: Clock) -> None:
    contact = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    for why in ("stopped", "unreachable"):
        act(office, close_contact, contact, why=why, now=clock(), by="resident")
    facts = [line for line in ask(office, history, resident_id(office, BUDI)) if line.kind == "contact-closed"]
    assert [fact.details["why"] for fact in facts] == ["stopped"]


def test_who_stopped_may_begin_again_herself(office: OpenOffice, clock: Clock) -> None:
    first = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    act(office, close_contact, first, why="stopped", now=clock(), by="resident")
    second = add(office, BUDI, Channel.TELEGRAM, CHAT, clock)
    assert second.id != first.id
    assert reach(office, BUDI) == {Channel.TELEGRAM}
