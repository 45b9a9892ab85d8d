"""A call whose messages may not all leave: the day's SMS are used up, or the office is not live yet."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from core.actions.calls import cancel_call, tell_again
from core.actions.sending import expire_waiting
from core.questions.batches import batch_by_name, open_names
from core.questions.progress import progress_of
from core.rules.delivery import TryLater, Unsure
from core.rules.notices import Kind
from core.store.office import OpenOffice
from core.store.words import NoticeState
from core.wording.progress import progress_text
from tests.bot_world import W, text
from tests.call_world import BY, FRIDAY, HERE, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, act, ask
from tests.senders import send_all
from tests.test_announcements import tell
from tests.test_sending import link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


@pytest.fixture
async def nine(office: OpenOffice, clock: Clock, take: Import) -> Village:
    """Nine with a phone each, who heard that it was registered the day before."""
    village = Village(office, clock, take)
    village.receive(9, phones={n: phone(n) for n in range(9)})
    village.at(TUESDAY - timedelta(days=1), 9)
    await village.send()
    village.sms.given.clear()
    village.at(TUESDAY, 9)
    return village


async def sent(village: Village, **terms: Any) -> list[tuple[str, str]]:
    before = len(village.sms.given) + len(village.telegram.given)
    act(village.office, expire_waiting, now=village.clock())
    await send_all(village.office, village.telegram, village.sms, now=village.clock, **terms)
    given = village.sms.given + village.telegram.given
    return [(one.address, one.text) for one in given[before:]]


async def test_whom_the_days_sms_do_not_reach_any_more_gets_another_day_and_is_told_then(nine: Village) -> None:
    nine.call(per_day=6)
    told: dict[str, list[str]] = {}
    for day in (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, MONDAY):
        for hour, minute in ((9, 0), (14, 59), (15, 0), (16, 0), (17, 29), (17, 30), (17, 31), (17, 59), (20, 0)):
            nine.at(day, hour, minute)
            for address, words in await sent(nine, sms_daily_cap=4):
                assert (15, 0) <= (hour, minute) < (17, 30)
                told.setdefault(address, []).append(words)
            nine.time_goes_by()
    assert sorted(told) == [phone(n) for n in range(9)]
    assert all(len(texts) == 1 for texts in told.values())
    # Whoever had to wait comes on the next day with room, and each was told of the day that she has.
    said = Counter(
        day for [words] in told.values() for day in ("Rabu 27/9", "Kamis 28/9", "Jumat 29/9") if day in words
    )
    assert said == {"Rabu 27/9": 4, "Kamis 28/9": 4, "Jumat 29/9": 1}
    assert nine.days() == {WEDNESDAY: 4, THURSDAY: 4, FRIDAY: 1}


async def test_who_may_have_been_told_at_the_last_moment_keeps_her_day_and_hears_when_it_is_off(nine: Village) -> None:
    nik = nine.receive(1)[0]
    link(nine.office, nik, "900000001", nine.clock)
    await sent(nine)
    call_id = nine.call()
    nine.at(TUESDAY, 15)
    nine.telegram.answers = [Unsure("timeout"), TryLater("500", after_seconds=9000)]
    await sent(nine)
    nine.at(TUESDAY, 17, 31)
    nine.time_goes_by()
    assert ended(nine, Kind.CALLED) == {NoticeState.TOLD: 9, NoticeState.IN_DOUBT: 1}
    assert nine.days() == {WEDNESDAY: 10}
    act(nine.office, cancel_call, call_id, now=nine.clock(), by=BY)
    nine.carry_on()
    assert "900000001" in [address for address, _ in await sent(nine)]


TRIAL: dict[str, Any] = {"live": False, "trial_addresses": frozenset({phone(0)})}


def progress(village: Village, batch: str) -> str:
    return progress_text(W, "", progress_of(ask(village.office, batch_by_name, batch)))


def ended(village: Village, *kinds: Kind) -> Counter[NoticeState]:
    return Counter(one.state for one in village.notices() if one.kind in kinds)


async def test_in_the_trial_a_call_reaches_only_who_is_listed_and_says_so(nine: Village) -> None:
    call_id = nine.call()
    nine.at(TUESDAY, 15)
    assert [address for address, _ in await sent(nine, **TRIAL)] == [phone(0)]
    assert ended(nine, Kind.CALLED) == {NoticeState.TOLD: 1, NoticeState.TRIAL: 8}
    said = progress(nine, f"call:{call_id}")
    assert text("progress-trial", n=8) in said and "Sudah dikabari: 1" in said
    for hour in (16, 18, 20):
        nine.at(TUESDAY, hour)
        nine.time_goes_by()
        assert await sent(nine) == []  # the office is live now
    assert nine.days() == {WEDNESDAY: 9}
    for day in (WEDNESDAY, THURSDAY, FRIDAY, MONDAY):
        nine.at(day, 15)
        nine.time_goes_by()
        assert await sent(nine) == []


async def test_a_call_called_off_after_the_trial_is_news_only_to_who_was_told_in_it(nine: Village) -> None:
    call_id = nine.call()
    nine.at(TUESDAY, 15)
    await sent(nine, **TRIAL)
    nine.at(TUESDAY, 16)
    act(nine.office, cancel_call, call_id, now=nine.clock(), by=BY)
    nine.carry_on()
    assert [address for address, _ in await sent(nine)] == [phone(0)]


async def test_whom_the_trial_left_out_is_told_when_an_official_says_again(nine: Village) -> None:
    call_id = nine.call()
    nine.at(TUESDAY, 15)
    await sent(nine, **TRIAL)
    nine.at(TUESDAY, 16)
    assert act(nine.office, tell_again, call_id, now=nine.clock(), by=BY) == 8
    assert sorted(address for address, _ in await sent(nine)) == [phone(n) for n in range(1, 9)]


async def test_in_the_trial_an_announcement_reaches_only_who_is_listed_and_says_so(nine: Village) -> None:
    for number in range(9):
        chat = f"9000000{number:02d}"
        link(nine.office, f"352299{1 + number:02d}01900001", chat, nine.clock)
    listed: dict[str, Any] = {"live": False, "trial_addresses": frozenset({"900000000"})}
    await sent(nine)
    tell(nine.office, nine.clock, HERE)
    [batch] = ask(nine.office, open_names)
    assert [address for address, _ in await sent(nine, **listed)] == ["900000000"]
    assert set(ended(nine, Kind.ANNOUNCED)) == {NoticeState.TOLD, NoticeState.TRIAL}
    said = progress(nine, batch)
    assert text("progress-trial", n=ended(nine, Kind.ANNOUNCED)[NoticeState.TRIAL]) in said
    assert "Sudah dikabari: 1" in said
    nine.at(TUESDAY, 16)
    nine.time_goes_by()
    assert await sent(nine) == []
