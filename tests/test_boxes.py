"""Boxes of cards: packed with numbers, on their way, arrived, with what was missing."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from core.actions.arrivals import ArrivalTerms, DayTerms, arrive_box, find_cards, pass_box
from core.actions.boxes import next_box_number, pack_box, undo_box
from core.actions.cards import move_card_of
from core.errors import NotFound, Overtaken, Refused
from core.questions.boxes import numbers_taken, packing, printed_by_point, shipments
from core.questions.desk import desk_list
from core.rules.answer import PlaceKind
from core.rules.calendar import Calendar
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.tables import Fact, Region
from core.store.words import DeskKind
from core.store.work_tables import Box
from tests.boxing import KAUMAN, OTHER_VILLAGE, batches, bring, in_box, pack, printed
from tests.listings import card
from tests.offices import BUDI, act, ask

pytestmark = pytest.mark.both_databases
DAYS = Calendar(week=None, closed={}, known_until=date(2017, 12, 31))


def numbers(office, box):
    return [one.pickup_number for one in in_box(office, box)]


def facts(office, kind):
    return ask(office, lambda session: session.scalars(select(Fact.details).where(Fact.kind == kind)).all())


def test_a_box_gives_the_smallest_numbers_and_nobody_is_told(office, take, clock):
    printed(take, 4)
    box = pack(office, clock)
    assert numbers(office, box) == [1, 2, 3, 4, 5]  # with Budi's, who was printed before
    assert {(one.stage, one.pickup_point) for one in in_box(office, box)} == {(Stage.SHIPPED, KAUMAN)}
    assert ask(office, lambda session: session.scalar(select(func.count()).select_from(Notice))) == 0
    assert facts(office, "personal-data-shown") == [{"shown": ["name"]}] * 5
    assert facts(office, "box-sent") == [{"box": box, "point": KAUMAN, "cards": 5}]


def test_who_shares_a_phone_has_neighbouring_numbers(office, take, clock):
    phone = "+6281299000001"
    niks = printed(take, 6, phones={1: phone, 5: phone})
    pack(office, clock)
    held = [card(office, niks[place]).pickup_number for place in (1, 5)]
    assert max(held) - min(held) == 1


def test_a_number_is_free_again_after_the_hand_over_and_not_before(office, take, clock):
    pack(office, clock)  # Budi's: 1
    niks = printed(take, 1)
    second = pack(office, clock)
    assert numbers(office, second) == [2]
    act(office, move_card_of, BUDI, Stage.HANDED_OVER, now=clock(), by="operator")
    third = printed(take, 1, first=1)
    pack(office, clock)
    assert (card(office, third[0]).pickup_number, card(office, niks[0]).pickup_number) == (1, 2)


def test_a_district_that_hands_over_itself_gets_one_box_and_others_one_for_each_village(office, take, clock):
    printed(take, 2, village=OTHER_VILLAGE)
    assert ask(office, printed_by_point, "35.22") == {OTHER_VILLAGE: 2, KAUMAN: 1}
    district = update(Region).where(Region.code == "35.22.15").values(pickup=PlaceKind.DISTRICT)
    act(office, lambda session: session.execute(district))
    assert ask(office, printed_by_point, "35.22") == {OTHER_VILLAGE: 2, "35.22.15": 1}
    box = pack(office, clock, point="35.22.15")
    assert in_box(office, box)[0].pickup_point == "35.22.15"
    with pytest.raises(NotFound):
        ask(office, printed_by_point, "35.23")


def test_at_a_point_with_too_few_free_numbers_as_many_as_fit_are_packed(office, take, clock):
    printed(take, 997)
    box = pack(office, clock)
    assert numbers(office, box) == list(range(1, 999))
    printed(take, 3, first=997)
    plan = ask(office, packing, KAUMAN, region="35.22")
    assert ([packed.number for packed in plan.cards], plan.left_out) == ([999], 2)


def test_what_was_moved_while_the_list_was_drawn_makes_the_box_be_planned_anew(office, take, clock):
    niks = printed(take, 2)
    plan = ask(office, packing, KAUMAN, region="35.22")
    act(office, move_card_of, niks[0], Stage.HANDED_OVER, now=clock(), by="operator")
    with pytest.raises(Overtaken):
        act(office, pack_box, act(office, next_box_number), plan, now=clock(), by="operator")
    assert ask(office, lambda session: session.scalars(select(Box)).all()) == []
    assert card(office, niks[1]).stage is Stage.PRINTED


def test_a_number_given_meanwhile_is_never_given_twice(office, take, clock):
    printed(take, 2)
    plan = ask(office, packing, KAUMAN, region=KAUMAN)
    pack(office, clock)
    with pytest.raises(Overtaken):
        act(office, pack_box, act(office, next_box_number), plan, now=clock(), by="operator")


def test_two_boxes_packed_at_once_for_one_point_never_share_a_number(office, take, clock):
    printed(take, 30)
    start = threading.Barrier(2)
    outcomes = []

    def one():
        box = act(office, next_box_number)
        plan = ask(office, packing, KAUMAN, region="35.22")
        start.wait()
        try:
            act(office, pack_box, box, plan, now=clock(), by="operator")
            outcomes.append(box)
        except Overtaken:
            outcomes.append(None)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [box for box in outcomes if box]
    assert len(done) == 1 and len(outcomes) == 2
    assert numbers(office, done[0]) == list(range(1, 32))


def test_a_box_that_is_undone_leaves_its_cards_printed_and_its_numbers_free(office, take, clock):
    niks = printed(take, 2)
    box = pack(office, clock)
    assert act(office, undo_box, box, now=clock(), by="operator") == 3
    assert ask(office, numbers_taken, KAUMAN) == frozenset()
    undone = card(office, niks[0])
    assert (undone.stage, undone.pickup_number, undone.pickup_point, undone.box_id) == (Stage.PRINTED, None, None, None)
    with pytest.raises(Refused, match="unpacked before"):
        act(office, undo_box, box, now=clock(), by="operator")
    assert pack(office, clock) != box
    assert ask(office, lambda session: session.scalar(select(func.count()).select_from(Notice))) == 0


def test_a_box_that_arrives_makes_its_cards_ready_and_tells_their_people_as_one_batch(office, take, clock):
    niks = printed(take, 2, phones={0: "+6281299000001"})
    box = pack(office, clock)
    assert act(office, pass_box, box, now=clock(), by="operator")
    assert not act(office, pass_box, box, now=clock(), by="operator")
    done = bring(office, clock, box)
    assert (done.arrived, done.missing, done.elsewhere) == (3, (), 0)
    assert card(office, niks[0]).stage is Stage.READY_FOR_PICKUP
    assert batches(office) == {f"box:{box}"}
    again = bring(office, clock, box)
    assert (again.arrived, again.before) == (0, clock())
    assert ask(office, lambda session: session.scalar(select(func.count()).select_from(Notice))) == 3
    with pytest.raises(Refused, match="has arrived"):
        act(office, undo_box, box, now=clock(), by="operator")


def test_a_quiet_arrival_tells_nobody(office, take, clock):
    box = pack(office, clock)
    bring(office, clock, box, tell=False)
    assert batches(office) == set()


def test_what_was_missing_waits_on_the_desk_until_it_is_found(office, take, clock):
    printed(take, 3)
    box = pack(office, clock)
    done = bring(office, clock, box, missing=[2, 4])
    assert (done.arrived, done.missing) == (2, (2, 4))
    assert [(line.kind, line.details) for line in ask(office, desk_list)] == [
        (DeskKind.MISSING_CARD, {"number": 2, "box": box}),
        (DeskKind.MISSING_CARD, {"number": 4, "box": box}),
    ]
    terms = ArrivalTerms(now=clock.move(days=1), by="operator", tell=True)
    found = act(office, find_cards, box, [4], terms)
    assert (found.arrived, found.missing) == (1, (2,))
    assert [line.details["number"] for line in ask(office, desk_list)] == [2]
    with pytest.raises(Refused, match="number 4"):
        act(office, find_cards, box, [4], terms)
    assert [view.under_way for view in ask(office, shipments, now=clock())] == [1]


def test_a_number_that_is_not_in_the_box_cannot_be_missing_from_it(office, take, clock):
    box = pack(office, clock)
    with pytest.raises(Refused, match="number 40"):
        bring(office, clock, box, missing=[40])
    assert in_box(office, box)[0].stage is Stage.SHIPPED


def test_what_was_moved_on_the_way_is_left_alone_and_counted(office, take, clock):
    niks = printed(take, 2)
    box = pack(office, clock)
    act(office, move_card_of, niks[0], Stage.HANDED_OVER, now=clock(), by="operator")
    done = bring(office, clock, box)
    assert (done.arrived, done.elsewhere) == (2, 1)
    assert card(office, niks[0]).stage is Stage.HANDED_OVER


def test_a_box_that_never_arrived_is_seen_after_a_week(office, take, clock):
    box = pack(office, clock)
    assert ask(office, shipments, now=clock() + timedelta(days=7), late=True) == []
    late = ask(office, shipments, now=clock() + timedelta(days=7, seconds=1), late=True)
    assert [view.id for view in late] == [box]


def test_people_are_called_to_days_in_the_order_of_their_numbers(office, take, clock):
    phone = "+6281299000001"
    printed(take, 4, phones={0: phone, 3: phone})
    box = pack(office, clock)
    terms = DayTerms(first=date(2017, 9, 28), per_day=2, calendar=DAYS)
    done = bring(office, clock, box, days=terms)
    called = {one.pickup_number: one.pickup_on.day for one in in_box(office, box)}
    assert called == {1: 28, 2: 28, 3: 29, 4: 29, 5: 2}
    assert sum(done.days.values()) == 5
    assert len(facts(office, "pickup-day-set")) == 5


def test_the_next_box_fills_what_the_days_have_left(office, take, clock):
    terms = DayTerms(first=date(2017, 9, 28), per_day=2, calendar=DAYS)
    bring(office, clock, pack(office, clock), days=terms)
    printed(take, 2)
    box = pack(office, clock)
    bring(office, clock, box, days=terms)
    assert [one.pickup_on.day for one in in_box(office, box)] == [28, 29]


def test_a_card_keeps_its_day_when_it_is_taken_and_loses_it_when_it_goes_back(office, take, clock):
    niks = printed(take, 1)
    bring(office, clock, pack(office, clock), days=DayTerms(first=date(2017, 9, 28), per_day=9, calendar=DAYS))
    act(office, move_card_of, niks[0], Stage.HANDED_OVER, now=clock(), by="operator")
    act(office, move_card_of, BUDI, Stage.PRINTED, now=clock(), by="operator")
    assert card(office, niks[0]).pickup_on == date(2017, 9, 28)
    act(office, move_card_of, niks[0], Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    assert card(office, niks[0]).pickup_on == date(2017, 9, 28)
    assert (card(office, BUDI).pickup_on, card(office, BUDI).box_id) == (None, None)


def test_a_hand_over_by_an_import_takes_a_missing_card_off_the_desk(office, take, clock):
    box = pack(office, clock)
    bring(office, clock, box, missing=[1])
    take(f"{BUDI};BUDI SANTOSO;{KAUMAN};CARD_ISSUED;05/02/2017;;;BJN-000002-K07", as_of=date(2017, 9, 28))
    assert ask(office, desk_list) == []
    assert facts(office, "desk-settled") == [{"item": 1, "about": "missing-card"}]


def test_ready_by_a_box_is_a_notice_of_the_card(office, take, clock):
    box = pack(office, clock)
    bring(office, clock, box)
    assert ask(office, lambda session: session.scalars(select(Notice.kind)).all()) == [Kind.READY]


def test_arriving_again_after_being_killed_before_the_commit_does_it_once(office, take, clock):
    box = pack(office, clock)
    terms = ArrivalTerms(now=clock(), by="operator", tell=True)

    def killed(session):
        arrive_box(session, box, terms)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.write(killed)
    assert in_box(office, box)[0].stage is Stage.SHIPPED
    assert bring(office, clock, box).arrived == 1
