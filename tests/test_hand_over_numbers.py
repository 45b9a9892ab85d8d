"""Cards are handed over by their numbers, many in one act, and an act is taken back as if it had not been."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core.actions.boxes import undo_box
from core.actions.cards import move_card_of
from core.actions.facts import Happened
from core.actions.hand_over_numbers import Undo, hand_over_numbers, undo_act, undo_numbers
from core.actions.letters import letter_ready
from core.questions.day_figures import day_figures
from core.questions.desk import desk_list
from core.questions.handed import HANDED, handed_on
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.office import seal_of
from core.store.tables import Card, Letter, Resident
from core.store.words import DeskKind, LetterState, NoticeState, Taken
from tests.boxing import KAUMAN, bring, in_box, pack, printed
from tests.listings import card, kinds
from tests.offices import BUDI, act, ask
from tests.rows import everything

pytestmark = pytest.mark.both_databases

TODAY = date(2017, 9, 26)


@pytest.fixture
def box(office, take, clock):
    """Six cards wait in Kauman for a call, with the numbers 1 to 6."""
    printed(take, 5)
    box = pack(office, clock)
    bring(office, clock, box, tell=False, awaits_call=True)
    clock.move(hours=1)
    return box


def give(office, clock, *numbers, taken=Taken.SELF, point=KAUMAN, by="official:1"):
    return act(office, hand_over_numbers, point, numbers, taken, now=clock(), by=by)


def undo(office, clock, *numbers):
    undone = act(office, undo_numbers, KAUMAN, numbers, now=clock(), by="official:1")
    return {number: what for number, (what, _) in undone.items()}


def stages(office, box):
    return [one.stage for one in in_box(office, box)]


def cards(office):
    """Every card as it is."""
    return everything(office)["card"]


def test_the_fact_is_called_the_same_where_it_is_written_and_where_it_is_read():
    assert Happened.CARDS_HANDED == HANDED


def test_each_number_is_told_what_became_of_it(office, clock, box):
    assert give(office, clock, 1, 2, taken=Taken.FAMILY).done == (1, 2)
    clock.move(minutes=1)
    given = give(office, clock, 2, 3, 77)
    assert (given.done, given.already, given.on_way, given.unknown) == ((3,), (2,), (), (77,))
    assert [one.taken for one in in_box(office, box)[:3]] == [Taken.FAMILY, Taken.FAMILY, Taken.SELF]
    assert give(office, clock, 1, 2, 3).act is None


@pytest.mark.parametrize("taken", [Taken.BROUGHT_HOME, Taken.LEFT_WITH_RT])
def test_a_card_brought_home_or_left_with_the_rt_counts_as_handed_over(office, clock, box, taken):
    give(office, clock, 4, taken=taken)
    given = in_box(office, box)[3]
    assert (given.stage, given.taken, given.awaits_call) == (Stage.HANDED_OVER, taken, False)


@pytest.mark.parametrize("why", [Taken.MOVED, Taken.DIED])
def test_who_moved_or_died_is_not_waited_for_and_typing_it_twice_says_so(office, clock, box, why):
    gone = in_box(office, box)[3].id
    assert give(office, clock, 4, taken=why).done == (4,)
    closed = ask(office, lambda session: session.get(Card, gone))
    assert (closed.stage, closed.taken, closed.pickup_number, closed.awaits_call) == (Stage.CLOSED, why, None, False)
    assert give(office, clock, 4, taken=why).already == (4,)
    assert kinds(office) == []


def test_a_number_of_another_place_is_unknown_here(office, clock, box):
    assert give(office, clock, 1, point="35.22.01.2001").unknown == (1,)
    assert set(stages(office, box)) == {Stage.READY_FOR_PICKUP}


def test_what_is_still_on_its_way_is_not_handed_over(office, take, clock):
    printed(take, 2)
    pack(office, clock)
    assert give(office, clock, 1, 9) == (given := give(office, clock, 1, 9))
    assert (given.on_way, given.unknown, given.act) == ((1,), (9,), None)


def test_a_number_handed_over_and_given_to_somebody_in_a_new_box_is_not_handed_over_twice(office, take, clock, box):
    give(office, clock, 1)
    printed(take, 1, first=8)
    second = pack(office, clock)
    assert [one.pickup_number for one in in_box(office, second)] == [1]
    given = give(office, clock, 1)
    assert (given.already, given.done) == ((1,), ())
    act(office, undo_box, second, now=clock(), by="operator")


def test_a_card_that_was_missing_is_handed_over_when_it_is_found_and_missing_again_when_that_is_undone(
    office, take, clock
):
    printed(take, 2)
    box = pack(office, clock)
    bring(office, clock, box, tell=False, awaits_call=True, missing=[2])
    before = cards(office)
    assert give(office, clock, 2).done == (2,)
    assert ask(office, desk_list) == []
    assert undo(office, clock, 2) == {2: Undo.BACK}
    assert [line.kind for line in ask(office, desk_list)] == [DeskKind.MISSING_CARD]
    assert cards(office) == before


@pytest.mark.parametrize("taken", [Taken.SELF, Taken.DIED])
def test_an_undone_act_leaves_every_card_as_it_was(office, clock, box, taken):
    act(office, lambda session: session.execute(update(Card).where(Card.pickup_number == 2).values(pickup_on=TODAY)))
    before = cards(office)
    given = give(office, clock, 1, 2, 3, taken=taken)
    clock.move(minutes=9)
    undone = act(office, undo_act, given.act, now=clock(), by="official:1")
    assert undone == dict.fromkeys((1, 2, 3), (Undo.BACK, None))
    assert cards(office) == before
    again = act(office, undo_act, given.act, now=clock(), by="official:1")
    assert again == dict.fromkeys((1, 2, 3), (Undo.GONE, None))
    assert give(office, clock, 1).done == (1,)
    assert act(office, undo_act, given.act, now=clock(), by="official:1")[1] == (Undo.GONE, None)


def test_two_of_an_act_are_taken_back_by_their_numbers(office, clock, box):
    give(office, clock, 1, 2, 3, 4, 5, 6)
    assert undo(office, clock, 2, 5, 99) == {2: Undo.BACK, 5: Undo.BACK, 99: Undo.NEVER}
    assert [one.pickup_number for one in in_box(office, box) if one.stage is Stage.READY_FOR_PICKUP] == [2, 5]
    assert undo(office, clock, 2) == {2: Undo.GONE}


def test_after_ten_minutes_a_hand_over_stays(office, clock, box):
    given = give(office, clock, 1)
    clock.move(minutes=10, seconds=1)
    assert undo(office, clock, 1) == {1: Undo.LATE}
    assert act(office, undo_act, given.act, now=clock(), by="x") == {1: (Undo.LATE, None)}
    assert in_box(office, box)[0].stage is Stage.HANDED_OVER


def test_an_undone_card_whose_number_is_somebody_elses_by_now_has_another_one(office, take, clock, box):
    given = give(office, clock, 1)
    printed(take, 1, first=8)
    pack(office, clock)
    assert act(office, undo_act, given.act, now=clock(), by="x") == {1: (Undo.BACK, 7)}


def test_a_letter_that_the_hand_over_made_void_is_back_in_force(office, clock, box):
    act(office, letter_ready, BUDI, LetterKind.SUKET, now=clock(), by="operator")
    given = give(office, clock, 1, 2, 3, 4, 5, 6)
    assert ask(office, lambda session: session.scalars(select(Letter.state)).all()) == [LetterState.VOID]
    act(office, undo_act, given.act, now=clock(), by="x")
    assert ask(office, lambda session: session.scalars(select(Letter.state)).all()) == [LetterState.READY]


def test_news_that_the_hand_over_ended_is_owed_again(office, take, clock):
    printed(take, 1, phones={0: "+6281200000011"})
    bring(office, clock, pack(office, clock), tell=True)
    owed = kinds(office)
    given = give(office, clock, 1, 2)
    act(office, undo_act, given.act, now=clock(), by="x")
    assert kinds(office) == owed  # they still wait, and will be sent
    given = give(office, clock, 1, 2)
    ended = update(Notice).where(Notice.state == NoticeState.WAITING)
    act(office, lambda session: session.execute(ended.values(state=NoticeState.OVERTAKEN, ended_at=clock())))
    act(office, undo_act, given.act, now=clock(), by="x")
    assert kinds(office) == [*owed, Kind.READY]


def test_the_days_record_holds_what_was_handed_over_here_on_that_day_and_was_not_undone(office, clock, box):
    give(office, clock, 1, 2, taken=Taken.FAMILY)
    give(office, clock, 3, taken=Taken.MOVED, by="official:2")
    undo(office, clock, 2)
    lines = ask(office, handed_on, KAUMAN, TODAY)
    assert [(one.number, one.taken, one.by) for one in lines] == [
        (1, Taken.FAMILY, "official:1"),
        (3, Taken.MOVED, "official:2"),
    ]
    assert ask(office, handed_on, KAUMAN, TODAY - timedelta(days=1)) == []
    assert ask(office, handed_on, "35.22.01.2001", TODAY) == []


def test_every_way_of_handing_over_counts_in_the_days_figures(office, clock, box):
    for number, taken in enumerate((Taken.SELF, Taken.FAMILY, Taken.BROUGHT_HOME, Taken.LEFT_WITH_RT), start=1):
        give(office, clock, number, taken=taken)
    undo(office, clock, 2)
    figures = ask(office, day_figures, TODAY)
    assert (figures.came[Stage.HANDED_OVER], figures.taken_back) == (4, 1)


def test_who_waits_for_a_call_waits_no_more_once_the_card_is_elsewhere(office, take, clock, box):
    def waiting():
        return {one["id"] for one in cards(office) if one["awaits_call"]}

    budis = card(office, BUDI)
    assert len(waiting()) == 6
    act(office, move_card_of, BUDI, Stage.PRINTED, now=clock(), by="operator")
    assert budis.id not in waiting()
    act(office, move_card_of, BUDI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    assert budis.id not in waiting()  # she was told at once
    issued = next(one for one in in_box(office, box) if one.id != budis.id)
    nik = ask(office, lambda session: seal_of(session).open(session.get(Resident, issued.resident_id).nik_sealed))
    take(f"{nik};WARGA;{KAUMAN};CARD_ISSUED;05/01/2017;;;", as_of=date(2017, 9, 28), tell=False)
    assert card(office, nik).stage is Stage.HANDED_OVER
    assert issued.id not in waiting()
    assert len(waiting()) == 4


def test_of_two_officials_who_type_one_number_at_once_one_is_told_that_it_was_taken(office, clock, box):
    said = []
    start = threading.Barrier(2, timeout=5)

    def one(name):
        start.wait()
        said.append(give(office, clock, 1, 2, by=name))

    threads = [threading.Thread(target=one, args=(name,)) for name in ("official:1", "official:2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(given.done) for given in said) == [0, 2]
    assert [given.already for given in said if not given.done] == [(1, 2)]
