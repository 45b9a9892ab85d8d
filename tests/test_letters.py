"""Substitute letters: asked for once, ready once, and not while letters are suspended."""

from datetime import date

import pytest
from sqlalchemy import select

from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import resume, suspend
from core.errors import NotFound, Refused
from core.questions.cards import history, resident_by_nik, where_is, where_is_proven
from core.rules.answer import LetterKind
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Letter
from core.store.words import LetterState
from tests.listings import siti
from tests.offices import SITI, WATI, Clock, Import, act, ask

pytestmark = pytest.mark.both_databases


def ready(office: OpenOffice, clock: Clock, nik: str = SITI, kind: LetterKind = LetterKind.SUKET) -> Letter:
    return act(office, letter_ready, nik, kind, now=clock(), by="operator")


def resident_id(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def owed(office: OpenOffice) -> list[Kind]:
    return ask(office, lambda session: list(session.scalars(select(Notice.kind))))


def test_a_letter_that_is_ready_is_told_and_valid_for_half_a_year(office: OpenOffice, clock: Clock) -> None:
    letter = ready(office, clock)
    assert (letter.issued_on, letter.valid_until) == (date(2017, 9, 26), date(2018, 3, 28))
    assert owed(office) == [Kind.LETTER_READY]
    kinds = [line.kind for line in ask(office, history, resident_id(office, SITI))]
    assert kinds[-1] == "letter-ready"
    assert "letter-asked" not in kinds, "she never asked"


def test_a_letter_that_is_ready_already_is_told_once(office: OpenOffice, clock: Clock) -> None:
    first = ready(office, clock)
    clock.move(days=1)
    assert ready(office, clock).id == first.id
    assert owed(office) == [Kind.LETTER_READY]


def test_who_asks_twice_waits_for_one_letter(office: OpenOffice, clock: Clock) -> None:
    one = act(office, ask_letter, SITI, LetterKind.SUKET, now=clock(), by="operator")
    two = act(office, ask_letter, SITI, LetterKind.BIODATA_WNI, now=clock(), by="operator")
    assert one.id == two.id
    assert ready(office, clock).id == one.id


def test_who_has_no_letter_waiting_is_told_nothing_of_one(office: OpenOffice, clock: Clock) -> None:
    act(office, ask_letter, SITI, LetterKind.SUKET, now=clock(), by="operator")
    assert not owed(office)


def test_a_ready_letter_is_in_the_owners_answer_and_in_nobody_elses(office: OpenOffice, clock: Clock) -> None:
    ready(office, clock, kind=LetterKind.BIODATA_WNI)
    proven = ask(office, where_is_proven, resident_id(office, SITI), now=clock())
    anyone = ask(office, where_is, SITI, now=clock())
    assert proven is not None
    assert anyone is not None
    assert (proven.letter_ready, anyone.letter_ready) == (LetterKind.BIODATA_WNI, None)


def test_while_letters_are_suspended_none_is_issued(office: OpenOffice, clock: Clock) -> None:
    stop = act(office, suspend, [Service.LETTERS], cause=Cause.SERVER, now=clock(), by="operator")
    with pytest.raises(Refused, match="letters are suspended"):
        ready(office, clock)
    assert ask(office, lambda session: session.scalars(select(Letter)).all()) == []
    act(office, resume, stop.suspension_id, now=clock(), by="operator")
    assert ready(office, clock).state is LetterState.READY


def test_a_stop_in_one_district_does_not_stop_the_letters_of_another(office: OpenOffice, clock: Clock) -> None:
    act(office, suspend, [Service.LETTERS], cause=Cause.POWER, now=clock(), by="operator", region="35.22.15")
    with pytest.raises(Refused, match="letters are suspended"):
        ready(office, clock)
    assert ready(office, clock, nik=WATI).state is LetterState.READY


def test_an_unknown_nik_says_what_to_do(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(NotFound, match="check the digits"):
        ready(office, clock, nik="3522990101900001")


@pytest.mark.parametrize("is_ready", [True, False])
def test_an_import_that_reports_the_hand_over_voids_the_letter_that_stood_in_for_the_card(
    office: OpenOffice, clock: Clock, take: Import, is_ready: bool
) -> None:
    give = letter_ready if is_ready else ask_letter
    for nik in (SITI, WATI):
        act(office, give, nik, LetterKind.SUKET, now=clock(), by="operator")
    take(siti("CARD_ISSUED"))
    states = ask(office, lambda session: session.scalars(select(Letter.state).order_by(Letter.id)).all())
    assert states == [LetterState.VOID, LetterState.READY if is_ready else LetterState.ASKED]
