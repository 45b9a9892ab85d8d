"""On which days the office works: the week, the decreed holidays, and the office's own list."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import calendar_of, national_days
from core.errors import SetupError
from core.rules.calendar import (
    Calendar,
    ClosedDay,
    closed_days,
    first_open_day,
    is_working_day,
    next_open,
    next_working_day,
    open_until,
)
from core.rules.hours import Hours

WIB = ZoneInfo("Asia/Jakarta")
HOURS = Hours.read("Senin-Kamis 08.00-12.00, 13.00-15.00, Jumat 08.00-11.00")
OFFICE = calendar_of(HOURS, None)
CHRISTMAS = date(2026, 12, 25)  # a Friday; the day before is one of collective leave

moments = st.integers(0, 1060 * 86_400).map(lambda second: datetime(2025, 1, 1, tzinfo=WIB) + timedelta(seconds=second))
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), WIB)


def own(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "libur.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("year", "holidays", "leave"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_every_year_has_as_many_days_as_its_decree(year: int, holidays: int, leave: int) -> None:
    of_year = [day for at, day in national_days().items() if at.year == year]
    assert (len(of_year) - sum(day.leave for day in of_year), sum(day.leave for day in of_year)) == (holidays, leave)


@pytest.mark.parametrize(
    ("day", "name", "leave"),
    [
        (date(2025, 8, 18), "Hari Kemerdekaan", True),
        (date(2026, 1, 16), "Isra Mikraj Nabi Muhammad SAW", False),
        (date(2026, 3, 19), "Hari Suci Nyepi", False),
        (date(2026, 3, 20), "Idulfitri", True),
        (date(2026, 5, 27), "Iduladha", False),
        (CHRISTMAS, "Hari Raya Natal", False),
        (date(2027, 3, 10), "Idulfitri", False),
    ],
)
def test_known_days_are_there_by_their_names(day: date, name: str, leave: bool) -> None:
    assert national_days()[day] == ClosedDay(name, leave=leave)


def test_the_decreed_days_stand_in_order_and_once() -> None:
    assert list(national_days()) == sorted(national_days())


def test_over_christmas_the_office_is_closed_from_thursday_to_sunday() -> None:
    assert [is_working_day(OFFICE, CHRISTMAS + timedelta(days=step)) for step in range(-2, 4)] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]
    assert next_working_day(OFFICE, date(2026, 12, 23)) == date(2026, 12, 28)


def test_it_says_until_when_it_is_open_and_when_it_opens_next() -> None:
    wednesday = date(2026, 12, 23)
    assert open_until(OFFICE, at(wednesday, 8)) == time(12)
    assert open_until(OFFICE, at(wednesday, 12)) is None
    assert next_open(OFFICE, at(wednesday, 7)) == at(wednesday, 8)
    assert next_open(OFFICE, at(wednesday, 12, 30)) == at(wednesday, 13)
    assert next_open(OFFICE, at(wednesday, 15)) == at(date(2026, 12, 28), 8)
    assert open_until(OFFICE, at(CHRISTMAS, 9)) is None


def test_closed_days_that_fall_on_a_weekend_are_no_news() -> None:
    found = closed_days(OFFICE, date(2026, 3, 17), within_days=7)
    assert [day.day for day, _ in found] == [18, 19, 20, 23, 24]  # the feast itself is on a Saturday and a Sunday


def test_an_office_whose_hours_nobody_could_read_works_from_monday_to_friday_and_promises_no_hour() -> None:
    calendar = calendar_of(Hours.shown_only("setiap hari kerja"), None)
    assert is_working_day(calendar, date(2026, 12, 23)) and not is_working_day(calendar, date(2026, 12, 26))
    assert next_open(calendar, at(date(2026, 12, 23), 9)) is None
    assert open_until(calendar, at(date(2026, 12, 23), 9)) is None


@given(days)
def test_between_a_day_and_the_next_working_day_there_is_none(day: date) -> None:
    later = next_working_day(OFFICE, day)
    passed = [day + timedelta(days=step) for step in range(1, (later - day).days + 1)]
    assert [one for one in passed if is_working_day(OFFICE, one)] == [later]


@given(moments)
def test_the_next_opening_is_open_and_the_moment_before_is_not(now: datetime) -> None:
    opens = next_open(OFFICE, now)
    assert opens is not None and opens > now
    assert open_until(OFFICE, opens) is not None
    assert open_until(OFFICE, opens - timedelta(microseconds=1)) is None


@given(moments)
def test_it_is_open_only_on_working_days(local: datetime) -> None:
    if open_until(OFFICE, local):
        assert is_working_day(OFFICE, local.date())


def test_the_offices_own_list_closes_days_and_opens_others_after_all(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "\ufeffTanggal;Keterangan",
        "# pindah gedung",
        "",
        "28/12/2026;Pindah kantor, lantai dua",
        "+2026-12-29, Rapat kerja",
        "-24/12/2026",
    )
    calendar = calendar_of(HOURS, path)
    assert calendar.closed[date(2026, 12, 28)] == ClosedDay("Pindah kantor, lantai dua")
    assert calendar.closed[date(2026, 12, 29)].name == "Rapat kerja"
    assert is_working_day(calendar, date(2026, 12, 24))
    assert not is_working_day(calendar, CHRISTMAS)
    assert calendar_of(HOURS, None).closed.keys() >= {date(2026, 12, 24)}


def test_an_own_day_far_ahead_says_nothing_of_the_holidays_before_it(tmp_path: Path) -> None:
    assert OFFICE.known_until == date(2027, 12, 31)
    for line in ("2030-08-31, Hari jadi", "2026-01-05, Pelantikan", "-25/12/2027"):
        assert calendar_of(HOURS, own(tmp_path, line)).known_until == date(2027, 12, 31)


def test_a_list_from_a_spreadsheet_on_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "libur.csv"
    path.write_bytes('"28/12/2026","Jum\x92at kelabu"\r\n'.encode("latin-1"))
    assert calendar_of(HOURS, path).closed[date(2026, 12, 28)].name == "Jum\u2019at kelabu"


def test_every_bad_line_is_named_with_its_fix_and_none_is_passed_over(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "31/02/2026, Hari yang tidak ada",
        "28/12/2026",
        "28/12/26, Tahun pendek",
        "01/12/2026, Rapat",
        "1/12/2026, Rapat lagi",
        "-02/12/2026",
        f"03/12/2026, {'x' * 61}",
    )
    with pytest.raises(SetupError, match="KABAR_CLOSED_DAYS") as refusal:
        calendar_of(HOURS, path)
    said = str(refusal.value)
    for line, word in (
        (1, "no such day in the calendar"),
        (2, "1 to 60 characters"),
        (3, "write all four digits"),
        (5, "stands here twice"),
        (6, "nothing to open"),
        (7, "1 to 60 characters"),
    ):
        assert word in said.partition(f"line {line}: ")[2].partition("line ")[0]
    assert "line 4" not in said


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        calendar_of(HOURS, tmp_path / "tidak-ada.csv")


def test_a_calendar_without_any_closed_day_is_only_the_week() -> None:
    calendar = Calendar(HOURS.week, {}, CHRISTMAS)
    assert is_working_day(calendar, CHRISTMAS)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2017-09-29T10:00", "2017-09-29"),  # a Friday, open until 15.00
        ("2017-09-29T06:00", "2017-09-29"),
        ("2017-09-29T15:00", "2017-10-02"),
        ("2017-09-30T10:00", "2017-10-02"),
    ],
)
def test_the_next_day_on_which_people_are_served_is_this_one_until_closing(moment: str, day: str) -> None:
    local = datetime.fromisoformat(moment)
    week = Hours.read("Senin-Jumat 08.00-15.00").week
    assert first_open_day(Calendar(week, {}, date(2017, 12, 31)), local) == date.fromisoformat(day)


def test_without_hours_a_working_day_counts_to_its_end() -> None:
    calendar = Calendar(None, {}, date(2017, 12, 31))
    assert first_open_day(calendar, datetime(2017, 9, 29, 23, 0, tzinfo=WIB)) == date(2017, 9, 29)
    assert first_open_day(calendar, datetime(2017, 9, 30, 9, 0, tzinfo=WIB)) == date(2017, 10, 2)
