"""What officials type of a day and its hours is understood in the ways that people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.typed_times import When, read_day, read_hours, read_people, read_when

#: A Tuesday.
TODAY = date(2017, 9, 26)
MORNING = (time(8), time(12))


@pytest.mark.parametrize(
    ("typed", "day", "hours"),
    [
        ("Kamis 8-12", date(2017, 9, 28), MORNING),
        ("kamis, jam 8 sampai 12", date(2017, 9, 28), MORNING),
        ("Kam 08.00–12.00 WIB", date(2017, 9, 28), MORNING),
        ("hari Kamis pukul 08:00 s/d 12:00", date(2017, 9, 28), MORNING),
        ("besok 08.00-11.30", date(2017, 9, 27), (time(8), time(11, 30))),
        ("lusa", date(2017, 9, 28), None),
        ("12/10 8-12", date(2017, 10, 12), MORNING),
        ("12/10/17 8-12", date(2017, 10, 12), MORNING),
        ("12 Oktober 8 - 12", date(2017, 10, 12), MORNING),
        ("12 oktober 2017", date(2017, 10, 12), None),
        ("Selasa", date(2017, 10, 3), None),
        ("Selasa ini 8-12", date(2017, 10, 3), MORNING),
        ("Jum'at 8-11", date(2017, 9, 29), (time(8), time(11))),
        ("Senin minggu depan 8-12", date(2017, 10, 2), MORNING),
        ("Jumat minggu depan", date(2017, 10, 6), None),
        ("minggu", date(2017, 10, 1), None),
        ("5/1 8-12", date(2018, 1, 5), MORNING),
        ("1/9", date(2017, 9, 1), None),
        ("8-12", None, MORNING),
        ("8-2", None, (time(8), time(14))),
        ("1-3", None, (time(13), time(15))),
        ("7.30-11", None, (time(7, 30), time(11))),
        ("Thursday 8-12", date(2017, 9, 28), MORNING),
    ],
)
def test_a_day_and_hours_are_read_as_people_write_them(typed, day, hours):
    assert read_when(typed, TODAY) == When(day, hours)


@pytest.mark.parametrize(
    "typed",
    ["", "ya", "kapan saja", "32/10 8-12", "Kamis 8", "Kamis 25-26", "12-8-2", "Kamis 8-12 100 orang", "x" * 99],
)
def test_what_was_not_understood_is_not_guessed(typed):
    assert read_when(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "people"), [("100", 100), ("100 orang", 100), ("1.000", 1000), ("seratus", None), ("50-100", None)]
)
def test_how_many_people_a_day(typed, people):
    assert read_people(typed) == people


@given(st.text(max_size=90), st.dates(date(2017, 1, 1), date(2030, 12, 31)))
def test_whatever_is_typed_is_read_or_not_and_nothing_breaks(typed, today):
    read = read_when(typed, today)
    assert read is None or read.day or read.hours
    assert read is None or read.hours is None or read.hours[0] < read.hours[1]


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("8-12", (time(8), time(12))),
        (" 8:30  sampai 14 ", (time(8, 30), time(14))),
        ("8-2", (time(8), time(14))),
        ("8-25", None),
        ("pagi", None),
        ("8", None),
        ("29/9 8-12", None),
    ],
)
def test_where_only_hours_are_asked_for_only_hours_are_read(typed, hours):
    assert read_hours(typed) == hours


@pytest.mark.parametrize("typed", ["5/10", "5-10", "5.10", "5-10-2017", "5 Oktober", "5 okt 2017"])
def test_where_only_a_day_is_asked_for_a_date_with_dashes_is_a_date(typed):
    assert read_day(typed, TODAY) == date(2017, 10, 5)


@pytest.mark.parametrize("typed", ["kemarin", "31/2", "5/10 8-12", "5", ""])
def test_what_names_no_day_alone_is_no_day(typed):
    assert read_day(typed, TODAY) is None
