"""Print plans and blanks: who is printed, by which blanks, and what becomes of every place."""

import threading
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.blanks import count_blanks, move_blanks
from core.actions.cards import move_card, move_card_of
from core.actions.plan_prints import DoneTerms, Noted, print_some
from core.actions.print_plans import end_plan, make_plan
from core.actions.suspensions import resume, suspend
from core.actions.urgency import set_urgent
from core.errors import InputError, NotFound, Overtaken, Refused
from core.jobs import printing
from core.jobs.printing import Planned, plan_prints
from core.jobs.sweeps import sweep
from core.questions.blanks import (
    Stock,
    blank_stock,
    movements_of_blanks,
    output_by_day,
    prints_outside_plans,
    stock_of_blanks,
)
from core.questions.cards import current_card
from core.questions.print_plans import PlanLine, plan_line, told_of_printing
from core.questions.print_queue import print_queue
from core.rules.card import Stage, StepRefused
from core.rules.notices import Kind
from core.rules.print_queue import USUAL_POLICY, Urgency
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office, seal_of
from core.store.tables import Card, Fact, Resident
from core.store.words import BlankKind, PlanOutcome, PlanState
from core.store.work_tables import PlanCard
from tests.listings import card, happened, kinds, siti
from tests.offices import BUDI, JOKO, SITI, WATI, Clock, Import, act, ask

pytestmark = pytest.mark.both_databases

TODAY = date(2017, 9, 26)
#: Who waits besides Siti, who was recorded on 5 January 2017 and has no reason: NIK, status, recorded, born, note.
WIDE = "NIK;NAMA;KODE DESA;STATUS;TGL REKAM;TGL LAHIR;KETERANGAN"
ELDERLY, FIRST, LATE_FIRST, LOST, YOUNG, THERE = (f"35229901018{n:05}" for n in range(1, 7))
QUEUE = (
    f"{LOST};W;35.22.15.2003;PRR;05/01/2016;01/02/1980;HILANG",
    f"{LATE_FIRST};W;35.22.15.2003;PRR;05/06/2017;;PEMULA",
    f"{ELDERLY};W;35.22.15.2003;PRR;05/03/2017;01/02/1940;PEMULA",
    f"{FIRST};W;35.22.15.2003;PRR;05/05/2017;;PEMULA",
    f"{YOUNG};W;35.22.15.2003;PRR;05/09/2017;01/10/2000;PEMULA",
    f"{THERE};W;35.22.01.2001;PRR;01/05/2017;;PEMULA",
)
#: In the usual policy's order.
TURNS = [THERE, FIRST, LATE_FIRST, ELDERLY, SITI, LOST]


@pytest.fixture
def queue(take: Import) -> Import:
    """The office with seven people in the queue, one of them too young."""
    take(*QUEUE, header=WIDE)
    return take


def receive(office: OpenOffice, clock: Clock, blanks: int) -> None:
    move(office, clock, BlankKind.RECEIVED, blanks)


def move(office: OpenOffice, clock: Clock, kind: BlankKind, blanks: int) -> int:
    return act(office, move_blanks, kind, blanks, day=TODAY, now=clock(), by="operator")


def plan(office: OpenOffice, clock: Clock, count: int = 100) -> Planned:
    return plan_prints(office, USUAL_POLICY, count, now=clock, by="operator")


def done(office: OpenOffice, clock: Clock, plan_id: int, up_to: int, *spoiled: int, tell: bool = True) -> Noted:
    terms = DoneTerms(plan_id, up_to, frozenset(spoiled), tell=tell, now=clock(), by="operator")
    return printing.note_printed(office, terms, polite=False)


def undo(office: OpenOffice, clock: Clock, plan_id: int, *places: int) -> int:
    return printing.take_back(office, plan_id, places, now=clock(), by="operator", polite=False)


def cancel(office: OpenOffice, clock: Clock, plan_id: int) -> int:
    return act(office, end_plan, plan_id, ending=PlanState.CANCELLED, now=clock(), by="operator")


def hand(office: OpenOffice, clock: Clock, nik: str, *stages: Stage) -> None:
    for stage in stages:
        act(office, move_card_of, nik, stage, now=clock(), by="operator")


