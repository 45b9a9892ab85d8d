"""How much longer somebody waits for her print, told from what was really printed: never a date, never a promise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import Calendar, ClosedDay
from core.rules.expectation import (
    LOOK_BACK_DAYS,
    PACE_DAYS,
    Expectation,
    Pace,
    Place,
    Unit,
    Wait,
    as_told,
    expectation,
    first_lines,
    pace_of,
    wait_for,
    working_days_before,
)
from core.rules.hours import Hours
from core.rules.print_queue import USUAL_POLICY, Line, PrintPolicy

WEEK = Hours.read("Senin-Jumat 08.00-15.00").week
CALENDAR = Calendar(WEEK, {date(2017, 9, 21): ClosedDay("Tahun Baru Islam")}, date(2017, 12, 31))
TODAY = date(2017, 9, 27)
LONG_AGO = date(2010, 1, 1)
JEMBER = Pace(20, 400, 500)

counts = st.integers(0, 1_000_000)
paces = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)).map(lambda two: Pace(20, min(two), max(two)))


def in_days(wait: Wait, end: int) -> float:
    return end * {Unit.DAYS: 1, Unit.WEEKS: 5, Unit.MONTHS: 65 / 3}[wait.unit]


# The days that count


def test_the_last_twenty_working_days_count_and_today_is_not_over():
    days = working_days_before(CALENDAR, TODAY, first=LONG_AGO)
    assert len(days) == PACE_DAYS and days[0] == date(2017, 9, 26)
    assert all(day.weekday() < 5 for day in days)
    assert date(2017, 9, 21) not in days and date(2017, 9, 20) in days


def test_days_of_a_suspension_do_not_count_and_neither_do_those_it_only_touched():
    stop = (date(2017, 9, 18), date(2017, 9, 25))
    days = working_days_before(CALENDAR, TODAY, first=LONG_AGO, stopped=[stop])
    assert days[0] == date(2017, 9, 26) and days[1] == date(2017, 9, 15)
    assert len(days) == PACE_DAYS


def test_while_it_goes_on_the_days_before_it_count():
    days = working_days_before(CALENDAR, TODAY, first=LONG_AGO, stopped=[(date(2017, 9, 25), None)])
    assert days[0] == date(2017, 9, 22)


def test_days_before_the_first_print_are_no_days_without_a_print():
    assert working_days_before(CALENDAR, TODAY, first=date(2017, 9, 25)) == [date(2017, 9, 26), date(2017, 9, 25)]


def test_what_is_half_a_year_ago_says_nothing_of_today():
    stop = (LONG_AGO, TODAY - timedelta(days=LOOK_BACK_DAYS - 4))
    days = working_days_before(CALENDAR, TODAY, first=LONG_AGO, stopped=[stop, (date(2017, 4, 10), None)])
    assert min(days, default=TODAY) >= TODAY - timedelta(days=LOOK_BACK_DAYS)
    assert len(days) < PACE_DAYS


# The pace


def test_quartiles_are_the_fifth_and_the_fifteenth_of_twenty_days():
    assert pace_of(list(range(401, 421))) == Pace(20, 405, 415)


@pytest.mark.parametrize(
    ("prints", "poor", "good"),
    [((1, 2, 3, 4, 5), 2, 4), ((10, 20, 30, 40, 50, 60), 20, 50), ((7, 1, 5, 3, 9, 11, 13), 3, 11), ((4,) * 8, 4, 4)],
)
def test_a_quartile_is_always_a_number_that_was_really_printed(prints, poor, good):
    assert pace_of(prints) == Pace(len(prints), poor, good)


def test_fewer_than_five_days_say_nothing():
    assert pace_of([450] * 4) is None
    assert pace_of([]) is None


@given(st.lists(counts, min_size=5, max_size=20))
def test_a_quarter_of_the_days_were_no_better_than_a_poor_one_and_a_quarter_no_worse_than_a_good_one(prints):
    pace = pace_of(prints)
    assert min(prints) <= pace.poor <= pace.good <= max(prints)
    assert sum(count <= pace.poor for count in prints) * 4 >= len(prints)
    assert sum(count >= pace.good for count in prints) * 4 >= len(prints)


# The wait


def test_the_reports_own_numbers():
    assert wait_for(3_200, Pace(20, 400, 450)) == Wait(7, 8, Unit.DAYS)
    assert wait_for(34_800, JEMBER) == Wait(14, 18, Unit.WEEKS)


@pytest.mark.parametrize(
    ("ahead", "wait"),
    [
        (0, Wait(1, 1, Unit.DAYS)),
        (449, Wait(1, 1, Unit.DAYS)),
        (15 * 450, Wait(15, 15, Unit.DAYS)),
        (15 * 450 + 1, Wait(3, 4, Unit.WEEKS)),
        (25 * 5 * 450, Wait(25, 25, Unit.WEEKS)),
        (25 * 5 * 450 + 1, Wait(6, 6, Unit.MONTHS)),
        (260 * 450, Wait(12, 12, Unit.MONTHS)),
    ],
)
def test_days_then_weeks_of_five_then_months(ahead, wait):
    assert wait_for(ahead, Pace(20, 450, 450)) == wait


def test_when_a_poor_day_brings_nothing_only_the_soonest_is_known():
    assert wait_for(3_200, Pace(20, 0, 450)) == Wait(7, None, Unit.DAYS)


def test_when_even_a_good_day_brings_nothing_nobody_can_say():
    assert wait_for(3_200, Pace(20, 0, 0)) is None


@given(counts, paces)
def test_a_range_begins_before_it_ends_and_never_now(ahead, pace):
    wait = wait_for(ahead, pace)
    assert (wait is None) == (pace.good == 0)
    assert wait is None or 1 <= wait.soonest <= (wait.latest or wait.soonest)


@given(counts, st.integers(0, 5_000), paces.filter(lambda pace: pace.poor > 0))
def test_who_has_more_before_her_never_reads_that_it_ends_sooner(ahead, more, pace):
    one, other = wait_for(ahead, pace), wait_for(ahead + more, pace)
    assert in_days(one, one.latest) <= in_days(other, other.latest)
    if one.unit is other.unit:
        assert one.soonest <= other.soonest


@given(st.integers(1, 1_000_000), paces.filter(lambda pace: pace.poor > 0))
def test_a_range_is_true_to_the_pace_within_half_a_unit_and_one(ahead, pace):
    wait = wait_for(ahead, pace)
    unit = in_days(wait, 1)
    assert in_days(wait, wait.soonest) - ahead / pace.good <= max(unit / 2, unit if wait.soonest == 1 else 0) + 1e-6
    assert 0 <= in_days(wait, wait.latest) - ahead / pace.poor + 1e-6 <= unit + 2e-6


# What is told


def test_without_a_pace_nothing_is_told_at_all():
    assert expectation(Place(3_200, 3_201), pace=None, free_blanks=None, suspended=False) is None


def test_blanks_that_end_before_her_are_told_instead_of_a_wait():
    told = expectation(Place(10_000, 10_001), pace=JEMBER, free_blanks=10_000, suspended=False)
    assert told == Expectation(ahead=10_000, blanks=10_000)


def test_the_last_blank_still_makes_her_card():
    told = expectation(Place(9_999, 10_000), pace=JEMBER, free_blanks=10_000, suspended=False)
    assert told.wait == wait_for(9_999, JEMBER) and told.blanks is None


def test_who_is_in_a_plan_has_her_blank_put_aside():
    assert expectation(Place(20, 0), pace=JEMBER, free_blanks=0, suspended=False).blanks is None


def test_plans_that_hold_more_than_there_is_leave_no_blank_and_not_fewer_than_none():
    assert expectation(Place(20, 21), pace=JEMBER, free_blanks=-5, suspended=False).blanks == 0


def test_while_printing_is_suspended_only_the_place_is_told():
    told = expectation(Place(3_200, 3_201), pace=JEMBER, free_blanks=10, suspended=True)
    assert told == Expectation(ahead=3_200)


def test_who_goes_first_is_told_in_the_policys_order():
    assert first_lines(USUAL_POLICY) == (Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST)
    alike = PrintPolicy((Line.ORDINARY, Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST, Line.REPLACEMENT))
    assert first_lines(alike) == ()


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (0, 0),
        (19, 19),
        (20, 20),
        (99, 99),
        (104, 100),
        (3_217, 3_200),
        (3_250, 3_300),
        (99_600, 100_000),
        (34_800, 35_000),
    ],
)
def test_a_place_is_told_in_two_digits_and_exactly_below_twenty(ahead, told):
    assert as_told(ahead) == told


@given(counts)
def test_what_is_told_is_within_a_twentieth(ahead):
    assert abs(as_told(ahead) - ahead) * 20 <= ahead
