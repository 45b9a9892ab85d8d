"""What happens to a call while it goes on: paused, changed, called off, pickup stopped, a card handed over."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.actions.batches import cancel_batch, go_on_with_batch, pause_batch
from core.actions.calls import cancel_call, change_call
from core.actions.cards import move_card
from core.actions.hand_over_numbers import hand_over_numbers, undo_act
from core.actions.suspensions import resume, suspend
from core.errors import Overtaken, Refused
from core.questions.calls import reached, waiting_at
from core.rules.card import Stage
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from core.store.tables import Card
from core.store.words import CallState, NoticeState, Taken
from tests.call_world import BY, FRIDAY, HERE, MONDAY, TERMS, THURSDAY, TUESDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, act, ask

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


@pytest.fixture
def village(office: OpenOffice, clock: Clock, take: Import) -> Village:
    return Village(office, clock, take)


@pytest.fixture
async def three(village: Village) -> Village:
    """Three with a phone each, who heard that it was registered."""
    village.receive(3, phones={n: phone(n) for n in range(3)})
    await village.send()
    return village


def said_to(said: list[tuple[str, str]], number: int) -> list[str]:
    return [text for address, text in said if address == phone(number)]


def move(village: Village, card: Card, to: Stage) -> None:
    act(village.office, move_card, card, to, now=village.clock(), by=BY, tell=False)


async def told(village: Village, day: date) -> list[tuple[str, str]]:
    village.at(day, 16)
    return await village.send()


async def test_while_a_call_is_paused_nothing_leaves_and_when_it_goes_on_the_next_days_are_given(
    three: Village,
) -> None:
    call_id = three.call(per_day=2)
    batch = three.view(call_id).batch
    act(three.office, pause_batch, batch, now=three.clock(), by=BY)
    assert three.view(call_id).paused
    assert await told(three, TUESDAY) == []
    for hour in range(9, 20):
        three.at(THURSDAY, hour)
        three.time_goes_by()
    assert three.days() == {WEDNESDAY: 2, THURSDAY: 1}  # it does not move on and on
    assert three.view(call_id).state is CallState.OPEN
    three.at(FRIDAY, 9)
    act(three.office, go_on_with_batch, batch, now=three.clock(), by=BY)
    three.time_goes_by()
    assert three.days() == {MONDAY: 2, MONDAY + timedelta(days=1): 1}
    assert [text.split(", ")[0][-10:] for _, text in await told(three, FRIDAY)] == ["Senin 2/10"] * 2


async def test_who_could_not_be_told_in_time_comes_on_the_next_day_with_room(three: Village) -> None:
    three.call(per_day=2)
    three.at(TUESDAY, 18)  # the machine was off all afternoon
    three.time_goes_by()
    assert three.days() == {THURSDAY: 2, FRIDAY: 1}
    assert len(await told(three, WEDNESDAY)) == 2
    three.at(THURSDAY, 9)
    three.time_goes_by()
    assert three.days() == {THURSDAY: 2, FRIDAY: 1}


async def test_whose_card_is_taken_meanwhile_is_told_nothing_and_an_undone_hand_over_keeps_her_day(
    three: Village,
) -> None:
    call_id = three.call()
    first, second, _ = three.cards()
    move(three, first, Stage.HANDED_OVER)
    move(three, second, Stage.HANDED_OVER)
    three.clock.move(minutes=5)
    move(three, three.cards()[1], Stage.READY_FOR_PICKUP)
    assert three.days() == {WEDNESDAY: 2}
    said = await told(three, TUESDAY)
    assert said_to(said, 0) == [] and len(said_to(said, 1)) == len(said_to(said, 2)) == 1
    day = three.view(call_id).days[0]
    assert (day.people, day.taken, day.told) == (3, 1, 2)


async def test_only_who_was_told_hears_of_another_day_and_the_others_simply_get_theirs(three: Village) -> None:
    call_id = three.call(per_day=1)
    assert len(await told(three, TUESDAY)) == 1
    three.change(call_id, first_day=FRIDAY, per_day=2)
    assert three.days() == {FRIDAY: 2, MONDAY: 1}
    said = await three.send()
    assert [address for address, _ in said] == [phone(0)]
    assert "jadwal ambil KTP-el berubah: Jumat 29/9, 08.00-11.30" in said[0][1]
    assert [text for _, text in await told(three, WEDNESDAY)] == []
    said = await told(three, THURSDAY)
    assert [address for address, _ in said] == [phone(1)] and "siap diambil Jumat 29/9" in said[0][1]


async def test_who_keeps_her_day_hears_nothing_unless_the_place_is_another(three: Village) -> None:
    call_id = three.call(per_day=1)
    await told(three, TUESDAY)
    three.change(call_id, per_day=2)
    assert three.days() == {WEDNESDAY: 2, THURSDAY: 1}
    said = await three.send()
    assert said_to(said, 0) == []  # she keeps her day
    assert "siap diambil Rabu 27/9" in said_to(said, 1)[0]  # it is before half past five still
    three.change(call_id, per_day=2, place="Gudang Desa")
    said = await three.send()
    assert ["di Gudang Desa" in said_to(said, n)[0] for n in (0, 1)] == [True, True]
    assert said_to(said, 2) == []


async def test_a_change_that_is_none_or_cannot_be_changes_nothing(three: Village) -> None:
    call_id = three.call()
    before = three.days()
    three.change(call_id)
    with pytest.raises(Refused, match="the first that works"):
        three.change(call_id, first_day=TUESDAY)
    assert three.days() == before and three.facts("call-changed") == []


async def test_a_call_called_off_takes_its_days_back_and_only_who_was_told_hears(three: Village) -> None:
    call_id = three.call(per_day=1)
    await told(three, TUESDAY)
    assert act(three.office, cancel_call, call_id, now=three.clock(), by=BY)
    assert not act(three.office, cancel_call, call_id, now=three.clock(), by=BY)
    with pytest.raises(Overtaken, match="just being called off"):
        three.call(first_day=THURSDAY)
    three.carry_on()
    three.time_goes_by()
    assert three.days() == {None: 3} and all(card.awaits_call for card in three.cards())
    said = await three.send()
    assert [address for address, _ in said] == [phone(0)] and "jadwal ambil KTP-el batal" in said[0][1]
    assert await told(three, WEDNESDAY) == [] == await told(three, THURSDAY)
    assert ask(three.office, waiting_at, HERE, today=THURSDAY).cards == 3
    assert three.view(call_id).state is CallState.CANCELLED
    with pytest.raises(Refused, match="make a new one"):
        three.change(call_id, per_day=3)


async def test_who_was_told_hears_it_is_off_also_when_a_change_had_just_taken_her_day_back(
    three: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = three.call(per_day=1)
    await told(three, TUESDAY)
    monkeypatch.setattr("core.actions.calls.CHUNK", 0)  # as with many: the new days are given a moment later
    changed = replace(TERMS, first_day=FRIDAY)
    act(three.office, change_call, call_id, changed, now=three.clock(), by=BY)
    assert three.days() == {None: 3}
    act(three.office, cancel_call, call_id, now=three.clock(), by=BY)
    three.carry_on()
    three.time_goes_by()
    assert three.days() == {None: 3} and all(card.awaits_call for card in three.cards())
    assert [address for address, _ in await three.send()] == [phone(0)]


async def test_who_knows_of_a_day_that_was_called_off_hears_of_the_new_call_as_of_another_day(three: Village) -> None:
    call_id = three.call(per_day=1)
    await told(three, TUESDAY)
    act(three.office, cancel_call, call_id, now=three.clock(), by=BY)
    three.carry_on()
    three.call(first_day=FRIDAY)  # before anybody heard that the first one is off
    said = await three.send()
    assert [address for address, _ in said] == [phone(0)]
    assert "berubah: Jumat 29/9" in said[0][1]
    said = await told(three, THURSDAY)
    assert {address for address, _ in said} == {phone(1), phone(2)}


async def test_an_operator_who_cancels_the_sending_calls_it_off(three: Village) -> None:
    call_id = three.call()
    act(three.office, cancel_batch, three.view(call_id).batch, now=three.clock(), by="operator")
    three.time_goes_by()
    assert three.view(call_id).state is CallState.CANCELLED and three.days() == {None: 3}
    assert await told(three, TUESDAY) == []


async def test_when_pickup_stops_the_days_come_after_it_and_only_who_was_told_hears(three: Village) -> None:
    three.call(per_day=1)
    await told(three, TUESDAY)
    act(three.office, suspend, [Service.PICKUP], cause=Cause.POWER, now=three.clock(), by="operator", until=WEDNESDAY)
    three.time_goes_by()
    assert three.days() == {THURSDAY: 1, FRIDAY: 1, MONDAY: 1}
    said = await three.send()
    assert [address for address, _ in said] == [phone(0)] and "berubah: Senin 2/10" in said[0][1]


async def test_while_no_end_is_known_nobody_has_a_day_and_then_the_call_goes_on(three: Village) -> None:
    call_id = three.call(per_day=1)
    await told(three, TUESDAY)
    stop = act(three.office, suspend, [Service.PICKUP], cause=Cause.POWER, now=three.clock(), by="operator")
    three.time_goes_by()
    assert three.days() == {None: 3}
    said = await three.send()
    assert [address for address, _ in said] == [phone(0)] and "Mohon tunggu kabar kami" in said[0][1]
    three.at(FRIDAY, 9)
    three.time_goes_by()
    assert three.view(call_id).state is CallState.OPEN
    act(three.office, resume, stop.suspension_id, now=three.clock(), by="operator")
    three.time_goes_by()
    assert three.days() == {MONDAY: 1, MONDAY + timedelta(days=1): 1, MONDAY + timedelta(days=2): 1}
    said = [(address, text) for address, text in await three.send() if "Senin" in text]
    assert [address for address, _ in said] == [phone(0)] and "berubah: Senin 2/10" in said[0][1]
    three.time_goes_by()
    assert await three.send() == []


async def test_a_stop_elsewhere_leaves_a_call_alone(three: Village) -> None:
    three.call()
    act(three.office, suspend, [Service.PICKUP], cause=Cause.POWER, now=three.clock(), by="operator", region="35.22.15")
    three.time_goes_by()
    assert three.days() == {WEDNESDAY: 3}


async def test_nobody_is_owed_more_than_one_notice_that_may_leave(three: Village) -> None:
    call_id = three.call(per_day=1)
    for per_day in (2, 3, 1):
        three.change(call_id, per_day=per_day)
    await told(three, TUESDAY)
    open_ones = [one for one in three.notices() if one.state is NoticeState.WAITING]
    assert Counter(one.card_id for one in open_ones).most_common(1)[0][1] == 1
    assert Counter(one.kind for one in open_ones) == {Kind.CALLED: 2}
    found = ask(three.office, reached, call_id)
    assert (found.told, found.waiting, found.not_reached_numbers) == (1, 2, ())


async def test_a_hand_over_undone_after_her_news_was_dropped_gives_her_a_day_that_she_is_told(three: Village) -> None:
    three.call(per_day=1)
    three.at(TUESDAY, 15)
    given = act(three.office, hand_over_numbers, HERE, [1], Taken.SELF, now=three.clock(), by=BY)
    assert await three.send() == []
    three.clock.move(minutes=5)
    act(three.office, undo_act, given.act, now=three.clock(), by=BY)
    three.carry_on()
    assert three.days() == {WEDNESDAY: 1, THURSDAY: 1, FRIDAY: 1}
    assert [address for address, _ in await three.send()] == [phone(0)]
