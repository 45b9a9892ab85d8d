"""Dates as offices write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files.dates import DateError, read_date, title_date


@pytest.mark.parametrize(
    "written",
    [
        "2017-01-05",
        "05/01/2017",
        "05-01-2017",
        "5.1.2017",
        "05 Januari 2017",
        "5 Jan 2017",
        "5-JAN-2017",
        "2017/01/05",
        "05/01/2017 00:00:00",
        "2017-01-05T08:30",
    ],
)
def test_a_date_is_read_in_every_habit(written):
    assert read_date(written) == date(2017, 1, 5)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("05/01/17", "two digits"),
        ("5 Jan 17", "two digits"),
        ("31/31/2017", "no month|no such day"),
        ("30 Februari 2017", "no such day"),
        ("05/01/0217", "year is not"),
        ("42740", "day number"),
        ("5 Muharram 2017", "month's name"),
        ("kemarin", "not a date"),
    ],
)
def test_a_date_that_is_none_is_refused_with_the_reason(written, why):
    with pytest.raises(DateError, match=why):
        read_date(written)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    assert read_date(day.isoformat()) == read_date(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("DAFTAR PEREKAMAN KTP-EL KABUPATEN BOJONEGORO PER 27 SEPTEMBER 2017", date(2017, 9, 27)),
        ("Keadaan per tanggal 27-09-2017", date(2017, 9, 27)),
        ("PER KECAMATAN PER 1 Mei 2017", date(2017, 5, 1)),
        ("DAFTAR 2017", None),
    ],
)
def test_a_title_tells_of_when_the_list_is(title, day):
    assert title_date(title) == day
