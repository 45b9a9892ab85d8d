"""Proving that a card is one's own, and what somebody who guesses learns: nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.actions.cards import move_card_of
from core.actions.proof import NoProof, note_proof, prove, prove_by_link
from core.actions.slips import draw_secrets, make_slip
from core.questions.cards import Happening, history, resident_by_nik
from core.rules.card import Stage
from core.store.inbox_tables import ProofTry
from core.store.office import OpenOffice
from tests.offices import BUDI, BUDI_RECEIPT, JOKO, SITI, SITI_RECEIPT, WATI, Clock, Import, act, ask

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


# One chat that tries many


def tries(office: OpenOffice) -> int:
    return ask(office, lambda session: session.scalar(select(func.count(ProofTry.id)))) or 0


def test_one_code_tried_at_five_niks_locks_that_chat_and_no_owner(office: OpenOffice, clock: Clock) -> None:
    said = [attempt(office, clock, "BJN-000009-X99", nik) for nik in (SITI, BUDI, WATI, NOBODY, JOKO)]
    assert said == [NoProof.WRONG] * 4 + [NoProof.LOCKED_HERE]
    assert attempt(office, clock, SITI_RECEIPT) is NoProof.LOCKED_HERE
    assert attempt(office, clock, SITI_RECEIPT, chat=CHAT + 1) == siti_id(office)


def test_ten_wrong_tries_lock_that_chat_and_from_then_on_it_adds_to_nobodys_count(
    office: OpenOffice, clock: Clock
) -> None:
    said = [attempt(office, clock, "WRONG-000", nik) for nik in (SITI, BUDI, NOBODY) for _ in range(3)]
    assert said == [NoProof.WRONG] * 9
    assert attempt(office, clock, "WRONG-000", WATI) is NoProof.LOCKED_HERE
    for nik in (SITI, BUDI, WATI, NOBODY):
        assert [attempt(office, clock, "WRONG-000", nik) for _ in range(5)] == [NoProof.LOCKED_HERE] * 5
    assert tries(office) == 10
    assert attempt(office, clock, SITI_RECEIPT, chat=CHAT + 1) == siti_id(office)


def test_the_lock_of_a_chat_ends_a_day_after_its_last_wrong_try(office: OpenOffice, clock: Clock) -> None:
    for nik in (SITI, BUDI, WATI, NOBODY):
        attempt(office, clock, "WRONG-000", nik)
    clock.move(hours=20)
    assert attempt(office, clock, "WRONG-000", JOKO) is NoProof.LOCKED_HERE
    clock.move(hours=23, minutes=59)
    assert attempt(office, clock, SITI_RECEIPT) is NoProof.LOCKED_HERE
    clock.move(minutes=1)
    assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)


def test_a_chat_that_is_locked_still_opens_the_link_of_a_slip(office: OpenOffice, clock: Clock) -> None:
    for nik in (SITI, BUDI, WATI, NOBODY, JOKO):
        attempt(office, clock, "WRONG-000", nik)
    drawn = draw_secrets()
    act(office, make_slip, SITI, drawn, now=clock(), by="operator")
    assert act(office, prove_by_link, CHAT, drawn.link, now=clock()) == siti_id(office)


def test_unknown_links_lock_no_receipts(office: OpenOffice, clock: Clock) -> None:
    for _ in range(5):
        act(office, prove_by_link, CHAT, draw_secrets().link, now=clock())
    assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)


def test_who_helps_eight_with_their_right_codes_is_never_stopped(
    office: OpenOffice, clock: Clock, take: Import
) -> None:
    niks = [f"352299550690{n:04d}" for n in range(101, 109)]
    take(*(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;;;BJN-{nik[-6:]}-T77" for nik in niks))
    for _ in range(2):
        proven = [attempt(office, clock, f"BJN-{nik[-6:]}-T77", nik) for nik in niks]
        assert all(isinstance(one, int) for one in proven)


def test_the_lock_of_a_nik_lasts_a_full_day_from_the_fifth_try(office: OpenOffice, clock: Clock) -> None:
    for _ in range(4):
        attempt(office, clock, "WRONG-000")
    clock.move(hours=23)
    assert attempt(office, clock, "WRONG-000") is NoProof.LOCKED
    clock.move(hours=23)
    assert attempt(office, clock, SITI_RECEIPT) is NoProof.LOCKED
    clock.move(hours=1)
    assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)


def test_wrong_tries_of_yesterday_do_not_count_with_those_of_today(office: OpenOffice, clock: Clock) -> None:
    for _ in range(4):
        attempt(office, clock, "WRONG-000")
    clock.move(days=1)
    assert [attempt(office, clock, "WRONG-000") for _ in range(5)] == [NoProof.WRONG] * 4 + [NoProof.LOCKED]


# What a proof leaves behind


def noted(office: OpenOffice) -> list[Happening]:
    return [line for line in ask(office, history, siti_id(office)) if line.kind == "card-proven"]


def test_a_proof_is_noted_without_an_address_once_a_day_for_each_chat(office: OpenOffice, clock: Clock) -> None:
    for chat in (CHAT, CHAT, CHAT + 1, CHAT):
        act(office, note_proof, chat, siti_id(office), how="receipt", now=clock())
    assert [(line.by, line.details) for line in noted(office)] == [
        ("resident", {"how": "receipt", "channel": "telegram"})
    ] * 2
    clock.move(days=1)
    act(office, note_proof, CHAT, siti_id(office), how="link", now=clock())
    assert [line.details["how"] for line in noted(office)] == ["receipt", "receipt", "link"]


def test_proofs_that_were_noted_count_as_no_wrong_tries(office: OpenOffice, clock: Clock) -> None:
    for chat in range(CHAT, CHAT + 12):
        act(office, note_proof, chat, siti_id(office), how="receipt", now=clock())
    assert attempt(office, clock, SITI_RECEIPT) == siti_id(office)
    assert attempt(office, clock, "WRONG-000") is NoProof.WRONG
