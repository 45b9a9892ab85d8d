"""Two writers at the same moment, as PostgreSQL has them: whoever comes second waits, and then sees what is so."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from core.actions.call_chunks import continue_calls
from core.actions.calls import cancel_call, make_call
from core.actions.hand_over_numbers import Given, hand_over_numbers
from core.actions.outcomes import record_outcomes
from core.actions.sending import Turn, start_messages
from core.rules.card import Stage
from core.rules.delivery import Channel, OptedOut, Outgoing, Sent
from core.store.office import OpenOffice, open_office
from core.store.official_tables import PickupCall
from core.store.tables import Card
from core.store.words import Taken
from tests.bot_world import text as said
from tests.call_world import BY, HERE, TERMS, TUESDAY, WEDNESDAY, Village, phone
from tests.calling_world import calling_world, press
from tests.offices import Clock, Import, act, ask
from tests.official_world import screen
from tests.senders import terms as send_terms
from tests.test_sending import link

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("backend", ["postgresql"], indirect=True)]

T = TypeVar("T")

SECONDS, CHAT = 20.0, "900000009"
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


class Held(Generic[T]):
    """An act whose transaction stays open until it is let go."""

    def __init__(self, office: OpenOffice, act_: Callable[[Session], T]) -> None:
        self._done, self._go = threading.Event(), threading.Event()
        self._act = act_
        self.future = office.submit(self._run)
        assert self._done.wait(SECONDS)

    def _run(self, session: Session) -> T:
        result = self._act(session)
        session.flush()
        self._done.set()
        assert self._go.wait(SECONDS)
        return result

    def let_go(self) -> T:
        self._go.set()
        return self.future.result(SECONDS)


@pytest.fixture
def other(office: OpenOffice, home: Path, address: str | None) -> Iterator[OpenOffice]:
    """The same office, open in another process, as far as the database can tell."""
    with open_office(home, address) as second:
        yield second


def somebody_waits(office: OpenOffice) -> bool:
    """For a lock that another holds."""
    return bool(ask(office, lambda session: session.scalar(_WAITING)))


def until(happened: Callable[[], bool]) -> None:
    for _ in range(4000):
        if happened():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it did not happen")


def until_somebody_waits(office: OpenOffice) -> None:
    until(lambda: somebody_waits(office))


def calls(office: OpenOffice) -> list[PickupCall]:
    return ask(office, lambda session: list(session.scalars(select(PickupCall))))


# Two officials press Kirim


async def test_of_two_officials_who_press_kirim_at_once_the_second_is_shown_the_firsts_call(
    office: OpenOffice, other: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        shown = await calling.previews(calling.tono)
        first = await asyncio.to_thread(
            Held, other, lambda session: make_call(session, TERMS, now=clock(), by="official:1")
        )
        press(calling.tono, shown, said("call-button-send"))
        await asyncio.to_thread(until_somebody_waits, other)
        call_id = await asyncio.to_thread(first.let_go)
        await calling.until(lambda: calling.tono.popups)
        assert calling.tono.popups == [said("call-other-first")]
        await calling.until(lambda: said("progress-going-on") in screen(calling.tono).text)
        assert [call.id for call in calls(office)] == [call_id]


async def test_both_press_kirim_in_the_chat_at_once(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        hers, his = await calling.previews(calling.rina), await calling.previews(calling.tono)
        for person, shown in ((calling.rina, hers), (calling.tono, his)):
            press(person, shown, said("call-button-send"))
        going_on = said("progress-going-on")
        await calling.until(lambda: all(going_on in screen(one).text for one in (calling.rina, calling.tono)))
        assert len(calls(office)) == 1
        popups = [one for one in calling.rina.popups + calling.tono.popups if one]
        assert popups == [said("call-other-first")]


# A call is called off while its messages start


@pytest.fixture
async def three(office: OpenOffice, clock: Clock, take: Import) -> Village:
    """Three with a phone each, called for tomorrow; it is three in the afternoon."""
    village = Village(office, clock, take)
    village.receive(3, phones={n: phone(n) for n in range(3)})
    await village.send()
    village.call()
    village.at(TUESDAY, 15)
    return village


def start(village: Village, slots: int, channel: Channel = Channel.SMS) -> Callable[[Session], list[Outgoing]]:
    """A tick of the sender."""
    terms = send_terms(village.office)

    def tick(session: Session) -> list[Outgoing]:
        return start_messages(session, channel, slots=slots, held=(), turn=Turn(), now=village.clock(), terms=terms)

    return tick


def arrive(village: Village, started: list[Outgoing]) -> list[str]:
    sent = {one.attempt_id: Sent(f"sms-{one.attempt_id}") for one in started}
    act(village.office, record_outcomes, sent, now=village.clock(), jitter=lambda: 0.0)
    return sorted(one.address for one in started)


def call_off(village: Village) -> None:
    [call] = calls(village.office)
    act(village.office, cancel_call, call.id, now=village.clock(), by=BY)
    village.time_goes_by()


async def news(village: Village) -> list[str]:
    """Who hears by what leaves from now on that it is off; nothing else leaves."""
    village.clock.move(minutes=5)
    village.time_goes_by()
    told = await village.send()
    assert all("batal" in words.lower() or "tidak berlaku" in words.lower() for _, words in told), told
    return sorted(address for address, _ in told)


@pytest.mark.parametrize("slots", [1, 3])
async def test_who_is_being_told_while_a_call_is_called_off_hears_that_it_is_off(
    three: Village, other: OpenOffice, slots: int
) -> None:
    tick = Held(other, start(three, slots))
    calling_off = asyncio.create_task(asyncio.to_thread(call_off, three))
    await asyncio.to_thread(until_somebody_waits, other)
    started = tick.let_go()
    await calling_off
    assert len(started) == slots
    told = arrive(three, started)
    assert await news(three) == told
    assert three.days() == {None: 3}


async def test_what_started_just_before_a_call_was_off_for_all_to_see_is_taken_back_too(
    three: Village, other: OpenOffice
) -> None:
    [call] = calls(three.office)
    off = Held(other, lambda session: cancel_call(session, call.id, now=three.clock(), by=BY))
    started = three.office.write(start(three, 2))
    off.let_go()
    told = arrive(three, started)
    three.time_goes_by()
    assert len(told) == 2 and await news(three) == told


async def test_who_was_told_in_vain_while_it_was_called_off_hears_nothing_of_it(
    office: OpenOffice, other: OpenOffice, clock: Clock, take: Import
) -> None:
    three = Village(office, clock, take)
    [nik] = three.receive(1, phones={0: phone(0)})
    link(office, nik, CHAT, clock)
    await three.send()
    three.call()
    three.at(TUESDAY, 15)
    tick = Held(other, start(three, 1, Channel.TELEGRAM))
    calling_off = asyncio.create_task(asyncio.to_thread(call_off, three))
    await asyncio.to_thread(until_somebody_waits, other)
    [started] = tick.let_go()
    await calling_off
    act(three.office, record_outcomes, {started.attempt_id: OptedOut("blocked")}, now=clock(), jitter=lambda: 0.0)
    assert await news(three) == []


async def test_a_call_that_is_called_off_while_the_sender_works_is_off_for_whoever_was_told(
    office: OpenOffice, other: OpenOffice, clock: Clock, take: Import
) -> None:
    village = Village(office, clock, take)
    village.receive(80, phones={n: phone(n) for n in range(80)})
    await village.send()
    village.call()
    village.at(TUESDAY, 15)
    before = len(village.sms.given)
    sending = asyncio.create_task(village.send())
    await asyncio.to_thread(until, lambda: len(village.sms.given) >= before + 10)
    [call] = calls(other)
    await asyncio.to_thread(act, other, cancel_call, call.id, now=clock(), by=BY)
    told = sorted(address for address, _ in await sending)
    village.time_goes_by()
    assert 10 <= len(told) < 80 and await news(village) == told


async def test_while_days_are_taken_back_nothing_of_the_call_starts(three: Village, other: OpenOffice) -> None:
    [call] = calls(three.office)
    act(three.office, cancel_call, call.id, now=three.clock(), by=BY)
    taking = Held(other, lambda session: continue_calls(session, now=three.clock()))
    assert three.office.write(start(three, 3)) == []
    taking.let_go()
    assert await news(three) == []


# A card is handed over while a call gives it a day


def without_days(village: Village) -> None:
    """As a change leaves them until their turn comes."""

    def clear(session: Session) -> None:
        session.execute(update(Card).where(Card.pickup_point == HERE).values(pickup_on=None))

    act(village.office, clear)


def hand_over(village: Village, *numbers: int) -> Callable[[Session], Given]:
    return lambda session: hand_over_numbers(session, HERE, numbers, Taken.SELF, now=village.clock(), by=BY)


def stage_and_day(village: Village) -> list[tuple[Stage, object]]:
    return [(card.stage, card.pickup_on) for card in village.cards()]


_READY = (Stage.READY_FOR_PICKUP, WEDNESDAY)


async def test_who_takes_her_card_while_days_are_given_gets_none_and_hears_nothing(
    three: Village, other: OpenOffice
) -> None:
    without_days(three)
    handing = Held(other, hand_over(three, 2))
    giving = asyncio.create_task(asyncio.to_thread(three.carry_on))
    await asyncio.to_thread(until_somebody_waits, other)
    handing.let_go()
    await giving
    assert stage_and_day(three) == [_READY, (Stage.HANDED_OVER, None), _READY]
    assert sorted(address for address, _ in await three.send()) == [phone(0), phone(2)]


async def test_a_hand_over_waits_for_the_days_that_are_given_and_then_nothing_is_said(
    three: Village, other: OpenOffice
) -> None:
    without_days(three)
    giving = Held(other, lambda session: continue_calls(session, now=three.clock()))
    handing = asyncio.create_task(asyncio.to_thread(three.office.write, hand_over(three, 3, 1)))
    await asyncio.to_thread(until_somebody_waits, other)
    giving.let_go()
    given = await handing
    assert given.done == (1, 3)
    assert [stage for stage, _ in stage_and_day(three)] == [
        Stage.HANDED_OVER,
        Stage.READY_FOR_PICKUP,
        Stage.HANDED_OVER,
    ]
    assert [address for address, _ in await three.send()] == [phone(1)]


async def test_a_card_that_is_handed_over_while_a_call_is_made_is_not_in_it(
    office: OpenOffice, other: OpenOffice, clock: Clock, take: Import
) -> None:
    village = Village(office, clock, take)
    village.receive(3)
    handing = Held(other, hand_over(village, 1))
    calling = asyncio.create_task(asyncio.to_thread(village.call))
    await asyncio.to_thread(until_somebody_waits, other)
    handing.let_go()
    call_id = await calling
    assert village.view(call_id).totals.people == 2
    assert stage_and_day(village) == [(Stage.HANDED_OVER, None), _READY, _READY]
