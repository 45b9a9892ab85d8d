"""The office's figures agree with arithmetic: now, on a day, and over time."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.blanks import move_blanks
from core.actions.cards import move_card_of
from core.actions.facts import Happened
from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import resume, suspend
from core.calendar import calendar_of
from core.questions.blanks import output_by_day
from core.questions.day_figures import LETTER_FACTS, MOVED, SEEN, day_figures
from core.questions.figures import brief_figures, letters_by_state, notices_by_state, office_figures
from core.questions.stages import cards_by_stage, cards_by_village
from core.questions.suspensions import standstills
from core.questions.waiting_history import waiting_by_day
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.figures import last_working_days, usual_output
from core.rules.hours import Hours
from core.rules.print_queue import Urgency
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from core.store.words import BlankKind, LetterState
from core.store.work_tables import Box
from tests.figures_world import NGRAHO, SUKOREJO, at, letters, people
from tests.offices import BUDI, JOKO, MORNING, SITI, WATI, Clock, Import, act, ask

both_databases = pytest.mark.both_databases
TUESDAY = date(2017, 9, 26)
WORKING_DAYS = last_working_days(calendar_of(Hours.read("Senin-Jumat 08.00-15.00"), None), TUESDAY)
URGENT = next(iter(Urgency))


def brief(office: OpenOffice, clock: Clock):
    return ask(office, brief_figures, WORKING_DAYS, today=TUESDAY, now=clock())


# Cards


@both_databases
def test_cards_are_counted_by_stage_and_by_district_and_both_agree(office: OpenOffice) -> None:
    people(office, (SUKOREJO, Stage.HANDED_OVER, 7), (NGRAHO, Stage.HANDED_OVER, 2), (NGRAHO, Stage.PRINT_READY, 3))
    # And the four of the office: two in Kauman, ready to print and printed, two in Ngraho at the centre or before it.
    stages = ask(office, cards_by_stage)
    assert stages[Stage.HANDED_OVER] == 7 + 2
    assert stages[Stage.PRINT_READY] == 3 + 1
    assert stages[Stage.PRINTED] == 1
    assert stages.total() == 4 + 7 + 2 + 3
    cards = ask(office, cards_by_village)
    assert +cards.by_stage() == +stages
    by_district = cards.by_district()
    assert list(by_district) == ["35.22.01", "35.22.15"]
    assert by_district["35.22.15"] == Counter({Stage.HANDED_OVER: 7, Stage.PRINT_READY: 1, Stage.PRINTED: 1})
    assert by_district["35.22.01"].total() == 2 + 3 + 2
    assert ask(office, cards_by_village, region="35.22.15").by_stage() == by_district["35.22.15"]
    assert cards.within("35.22.1").groups == []


@both_databases
def test_an_office_without_cards_has_none_at_any_stage(office: OpenOffice) -> None:
    assert ask(office, cards_by_village, region="35.22.02").by_stage() == Counter()


@both_databases
def test_who_waits_longest_is_known_by_stage_from_the_application_on(office: OpenOffice) -> None:
    people(office, (SUKOREJO, Stage.PRINT_READY, 1), queued_on=date(2016, 10, 3))
    people(office, (NGRAHO, Stage.PRINT_READY, 1), queued_on=date(2016, 11, 3))
    people(office, (NGRAHO, Stage.PRINTED, 1), queued_on=date(2015, 1, 2))
    cards = ask(office, cards_by_village)
    assert cards.oldest(Stage.PRINT_READY) == date(2016, 10, 3)
    assert cards.within("35.22.01").oldest(Stage.PRINT_READY) == date(2016, 11, 3)
    assert cards.oldest(Stage.SHIPPED) is None


@both_databases
def test_printed_as_urgent_are_those_that_were_printed_and_not_those_that_still_wait(office: OpenOffice) -> None:
    people(
        office,
        (SUKOREJO, Stage.PRINT_READY, 4),
        (SUKOREJO, Stage.PRINTED, 2),
        (NGRAHO, Stage.HANDED_OVER, 1),
        urgent=URGENT,
    )
    assert ask(office, cards_by_village).printed_urgent == 2 + 1


@both_databases
def test_figures_are_of_one_moment_and_keep_no_writer_waiting(office: OpenOffice) -> None:
    def while_somebody_writes(session):
        before = cards_by_stage(session)
        people(office, (SUKOREJO, Stage.HANDED_OVER, 5))  # through another connection, while this snapshot stands
        return before, cards_by_stage(session), cards_by_village(session).by_stage()

    before, after, by_village = office.read(while_somebody_writes)
    assert before == after
    assert +by_village == +after
    assert ask(office, cards_by_stage)[Stage.HANDED_OVER] == before[Stage.HANDED_OVER] + 5


# Letters, blanks, output, boxes


@both_databases
def test_a_letter_whose_last_day_is_over_is_expired_and_no_longer_collected(office: OpenOffice) -> None:
    letters(office, {LetterState.ASKED: 2, LetterState.VOID: 1}, issued=None, until=None)
    letters(
        office, {LetterState.COLLECTED: 3, LetterState.READY: 1, LetterState.ISSUED: 1}, issued=TUESDAY, until=TUESDAY
    )
    letters(office, {LetterState.COLLECTED: 4, LetterState.VOID: 2}, issued=date(2017, 1, 2), until=date(2017, 7, 4))
    assert ask(office, letters_by_state, today=TUESDAY) == {
        ("SUKET", "asked"): 2,
        ("SUKET", "issued"): 1,
        ("SUKET", "ready"): 1,
        ("SUKET", "collected"): 3,
        ("SUKET", "expired"): 4,
        ("SUKET", "void"): 1 + 2,
    }


@both_databases
def test_letters_issued_are_counted_whatever_became_of_them(office: OpenOffice, clock: Clock) -> None:
    letters(office, {LetterState.ASKED: 2}, issued=None, until=None)
    letters(office, {LetterState.VOID: 3, LetterState.COLLECTED: 4}, issued=date(2017, 1, 2), until=date(2017, 7, 4))
    figures = brief(office, clock)
    assert (figures.letters_issued, figures.letters_since) == (7, date(2017, 1, 2))


@both_databases
def test_blanks_add_up_to_the_stock_and_output_is_what_was_not_undone(office: OpenOffice, clock: Clock) -> None:
    def move(kind: BlankKind, blanks: int, day: date) -> None:
        act(office, move_blanks, kind, blanks, day=day, now=clock(), by="operator")

    move(BlankKind.RECEIVED, 36_000, date(2017, 8, 1))
    for day, printed in ((date(2017, 9, 20), 400), (date(2017, 9, 21), 500), (date(2017, 9, 22), 450)):
        move(BlankKind.USED, printed, day)
    move(BlankKind.GIVEN_BACK, 10, date(2017, 9, 22))
    move(BlankKind.SPOILED, 7, date(2017, 9, 22))
    move(BlankKind.ADJUSTED, -3, TUESDAY)
    move(BlankKind.USED, 20, TUESDAY)
    figures = brief(office, clock)
    blanks = figures.blanks
    assert (blanks.received, blanks.spoiled, blanks.adjusted, blanks.promised) == (36_000, 7, -3, 0)
    assert blanks.used == 400 + 500 + 450 - 10 + 20
    assert blanks.stock == blanks.received - blanks.used - blanks.spoiled + blanks.adjusted == 34_630
    assert (blanks.since, figures.printed_today) == (date(2017, 8, 1), 20)
    assert [printed for printed in figures.output.values() if printed] == [400, 500, 440]
    assert len(figures.output) == 20
    assert usual_output(figures.output) == (400, 500)


@both_databases
def test_a_box_that_is_a_week_under_way_is_late_and_one_that_arrived_is_neither(
    office: OpenOffice, clock: Clock
) -> None:
    now = clock()

    def send(session):
        for days, arrived in ((1, None), (8, None), (30, None), (40, now)):
            session.add(
                Box(point=SUKOREJO, packed=9, sent_at=now - timedelta(days=days), arrived_at=arrived, by="operator")
            )

    office.write(send)
    boxes = brief(office, clock).boxes
    assert (boxes.under_way, boxes.late, boxes.oldest) == (3, 2, now - timedelta(days=30))


@both_databases
def test_a_card_is_unclaimed_when_it_is_ready_for_more_than_thirty_days(office: OpenOffice, clock: Clock) -> None:
    for days, count in ((29, 1), (31, 2), (90, 4)):
        people(office, (SUKOREJO, Stage.READY_FOR_PICKUP, count), stage_since=clock() - timedelta(days=days))
    people(office, (SUKOREJO, Stage.HANDED_OVER, 8), stage_since=clock() - timedelta(days=90))
    assert brief(office, clock).unclaimed == 2 + 4


@both_databases
def test_what_stands_still_is_told_with_since_and_cause_and_what_is_back_is_not(
    office: OpenOffice, clock: Clock
) -> None:
    terms = {"cause": Cause.SERVER, "by": "operator"}
    act(office, suspend, [Service.PRINTING, Service.LETTERS], now=clock(), **terms)
    over = act(office, suspend, [Service.PICKUP], now=clock(), region="35.22.15", **terms)
    act(office, resume, over.suspension_id, now=clock.move(days=1), by="operator")
    [stop] = brief(office, clock).stops
    assert (stop.region, stop.note.services, stop.note.since) == ("35.22", (Service.PRINTING, Service.LETTERS), TUESDAY)
    wednesday = TUESDAY + timedelta(days=1)
    assert ask(office, standstills) == [
        (Service.PRINTING, TUESDAY, None),
        (Service.LETTERS, TUESDAY, None),
        (Service.PICKUP, TUESDAY, wednesday),
    ]
    assert ask(office, standstills, region="35.22")[-1][0] is Service.LETTERS


@both_databases
def test_who_waits_for_a_blank_is_who_waits_beyond_the_stock(office: OpenOffice, clock: Clock) -> None:
    people(office, (SUKOREJO, Stage.RECORDED, 5), (NGRAHO, Stage.NEEDS_OFFICER, 2))
    assert brief(office, clock).waiting == 3 + 5 + 2
    assert brief(office, clock).beyond_blanks is None
    act(office, move_blanks, BlankKind.RECEIVED, 4, day=TUESDAY, now=clock(), by="operator")
    assert brief(office, clock).beyond_blanks == 10 - 4


@both_databases
def test_everything_together_holds_its_parts(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    figures = ask(office, office_figures, WORKING_DAYS, today=TUESDAY, now=clock())
    assert +figures.cards.by_stage() == +figures.brief.stages
    assert figures.notices == ask(office, notices_by_state) == {("ready", "waiting"): 1}
    assert figures.letters == {}


# A day


@both_databases
def test_a_day_is_what_happened_on_it_by_the_clock_of_the_office(office: OpenOffice) -> None:
    def move(nik: str, stage: Stage, hour: int, day: date = TUESDAY, minute: int = 0) -> None:
        act(office, move_card_of, nik, stage, now=at(day, hour, minute), by="operator")

    before, after = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
    move(BUDI, Stage.SHIPPED, 23, before, 59)
    move(BUDI, Stage.READY_FOR_PICKUP, 0)
    move(BUDI, Stage.HANDED_OVER, 10)
    move(BUDI, Stage.READY_FOR_PICKUP, 11)
    move(BUDI, Stage.HANDED_OVER, 23, minute=59)
    move(SITI, Stage.READY_FOR_PICKUP, 12)
    move(WATI, Stage.NEEDS_OFFICER, 0, after)
    day = ask(office, day_figures, TUESDAY)
    assert day.seen == 4
    assert day.came == {Stage.READY_FOR_PICKUP: 3, Stage.HANDED_OVER: 2}
    assert (day.taken_back, day.handed_over) == (1, 1)
    assert ask(office, day_figures, before).came == {Stage.SHIPPED: 1}
    assert ask(office, day_figures, after).came == {Stage.NEEDS_OFFICER: 1}


@both_databases
def test_a_day_tells_what_was_printed_as_urgent_and_not_what_was_only_moved(office: OpenOffice, clock: Clock) -> None:
    def make_urgent(session):
        from core.questions.cards import current_card

        for nik in (SITI, BUDI):
            current_card(session, nik).urgent = URGENT

    office.write(make_urgent)
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
    act(office, move_card_of, BUDI, Stage.SHIPPED, now=clock(), by="operator")  # was printed before
    act(office, move_card_of, JOKO, Stage.PRINTED, now=clock(), by="operator")  # in its turn
    assert ask(office, day_figures, TUESDAY).printed_urgent == 1


@both_databases
def test_a_day_tells_letters_and_notices_and_the_next_day_none(office: OpenOffice, clock: Clock) -> None:
    act(office, ask_letter, WATI, LetterKind.SUKET, now=clock(), by="operator")
    act(office, letter_ready, SITI, LetterKind.SUKET, now=clock(), by="operator")
    day = ask(office, day_figures, TUESDAY)
    assert (day.letters["letter-asked"], day.letters["letter-ready"], day.letters_issued) == (1, 1, 1)
    assert day.owed == {"letter-ready": 1}
    assert day.ended == {}
    tomorrow = ask(office, day_figures, TUESDAY + timedelta(days=1))
    assert (tomorrow.letters, tomorrow.letters_issued, tomorrow.owed) == ({}, 0, {})


@both_databases
def test_the_stock_of_a_day_is_the_one_at_its_end(office: OpenOffice, clock: Clock) -> None:
    assert ask(office, day_figures, TUESDAY).stock is None
    for kind, blanks, day in (
        (BlankKind.RECEIVED, 500, TUESDAY - timedelta(days=1)),
        (BlankKind.USED, 120, TUESDAY),
        (BlankKind.SPOILED, 5, TUESDAY),
        (BlankKind.USED, 80, TUESDAY + timedelta(days=1)),
    ):
        act(office, move_blanks, kind, blanks, day=day, now=clock(), by="operator")
    day = ask(office, day_figures, TUESDAY)
    assert (day.printed, day.stock) == (120, 500 - 120 - 5)
    assert day.blanks == {"used": -120, "spoiled": -5}


@both_databases
def test_what_stood_still_at_the_end_of_a_day_is_told_also_when_it_is_back_by_now(
    office: OpenOffice, clock: Clock
) -> None:
    started = act(office, suspend, [Service.PRINTING], cause=Cause.SERVER, now=clock(), by="operator")
    act(office, resume, started.suspension_id, now=clock.move(days=2), by="operator")
    days = [TUESDAY + timedelta(days=number) for number in (-1, 0, 1, 2)]
    assert [len(ask(office, day_figures, day).stops) for day in days] == [0, 1, 1, 0]


@both_databases
def test_boxes_count_on_the_day_they_were_sent_and_on_the_day_they_arrived(office: OpenOffice, clock: Clock) -> None:
    now = clock()
    sent = now - timedelta(days=1)
    office.write(
        lambda session: session.add(Box(point=SUKOREJO, packed=9, sent_at=sent, arrived_at=now, by="operator"))
    )
    found = [ask(office, day_figures, day) for day in (TUESDAY - timedelta(days=1), TUESDAY)]
    assert [(day.boxes_sent, day.boxes_arrived) for day in found] == [(1, 0), (0, 1)]


def test_the_facts_that_days_are_counted_by_are_facts() -> None:
    assert {SEEN, MOVED, *LETTER_FACTS} <= set(Happened)


# Over time


@both_databases
def test_how_many_wait_goes_back_to_their_recording_and_down_when_they_are_printed(
    office: OpenOffice, clock: Clock
) -> None:
    # SITI was recorded on 5 January, WATI on 20 and JOKO on 21 September; BUDI's card was printed when first seen.
    clock.move(days=1)
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
    clock.move(days=1)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    act(office, move_card_of, JOKO, Stage.CLOSED, now=clock(), by="operator")
    days = ask(office, waiting_by_day, first=date(2017, 9, 19), last=date(2017, 9, 28))
    assert [(one.day.day, one.waiting, one.on_the_way) for one in days] == [
        (19, 1, 0),
        (20, 2, 0),
        (21, 3, 0),
        (22, 3, 0),
        (23, 3, 0),
        (24, 3, 0),
        (25, 3, 0),
        (26, 3, 1),
        (27, 2, 2),
        (28, 1, 1),
    ]


@both_databases
def test_a_card_that_came_back_waits_again(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, BUDI, Stage.PRINT_READY, now=clock.move(days=1), by="operator")
    days = ask(office, waiting_by_day, first=TUESDAY, last=TUESDAY + timedelta(days=1))
    assert [(one.waiting, one.on_the_way) for one in days] == [(3, 1), (4, 0)]


@both_databases
def test_output_of_a_day_without_prints_is_left_out(office: OpenOffice, clock: Clock) -> None:
    assert TUESDAY - timedelta(days=1) not in ask(office, output_by_day, first=date(2017, 9, 1), last=TUESDAY)


# Rules


def test_working_days_leave_out_weekends_and_holidays() -> None:
    # 21 September 2017 was the Islamic new year, where the holidays of that year are known at all.
    calendar = calendar_of(Hours.read("Senin-Jumat 08.00-15.00"), None)
    days = last_working_days(calendar, TUESDAY, 5)
    assert days == sorted(days) and len(days) == 5
    assert days[-1] == date(2017, 9, 25)
    assert all(day.weekday() < 5 and day not in calendar.closed for day in days)


def test_the_usual_output_leaves_the_very_good_and_the_very_bad_days_out() -> None:
    printed = [10, 400, 420, 440, 460, 480, 500, 2000, 0, 0]
    assert usual_output({MORNING.date() + timedelta(days=n): count for n, count in enumerate(printed)}) == (415, 485)


def test_of_few_days_the_usual_output_is_from_the_least_to_the_most() -> None:
    assert usual_output({TUESDAY: 300, TUESDAY + timedelta(days=1): 450}) == (300, 450)
    assert usual_output({TUESDAY: 0}) is None
    assert usual_output({}) is None


@given(st.lists(st.integers(-5, 5000), max_size=30))
def test_the_usual_output_lies_within_what_was_printed(printed: list[int]) -> None:
    usual = usual_output({TUESDAY + timedelta(days=n): count for n, count in enumerate(printed)})
    real = [count for count in printed if count > 0]
    assert (usual is None) == (not real)
    assert usual is None or min(real) <= usual[0] <= usual[1] <= max(real)


@both_databases
def test_an_import_that_sees_a_card_further_on_moves_it_in_the_figures_of_that_day(
    office: OpenOffice, take: Import
) -> None:
    row = f"{WATI};SRI WATI;35.22.01.2001;PRR;20/09/2017;;;"
    take(row, as_of=date(2017, 9, 27))
    assert ask(office, day_figures, date(2017, 9, 27)).came == {Stage.PRINT_READY: 1}
