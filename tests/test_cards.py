"""A card's way: the table of steps, and what every move leaves behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.actions.cards import move_card, move_card_of
from core.errors import NotFound, Overtaken, Refused
from core.questions.cards import current_card, history, resident_by_nik
from core.rules.card import OPEN, STEPS, WAY, Stage, StepRefused, check_step, may_step
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card
from core.store.words import NoticeState
from tests.offices import BUDI, JOKO, SITI, Clock, act, ask

both = pytest.mark.both_databases
stages = st.sampled_from(Stage)

#: Everything the office may do with a card by hand, written out apart from the table.
OFFICE = {
    Stage.RECORDED: "AT_CENTRE PRINT_READY PRINTED SHIPPED READY_FOR_PICKUP HANDED_OVER NEEDS_OFFICER CLOSED",
    Stage.AT_CENTRE: "RECORDED PRINT_READY PRINTED SHIPPED READY_FOR_PICKUP HANDED_OVER NEEDS_OFFICER CLOSED",
    Stage.PRINT_READY: "RECORDED AT_CENTRE PRINTED SHIPPED READY_FOR_PICKUP HANDED_OVER NEEDS_OFFICER CLOSED",
    Stage.PRINTED: "PRINT_READY SHIPPED READY_FOR_PICKUP HANDED_OVER NEEDS_OFFICER CLOSED",
    Stage.SHIPPED: "PRINT_READY PRINTED READY_FOR_PICKUP HANDED_OVER CLOSED",
    Stage.READY_FOR_PICKUP: "PRINT_READY PRINTED SHIPPED HANDED_OVER CLOSED",
    Stage.HANDED_OVER: "PRINTED SHIPPED READY_FOR_PICKUP",
    Stage.NEEDS_OFFICER: "RECORDED AT_CENTRE PRINT_READY PRINTED SHIPPED READY_FOR_PICKUP HANDED_OVER CLOSED",
    Stage.CLOSED: "RECORDED AT_CENTRE PRINT_READY PRINTED SHIPPED READY_FOR_PICKUP NEEDS_OFFICER",
}


@pytest.mark.parametrize("seen", Stage)
@pytest.mark.parametrize("wanted", Stage)
def test_the_office_may_take_exactly_these_steps(seen: Stage, wanted: Stage) -> None:
    assert may_step(seen, wanted, by_import=False) is (wanted in OFFICE[seen].split())


@given(stages, stages)
def test_an_import_may_never_do_what_the_office_may_not(seen: Stage, wanted: Stage) -> None:
    assert may_step(seen, wanted, by_import=False) or not may_step(seen, wanted, by_import=True)


@given(st.sampled_from(WAY[WAY.index(Stage.PRINTED) :]), stages)
def test_from_printed_on_an_import_takes_a_card_only_forward(seen: Stage, wanted: Stage) -> None:
    if may_step(seen, wanted, by_import=True):
        assert WAY.index(wanted) > WAY.index(seen)


@given(stages)
def test_an_import_neither_closes_nor_reopens_a_card(stage: Stage) -> None:
    assert not may_step(stage, Stage.CLOSED, by_import=True)
    assert not may_step(Stage.CLOSED, stage, by_import=True)


@given(stages, stages, st.booleans())
def test_a_refusal_names_the_steps_that_are_allowed(seen: Stage, wanted: Stage, by_import: bool) -> None:
    if may_step(seen, wanted, by_import=by_import):
        check_step(seen, wanted, by_import=by_import)
        return
    with pytest.raises(StepRefused) as refusal:
        check_step(seen, wanted, by_import=by_import)
    named = str(refusal.value).rpartition(":")[2]
    allowed = {stage for stage in Stage if may_step(seen, stage, by_import=by_import)}
    assert seen == wanted or {word.strip() for word in named.split(",")} == ({*allowed} or {"nowhere"})


def test_no_stage_is_a_dead_end() -> None:
    assert all(STEPS.values())
    assert set(STEPS) == set(Stage)


def test_a_resident_sees_six_steps_until_it_is_handed_over_or_closed() -> None:
    assert len(WAY[:-1]) == 6
    assert set(Stage) - {Stage.HANDED_OVER, Stage.CLOSED} == OPEN


def card_of(office: OpenOffice, nik: str) -> Card:
    card = ask(office, current_card, nik)
    assert card is not None
    return card


def move(office: OpenOffice, nik: str, to: Stage, clock: Clock, **terms: object) -> None:
    act(office, move_card_of, nik, to, now=clock(), by="operator", **terms)


def owed(office: OpenOffice) -> list[tuple[Kind, NoticeState]]:
    return ask(office, lambda session: [(n.kind, n.state) for n in session.scalars(select(Notice).order_by(Notice.id))])


@both
def test_a_move_leaves_a_fact_and_the_day(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=1)
    move(office, SITI, Stage.PRINTED, clock)
    card = card_of(office, SITI)
    assert (card.stage, card.stage_since) == (Stage.PRINTED, clock())
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    last = ask(office, history, resident.id)[-1]
    assert (last.kind, last.by, last.at) == ("card-moved", "operator", clock())
    assert last.details == {"from": "PRINT_READY", "to": "PRINTED"}


@both
def test_the_table_says_which_arrival_is_told(office: OpenOffice, clock: Clock) -> None:
    for to in (Stage.PRINTED, Stage.SHIPPED, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER):
        move(office, SITI, to, clock)
    assert [kind for kind, _ in owed(office)] == [Kind.PRINTED, Kind.READY]


@both
def test_a_refused_step_changes_nothing(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(StepRefused):
        move(office, SITI, Stage.PRINT_READY, clock)
    assert card_of(office, SITI).stage is Stage.PRINT_READY
    assert not owed(office)


@both
def test_of_two_who_move_a_card_at_once_the_second_is_told_to_look_again(office: OpenOffice, clock: Clock) -> None:
    seen_by_both = card_of(office, SITI)
    move(office, SITI, Stage.PRINTED, clock)
    with pytest.raises(Overtaken):
        act(office, move_card, seen_by_both, Stage.SHIPPED, now=clock(), by="other")
    assert card_of(office, SITI).stage is Stage.PRINTED
    assert len(owed(office)) == 1


@both
def test_the_pickup_place_is_fixed_at_shipping_and_is_the_village_where_nothing_else_is_said(
    office: OpenOffice, clock: Clock
) -> None:
    move(office, SITI, Stage.PRINTED, clock)
    assert card_of(office, SITI).pickup_point is None
    move(office, SITI, Stage.SHIPPED, clock)
    assert card_of(office, SITI).pickup_point == "35.22.15.2003"
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    assert card_of(office, SITI).pickup_point == "35.22.15.2003"


@both
def test_a_card_can_be_sent_elsewhere(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.SHIPPED, clock, at="35.22.15")
    assert card_of(office, SITI).pickup_point == "35.22.15"
    move(office, SITI, Stage.READY_FOR_PICKUP, clock, at="35.22")
    assert card_of(office, SITI).pickup_point == "35.22"


@both
@pytest.mark.parametrize("elsewhere", ["35.09.01", "nowhere", "35.22.15.9999"])
def test_a_place_outside_the_regency_is_refused(office: OpenOffice, clock: Clock, elsewhere: str) -> None:
    with pytest.raises(Refused, match="is not the office, a district or a village"):
        move(office, SITI, Stage.SHIPPED, clock, at=elsewhere)
    assert card_of(office, SITI).stage is Stage.PRINT_READY


@both
def test_a_place_for_a_card_that_goes_nowhere_is_refused_rather_than_ignored(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(Refused, match="no pickup place"):
        move(office, SITI, Stage.PRINTED, clock, at="35.22.15")


@both
def test_a_spoiled_card_goes_back_to_the_queue_and_its_place_is_fixed_anew(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.READY_FOR_PICKUP, clock, at="35.22")
    move(office, SITI, Stage.PRINT_READY, clock)
    card = card_of(office, SITI)
    assert (card.stage, card.pickup_point, card.pickup_number) == (Stage.PRINT_READY, None, None)
    move(office, SITI, Stage.SHIPPED, clock)
    assert card_of(office, SITI).pickup_point == "35.22.15.2003"


@both
def test_a_card_handed_to_the_wrong_person_comes_back_to_the_same_place(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.READY_FOR_PICKUP, clock, at="35.22.15")
    move(office, SITI, Stage.HANDED_OVER, clock)
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    assert card_of(office, SITI).pickup_point == "35.22.15"


@both
def test_the_card_of_somebody_who_moved_away_can_be_reopened(office: OpenOffice, clock: Clock) -> None:
    move(office, JOKO, Stage.CLOSED, clock)
    move(office, JOKO, Stage.RECORDED, clock)
    assert card_of(office, JOKO).stage is Stage.RECORDED


@both
def test_an_unknown_nik_says_what_to_do(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(NotFound, match="import the office's export first") as refusal:
        move(office, "3522990101900001", Stage.PRINTED, clock)
    assert "3522990101900001" not in str(refusal.value)


@both
def test_whom_no_channel_reaches_is_on_the_list_of_people_to_visit_at_once(office: OpenOffice, clock: Clock) -> None:
    move(office, BUDI, Stage.READY_FOR_PICKUP, clock)
    assert owed(office) == [(Kind.READY, NoticeState.UNREACHABLE)]
