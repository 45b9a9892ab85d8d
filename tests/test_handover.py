"""Cards are handed over, closed, and taken back: who took them, by what they were found, what is void then."""

import contextlib
import threading
from datetime import date

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.desk import list_for_desk
from core.actions.handover import Given, close_card, hand_over, reopen_card, undo_hand_over
from core.actions.letters import letter_ready
from core.actions.slips import draw_secrets, make_slip
from core.errors import NotFound, Overtaken, Refused
from core.questions.cards import current_card, history
from core.questions.desk import desk_list
from core.questions.handover import card_with_number, card_with_receipt
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.desk_tables import Slip
from core.store.tables import Letter
from core.store.words import DeskKind, LetterState, NoticeState, Taken
from tests.boxing import KAUMAN, bring, pack, printed
from tests.listings import card, kinds
from tests.offices import BUDI, BUDI_RECEIPT, JOKO, SITI, WATI, act, ask

pytestmark = pytest.mark.both_databases


def give(office, clock, find, taken=Taken.SELF):
    return office.write(lambda session: hand_over(session, find(session), taken, now=clock(), by="operator"))


def number(one, at=KAUMAN):
    return lambda session: card_with_number(session, at, one)


def receipt(code):
    return lambda session: card_with_receipt(session, code)


def of(nik):
    return lambda session: current_card(session, nik)


def back(office, clock, find):
    return office.write(lambda session: undo_hand_over(session, find(session), now=clock(), by="operator"))


@pytest.fixture
def waiting(office, take, clock):
    """Budi's card and two others wait in Kauman with the numbers 1 to 3."""
    niks = printed(take, 2)
    bring(office, clock, pack(office, clock), tell=False)
    return [BUDI, *niks]


def test_a_card_is_handed_over_by_its_number_and_it_is_known_who_took_it(office, clock, waiting):
    assert give(office, clock, number(1), Taken.FAMILY) is Given.DONE
    given = [nik for nik in waiting if card(office, nik).stage is Stage.HANDED_OVER]
    assert [card(office, nik).taken for nik in given] == [Taken.FAMILY]
    last = ask(office, history, card(office, given[0]).resident_id)[-1]
    assert last.details == {"from": "READY_FOR_PICKUP", "to": "HANDED_OVER", "taken": "family"}


def test_a_number_given_twice_is_handed_over_once(office, clock, waiting):
    assert [give(office, clock, number(1)) for _ in range(2)] == [Given.DONE, Given.ALREADY]


def test_an_unknown_number_hands_nothing_over(office, clock, waiting):
    assert give(office, clock, number(9)) is Given.UNKNOWN
    assert give(office, clock, number(1, at="35.22.01.2001")) is Given.UNKNOWN


def test_a_card_is_found_by_the_code_in_the_export_and_by_a_slip_only_once_that_is_printed(office, clock, waiting):
    drawn = draw_secrets()
    act(office, make_slip, BUDI, drawn, now=clock(), by="operator")
    assert give(office, clock, receipt(BUDI_RECEIPT)) is Given.UNKNOWN  # a slip takes its place
    assert give(office, clock, receipt(drawn.code.lower())) is Given.DONE
    assert give(office, clock, receipt(drawn.code)) is Given.ALREADY


def test_a_receipt_of_the_export_finds_its_card(office, clock, waiting):
    assert give(office, clock, receipt(BUDI_RECEIPT.replace("-", " "))) is Given.DONE
    assert give(office, clock, receipt("ZZZ-999999-ZZZ")) is Given.UNKNOWN


def test_a_card_that_was_never_printed_is_not_handed_over(office, clock):
    assert give(office, clock, of(SITI)) is Given.NOT_YET
    assert give(office, clock, of("3522995506900099")) is Given.UNKNOWN


def test_letter_receipt_and_desk_are_settled_with_the_hand_over(office, clock, waiting):
    act(office, letter_ready, BUDI, LetterKind.SUKET, now=clock(), by="operator")
    act(office, make_slip, BUDI, draw_secrets(), now=clock(), by="operator")
    one = card(office, BUDI)
    about = {"card_id": one.id, "resident_id": one.resident_id}
    for kind in (DeskKind.OTHER_DAY, DeskKind.UNCLAIMED):
        act(office, list_for_desk, kind, now=clock(), **about)
    assert give(office, clock, of(BUDI)) is Given.DONE
    assert ask(office, lambda session: session.scalars(select(Letter.state)).all()) == [LetterState.VOID]
    assert None not in ask(office, lambda session: session.scalars(select(Slip.void_at)).all())
    assert ask(office, desk_list) == []


