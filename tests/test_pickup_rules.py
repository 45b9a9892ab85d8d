"""Pickup numbers and pickup days, as a counter would have them."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import Calendar, ClosedDay, is_working_day
from core.rules.pickup_days import pickup_days
from core.rules.pickup_numbers import assign_numbers

TUESDAY = date(2017, 9, 26)
CALENDAR = Calendar(week=None, closed={date(2017, 9, 28): ClosedDay("Libur")}, known_until=date(2017, 12, 31))
#: Sizes of groups that share a phone.
sizes = st.lists(st.integers(1, 6), max_size=300)


def groups_of(sizes: list[int]) -> list[list[int]]:
    people = iter(range(sum(sizes)))
    return [[next(people) for _ in range(size)] for size in sizes]


@given(sizes, st.sets(st.integers(1, 999)))
def test_every_number_has_up_to_three_digits_and_nobody_elses(sizes: list[int], taken: set[int]) -> None:
    numbers = assign_numbers(groups_of(sizes), taken)
    assert len(set(numbers.values())) == len(numbers) == min(sum(sizes), 999 - len(taken))
    assert set(numbers.values()) <= set(range(1, 1000)) - taken


@given(sizes, st.sets(st.integers(1, 999)))
def test_whoever_is_left_out_is_of_the_last_groups(sizes: list[int], taken: set[int]) -> None:
    numbers = assign_numbers(groups_of(sizes), taken)
    assert set(numbers) == set(range(len(numbers)))


@given(sizes)
def test_at_an_empty_point_a_family_has_neighbours_and_no_number_is_wasted(sizes: list[int]) -> None:
    groups = groups_of(sizes)
    numbers = assign_numbers(groups, ())
    assert set(numbers.values()) == set(range(1, len(numbers) + 1))
    for group in groups:
        held = [numbers[person] for person in group if person in numbers]
        assert not held or held == list(range(held[0], held[0] + len(held)))


def test_people_alone_fill_the_gaps_between_families() -> None:
    assert assign_numbers([["a"], ["b", "c"], ["d"]], taken={1, 3, 5}) == {"b": 6, "c": 7, "a": 2, "d": 4}


def test_a_family_that_finds_no_run_gets_the_smallest_numbers() -> None:
    assert assign_numbers([["a", "b"]], taken=set(range(1, 1000)) - {3, 9, 500}) == {"a": 3, "b": 9}


def test_a_number_that_is_free_again_is_given_again() -> None:
    assert assign_numbers([["a"]], taken={1, 3}) == {"a": 2}


def test_where_all_999_are_taken_nobody_gets_one() -> None:
    assert assign_numbers([["a"]], taken=set(range(1, 1000))) == {}


@given(sizes, st.integers(1, 120), st.dictionaries(st.integers(0, 20), st.integers(0, 150)))
def test_nobody_is_called_to_a_full_or_a_closed_day(sizes: list[int], per_day: int, before: dict[int, int]) -> None:
    called = {TUESDAY + timedelta(days=days): people for days, people in before.items()}
    groups = groups_of(sizes)
    days = pickup_days(groups, first=TUESDAY, per_day=per_day, calendar=CALENDAR, called=called)
    assert set(days) == {person for group in groups for person in group}
    for group in groups:
        assert len({days[person] for person in group}) == 1
    added = Counter(days.values())
    for day in added:
        assert day >= TUESDAY and is_working_day(CALENDAR, day)
        alone = [group for group in groups if days[group[0]] == day]
        whole_day_of_one = len(alone) == 1 and len(alone[0]) > per_day and not called.get(day)
        assert added[day] + called.get(day, 0) <= per_day or whole_day_of_one


def test_the_smallest_number_comes_first_and_closed_days_are_left_out() -> None:
    days = pickup_days([[one] for one in range(7)], first=TUESDAY, per_day=2, calendar=CALENDAR, called={})
    wednesday, friday, monday = date(2017, 9, 27), date(2017, 9, 29), date(2017, 10, 2)
    assert list(days.values()) == [TUESDAY, TUESDAY, wednesday, wednesday, friday, friday, monday]


def test_a_day_that_begins_on_a_weekend_begins_on_monday() -> None:
    assert pickup_days([["a"]], first=date(2017, 9, 30), per_day=1, calendar=CALENDAR, called={}) == {
        "a": date(2017, 10, 2)
    }


def test_who_has_a_day_already_takes_up_room() -> None:
    days = pickup_days([["a"], ["b"]], first=TUESDAY, per_day=2, calendar=CALENDAR, called={TUESDAY: 1})
    assert list(days.values()) == [TUESDAY, date(2017, 9, 27)]
