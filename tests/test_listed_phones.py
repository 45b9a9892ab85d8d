"""Phones in an office's list: who may be written to, and how many an import would tell."""

from collections import Counter

import pytest
from sqlalchemy import select

from core.actions.contacts import OWN_WISH, add_contact, close_address
from core.actions.stopping import stop_contacts
from core.questions.cards import resident_by_nik
from core.questions.residents import contacts_of
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from tests.listings import NEW, NEXT, phones, siti, someone
from tests.offices import BUDI, JOKO, SITI, SITI_PHONE, WATI, WATI_PHONE, Clock, Import, act, ask
from tests.rows import everything

both = pytest.mark.both_databases


# Phones from the list


@both
def test_a_phone_with_the_offices_note_of_consent_may_be_written_to_and_without_it_is_only_held(
    office: OpenOffice, take: Import
) -> None:
    assert phones(office, SITI) == [(SITI_PHONE, True, None)]
    take(f"{NEW};WARGA;35.22.15.2003;PRR;05/01/2017;+6281200000066;;")
    assert phones(office, NEW) == [("+6281200000066", False, None)]


@both
def test_a_newer_list_replaces_the_phone(office: OpenOffice, take: Import) -> None:
    take(siti(phone="+6281200000099"), as_of=NEXT)
    assert phones(office, SITI) == [(SITI_PHONE, True, "replaced by a newer list"), ("+6281200000099", True, None)]
    take(siti(phone=SITI_PHONE), as_of=NEXT)
    assert phones(office, SITI)[-1] == (SITI_PHONE, True, None)


@both
def test_a_phone_that_is_gone_from_the_list_closes(office: OpenOffice, take: Import) -> None:
    take(siti(phone="", consent=""), as_of=NEXT)
    assert phones(office, SITI) == [(SITI_PHONE, True, "replaced by a newer list")]


@both
def test_consent_that_is_gone_from_the_list_leaves_the_phone_held_only(office: OpenOffice, take: Import) -> None:
    take(siti(consent=""), as_of=NEXT)
    assert phones(office, SITI) == [(SITI_PHONE, True, "replaced by a newer list"), (SITI_PHONE, False, None)]


@both
def test_who_stopped_is_not_written_to_again_because_of_a_list(office: OpenOffice, take: Import, clock: Clock) -> None:
    act(office, stop_contacts, SITI, phone=None, now=clock(), by="operator")
    take(siti(name="SITI A"), as_of=NEXT)
    assert phones(office, SITI) == [(SITI_PHONE, True, "stopped")]


@both
@pytest.mark.parametrize("why", sorted(OWN_WISH))
def test_a_number_whose_holder_does_not_want_it_is_not_brought_back_by_a_list(
    office: OpenOffice, take: Import, clock: Clock, why: str
) -> None:
    act(office, close_address, Channel.SMS, SITI_PHONE, why=why, now=clock(), by="resident")
    take(siti(name="SITI A"), as_of=NEXT)
    assert phones(office, SITI) == [(SITI_PHONE, True, why)]


@both
def test_a_consent_that_she_gave_herself_is_not_taken_away_by_a_list(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    terms = {"proof": "paper", "how": "paper", "text": "2026-1", "now": clock(), "by": "operator"}
    act(office, add_contact, resident.id, Channel.SMS, SITI_PHONE, **terms)
    take(siti(phone="+6281200000099", consent=""), as_of=NEXT)
    take(siti(consent=""), as_of=NEXT)
    held = ask(office, contacts_of, resident.id)
    assert [contact.proof for contact in held if contact.closed_at is None] == ["paper"]


@both
def test_a_list_without_a_change_leaves_the_phone_as_it_is(office: OpenOffice, take: Import) -> None:
    before = phones(office, WATI)
    take(f"{WATI};SRI WATI;35.22.01.2001;PRR;20/09/2017;{WATI_PHONE};YA;BJN-000003-R81", as_of=NEXT)
    assert phones(office, WATI) == before


# What it would tell


@both
def test_the_plan_says_how_many_would_be_told_of_what_by_which_channel(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    resident = ask(office, resident_by_nik, WATI)
    assert resident is not None
    terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
    act(office, add_contact, resident.id, Channel.TELEGRAM, "900000009", **terms)
    rows = (
        siti("CARD_PRINTED"),
        f"{WATI};SRI WATI;35.22.01.2001;DUP;20/09/2017;{WATI_PHONE};YA;BJN-000003-R81",
        f"{JOKO};JOKO;35.22.01.2001;DUP;21/09/2017;;;BJN-000004-Z12",
        f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_SHIPPED;05/02/2017;;;BJN-000002-K07",
        someone(status="CARD_PRINTED", phone="+6281200000055"),
    )
    plan = take.plan(*rows, as_of=NEXT)
    assert plan.verdicts == {"moved": 4, "new": 1}
    assert plan.would_tell == {
        (Kind.PRINTED, Channel.SMS): 1,
        (Kind.NEEDS_OFFICER, Channel.TELEGRAM): 1,
        (Kind.NEEDS_OFFICER, None): 1,
    }
    take.apply(plan)
    told = ask(office, lambda session: Counter(map(tuple, session.execute(select(Notice.kind, Notice.channel)))))
    assert told == plan.would_tell


@both
def test_a_number_that_the_row_itself_brings_is_counted_as_it_will_be_used(office: OpenOffice, take: Import) -> None:
    row = f"{JOKO};JOKO;35.22.01.2001;DUP;21/09/2017;+6281200000044;YA;BJN-000004-Z12"
    plan = take.plan(row, as_of=NEXT)
    assert plan.would_tell == {(Kind.NEEDS_OFFICER, Channel.SMS): 1}


@both
def test_planning_changes_nothing(office: OpenOffice, take: Import) -> None:
    before = everything(office)
    take.plan(siti("CARD_PRINTED"), someone(), as_of=NEXT)
    assert everything(office) == before
