"""The national system's status words: what they are called, mean, and when they mean nothing any more."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.card import Stage
from core.rules.siak import Siak, caution, read_status, stage_of, stuck_at_centre, waited_days

TODAY = date(2017, 9, 27)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("PRINT_READY_RECORD", Siak.PRINT_READY_RECORD),
        ("print ready record", Siak.PRINT_READY_RECORD),
        ("Card Printed", Siak.CARD_PRINTED),
        (" prr ", Siak.PRINT_READY_RECORD),
        ("SFE", Siak.SENT_FOR_ENROLLMENT),
        ("BC", Siak.BIO_CAPTURED),
        ("pro", Siak.PROCESSING),
        ("DUP", Siak.DUPLICATE_RECORD),
        ("efac", Siak.ENROLL_FAILURE_AT_CENTRAL),
        ("PACKET_RETRY", None),
        ("", None),
        ("___", None),
    ],
)
def test_a_status_is_known_long_or_short_in_any_case(written, status):
    assert read_status(written) is status


@pytest.mark.parametrize("status", Siak)
def test_every_status_is_read_back_from_its_own_name(status):
    assert read_status(status.value) is status


def test_every_trouble_needs_an_officer_and_the_way_leads_forward():
    stages = [stage_of(status) for status in Siak]
    assert stages == [
        *[Stage.RECORDED] * 3,
        *[Stage.AT_CENTRE] * 2,
        *[Stage.PRINT_READY] * 2,
        Stage.PRINTED,
        Stage.SHIPPED,
        Stage.HANDED_OVER,
        *[Stage.NEEDS_OFFICER] * 7,
    ]


def test_of_two_rows_trouble_then_the_unknown_then_the_earlier_stage_is_believed():
    most_cautious_first = [
        Siak.DUPLICATE_RECORD,
        Siak.ENROLL_FAILURE_AT_CENTRAL,
        None,
        Siak.BIO_CAPTURED,
        Siak.SENT_FOR_ENROLLMENT,
        Siak.PRINT_READY_RECORD,
        Siak.CARD_PRINTED,
        Siak.CARD_ISSUED,
    ]
    assert sorted(most_cautious_first, key=caution, reverse=True) == most_cautious_first


def test_every_status_has_its_own_caution():
    assert len({caution(status) for status in (*Siak, None)}) == len(Siak) + 1


def test_days_on_which_the_centre_stood_still_do_not_count():
    since = TODAY - timedelta(days=100)
    stops = [(since + timedelta(days=10), since + timedelta(days=40))]
    assert waited_days(since, TODAY, centre_stops=[]) == 100
    assert waited_days(since, TODAY, centre_stops=stops) == 70
    assert waited_days(since, TODAY, centre_stops=stops * 2) == 70


def test_a_stop_that_still_lasts_counts_until_today():
    assert waited_days(TODAY - timedelta(days=30), TODAY, centre_stops=[(TODAY - timedelta(days=20), None)]) == 10


def test_stops_before_the_wait_or_after_today_change_nothing():
    since = TODAY - timedelta(days=30)
    stops = [(since - timedelta(days=9), since), (TODAY, TODAY + timedelta(days=9))]
    assert waited_days(since, TODAY, centre_stops=stops) == 30


_days = st.integers(min_value=0, max_value=60).map(lambda days: TODAY - timedelta(days=60 - days))


@given(_days, st.lists(st.tuples(_days, st.none() | _days)))
def test_a_wait_is_what_counting_day_by_day_gives(since, stops):
    days = (since + timedelta(days=n) for n in range((TODAY - since).days))
    stood_still = [any(first <= day and (end is None or day < end) for first, end in stops) for day in days]
    assert waited_days(since, TODAY, centre_stops=stops) == stood_still.count(False)


def test_an_enrollment_that_outlasts_sixty_days_is_stuck():
    def stuck(status, days, stops=()):
        return stuck_at_centre(status, since=TODAY - timedelta(days=days), today=TODAY, centre_stops=stops)

    assert not stuck(Siak.SENT_FOR_ENROLLMENT, 60)
    assert stuck(Siak.SENT_FOR_ENROLLMENT, 61)
    assert not stuck(Siak.PRINT_READY_RECORD, 400)
    assert not stuck(None, 400)


def test_nobody_is_stuck_because_the_centre_was_down_as_in_jember():
    recorded, down = date(2016, 12, 1), [(date(2016, 10, 1), None)]
    assert not stuck_at_centre(Siak.SENT_FOR_ENROLLMENT, since=recorded, today=date(2017, 5, 1), centre_stops=down)
