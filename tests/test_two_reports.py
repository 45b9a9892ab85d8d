"""The two reports of 2017, played day by day with their own numbers; every figure is checked by arithmetic in here.

Bojonegoro: 36,000 blanks came and 23,000 were printed when an air conditioner flooded the server room on 25 September;
some 35,000 people waited, 450 cards a day were printed, the office sends them to 28 districts.
Jember: 70,000 people recorded since October 2016 waited for a centre that was down; 10,000 blanks came in May 2017 and
went to who was recorded before; letters and recording went on.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from core.actions.handover import Given
from core.actions.letters import letter_ready
from core.actions.stuck_cards import send_stuck_to_officer
from core.actions.suspensions import resume, suspend
from core.errors import Refused
from core.questions.print_plans import places_of
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.expectation import Expectation, Unit, Wait
from core.rules.print_queue import Line, PrintPolicy
from core.rules.suspension import Cause, Service
from core.store.words import BlankKind
from tests.report_world import BY, ZONE, Recording, Town, town

A_DAY = 450
SUKOSEWU = "35.22.19"


@pytest.fixture
def bojonegoro(tmp_path: Path) -> Iterator[Town]:
    place = town(tmp_path / "office", "35.22", "Bojonegoro", day=date(2017, 7, 13))
    yield place
    place.office.close()


def test_bojonegoro_whose_server_was_flooded(bojonegoro: Town) -> None:
    office = bojonegoro
    recorded = 58_000
    counts = office.record(
        Recording(38_000, date(2016, 11, 1), "PRR"),
        Recording(19_000, date(2017, 3, 1), "PRR"),
        Recording(600, date(2017, 6, 1), "PRR", "HILANG"),
        Recording(400, date(2017, 6, 2), "SFE"),
        as_of=date(2017, 7, 12),
    )
    assert counts == {"new": recorded}
    assert office.blanks(BlankKind.RECEIVED, 36_000) == 36_000

    # 13 July to 21 September are 51 working days: 51 x 450 = 22,950; on the 22nd the line was bad and 50 were printed.
    days = 0
    while office.day < date(2017, 9, 22):
        assert office.print_some(A_DAY) == A_DAY
        days += 1
        office.next_day()
    assert (days, office.day) == (51, date(2017, 9, 22))
    assert office.print_some(50) == 50
    printed = 51 * A_DAY + 50
    assert printed == 23_000
    figures = office.figures().brief
    assert figures.waiting == recorded - printed == 35_000
    assert (figures.blanks.received, figures.blanks.used, figures.blanks.stock) == (36_000, 23_000, 13_000)
    assert figures.stages[Stage.PRINTED] == 23_000
    assert figures.printed_today == 50
    assert sum(figures.output.values()) == 20 * A_DAY  # today aside

    # Monday the 25th: the server room is wet. Printing and letters stop.
    office.day = date(2017, 9, 25)
    old, recent = office.niks["2016-11-01"], office.niks["2017-03-01"]
    nik_of_23_001 = old[23_000]  # the first of those who wait: 23,000 came before her
    stop = partial(
        suspend, services=(Service.PRINTING, Service.LETTERS), cause=Cause.SERVER, now=office(), by=BY,
        until=date(2017, 10, 4),
    )  # fmt: skip
    stopped = office.office.write(stop)
    for _ in range(7):  # 25 September to 3 October
        with pytest.raises(Refused, match="printing is suspended"):
            office.print_some(A_DAY)
        with pytest.raises(Refused, match="suspended"):
            office.office.write(partial(letter_ready, nik=recent[0], kind=LetterKind.SUKET, now=office(), by=BY))
        assert office.figures().brief.waiting == 35_000
        expected = office.answer(nik_of_23_001).expectation
        assert expected is not None
        assert (expected.ahead, expected.wait) == (0, None)  # her place stays; nobody can say how long
        office.next_day()

    # 4 October: it goes on. Meanwhile 100 first-timers and 30 of them elderly passed the centre.
    assert office.day == date(2017, 10, 4)
    office.office.write(partial(resume, suspension_id=stopped.suspension_id, now=office(), by=BY))
    office.record(
        Recording(100, date(2017, 9, 4), "PRR", "PEMULA"),
        Recording(30, date(2017, 9, 4), "PRR", "LANSIA"),
        as_of=office.day,
    )
    recorded += 130
    assert office.print_some(A_DAY) == A_DAY
    first_plan_after = office.office.read(partial(places_of, plan_id=53, policy=office.policy))
    lines = [place.line for place in first_plan_after]
    assert lines == [Line.FIRST] * 100 + [Line.ELDERLY_FIRST] * 30 + [Line.ORDINARY] * 320

    # Of the 38,000 of November 23,000 + 320 are printed. Who is 3,200 places further waits 3,200 / 450 = 7.1 days.
    assert office.next_day() == date(2017, 10, 5)
    next_in_turn = 23_000 + 320
    expectation = office.answer(old[next_in_turn + 3_200]).expectation
    assert expectation == Expectation(
        ahead=3_200,
        wait=Wait(7, 8, Unit.DAYS),
        pace_days=20,
        lines=(Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST),
    )
    # 13,000 - 450 blanks are left: they reach place 12,550 and nobody behind it.
    assert office.figures().brief.blanks.stock == 12_550
    reached, not_reached = (office.answer(old[next_in_turn + place]).expectation for place in (12_549, 12_550))
    assert reached is not None
    assert not_reached is not None
    assert (reached.blanks, reached.wait is not None) == (None, True)
    assert (not_reached.blanks, not_reached.wait) == (12_550, None)

    # Two of the day's prints are spoiled: they use blanks and head the next plan.
    office.print_some(A_DAY, spoiled=(7, 31))
    office.next_day()
    assert office.print_some(A_DAY) == A_DAY
    places = [office.office.read(partial(places_of, plan_id=plan, policy=office.policy)) for plan in (54, 55)]
    before, after = ([place.card_id for place in plan] for plan in places)
    assert after[:2] == [before[7 - 1], before[31 - 1]]
    assert not set(before) & set(after[2:])
    figures = office.figures()
    printed = 23_000 + A_DAY + (A_DAY - 2) + A_DAY
    assert figures.brief.stages[Stage.PRINTED] == printed == 24_348
    assert figures.brief.waiting == recorded - printed == 33_782
    blanks = figures.brief.blanks
    assert (blanks.used, blanks.spoiled, blanks.stock) == (24_348, 2, 36_000 - 24_348 - 2)
    assert figures.brief.stages[Stage.AT_CENTRE] == 400

    # A box for each of the 28 districts; in Sukosewu's two cards are missing. A number has three digits, so of a
    # district with more than 999 printed cards the others wait at the office.
    by_district = figures.cards.by_district()
    printed_in = {code: stages[Stage.PRINTED] for code, stages in by_district.items()}
    assert (len(printed_in), sum(printed_in.values())) == (28, printed)
    boxes = dict(zip(printed_in, office.ship_everything(), strict=True))
    figures = office.figures()
    packed_in = {code: min(cards, 999) for code, cards in printed_in.items()}
    packed = sum(packed_in.values())
    assert figures.brief.boxes.under_way == 28
    assert (figures.brief.stages[Stage.SHIPPED], figures.brief.stages[Stage.PRINTED]) == (packed, printed - packed)
    office.next_day()
    arrived = {code: office.arrive(box, missing=(12, 40) if code == SUKOSEWU else ()) for code, box in boxes.items()}
    assert arrived == {code: cards - 2 * (code == SUKOSEWU) for code, cards in packed_in.items()}
    handed_over = [office.hand_over(SUKOSEWU, number) for number in range(1, 101)]
    assert handed_over == [Given.DONE] * 100  # the two that were missing were found after all
    assert office.hand_over(SUKOSEWU, 100) is Given.ALREADY
    assert office.hand_over(SUKOSEWU, packed_in[SUKOSEWU] + 1) is Given.UNKNOWN
    stages = office.figures().brief.stages
    assert stages[Stage.HANDED_OVER] == 100
    assert stages[Stage.READY_FOR_PICKUP] == packed - 2 - (100 - 2)
    assert stages[Stage.SHIPPED] == 0
    assert sum(stages.values()) == recorded


@pytest.fixture
def jember(tmp_path: Path) -> Iterator[Town]:
    place = town(tmp_path / "office", "35.09", "Jember", day=date(2017, 5, 2))
    yield place
    place.office.close()


def test_jember_whose_centre_was_down_since_october(jember: Town) -> None:
    office = jember
    since = date(2016, 10, 1)
    before, waiting = 12_000, 70_000
    # First the stop is noted, seven months late: nobody is sent to an officer for the waiting that it explains.
    office.office.write(
        partial(
            suspend, services=(Service.CENTRE,), cause=Cause.CENTRE, now=office(), by=BY, since=since_morning(since),
            recorded_since=since,
        )
    )  # fmt: skip
    months = [date(2016, 10, 3), date(2016, 12, 1), date(2017, 2, 1), date(2017, 4, 3)]
    counts = office.record(
        Recording(7_000, date(2016, 3, 1), "PRR", "RUSAK"),
        Recording(5_000, date(2016, 8, 1), "PRR"),
        *(Recording(waiting // 4, month, "SFE") for month in months),
        as_of=date(2017, 5, 1),
    )
    assert counts == {"new": before + waiting}
    figures = office.figures().brief
    assert +Counter(figures.stages) == {Stage.AT_CENTRE: 70_000, Stage.PRINT_READY: 12_000}
    [stop] = figures.stops
    assert (stop.note.since, stop.note.services) == (since, (Service.CENTRE,))

    # While the centre stands still letters go on: everybody who waits for it gets one, by the office's own list.
    ready, *issued = (office.niks[f"{month}"] for month in months)
    assert office.letters((ready, "SIAP"), *((niks, "TERBIT") for niks in issued)) == {"taken": waiting}
    figures = office.figures()
    assert (figures.brief.letters_issued, figures.brief.letters_since) == (waiting, date(2017, 5, 2))
    a_month = waiting // 4
    assert +Counter(figures.letters) == {("SUKET", "ready"): a_month, ("SUKET", "issued"): 3 * a_month}
    assert +Counter(figures.brief.stages) == {Stage.AT_CENTRE: 70_000, Stage.PRINT_READY: 12_000}
    assert figures.brief.stops == [stop]
    assert office.take_letters(office.folder / "letters-0.csv") == {"unchanged": waiting}  # given twice by mistake

    # 10,000 blanks come. Old recordings are printed first, though a first-timer of this April passed the centre.
    office.record(Recording(1, date(2017, 4, 20), "PRR", "PEMULA"), as_of=date(2017, 5, 2))
    lines = (Line.RECORDED_BEFORE, Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST, Line.ORDINARY, Line.REPLACEMENT)
    office.policy = PrintPolicy(lines, recorded_before=since)
    assert office.blanks(BlankKind.RECEIVED, 10_000) == 10_000
    days = 0
    while office.figures().brief.blanks.stock:
        assert office.print_some(500) == 500
        days += 1
        office.next_day()
    assert days == 10_000 // 500 == 20
    with pytest.raises(Refused, match="no blank is free"):
        office.print_some(1)
    figures = office.figures().brief
    assert figures.stages[Stage.PRINTED] == 10_000
    assert figures.stages[Stage.PRINT_READY] == before - 10_000 + 1 == 2_001
    assert figures.waiting == waiting + before - 10_000 + 1

    # Of August the 7,000 of March went before: 3,000 are printed, and whoever comes after them waits for blanks.
    august = office.niks["2016-08-01"]
    expectation = office.answer(august[3_000 + 100]).expectation
    assert expectation is not None
    assert (expectation.ahead, expectation.wait, expectation.blanks) == (100, None, 0)
    [pemula] = office.niks["2017-04-20 PEMULA"]
    expectation = office.answer(pemula).expectation
    assert expectation is not None
    assert expectation.ahead == 2_000

    # 69 days and more at the centre, and nobody is sent to an officer for it: no day of them counted.
    looked_at = 0
    while some := office.office.write(partial(send_stuck_to_officer, now=office())):
        looked_at += some
    assert looked_at == sum(waiting // 4 for month in months if office.day - month > timedelta(days=60))
    assert office.figures().brief.stages[Stage.NEEDS_OFFICER] == 0

    # Who waits for the centre waits at the centre, and is told what stopped.
    answer = office.answer(office.niks["2016-10-03"][0])
    assert answer.stage is Stage.AT_CENTRE
    assert [note.services for note in answer.suspensions] == [(Service.CENTRE,)]
    assert office.answer(august[4_000]).suspensions == ()  # recorded before: the stop is none of hers


def since_morning(day: date) -> datetime:
    return datetime.combine(day, time(8), ZONE)
