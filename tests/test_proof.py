"""Proving that a card is one's own, and what somebody who guesses learns: nothing."""

from datetime import timedelta

import pytest

from core.actions.cards import move_card_of
from core.actions.proof import NoProof, prove
from core.questions.cards import resident_by_nik
from core.rules.card import Stage
from core.store.office import OpenOffice
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_RECEIPT, Clock, Import, act, ask

pytestmark = pytest.mark.both_databases

CHAT = 900000001
NOBODY = "3522990101900001"


def attempt(office: OpenOffice, clock: Clock, receipt: str, nik: str = SITI, chat: int = CHAT) -> int | NoProof:
    return act(office, prove, chat, nik, receipt, now=clock())


def siti_id(office: OpenOffice) -> int:
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    return resident.id


@pytest.mark.parametrize("typed", [SITI_RECEIPT, "bjn-000001-v87", " BJN - 000001 - V87 ", "BJN\u2013000001\u2013V87"])
def test_nik_and_receipt_together_prove_it_however_they_are_typed(office: OpenOffice, clock: Clock, typed: str) -> None:
    assert attempt(office, clock, typed) == siti_id(office)


@pytest.mark.parametrize("receipt", [BUDI_RECEIPT, "", "V87", "BJN-000001-V88", "\x00", "🙂", "x" * 5000])
def test_another_receipt_proves_nothing(office: OpenOffice, clock: Clock, receipt: str) -> None:
    assert attempt(office, clock, receipt) is NoProof.WRONG


@pytest.mark.parametrize("nik", [SITI, NOBODY])
def test_after_five_wrong_tries_it_is_locked_for_a_day_whether_the_nik_exists_or_not(
    office: OpenOffice, clock: Clock, nik: str
) -> None:
    said = [attempt(office, clock, "WRONG", nik, chat=CHAT + number) for number in range(6)]
    assert said == [NoProof.WRONG] * 4 + [NoProof.LOCKED] * 2
    clock.now += timedelta(hours=23, minutes=59)
    assert attempt(office, clock, "WRONG", nik) is NoProof.LOCKED
    clock.move(minutes=1)
    assert attempt(office, clock, "WRONG", nik) is NoProof.WRONG


def test_while_it_is_locked_the_right_receipt_does_not_help_either_and_a_day_later_it_does(
    office: OpenOffice, clock: Clock
) -> None:
    for _ in range(5):
        attempt(office, clock, "WRONG")
    assert attempt(office, clock, SITI_RECEIPT) is NoProof.LOCKED
    assert attempt(office, clock, BUDI_RECEIPT, BUDI) != NoProof.LOCKED
    clock.move(days=1)
    assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)


def test_who_proves_it_does_not_use_up_tries(office: OpenOffice, clock: Clock) -> None:
    for _ in range(7):
        assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)


def test_a_closed_card_is_proven_by_nothing(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, SITI, Stage.CLOSED, now=clock(), by="operator")
    assert attempt(office, clock, SITI_RECEIPT) is NoProof.WRONG


def test_a_card_without_a_receipt_is_not_proven_by_an_empty_one(office: OpenOffice, clock: Clock, take: Import) -> None:
    nik = "3522995506900031"
    take(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;;;")
    assert attempt(office, clock, "", nik) is NoProof.WRONG
    assert attempt(office, clock, "None", nik) is NoProof.WRONG
