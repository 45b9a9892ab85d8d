"""On which day whom a call brings: the oldest first, families together, never on a closed day nor to Friday noon."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.questions.calls import call_plan
from core.rules.calendar import Calendar, ClosedDay
from core.rules.calls import first_possible, hours_on, told_from, told_until
from core.rules.pickup_days import pickup_days
from core.store.office import OpenOffice
from tests.call_world import FRIDAY, MONDAY, TERMS, THURSDAY, TUESDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, ask

ZONE = ZoneInfo("Asia/Jakarta")
NEW_YEAR = datetime(2017, 1, 1, tzinfo=UTC)
USUAL = Calendar(None, {}, date(2017, 12, 31))


@pytest.fixture
def village(office: OpenOffice, clock: Clock, take: Import) -> Village:
    return Village(office, clock, take)


@pytest.mark.both_databases
def test_with_100_a_day_and_350_people_a_call_takes_four_days_oldest_first(village: Village) -> None:
    village.receive(200)
    village.receive(150)
    village.call()
    assert village.days() == {WEDNESDAY: 100, THURSDAY: 100, FRIDAY: 100, MONDAY: 50}
    waited = sorted(village.cards(), key=lambda card: (card.stage_since, card.pickup_number))
    days = [card.pickup_on for card in waited]
    assert days == sorted(days)


@pytest.mark.both_databases
def test_a_family_with_one_phone_comes_on_one_day_and_none_of_them_is_told_twice(village: Village) -> None:
    village.receive(3, phones={0: phone(1)})
    village.receive(3, phones={2: phone(1)})
    plan = ask(village.office, call_plan, replace(TERMS, per_day=2), now=village.clock())
    assert [day.people for day in plan.days] == [2, 2, 2]
    assert plan.by_channel == {None: 4, "sms": 1} and plan.sms == plan.segments == 1 and plan.unreachable == 4
    village.call(per_day=2)
    first, *_, last = village.cards()
    assert first.pickup_on == last.pickup_on == WEDNESDAY


@pytest.mark.both_databases
def test_a_larger_family_than_a_day_has_a_day_of_its_own(village: Village) -> None:
    village.receive(4, phones=dict.fromkeys(range(3), phone(1)))
    village.call(per_day=2)
    assert village.days() == {WEDNESDAY: 3, THURSDAY: 1}


@pytest.mark.both_databases
def test_who_has_a_day_already_keeps_it_and_counts_on_it(village: Village) -> None:
    village.receive(2)
    village.call(per_day=2)
    village.receive(3)
    assert village.days() == {WEDNESDAY: 2, None: 3}


def test_on_friday_people_come_before_the_prayer_or_after_it() -> None:
    def hours(opens: time, closes: time, day: date = FRIDAY) -> tuple[time, time] | None:
        return hours_on(replace(TERMS, opens=opens, closes=closes), day)

    assert hours(time(8), time(12)) == (time(8), time(11, 30))
    assert hours(time(8), time(15)) == (time(8), time(11, 30))
    assert hours(time(12), time(15)) == (time(13), time(15))
    assert hours(time(11, 30), time(14)) == (time(13), time(14))
    assert hours(time(11, 30), time(13)) is None
    assert hours(time(13), time(15)) == (time(13), time(15))
    assert hours(time(8), time(12), THURSDAY) == (time(8), time(12))


@pytest.mark.both_databases
def test_where_nothing_is_left_of_a_friday_nobody_is_called_for_one(village: Village) -> None:
    village.receive(5)
    village.call(opens=time(11, 30), closes=time(13), per_day=2)
    assert village.days() == {WEDNESDAY: 2, THURSDAY: 2, MONDAY: 1}


def test_people_are_told_in_the_afternoon_of_the_working_day_before() -> None:
    assert told_from(MONDAY, USUAL, ZONE) == datetime(2017, 9, 29, 15, 0, tzinfo=ZONE)
    assert told_until(MONDAY, USUAL, ZONE) == datetime(2017, 9, 29, 17, 30, tzinfo=ZONE)
    holiday = Calendar(None, {FRIDAY: ClosedDay("libur")}, date(2017, 12, 31))
    assert told_until(MONDAY, holiday, ZONE).date() == THURSDAY


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2017, 9, 26, 9, 0, tzinfo=ZONE), WEDNESDAY),
        (datetime(2017, 9, 26, 17, 29, tzinfo=ZONE), WEDNESDAY),
        (datetime(2017, 9, 26, 17, 30, tzinfo=ZONE), THURSDAY),
        (datetime(2017, 9, 29, 17, 30, tzinfo=ZONE), date(2017, 10, 3)),
        (
            datetime(2017, 9, 30, 9, 0, tzinfo=ZONE),
            date(2017, 10, 3),
        ),  # on Saturday Monday's people were to be told already
    ],
)
def test_the_first_day_is_one_of_which_people_can_still_be_told(now: datetime, first: date) -> None:
    terms = replace(TERMS, first_day=TUESDAY)
    assert first_possible(now, terms, USUAL, ZONE) == first


@given(
    sizes=some.lists(some.integers(1, 5), max_size=30),
    per_day=some.integers(1, 6),
    load=some.dictionaries(some.integers(0, 10), some.integers(0, 6), max_size=5),
    closed=some.sets(some.integers(0, 10), max_size=4),
)
def test_nobody_is_called_twice_nor_to_a_closed_day_and_no_day_is_overrun(
    sizes: list[int], per_day: int, load: dict[int, int], closed: set[int]
) -> None:
    calendar = Calendar(None, {WEDNESDAY + timedelta(days=n): ClosedDay("libur") for n in closed}, date(2017, 12, 31))
    called = {WEDNESDAY + timedelta(days=n): people for n, people in load.items()}
    numbers = iter(range(1000))
    groups = [[next(numbers) for _ in range(size)] for size in sizes]
    days = pickup_days(groups, first=WEDNESDAY, per_day=per_day, calendar=calendar, called=called)
    assert sorted(days) == [one for group in groups for one in group]
    assert all(len({days[one] for one in group}) == 1 for group in groups)
    assert all(day >= WEDNESDAY and day.weekday() < 5 and day not in calendar.closed for day in days.values())
    largest = {day: max(len(group) for group in groups if days[group[0]] == day) for day in days.values()}
    for day, people in Counter(days.values()).items():
        assert people + called.get(day, 0) <= per_day or (people == largest[day] and not called.get(day))


@given(
    now=some.integers(0, 330 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    opens=some.times(),
    closes=some.times(),
    first=some.dates(date(2017, 1, 1), date(2017, 11, 30)),
)
def test_whatever_the_hours_and_the_moment_the_first_day_can_be_told_of(
    now: datetime, opens: time, closes: time, first: date
) -> None:
    terms = replace(TERMS, opens=opens, closes=closes, first_day=first)
    day = first_possible(now, terms, USUAL, ZONE)
    assert day >= first and day > now.astimezone(ZONE).date() and day.weekday() < 5
    assert told_until(day, USUAL, ZONE) > now
    hours = hours_on(terms, day)
    assert hours is None or not (hours[0] < time(13) and hours[1] > time(11, 30)) or day.weekday() != 4