def niks(office: OpenOffice, plan_id: int) -> list[str]:
    """Who has which place."""
    query = select(Resident.nik_sealed).join(Card).join(PlanCard, PlanCard.card_id == Card.id)
    ordered = query.where(PlanCard.plan_id == plan_id).order_by(PlanCard.place)
    return ask(office, lambda session: [seal_of(session).open(sealed) for sealed in session.scalars(ordered)])


def outcomes(office: OpenOffice, plan_id: int) -> list[PlanOutcome | None]:
    query = select(PlanCard.outcome).where(PlanCard.plan_id == plan_id).order_by(PlanCard.place)
    return ask(office, lambda session: list(session.scalars(query)))


def line(office: OpenOffice, plan_id: int) -> PlanLine:
    return ask(office, plan_line, plan_id)


def stock(office: OpenOffice) -> Stock:
    return ask(office, stock_of_blanks)


def movements(office: OpenOffice) -> list[tuple[BlankKind, int, int | None]]:
    found = ask(office, movements_of_blanks, most=None)
    return [(one.kind, one.quantity, one.plan_id) for one in reversed(found)]


# Blanks


def test_the_stock_is_the_sum_of_its_movements(office: OpenOffice, clock: Clock) -> None:
    assert not stock(office).is_kept
    receive(office, clock, 100)
    move(office, clock, BlankKind.SPOILED, 3)
    move(office, clock, BlankKind.ADJUSTED, -7)
    assert stock(office) == Stock(90, 0, is_kept=True)


def test_blanks_that_are_not_there_are_neither_spoiled_nor_taken_away(office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 5)
    with pytest.raises(Refused, match="there are 5 blanks, so 6 cannot be taken"):
        move(office, clock, BlankKind.SPOILED, 6)
    with pytest.raises(Refused, match="adjust first"):
        move(office, clock, BlankKind.ADJUSTED, -6)
    assert stock(office).stock == 5


def test_counting_makes_the_stock_what_is_there_and_says_the_difference(office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 100)
    terms = {"day": TODAY, "now": clock(), "by": "operator"}
    assert act(office, count_blanks, 97, **terms) == -3
    assert act(office, count_blanks, 97, **terms) == 0
    assert stock(office).stock == 97
    assert movements(office) == [(BlankKind.RECEIVED, 100, None), (BlankKind.ADJUSTED, -3, None)]


def test_a_print_by_hand_uses_a_blank_though_none_is_there_and_is_listed(office: OpenOffice, clock: Clock) -> None:
    hand(office, clock, SITI, Stage.PRINTED, Stage.SHIPPED)
    assert stock(office) == Stock(-1, 0, is_kept=False)  # what is printed is no word of an office that counts blanks
    [movement] = ask(office, movements_of_blanks, most=None, outside=True)
    assert (movement.kind, movement.quantity, movement.day, movement.outside) == (BlankKind.USED, -1, TODAY, True)
    assert kinds(office) == [Kind.PRINTED]


@pytest.mark.parametrize("to", [Stage.PRINTED, Stage.SHIPPED, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER])
def test_wherever_a_card_goes_past_printing_it_was_printed(office: OpenOffice, clock: Clock, to: Stage) -> None:
    hand(office, clock, JOKO, to)
    assert ask(office, blank_stock) == -1


def test_a_step_that_is_no_print_uses_no_blank(office: OpenOffice, clock: Clock) -> None:
    hand(office, clock, BUDI, Stage.SHIPPED, Stage.READY_FOR_PICKUP, Stage.SHIPPED, Stage.CLOSED, Stage.PRINTED)
    hand(office, clock, JOKO, Stage.PRINT_READY, Stage.AT_CENTRE, Stage.CLOSED)
    assert movements(office) == []


