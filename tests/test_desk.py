"""What waits for a person at the office: listed once, settled by name, opened again; and whom to visit."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.cards import move_card_of
from core.actions.desk import list_for_desk, reopen, settle, withdraw
from core.actions.letters import letter_ready
from core.actions.notices import Debt, owe
from core.actions.showing import show_names
from core.errors import NotFound
from core.questions.cards import history, resident_by_nik
from core.questions.desk import desk_counts, desk_list
from core.questions.overtaken import still_true
from core.questions.visits import count_to_visit, people_to_visit
from core.questions.week import office_week
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Notice
from core.store.desk_tables import DeskItem
from core.store.office import OpenOffice
from core.store.tables import Card, Letter
from core.store.words import DeskKind, LetterState
from core.wording import Wording, languages
from tests.offices import BUDI, JOKO, ROWS, SITI, WATI, Clock, Import, act, ask
from tests.statements import statements
from tests.test_sending import link, ready

pytestmark = pytest.mark.both_databases


def put(office: OpenOffice, kind: DeskKind, clock: Clock, **about: int) -> int:
    return act(office, list_for_desk, kind, now=clock(), **about)


def test_the_same_thing_is_listed_once_and_since_its_first_time(office: OpenOffice, clock: Clock) -> None:
    first = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    clock.move(days=1)
    assert put(office, DeskKind.NOT_MINE, clock, resident_id=1) == first
    assert put(office, DeskKind.NOT_MINE, clock, resident_id=2) != first
    assert put(office, DeskKind.MANY_CARDS, clock, resident_id=1) != first
    oldest, *_ = ask(office, desk_list)
    assert (oldest.id, oldest.nik, oldest.village) == (first, "3522••••••••0001", "Sukorejo (35.22.15.2003)")
    assert clock() > oldest.since


def test_what_was_settled_is_listed_anew_when_it_happens_again(office: OpenOffice, clock: Clock) -> None:
    first = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    assert act(office, settle, first, now=clock(), by="operator")
    assert ask(office, desk_list) == []
    assert put(office, DeskKind.NOT_MINE, clock, resident_id=1) != first


def test_who_settled_it_first_stays_noted_and_the_history_says_so(office: OpenOffice, clock: Clock) -> None:
    item = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    assert act(office, settle, item, now=clock(), by="ani")
    assert not act(office, settle, item, now=clock(), by="budi")
    assert ask(office, lambda session: session.scalars(select(DeskItem.settled_by)).one()) == "ani"
    assert [line.by for line in ask(office, history, 1) if line.kind == "desk-settled"] == ["ani"]


def test_what_was_settled_by_mistake_goes_back_on_the_list(office: OpenOffice, clock: Clock) -> None:
    item = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    assert not act(office, reopen, item, now=clock(), by="operator")
    act(office, settle, item, now=clock(), by="operator")
    assert act(office, reopen, item, now=clock(), by="operator")
    assert ask(office, desk_counts) == {DeskKind.NOT_MINE: 1}


def test_what_is_listed_anew_is_not_put_back_beside_it(office: OpenOffice, clock: Clock) -> None:
    item = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    act(office, settle, item, now=clock(), by="operator")
    again = put(office, DeskKind.NOT_MINE, clock, resident_id=1)
    assert not act(office, reopen, item, now=clock(), by="operator")
    assert [line.id for line in ask(office, desk_list)] == [again]


def test_of_two_who_put_the_same_back_at_once_one_does(office: OpenOffice, clock: Clock) -> None:
    items = []
    for _ in range(6):
        items.append(put(office, DeskKind.NOT_MINE, clock, resident_id=1))
        act(office, settle, items[-1], now=clock(), by="operator")
    back = [office.submit(lambda session, one=one: reopen(session, one, now=clock(), by="x")) for one in items]
    assert sum(future.result() for future in back) == 1
    assert len(ask(office, desk_list)) == 1


@pytest.mark.parametrize("to", [Stage.HANDED_OVER, Stage.SHIPPED, Stage.CLOSED])
def test_another_day_is_settled_when_the_card_leaves_and_every_count_says_so(
    office: OpenOffice, clock: Clock, to: Stage
) -> None:
    ready(office, BUDI, clock)
    put(office, DeskKind.OTHER_DAY, clock, card_id=2, resident_id=2)
    put(office, DeskKind.NOT_MINE, clock, resident_id=2)
    assert counts(office, clock) == (2, 2)
    act(office, move_card_of, BUDI, to, now=clock(), by="operator")
    assert counts(office, clock) == (1, 1)
    assert ask(office, lambda session: session.scalars(select(DeskItem.settled_by).order_by(DeskItem.id)).all()) == [
        "operator",
        None,
    ]


def test_another_day_for_a_card_that_the_offices_list_says_is_gone_is_counted_nowhere(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    ready(office, BUDI, clock)
    put(office, DeskKind.OTHER_DAY, clock, card_id=2, resident_id=2)
    take(ROWS[1].replace("CARD_PRINTED", "CARD_ISSUED"), as_of=date(2017, 9, 27))
    assert counts(office, clock) == (0, 0)


def counts(office: OpenOffice, clock: Clock) -> tuple[int, int]:
    """What the desk shows, and what Monday's message counts."""
    week = ask(office, office_week, now=clock(), today=clock().date(), last_backup=None)
    return ask(office, desk_counts).total(), week.on_desk


