"""The office's hours are read from the very words that residents see."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.hours import DAYS, LONGEST_HOURS, Hours, Shift, Week

MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(15))


def shift(opens: int, closes: int) -> Shift:
    return time(opens), time(closes)


def test_a_usual_week_with_a_short_friday() -> None:
    hours = Hours.read("Senin-Kamis 08.00-15.00, Jumat 08.00-11.00")
    assert hours.week == ((shift(8, 15),),) * 4 + ((shift(8, 11),), (), ())


def test_after_a_break_the_hours_go_on_without_naming_the_day_again() -> None:
    hours = Hours.read("Senin-Selasa 08.00-12.00, 13.00-15.00, Sabtu 09.00-11.00")
    assert hours.week == ((MORNING, AFTERNOON),) * 2 + ((), (), (), (shift(9, 11),), ())


@pytest.mark.parametrize(
    "text",
    [
        "Senin-Jumat 08.00-15.00",
        "senin - jumat 8.00 - 15.00",
        "Senin–Jum'at 08:00–15:00 WIB",
        "Senin s/d Jumat 08.00 s/d 15.00",
        "Senin sampai Jumat 08.00 sampai 15.00 WITA",
        "  Senin-Jumat\n08.00-15.00 ",
    ],
)
def test_it_is_read_however_offices_write_it(text: str) -> None:
    assert Hours.read(text).week == ((shift(8, 15),),) * 5 + ((), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jam kerja", "'jam kerja' cannot be read"),
        ("Senin 08.00", "'senin 08.00' cannot be read"),
        ("08.00-15.00", "names no day"),
        ("Jumat-Senin 08.00-15.00", "goes backwards"),
        ("Senin 15.00-08.00", "must open before it closes"),
        ("Senin 08.00-24.00", "no such time of day"),
        ("Senin 08.00-12.00, 12.00-15.00", "a break between them"),
        ("Senin 08.00-12.00, Senin 09.00-10.00", "a break between them"),
        ("", "1 to 80 characters"),
        ("Senin 08.00-15.00" + " " * 5 + ", Selasa 08.00-15.00" * 5, "1 to 80 characters"),
    ],
)
def test_what_cannot_be_read_is_named_with_an_example(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Hours.read(text)
    assert Hours.shown_only(text) == Hours(text, None)


shifts = (
    st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), unique=True, max_size=4)
    .map(sorted)
    .map(lambda times: tuple(zip(times[::2], times[1::2], strict=False)))
)


@given(st.lists(st.none() | shifts, min_size=7, max_size=7))
def test_whatever_week_an_office_has_is_read_as_it_is_written(days: list[tuple[Shift, ...] | None]) -> None:
    week: Week = tuple(day or () for day in days)
    parts = [
        (DAYS[number].title() + " " if first else "") + f"{opens:%H.%M}-{closes:%H.%M}"
        for number, day in enumerate(week)
        for first, (opens, closes) in zip((True, *(False,) * len(day)), day, strict=False)
    ]
    text = ", ".join(parts)
    if parts and len(text) <= LONGEST_HOURS:
        assert Hours.read(text) == Hours(text, week)


@given(st.text())
def test_no_text_at_all_breaks_it(text: str) -> None:
    hours = Hours.shown_only(text)
    assert hours.week is None or any(hours.week)