def test_an_undone_hand_over_waits_again_with_its_number(office, clock, waiting):
    had = card(office, BUDI).pickup_number
    give(office, clock, of(BUDI), Taken.FAMILY)
    undone = back(office, clock, of(BUDI))
    assert (undone.number, undone.had) == (had, had)
    assert (card(office, BUDI).stage, card(office, BUDI).taken) == (Stage.READY_FOR_PICKUP, None)
    with pytest.raises(Refused):
        back(office, clock, of(BUDI))
    with pytest.raises(NotFound):
        back(office, clock, number(99))


def test_an_undone_hand_over_gets_another_number_when_its_own_is_somebody_elses_by_now(office, take, clock, waiting):
    had = card(office, BUDI).pickup_number
    give(office, clock, of(BUDI))
    new = printed(take, 1, first=2)
    pack(office, clock)
    assert card(office, new[0]).pickup_number == had
    undone = back(office, clock, of(BUDI))
    assert (undone.had, undone.number) == (had, 4)


def test_of_two_operators_who_hand_over_one_card_at_once_one_is_told(office, clock, waiting):
    seen = threading.Barrier(2, timeout=5)
    said = []

    def one():
        first = True

        def run(session):
            nonlocal first
            found = current_card(session, BUDI)
            if first:
                first = False
                with contextlib.suppress(threading.BrokenBarrierError):
                    seen.wait(0.5)
            return hand_over(session, found, Taken.SELF, now=clock(), by="operator")

        try:
            said.append(office.write(run))
        except Overtaken:
            said.append("overtaken")

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count(Given.DONE) == 1
    assert set(said) - {Given.DONE} <= {Given.ALREADY, "overtaken"}
    moves = [one for one in ask(office, history, card(office, BUDI).resident_id) if one.details.get("taken")]
    assert len(moves) == 1


@pytest.mark.parametrize("why", [Taken.MOVED, Taken.DIED, Taken.WITHDRAWN])
def test_a_closed_card_is_told_to_nobody_and_comes_back_to_where_it_was(office, clock, why):
    assert act(office, close_card, WATI, why, now=clock(), by="operator") is Stage.AT_CENTRE
    assert (card(office, WATI).stage, card(office, WATI).taken) == (Stage.CLOSED, why)
    assert kinds(office) == []
    assert act(office, reopen_card, WATI, now=clock(), by="operator") is Stage.AT_CENTRE
    assert card(office, WATI).taken is None
    with pytest.raises(Refused):
        act(office, reopen_card, WATI, now=clock(), by="operator")


def test_a_ready_card_that_is_reopened_is_told_again(office, clock, waiting):
    act(office, close_card, BUDI, Taken.MOVED, now=clock(), by="operator")
    assert act(office, reopen_card, BUDI, now=clock(), by="operator") is Stage.READY_FOR_PICKUP
    assert kinds(office) == [Kind.READY]
    assert card(office, BUDI).pickup_point == KAUMAN


def test_a_card_is_closed_for_a_reason_only(office, clock):
    with pytest.raises(Refused):
        act(office, close_card, JOKO, Taken.SELF, now=clock(), by="operator")
    act(office, move_card_of, JOKO, Stage.HANDED_OVER, now=clock(), by="operator")
    with pytest.raises(Refused):
        act(office, close_card, JOKO, Taken.DIED, now=clock(), by="operator")


def test_a_hand_over_stays_where_a_newer_card_is_expected(office, take, clock):
    bring(office, clock, pack(office, clock), tell=False)
    give(office, clock, number(1))
    clock.move(days=40)
    take(f"{BUDI};BUDI SANTOSO;35.22.15.2003;PRR;20/10/2017;;;", as_of=date(2017, 11, 5))
    with pytest.raises(Refused, match="she has a newer card"):
        back(office, clock, number(1))
    assert card(office, BUDI).stage is Stage.PRINT_READY


def test_a_hand_over_undone_at_the_counter_sends_nobody_to_her_village(office, clock):
    """It was noted by mistake while the card still lay at the office."""
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
    give(office, clock, of(SITI))
    back(office, clock, of(SITI))
    assert card(office, SITI).stage is Stage.PRINTED
    assert kinds(office) == [Kind.PRINTED]


def test_a_hand_over_undone_on_the_way_is_in_its_box_again(office, take, clock):
    printed(take, 2)
    box = pack(office, clock)
    had = card(office, BUDI).pickup_number
    give(office, clock, of(BUDI))
    back(office, clock, of(BUDI))
    again = card(office, BUDI)
    assert (again.stage, again.pickup_number, again.box_id) == (Stage.SHIPPED, had, box)
    assert bring(office, clock, box).arrived == 3


def test_who_was_told_that_it_is_ready_is_not_told_again_for_an_undone_hand_over(office, clock, take):
    printed(take, 2)
    bring(office, clock, pack(office, clock), tell=True)
    owed = kinds(office)
    act(office, lambda session: session.execute(update(Notice).values(state=NoticeState.TOLD, channel=Channel.SMS)))
    give(office, clock, of(BUDI))
    back(office, clock, of(BUDI))
    assert kinds(office) == owed