def test_a_card_taken_back_to_be_printed_again_heads_the_queue_and_uses_another_blank(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    hand(office, clock, LOST, Stage.PRINTED, Stage.PRINT_READY)
    assert card(office, LOST).spoiled
    assert stock(office).stock == 9
    made = plan(office, clock)
    assert niks(office, made.plan_id)[0] == LOST
    hand(office, clock, LOST, Stage.PRINTED)
    assert not card(office, LOST).spoiled
    assert stock(office).stock == 8


def test_an_import_uses_one_blank_for_each_card_that_it_says_is_printed(
    take: Import, office: OpenOffice, clock: Clock
) -> None:
    wati = f"{WATI};SRI WATI;35.22.01.2001;CARD_SHIPPED;20/09/2017;;;BJN-000003-R81"
    new = "3522995506900021;WARGA;35.22.15.2003;CARD_PRINTED;05/01/2017;;;"
    budi = f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_SHIPPED;05/02/2017;;;BJN-000002-K07"
    take(siti("CARD_PRINTED"), wati, new, budi, as_of=date(2017, 9, 27))
    [movement] = ask(office, movements_of_blanks, most=None)
    assert (movement.kind, movement.quantity, movement.day, movement.by) == (
        BlankKind.USED, -2, date(2017, 9, 27), "import:2",
    )  # fmt: skip
    assert ask(office, prints_outside_plans) == 2
    assert ask(office, output_by_day, first=TODAY, last=date(2017, 9, 30)) == {date(2017, 9, 27): 2}


def test_an_import_that_moves_nobody_past_printing_uses_nothing(take: Import, office: OpenOffice) -> None:
    take(f"{JOKO};JOKO;35.22.01.2001;PRR;21/09/2017;;;BJN-000004-Z12", as_of=date(2017, 9, 27))
    assert movements(office) == []


# Who is planned


def test_the_queue_is_printed_in_its_order_and_nobody_too_young(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 100)
    made = plan(office, clock)
    assert niks(office, made.plan_id) == TURNS
    assert made.chosen.too_young == 1
    assert made.chosen.knows_reasons
    assert {card(office, nik).plan_id for nik in TURNS} == {made.plan_id}
    assert card(office, YOUNG).plan_id is None


def test_who_turns_17_is_planned_from_her_birthday_on(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 100)
    plan(office, clock)
    with pytest.raises(Refused, match="nobody can be printed now"):
        plan(office, clock)
    clock.move(days=5)  # 1 October 2017
    assert niks(office, plan(office, clock).plan_id) == [YOUNG]


def test_a_plan_takes_no_more_than_the_free_blanks(queue: Import, office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(Refused, match="no blank is free: the stock is 0"):
        plan(office, clock)
    receive(office, clock, 5)
    assert niks(office, plan(office, clock, 3).plan_id) == TURNS[:3]
    assert stock(office) == Stock(5, 3, is_kept=True)
    second = plan(office, clock, 100)
    assert niks(office, second.plan_id) == TURNS[3:5]
    assert stock(office).free == 0
    with pytest.raises(Refused, match="the stock is 5, 5 of them promised to open plans"):
        plan(office, clock)


def test_who_is_urgent_comes_first_and_the_reason_stays_as_a_record(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    terms = {"now": clock(), "by": "operator"}
    assert act(office, set_urgent, LOST, Urgency.SICK, **terms)
    assert not act(office, set_urgent, LOST, Urgency.SICK, **terms)
    made = plan(office, clock)
    assert niks(office, made.plan_id)[0] == LOST
    done(office, clock, made.plan_id, 1)
    assert card(office, LOST).urgent is Urgency.SICK
    with pytest.raises(Refused, match="nothing to print before its turn"):
        act(office, set_urgent, LOST, None, **terms)
    assert happened(office, LOST).count("card-urgent") == 1


def test_urgency_is_taken_back_and_refused_for_who_waits_for_no_print(office: OpenOffice, clock: Clock) -> None:
    terms = {"now": clock(), "by": "operator"}
    assert act(office, set_urgent, SITI, Urgency.STUDY, **terms)
    assert act(office, set_urgent, SITI, None, **terms)
    assert card(office, SITI).urgent is None
    assert happened(office, SITI)[-2:] == ["card-urgent", "card-not-urgent"]
    with pytest.raises(Refused, match="at PRINTED"):
        act(office, set_urgent, BUDI, Urgency.STUDY, **terms)
    with pytest.raises(NotFound):
        act(office, set_urgent, YOUNG, Urgency.STUDY, **terms)


def test_without_reasons_everybody_is_ordinary(office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    assert not plan(office, clock).chosen.knows_reasons


# While printing is suspended


def stop(office: OpenOffice, clock: Clock, **terms: object) -> int:
    started = act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator", **terms)
    return started.suspension_id


def test_nothing_is_planned_while_printing_is_suspended(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    stopped = stop(office, clock)
    with pytest.raises(Refused, match=f"printing is suspended; nothing is planned until: kabar resume {stopped}"):
        plan(office, clock)
    act(office, resume, stopped, now=clock(), by="operator")
    assert niks(office, plan(office, clock).plan_id) == TURNS


def test_a_district_where_printing_is_suspended_is_left_out(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    stop(office, clock, region="35.22.01")
    made = plan(office, clock)
    assert niks(office, made.plan_id) == [nik for nik in TURNS if nik != THERE]
    assert [stop.region for stop in made.chosen.stops] == ["35.22.01"]


def test_who_was_recorded_since_the_day_of_a_suspension_is_left_out(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    stop(office, clock, recorded_since=date(2017, 5, 1))
    assert niks(office, plan(office, clock).plan_id) == [ELDERLY, SITI, LOST]


def test_a_suspension_between_choosing_and_planning_is_not_overlooked(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    chosen = printing.choose(office, USUAL_POLICY, 10, now=clock())
    stop(office, clock)
    with pytest.raises(Overtaken, match="suspended or resumed meanwhile"):
        act(office, make_plan, chosen.card_ids, stops=chosen.stops, now=clock(), by="operator")


# What becomes of the places


def test_what_is_printed_is_told_what_is_spoiled_heads_the_next_plan(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    first = plan(office, clock, 5).plan_id
    noted = done(office, clock, first, 4, 2)
    assert (noted.printed, noted.spoiled, noted.elsewhere) == (3, 1, 0)
    assert outcomes(office, first) == [
        PlanOutcome.PRINTED, PlanOutcome.SPOILED, PlanOutcome.PRINTED, PlanOutcome.PRINTED, None,
    ]  # fmt: skip
    assert movements(office)[1:] == [(BlankKind.USED, -3, first), (BlankKind.SPOILED, -1, first)]
    assert stock(office) == Stock(6, 1, is_kept=True)
    assert card(office, TURNS[0]).stage is Stage.PRINTED
    assert happened(office, TURNS[0])[-1] == "card-moved"
    assert (card(office, TURNS[1]).spoiled, card(office, TURNS[1]).plan_id) == (True, None)
    assert happened(office, TURNS[1])[-1] == "card-spoiled"
    told = ask(office, lambda session: Counter(session.scalars(select(Notice.batch))))
    assert told == {f"print:{first}": 3}
    second = plan(office, clock).plan_id
    assert niks(office, second) == [TURNS[1], TURNS[5]]
    done(office, clock, second, 1)
    assert not card(office, TURNS[1]).spoiled


def test_the_same_command_twice_changes_nothing(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 4, 2)
    before = (outcomes(office, made), movements(office), kinds(office))
    assert done(office, clock, made, 4, 2) == Noted()
    assert (outcomes(office, made), movements(office), kinds(office)) == before


def test_a_plan_of_which_nothing_is_left_is_done(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 3)
    assert line(office, made).state is PlanState.OPEN
    done(office, clock, made, 6, 6)
    assert line(office, made).state is PlanState.DONE
    assert movements(office)[1:] == [(BlankKind.USED, -5, made), (BlankKind.SPOILED, -1, made)]
    assert stock(office) == Stock(4, 0, is_kept=True)


def test_places_that_the_plan_has_not_or_that_contradict_each_other_are_refused(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    for up_to, spoiled, said in (
        (7, (), "places 1 to 6"),
        (3, (4,), "place 4 cannot be spoiled"),
        (3, (0,), "place 0"),
    ):
        with pytest.raises(InputError, match=said):
            done(office, clock, made, up_to, *spoiled)
    done(office, clock, made, 3)
    with pytest.raises(Refused, match=f"noted as printed already: 2; first .* kabar print undo {made} --places 2"):
        done(office, clock, made, 4, 2)
    assert outcomes(office, made)[3] is None
    with pytest.raises(NotFound, match="no plan 99"):
        done(office, clock, 99, 1)


def test_nobody_is_told_when_the_office_says_so(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 6, tell=False)
    assert kinds(office) == []


def test_how_many_would_be_told_is_known_before(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    told = ask(office, told_of_printing, made, up_to=6, but={1})
    assert (told["sms"], told[None]) == (1, 4)
    done(office, clock, made, 5)
    assert ask(office, told_of_printing, made, up_to=6, but=()).total() == 1


def test_a_card_that_moved_meanwhile_is_left_where_it_went(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    hand(office, clock, TURNS[0], Stage.PRINTED)
    hand(office, clock, TURNS[1], Stage.CLOSED)
    queue(siti("CARD_SHIPPED"), as_of=date(2017, 9, 27))
    assert [card(office, nik).plan_id for nik in (TURNS[0], TURNS[1], SITI)] == [None, None, None]
    assert outcomes(office, made) == [
        PlanOutcome.ELSEWHERE,
        PlanOutcome.ELSEWHERE,
        None,
        None,
        PlanOutcome.ELSEWHERE,
        None,
    ]
    assert done(office, clock, made, 6).printed == 3
    assert line(office, made).state is PlanState.DONE
    assert ask(office, prints_outside_plans) == 2
    assert stock(office).stock == 5


def test_the_last_card_of_a_plan_that_goes_elsewhere_ends_it(office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    hand(office, clock, SITI, Stage.PRINTED)
    assert line(office, made).state is PlanState.DONE


def test_a_card_that_the_plan_printed_and_is_spoiled_after_all_is_planned_again(
    office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    first = plan(office, clock).plan_id
    done(office, clock, first, 1)
    hand(office, clock, SITI, Stage.SHIPPED, Stage.PRINT_READY)
    assert outcomes(office, first) == [PlanOutcome.SPOILED]
    assert niks(office, plan(office, clock).plan_id) == [SITI]


def test_a_card_that_was_printed_and_needs_an_officer_comes_back_to_the_queue_by_an_import(
    take: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    done(office, clock, plan(office, clock).plan_id, 1)
    hand(office, clock, SITI, Stage.NEEDS_OFFICER)
    take(siti("DUPLICATE_RECORD"), as_of=date(2017, 9, 27))
    take(siti("PRR"), as_of=date(2017, 9, 28))
    assert niks(office, plan(office, clock).plan_id) == [SITI]


# Taking it back


def test_what_was_noted_by_mistake_is_taken_back_into_its_places(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 6)
    hand(office, clock, TURNS[4], Stage.SHIPPED)
    assert undo(office, clock, made, 4, 5, 6) == 2
    assert outcomes(office, made)[3:] == [None, PlanOutcome.PRINTED, None]
    assert line(office, made).state is PlanState.OPEN
    assert stock(office) == Stock(6, 2, is_kept=True)
    assert movements(office)[-1] == (BlankKind.GIVEN_BACK, 2, made)
    assert ask(office, output_by_day, first=TODAY, last=TODAY) == {TODAY: 4}
    assert undo(office, clock, made, 4, 5, 6) == 0
    assert done(office, clock, made, 6).printed == 2
    assert niks(office, made) == TURNS
    with pytest.raises(InputError, match="and no 7"):
        undo(office, clock, made, 7)


def test_a_plan_that_is_taken_back_after_its_time_has_time_again(office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 1)
    clock.move(days=8)
    undo(office, clock, made, 1)
    assert sweep(office, now=clock()) == 0
    assert line(office, made).left == 1


def test_a_cancelled_plan_gives_back_its_cards_and_blanks(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    first = plan(office, clock).plan_id
    done(office, clock, first, 2)
    assert cancel(office, clock, first) == 4
    assert line(office, first).state is PlanState.CANCELLED
    assert stock(office) == Stock(8, 0, is_kept=True)
    assert cancel(office, clock, first) == 0
    with pytest.raises(Refused, match="was cancelled"):
        done(office, clock, first, 6)
    assert niks(office, plan(office, clock).plan_id) == TURNS[2:]


def test_a_plan_expires_after_seven_days(queue: Import, office: OpenOffice, clock: Clock) -> None:
    receive(office, clock, 10)
    made = plan(office, clock).plan_id
    done(office, clock, made, 2)
    clock.move(days=7, seconds=-1)
    assert sweep(office, now=clock()) == 0
    clock.move(seconds=1)
    assert sweep(office, now=clock()) == 1
    assert sweep(office, now=clock()) == 0
    assert line(office, made).state is PlanState.EXPIRED
    assert outcomes(office, made)[2:] == [PlanOutcome.RELEASED] * 4
    assert stock(office) == Stock(8, 0, is_kept=True)


def test_what_was_printed_and_is_noted_too_late_was_printed_unless_another_plan_has_it(
    queue: Import, office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 10)
    late = plan(office, clock).plan_id
    clock.move(days=7)
    sweep(office, now=clock())
    plan(office, clock, 2)
    assert ask(office, told_of_printing, late, up_to=6, but={6}).total() == 3
    noted = done(office, clock, late, 6, 6)
    assert (noted.printed, noted.spoiled, noted.elsewhere) == (3, 1, 2)
    assert line(office, late).state is PlanState.EXPIRED
    assert stock(office) == Stock(6, 2, is_kept=True)


# Killed, and two at once

CROWD = 700


@pytest.fixture
def crowd(office: OpenOffice, clock: Clock) -> OpenOffice:
    """An office where a crowd waits for its first card, with blanks for all."""
    people = range(1001, 1001 + CROWD)

    def fill(session) -> None:  # type: ignore[no-untyped-def]
        new = {"nik_sealed": b"", "name_sealed": b"", "village": "35.22.15.2003"}
        session.execute(Resident.__table__.insert(), [{"id": n, "nik_index": b"%d" % n, **new} for n in people])
        first = {"stage": "PRINT_READY", "stage_since": clock(), "reason": "first"}
        days = [date(2017, 1, 1) + timedelta(days=n % 90) for n in people]
        cards = [{"id": n, "resident_id": n, "queued_on": day, **first} for n, day in zip(people, days, strict=True)]
        session.execute(Card.__table__.insert(), cards)

    office.write(fill)
    receive(office, clock, 1000)
    return office


def test_printing_killed_between_two_chunks_goes_on_with_the_same_command(crowd: OpenOffice, clock: Clock) -> None:
    made = plan(crowd, clock, 500).plan_id
    terms = DoneTerms(made, 480, frozenset({7, 31, 400}), tell=True, now=clock(), by="operator")
    act(crowd, print_some, terms, after=0)  # and here it was killed
    assert 0 < line(crowd, made).outcomes[PlanOutcome.PRINTED] < 477
    clock.move(minutes=5)
    done(crowd, clock, made, 480, 7, 31, 400)
    assert line(crowd, made).outcomes == {PlanOutcome.PRINTED: 477, PlanOutcome.SPOILED: 3, None: 20}
    assert movements(crowd)[1:] == [(BlankKind.USED, -477, made), (BlankKind.SPOILED, -3, made)]
    assert len(kinds(crowd)) == 477


def test_a_chunk_that_fails_is_as_if_it_had_not_begun(crowd: OpenOffice, clock: Clock) -> None:
    made = plan(crowd, clock, 500).plan_id
    terms = DoneTerms(made, 480, frozenset(), tell=True, now=clock(), by="operator")

    def fail(session) -> None:  # type: ignore[no-untyped-def]
        print_some(session, terms, after=0)
        raise OSError

    with pytest.raises(OSError):
        crowd.write(fail)
    assert line(crowd, made).left == 500
    assert len(movements(crowd)) == 1


def test_two_operators_who_plan_at_once_never_get_the_same_card(
    crowd: OpenOffice, home: Path, address: str | None, clock: Clock
) -> None:
    made: list[int] = []
    begin = threading.Barrier(4)

    def operator(each: OpenOffice) -> None:
        begin.wait()
        made.append(plan(each, clock, 150).plan_id)

    with open_office(home, address) as other:
        threads = [threading.Thread(target=operator, args=(each,)) for each in (crowd, other, crowd, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(made) == 4
    planned = ask(crowd, lambda session: Counter(session.scalars(select(PlanCard.card_id))))
    assert len(planned) == 600
    assert set(planned.values()) == {1}
    held = select(Card.plan_id, func.count()).where(Card.plan_id.is_not(None)).group_by(Card.plan_id)
    assert ask(crowd, lambda session: {row[0]: row[1] for row in session.execute(held)}) == dict.fromkeys(made, 150)


def test_two_who_plan_at_once_do_not_promise_more_blanks_than_there_are(
    crowd: OpenOffice, home: Path, address: str | None, clock: Clock
) -> None:
    act(crowd, count_blanks, 200, day=TODAY, now=clock(), by="operator")
    begin = threading.Barrier(2)

    def operator(each: OpenOffice) -> None:
        begin.wait()
        plan(each, clock, 150)

    with open_office(home, address) as other:
        threads = [threading.Thread(target=operator, args=(each,)) for each in (crowd, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert stock(crowd) == Stock(200, 200, is_kept=True)


def test_two_who_note_the_same_places_at_once_note_them_once(
    crowd: OpenOffice, home: Path, address: str | None, clock: Clock
) -> None:
    made = plan(crowd, clock, 500).plan_id
    noted: list[Noted] = []
    begin = threading.Barrier(2)

    def operator(each: OpenOffice) -> None:
        begin.wait()
        noted.append(done(each, clock, made, 500, 9))

    with open_office(home, address) as other:
        threads = [threading.Thread(target=operator, args=(each,)) for each in (crowd, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(each.printed for each in noted) == 499
    assert sum(-quantity for kind, quantity, _ in movements(crowd) if kind is BlankKind.USED) == 499
    moved = select(func.count()).select_from(Fact).where(Fact.kind == "card-moved", Fact.card_id > 1000)
    assert ask(crowd, lambda session: session.scalar(moved)) == 499


def test_a_stale_choice_is_refused_whole(crowd: OpenOffice, clock: Clock) -> None:
    chosen = printing.choose(crowd, USUAL_POLICY, 100, now=clock())
    plan(crowd, clock, 1)
    with pytest.raises(Overtaken, match="planned or moved meanwhile"):
        act(crowd, make_plan, chosen.card_ids, stops=chosen.stops, now=clock(), by="operator")
    assert stock(crowd).promised == 1


def test_a_plan_of_thousands_is_refused(crowd: OpenOffice, clock: Clock) -> None:
    with pytest.raises(Refused, match="1 to 2,000"):
        act(crowd, make_plan, list(range(2001)), stops=(), now=clock(), by="operator")


def test_the_plan_and_the_queue_agree_on_who_is_next(crowd: OpenOffice, clock: Clock) -> None:
    queue = ask(crowd, print_queue, USUAL_POLICY, today=TODAY)
    made = plan(crowd, clock, 200).plan_id
    planned = ask(crowd, lambda session: session.scalars(select(PlanCard.card_id).order_by(PlanCard.place)).all())
    assert made and len(planned) == 200
    cards = {group.card.queued_on: group.card for group in queue.groups if group.card.reason == "first"}
    days = ask(crowd, lambda session: {row[0]: row[1] for row in session.execute(select(Card.id, Card.queued_on))})
    ahead = [queue.ahead_of(cards[days[id_]], id_) for id_ in planned]
    assert ahead == sorted(ahead)
    assert all(abs(place - guess) <= 8 for place, guess in enumerate(ahead))


def test_a_refused_step_uses_no_blank(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(StepRefused):
        hand(office, clock, BUDI, Stage.RECORDED)
    assert movements(office) == []


def test_a_card_that_is_planned_while_somebody_moves_it_by_hand_stays_in_the_plan(
    office: OpenOffice, clock: Clock
) -> None:
    receive(office, clock, 5)
    seen = ask(office, current_card, SITI)  # by whoever moves it, before the plan
    plan_id = plan(office, clock).plan_id
    assert seen is not None

    def move_late(session: Session) -> None:
        move_card(session, session.merge(seen, load=False), Stage.PRINTED, now=clock(), by="operator")

    with pytest.raises(Overtaken):
        office.write(move_late)
    assert outcomes(office, plan_id) == [None]
    assert (stock(office).stock, stock(office).promised) == (5, 1)
