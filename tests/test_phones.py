"""Whose phone it is: a number proves the one resident who waits and at whom it stands, and never too many of them."""

import re
from collections.abc import Sequence

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_contact
from core.actions.sending import Turn, start_messages
from core.questions.cards import resident_by_nik
from core.questions.phones import SharedNumber, owner_of_phone, shared_numbers
from core.questions.residents import contacts_of
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Contact
from core.store.words import NoticeState
from tests.offices import BUDI, SITI, SITI_PHONE, WATI, WATI_PHONE, Clock, Import, act, ask
from tests.senders import terms

pytestmark = pytest.mark.both_databases

SHARED = "+6281200009999"
NIKS = [f"352299550690{n:04d}" for n in range(101, 108)]


def rows(count: int, *, consent: str = "", status: str = "PRR") -> Sequence[str]:
    return [f"{nik};WARGA;35.22.15.2003;{status};05/01/2017;{SHARED};{consent};" for nik in NIKS[:count]]


def owner(office: OpenOffice, phone: str) -> int | None:
    return ask(office, owner_of_phone, phone)


def id_of(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def test_a_number_proves_the_one_resident_at_whom_it_stands(office: OpenOffice) -> None:
    assert owner(office, SITI_PHONE) == 1
    assert owner(office, WATI_PHONE) == 3
    assert owner(office, SHARED) is None


def test_a_number_that_is_only_held_proves_too(office: OpenOffice, take: Import) -> None:
    take(*rows(1))
    assert owner(office, SHARED) == id_of(office, NIKS[0])


def test_a_number_from_the_counter_proves_as_one_from_the_list(office: OpenOffice, clock: Clock) -> None:
    consent = {"proof": "counter", "how": "counter", "text": "2026-2", "now": clock(), "by": "operator"}
    act(office, add_contact, 2, Channel.SMS, SHARED, **consent)
    assert owner(office, SHARED) == 2


def test_a_familys_number_proves_nobody_also_when_only_one_of_them_still_waits(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    take(*rows(2))
    assert owner(office, SHARED) is None
    act(office, move_card_of, NIKS[0], Stage.HANDED_OVER, now=clock(), by="operator")
    assert owner(office, SHARED) is None
    [handed_over] = ask(office, contacts_of, id_of(office, NIKS[0]))
    act(office, close_contact, handed_over, why="forgotten", now=clock(), by="kabar")
    assert owner(office, SHARED) == id_of(office, NIKS[1])


def test_a_number_proves_nobody_when_the_card_was_handed_over(office: OpenOffice, take: Import, clock: Clock) -> None:
    take(*rows(1))
    act(office, move_card_of, NIKS[0], Stage.HANDED_OVER, now=clock(), by="operator")
    assert owner(office, SHARED) is None


def test_a_number_that_was_closed_proves_nothing(office: OpenOffice, clock: Clock) -> None:
    [contact] = ask(office, contacts_of, 1)
    act(office, close_contact, contact, why="stopped", now=clock(), by="resident")
    assert owner(office, SITI_PHONE) is None


def test_a_number_at_seven_residents_proves_nobody_even_when_one_alone_still_waits(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    take(*rows(7))
    for nik in NIKS[1:]:
        act(office, move_card_of, nik, Stage.HANDED_OVER, now=clock(), by="operator")
    assert owner(office, SHARED) is None


def test_a_number_at_seven_residents_is_not_written_to_though_the_list_says_they_agreed(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    take(*rows(7, consent="YA"))
    act(office, move_card_of, NIKS[0], Stage.PRINTED, now=clock(), by="operator")
    tick = {"slots": 8, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
    assert act(office, start_messages, Channel.SMS, **tick) == []
    states = ask(office, lambda session: session.scalars(select(Notice.state)).all())
    assert states == [NoticeState.UNREACHABLE]


def test_numbers_of_too_many_are_listed_as_they_may_be_shown(office: OpenOffice, take: Import, clock: Clock) -> None:
    take(*rows(6))
    assert ask(office, shared_numbers) == []
    take(*rows(7))
    consent = {"proof": "receipt", "how": "telegram", "text": "2026-2", "now": clock(), "by": "resident"}
    for nik in (SITI, BUDI, WATI, *NIKS[:5]):
        act(office, add_contact, id_of(office, nik), Channel.TELEGRAM, "900000001", **consent)
    assert ask(office, shared_numbers) == [SharedNumber("+62812••••999", 7)]


def test_a_number_that_stood_at_many_and_stands_at_few_now_is_not_listed(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    take(*rows(7))
    [contact] = ask(office, lambda session: _held(session, id_of(office, NIKS[0])))
    act(office, close_contact, contact, why="stopped", now=clock(), by="resident")
    assert ask(office, shared_numbers) == []


def test_numbers_of_too_many_are_found_by_the_index(office: OpenOffice, take: Import) -> None:
    take(*rows(7))
    plans = ask(office, _plans)
    assert len(plans) == 3  # which may be, which are, and one number to show
    assert re.search(r"(COVERING INDEX|Index Only Scan using) ix_contact_address_index", plans[0])
    assert re.search(r"(SEARCH contact|Index Cond).*address_index ?=", plans[1])


def _held(session: Session, resident_id: int) -> Sequence[Contact]:
    return session.scalars(select(Contact).where(Contact.resident_id == resident_id)).all()


def _plans(session: Session) -> list[str]:
    """How the database goes about every statement, once it is told that the table is not as small as it looks."""
    connection, said = session.connection(), []
    if session.get_bind().dialect.name == "postgresql":
        for way in ("seqscan", "sort", "hashagg", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        explain = "EXPLAIN "
    else:
        explain = "EXPLAIN QUERY PLAN "

    def note(_connection, _cursor, statement, parameters, *_) -> None:  # type: ignore[no-untyped-def]
        said.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    shared_numbers(session)
    event.remove(connection, "before_cursor_execute", note)
    return ["\n".join(map(str, connection.exec_driver_sql(explain + said_one, of))) for said_one, of in said]
