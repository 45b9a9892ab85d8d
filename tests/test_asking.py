"""How much one account may ask: the limits by chat, and the birthdays that are being searched."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.actions.asking import Ask, may_ask
from core.rules.asking import PER_CHAT, Throttled, throttle
from core.store.inbox_tables import Asked
from core.store.office import OpenOffice
from tests.offices import SITI, Clock, act, ask

NOON = datetime(2017, 9, 26, 5, 0, tzinfo=UTC)
CHAT = 900000001

niks = st.integers(0, 30).map(lambda number: bytes([number]))
moments = st.integers(0, 86_400).map(lambda seconds: NOON - timedelta(seconds=seconds))
histories = st.lists(st.tuples(moments, niks), max_size=60)


def nik(number: int, *, serial: int = 1) -> str:
    """Somebody's NIK, each under a prefix of her own."""
    return f"35229901{number % 12 + 1:02}{number % 100:02}{serial:04}"


@given(histories, niks)
def test_nobody_is_refused_who_asked_less_than_the_least_limit(asked: list[tuple[datetime, bytes]], new: bytes) -> None:
    fewest = min(most for most, _ in PER_CHAT)
    if len({other for _, other in asked}) < fewest:
        assert throttle(asked, new, NOON) is None


@given(histories, niks)
def test_within_no_limits_time_more_different_people_are_asked_for_than_it_says(
    asked: list[tuple[datetime, bytes]], new: bytes
) -> None:
    if throttle(asked, new, NOON) is None:
        for most, within in PER_CHAT:
            recent = {other for at, other in asked if at > NOON - within}
            assert new in recent or len(recent) < most


@given(histories, niks)
def test_who_waits_as_long_as_said_may_ask(asked: list[tuple[datetime, bytes]], new: bytes) -> None:
    refused = throttle(asked, new, NOON)
    if refused is not None:
        assert NOON < refused.again_at <= NOON + timedelta(days=1)
        assert throttle(asked, new, refused.again_at) is None
        assert throttle(asked, new, refused.again_at - timedelta(seconds=1)) is not None


@given(histories)
def test_the_same_person_again_is_free_for_ten_minutes(asked: list[tuple[datetime, bytes]]) -> None:
    for at, again in asked:
        if at > NOON - timedelta(minutes=10):
            assert throttle(asked, again, NOON) is None


@pytest.mark.both_databases
def test_five_people_in_ten_minutes_and_then_a_pause(office: OpenOffice, clock: Clock) -> None:
    for number in range(5):
        assert act(office, may_ask, CHAT, nik(number), now=clock.move(minutes=1)) is Ask.ANSWER
    refused = act(office, may_ask, CHAT, nik(5), now=clock())
    assert refused == Throttled(clock() + timedelta(minutes=6))
    assert act(office, may_ask, CHAT, nik(4), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT + 1, nik(5), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT, nik(5), now=clock.move(minutes=6)) is Ask.ANSWER


@pytest.mark.both_databases
def test_asking_while_throttled_does_not_lengthen_the_wait(office: OpenOffice, clock: Clock) -> None:
    for number in range(5):
        act(office, may_ask, CHAT, nik(number), now=clock())
    noted = ask(office, lambda session: session.scalar(select(func.count(Asked.id))))
    first = act(office, may_ask, CHAT, nik(5), now=clock.move(minutes=1))
    assert act(office, may_ask, CHAT, nik(6), now=clock.move(minutes=1)) == first
    assert ask(office, lambda session: session.scalar(select(func.count(Asked.id)))) == noted


@pytest.mark.both_databases
def test_twenty_people_a_day(office: OpenOffice, clock: Clock) -> None:
    for number in range(20):
        assert act(office, may_ask, CHAT, nik(number), now=clock.move(minutes=11)) is Ask.ANSWER
    refused = act(office, may_ask, CHAT, nik(20), now=clock.move(minutes=11))
    assert isinstance(refused, Throttled)
    assert act(office, may_ask, CHAT, nik(20), now=refused.again_at) is Ask.ANSWER


@pytest.mark.both_databases
def test_from_the_third_serial_of_one_birthday_on_everybody_is_asked_for_the_receipt(
    office: OpenOffice, clock: Clock
) -> None:
    assert act(office, may_ask, CHAT, nik(1, serial=1), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT + 1, nik(1, serial=1), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT + 2, nik(1, serial=2), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT + 3, nik(1, serial=3), now=clock()) is Ask.RECEIPT_NEEDED
    assert act(office, may_ask, CHAT, nik(1, serial=1), now=clock()) is Ask.RECEIPT_NEEDED
    assert act(office, may_ask, CHAT, nik(2, serial=1), now=clock()) is Ask.ANSWER
    assert act(office, may_ask, CHAT, nik(1, serial=1), now=clock.move(days=31)) is Ask.ANSWER


@pytest.mark.both_databases
def test_who_is_in_the_office_and_who_is_not_are_asked_about_alike(office: OpenOffice, clock: Clock) -> None:
    assert act(office, may_ask, CHAT, SITI, now=clock()) is act(office, may_ask, CHAT, nik(7), now=clock())