def test_a_number_that_is_not_on_the_list_is_said(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(NotFound, match="there is no 99 on the desk's list"):
        act(office, settle, 99, now=clock(), by="operator")


def test_who_thinks_better_of_it_takes_only_her_own_card_off_the_list(office: OpenOffice, clock: Clock) -> None:
    for nik in (BUDI, JOKO):
        act(office, move_card_of, nik, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    put(office, DeskKind.OTHER_DAY, clock, card_id=2, resident_id=2)
    put(office, DeskKind.OTHER_DAY, clock, card_id=4, resident_id=4)
    act(office, withdraw, DeskKind.OTHER_DAY, card_id=2, now=clock(), by="resident")
    assert [line.nik for line in ask(office, desk_list)] == ["3522••••••••0003"]


# Visits


def test_who_has_no_address_is_visited_for_what_is_worth_it(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, JOKO, Stage.PRINTED, now=clock(), by="operator")
    assert ask(office, people_to_visit) == []
    clock.move(days=1)
    act(office, move_card_of, JOKO, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    act(office, letter_ready, BUDI, LetterKind.SUKET, now=clock(), by="operator")
    visits = ask(office, people_to_visit)
    assert [(visit.kind, visit.since, visit.receipt_tail) for visit in visits] == [
        (Kind.READY, clock(), "Z12"),
        (Kind.LETTER_READY, clock(), "K07"),
    ]
    assert [visit.village for visit in visits] == ["Luwihaji (35.22.01.2001)", "Sukorejo (35.22.15.2003)"]


def test_one_village_or_district_can_be_asked_for(office: OpenOffice, clock: Clock) -> None:
    ready(office, BUDI, clock)
    ready(office, JOKO, clock)
    for region, residents in (("35.22.15.2003", [2]), ("35.22.01", [4]), ("35.22", [4, 2]), ("35.22.02", [])):
        assert [visit.resident_id for visit in ask(office, people_to_visit, region=region)] == residents
    with pytest.raises(NotFound, match="no district or village"):
        ask(office, people_to_visit, region="35.22.1")


def test_what_is_no_longer_true_needs_no_visit(office: OpenOffice, clock: Clock) -> None:
    ready(office, BUDI, clock)
    act(office, move_card_of, BUDI, Stage.HANDED_OVER, now=clock(), by="operator")
    assert ask(office, people_to_visit) == []


#: Whether these still hold is not only a matter of the card's stage.
_ASKING_MORE = (Kind.LETTER_READY, Kind.CALLED)


@pytest.mark.parametrize(
    ("day", "then", "visited"),
    [(date(2017, 9, 28), (), Kind.CALLED), (None, (), None), (date(2017, 9, 28), (Kind.PICKUP_MOVED,), None)],
    ids=["she has a day", "her day was taken back", "it is another day now"],
)
def test_so_they_do_of_who_is_called_to_a_day(
    office: OpenOffice, clock: Clock, day: date | None, then: tuple[Kind, ...], visited: Kind | None
) -> None:
    def owed(session: Session) -> None:
        resident = resident_by_nik(session, SITI)
        assert resident is not None
        for kind in (Kind.CALLED, *then):
            debt = Debt(kind=kind, resident_id=resident.id, card_id=resident.id)
            owe(session, [debt], now=clock(), only=frozenset())
        session.execute(update(Card).values(stage=Stage.READY_FOR_PICKUP, pickup_on=day))

    act(office, owed)
    called = ask(office, lambda session: session.scalars(select(Notice).where(Notice.kind == Kind.CALLED)).one())
    assert ask(office, still_true, called) == (visited is not None)
    assert [one.kind for one in ask(office, people_to_visit) if one.kind is Kind.CALLED] == (
        [visited] if visited else []
    )


@pytest.mark.parametrize("stage", list(Stage))
def test_the_list_of_visits_and_the_sender_agree_on_what_is_still_true(
    office: OpenOffice, clock: Clock, stage: Stage
) -> None:
    about_cards = [kind for kind, rule in TABLE.items() if rule.worth_a_visit and kind not in _ASKING_MORE]
    true = 4 * sum(stage in TABLE[kind].while_stage for kind in about_cards)
    assert true == {Stage.READY_FOR_PICKUP: 8, Stage.NEEDS_OFFICER: 4}.get(stage, 0)

    def everything_owed(session: Session) -> None:
        for nik in (SITI, BUDI, WATI, JOKO):
            resident = resident_by_nik(session, nik)
            assert resident is not None
            debts = [Debt(kind=kind, resident_id=resident.id, card_id=resident.id) for kind in about_cards]
            owe(session, debts, now=clock(), only=frozenset())
        session.execute(update(Card).values(stage=stage))

    act(office, everything_owed)
    visits = ask(office, people_to_visit)
    unreached = ask(office, lambda session: session.scalars(select(Notice)).all())
    assert len(visits) == sum(ask(office, still_true, notice) for notice in unreached) == true
    assert ask(office, count_to_visit) == len({visit.resident_id for visit in visits})


def test_a_letter_that_was_collected_needs_no_visit(office: OpenOffice, clock: Clock) -> None:
    act(office, letter_ready, BUDI, LetterKind.SUKET, now=clock(), by="operator")
    assert ask(office, count_to_visit) == 1
    act(office, lambda session: session.execute(update(Letter).values(state=LetterState.COLLECTED)))
    assert (ask(office, count_to_visit), ask(office, people_to_visit)) == (0, [])


def test_who_is_to_be_visited_is_counted_without_reading_what_is_over(office: OpenOffice, clock: Clock) -> None:
    ready(office, BUDI, clock)
    for _ in range(3):
        act(office, move_card_of, JOKO, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        act(office, move_card_of, JOKO, Stage.SHIPPED, now=clock(), by="operator")
    with statements() as asked:
        assert ask(office, count_to_visit) == 1
    assert len([statement for statement in asked if "FROM notice" in statement]) == 1


def test_a_card_that_left_and_came_back_is_one_visit(office: OpenOffice, clock: Clock) -> None:
    for stage in (Stage.READY_FOR_PICKUP, Stage.SHIPPED, Stage.READY_FOR_PICKUP):
        clock.move(hours=1)
        act(office, move_card_of, BUDI, stage, now=clock(), by="operator")
    assert [visit.since for visit in ask(office, people_to_visit)] == [clock()]


def test_an_address_that_was_added_since_tells_her_nothing_yet(office: OpenOffice, clock: Clock) -> None:
    ready(office, BUDI, clock)
    link(office, BUDI, "900000001", clock)
    assert len(ask(office, people_to_visit)) == 1


def test_that_a_name_was_shown_is_noted_for_each_person(office: OpenOffice, clock: Clock) -> None:
    people = act(office, show_names, [2, 4], now=clock(), by="operator")
    assert [people[id_].name for id_ in (2, 4)] == ["BUDI SANTOSO", "JOKO"]
    for resident in (2, 4):
        assert [line.details for line in ask(office, history, resident) if line.kind == "personal-data-shown"] == [
            {"shown": ["nik", "name"]}
        ]


def test_every_kind_that_is_worth_a_visit_has_its_words_for_the_paper(office: OpenOffice) -> None:
    for kind, language in [(kind, lang) for kind in Kind if TABLE[kind].worth_a_visit for lang in languages()]:
        assert Wording(language=language).text(f"visit-{kind}")
