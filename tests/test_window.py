"""The hours in which we may speak first."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.window import Window

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
DAY = Window(time(8), time(18))
ALWAYS = Window(None, None)

zones = st.sampled_from(ZONES)
moments = st.integers(0, 400_000_000).map(lambda seconds: datetime(2017, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
windows = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Window(*pair))


@pytest.mark.parametrize(
    ("hour", "minute", "is_open"), [(7, 59, False), (8, 0, True), (17, 59, True), (18, 0, False), (3, 0, False)]
)
def test_from_eight_to_six_where_the_office_is(hour: int, minute: int, is_open: bool) -> None:
    for zone in ZONES:
        assert DAY.is_open(datetime(2017, 9, 26, hour, minute, tzinfo=zone), zone) is is_open


@given(windows, moments, zones)
def test_the_next_opening_is_open_and_nothing_between_is(window: Window, now: datetime, zone: ZoneInfo) -> None:
    opening = window.next_opening(now, zone)
    assert window.is_open(opening, zone)
    assert now <= opening <= now + timedelta(days=1)
    if opening > now:
        assert not window.is_open(opening - timedelta(microseconds=1), zone)


@given(windows, moments, zones)
def test_an_open_window_closes_later_the_same_day(window: Window, now: datetime, zone: ZoneInfo) -> None:
    if window.is_open(now, zone):
        end = window.end(now, zone)
        assert end is not None
        assert now < end < now + timedelta(days=1)
        assert not window.is_open(end, zone)


@given(moments, zones)
def test_always_is_always(now: datetime, zone: ZoneInfo) -> None:
    assert ALWAYS.is_open(now, zone)
    assert ALWAYS.end(now, zone) is None
    assert ALWAYS.next_opening(now, zone) == now


@pytest.mark.parametrize("text", ["08:00-18:00", " 08:00 - 18:00 ", "08:00:00-18:00"])
def test_it_is_written_as_people_write_hours(text: str) -> None:
    assert Window.read(text) == DAY


@pytest.mark.parametrize("text", ["", "8", "08:00", "08:00-", "18:00-08:00", "08:00-08:00", "08:00-12:00-18:00", "x-y"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must"):
        Window.read(text)


@pytest.mark.parametrize("text", ["always", "Always ", "ALWAYS"])
def test_an_office_may_speak_always(text: str) -> None:
    assert Window.read(text) == ALWAYS
