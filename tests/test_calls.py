"""A village calls its people: whom, what they are told and when, and who was reached."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update

from core.actions.answers import answer_notice, not_mine
from core.actions.call_chunks import continue_calls
from core.actions.calls import cancel_call, make_call, tell_again
from core.actions.suspensions import suspend
from core.actions.unasked_calls import call_unasked
from core.errors import Refused
from core.questions.calls import call_plan, open_call, reached, waiting_at
from core.questions.visits import people_to_visit
from core.rules.calls import Problem
from core.rules.delivery import Channel, GiveUp
from core.rules.notices import Answer, Kind
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from core.store.tables import Card
from core.store.words import CallState, NoticeState
from core.wording import Wording
from core.wording.notices import sms_text, telegram_text
from tests.call_world import BY, FRIDAY, HERE, MONDAY, TERMS, THURSDAY, TUESDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, act, ask
from tests.senders import terms as send_terms
from tests.test_sending import link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

CHAT = "900000009"


@pytest.fixture
def village(office: OpenOffice, clock: Clock, take: Import) -> Village:
    return Village(office, clock, take)


def test_who_waits_is_counted_and_who_has_a_day_is_not(village: Village) -> None:
    village.receive(3)
    waits = ask(village.office, waiting_at, HERE, today=TUESDAY)
    assert (waits.cards, waits.long) == (3, 0)
    later = ask(village.office, waiting_at, HERE, today=TUESDAY + timedelta(days=40))
    assert (later.cards, later.long) == (3, 3)
    village.call()
    assert ask(village.office, waiting_at, HERE, today=TUESDAY).cards == 0


async def test_everybody_is_told_once_in_the_afternoon_before_her_day_and_not_earlier(village: Village) -> None:
    niks = village.receive(3, phones={0: phone(1), 1: phone(2)})
    link(village.office, niks[1], CHAT, village.clock)
    village.call(per_day=2)
    await village.send()  # the greeting of a number that is new
    village.at(TUESDAY, 14, 59)
    assert await village.send() == []
    village.at(TUESDAY, 15)
    said = dict(await village.send())
    assert set(said) == {CHAT, phone(1)}
    assert said[CHAT].startswith("KTP-el SIAP DIAMBIL\nNomor ambil 2\n\nHari: Rabu 27/9\nPukul: 08.00-12.00\nTempat: ")
    assert "GRATIS" in said[CHAT] and "Bawa: resi atau suket asli, dan KK" in said[CHAT]
    assert ": KTP-el siap diambil Rabu 27/9, 08.00-12.00, di " in said[phone(1)]
    [outgoing] = [one for one in village.telegram.given if one.address == CHAT]
    assert [label for row in outgoing.buttons for label, _ in row] == ["Saya Datang", "Hari Lain", "Bukan Saya"]
    village.at(WEDNESDAY, 16)
    assert await village.send() == []


async def test_a_place_that_was_typed_stands_in_the_message(village: Village) -> None:
    village.receive(1, phones={0: phone(1)})
    village.call(place="Rumah Pak  RT 03 – Kauman")
    village.at(TUESDAY, 16)
    said = [text for _, text in await village.send() if "siap" in text]
    assert ["di Rumah Pak RT 03 - Kauman. No." in text for text in said] == [True]


async def test_a_call_for_tomorrow_made_at_four_leaves_at_once(village: Village) -> None:
    village.receive(1, phones={0: phone(1)})
    village.at(TUESDAY, 16)
    village.call()
    assert any("siap diambil Rabu 27/9" in text for _, text in await village.send())


@pytest.mark.parametrize(
    ("first", "hour", "why"),
    [
        (TUESDAY, 9, "told of its first day in time any more; the first that works is 2017-09-27"),
        (WEDNESDAY, 18, "told of its first day in time any more; the first that works is 2017-09-28"),
        (TUESDAY - timedelta(days=1), 9, "first day is past; the first that works is 2017-09-27"),
        (FRIDAY + timedelta(days=1), 9, "nobody is served; the first that works is 2017-10-02"),
    ],
)
def test_a_first_day_that_cannot_be_is_refused_with_one_that_can(
    village: Village, first: date, hour: int, why: str
) -> None:
    village.receive(1)
    village.at(TUESDAY, hour)
    with pytest.raises(Refused, match=why):
        village.call(first_day=first)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"place": "W" * 41}, Problem.PLACE_LONG),
        ({"place": "Balai Désa ☺"}, Problem.PLACE_SIGNS),
        ({"place": "lihat bit.ly/ktp"}, Problem.PLACE_LOOKS_LIKE_FRAUD),
        ({"place": "3522990101900001"}, Problem.PLACE_LOOKS_LIKE_FRAUD),
        ({"per_day": 0}, Problem.PER_DAY),
        ({"opens": time(12), "closes": time(8)}, Problem.HOURS),
        ({"first_day": FRIDAY, "opens": time(11, 30), "closes": time(12)}, Problem.CLOSED),
    ],
)
def test_what_cannot_be_said_is_refused_and_the_plan_says_why(
    village: Village, changes: dict[str, object], problem: Problem
) -> None:
    village.receive(1)
    terms = replace(TERMS, **changes)  # type: ignore[arg-type]
    assert problem in ask(village.office, call_plan, terms, now=village.clock()).problems
    with pytest.raises(Refused, match="this call cannot be made"):
        act(village.office, make_call, terms, now=village.clock(), by=BY)
    assert village.days() == {None: 1}


def test_the_second_official_is_shown_the_first_ones_call(village: Village) -> None:
    village.receive(1)
    call_id = village.call()
    with pytest.raises(Refused, match=f"call {call_id} of {HERE} is still open"):
        village.call()
    view = ask(village.office, open_call, HERE)
    assert view is not None and (view.id, view.by, view.terms) == (call_id, BY, TERMS)
    assert village.view(call_id).totals.people == 1


def test_nobody_to_call_makes_no_call(village: Village) -> None:
    with pytest.raises(Refused, match="nobody waits there"):
        village.call()


def test_a_call_does_not_wait_for_a_card_that_arrives_later(village: Village) -> None:
    village.receive(1)
    call_id = village.call()
    village.receive(1)
    village.carry_on()
    assert village.days() == {WEDNESDAY: 1, None: 1}
    assert village.view(call_id).totals.people == 1


async def test_the_plan_counts_messages_as_they_leave(village: Village) -> None:
    niks = village.receive(5, phones={0: phone(1), 1: phone(1), 2: phone(2)})
    link(village.office, niks[2], CHAT, village.clock)
    link(village.office, niks[3], CHAT, village.clock)
    plan = ask(village.office, call_plan, TERMS, now=village.clock())
    assert plan.people == 5
    assert plan.by_channel == {Channel.TELEGRAM: 1, Channel.SMS: 1, None: 1}
    village.call()
    village.at(TUESDAY, 16)
    said = [text for _, text in await village.send() if "iap diambil" in text or "SIAP DIAMBIL" in text]
    assert len(said) == 2 and all("2 KTP-el" in text for text in said)


def test_the_preview_is_the_longest_message_and_fits(village: Village) -> None:
    village.receive(6, phones=dict.fromkeys(range(6), phone(1)))
    plan = ask(village.office, call_plan, replace(TERMS, place="W" * 40), now=village.clock())
    w, office = Wording(), send_terms(village.office).office
    assert plan.words.count == 6 and plan.words.pickup_on == WEDNESDAY
    assert len(telegram_text(w, office, plan.words)) <= 600
    assert "6 KTP-el" in sms_text(w, office, plan.words)


async def test_whom_no_message_reaches_has_her_day_and_is_on_the_villages_list(village: Village) -> None:
    village.receive(2)
    call_id = village.call()
    assert village.days() == {WEDNESDAY: 2}
    visits = ask(village.office, people_to_visit, region=HERE)
    assert [(visit.kind, visit.pickup_number, visit.pickup_on) for visit in visits] == [
        (Kind.CALLED, 1, WEDNESDAY),
        (Kind.CALLED, 2, WEDNESDAY),
    ]
    found = ask(village.office, reached, call_id)
    assert found.unreachable == 2 and found.not_reached_numbers == (1, 2)
    assert found.not_reached == ((1, WEDNESDAY), (2, WEDNESDAY))
    village.at(TUESDAY, 18)
    village.time_goes_by()
    assert village.days() == {WEDNESDAY: 2}


async def test_a_call_says_whom_it_reached_and_tells_only_the_others_again(village: Village) -> None:
    niks = village.receive(4, phones={0: phone(1), 1: phone(2)})
    link(village.office, niks[2], CHAT, village.clock)
    call_id = village.call()
    await village.send()
    village.at(TUESDAY, 15)
    village.sms.answers = [GiveUp("21211")]
    await village.send()
    [message] = [one for one in village.telegram.given if one.buttons and "SIAP" in one.text]
    act(village.office, answer_notice, message.message_id, CHAT, Answer.COMING, now=village.clock())
    found = ask(village.office, reached, call_id)
    assert (found.delivered, found.told, found.pressed, found.waiting) == (0, 2, 1, 0)
    assert found.failed == Counter({"21211": 1}) and found.unreachable == 1
    assert len(found.not_reached_numbers) == 2

    link(village.office, niks[3], CHAT, village.clock)
    village.at(TUESDAY, 20)
    assert act(village.office, tell_again, call_id, now=village.clock(), by=BY) == 1
    assert act(village.office, tell_again, call_id, now=village.clock(), by=BY) == 0
    village.at(WEDNESDAY, 8)
    said = [(chat, text) for chat, text in await village.send() if "SIAP" in text]
    assert [chat for chat, _ in said] == [CHAT] and "Nomor ambil 4" in said[0][1]
    assert [fact.details["day"] for fact in village.facts("told-again")] == ["2017-09-27"]


async def test_bukan_saya_frees_the_message_for_another_day(village: Village) -> None:
    niks = village.receive(1, phones={0: phone(1)})
    link(village.office, niks[0], CHAT, village.clock)
    village.call()
    village.at(TUESDAY, 15)
    await village.send()
    village.at(TUESDAY, 20)
    [message] = [one for one in village.telegram.given if "SIAP" in one.text]
    act(village.office, not_mine, message.message_id, CHAT, now=village.clock())
    village.at(WEDNESDAY, 9)
    village.time_goes_by()
    assert village.days() == {THURSDAY: 1}
    village.at(WEDNESDAY, 15)
    assert any("Kamis 28/9" in text for _, text in await village.send())


async def test_many_are_called_in_chunks_each_found_again_after_a_kill(village: Village) -> None:
    village.receive(330)
    call_id = act(village.office, make_call, TERMS, now=village.clock(), by=BY)
    assert village.days() == {None: 330}
    some = act(village.office, continue_calls, now=village.clock())
    assert 0 < some < 330
    village.receive(1)  # the machine was off meanwhile, and started again
    village.carry_on()
    assert village.days() == {WEDNESDAY: 100, THURSDAY: 100, FRIDAY: 100, MONDAY: 30, None: 1}
    assert Counter(one.card_id for one in village.notices()).most_common(1)[0][1] == 1
    assert village.view(call_id).totals.without_day == 0


def test_after_its_last_day_a_call_is_done_and_who_did_not_come_may_be_called_again(village: Village) -> None:
    village.receive(2)
    call_id = village.call()
    village.at(WEDNESDAY, 20)
    village.time_goes_by()
    assert village.view(call_id).state is CallState.OPEN
    village.at(THURSDAY, 6)
    village.time_goes_by()
    assert village.view(call_id).state is CallState.DONE
    assert ask(village.office, waiting_at, HERE, today=THURSDAY).cards == 2
    again = village.call(first_day=FRIDAY)
    assert village.days() == {FRIDAY: 2} and village.view(again).totals.people == 2


def waits_for_a_call(village: Village) -> None:
    query = update(Card).where(Card.pickup_point == HERE).values(awaits_call=True)
    village.office.write(lambda session: session.execute(query))


def unasked(village: Village) -> int | None:
    return act(village.office, call_unasked, now=village.clock())


def test_after_five_working_days_without_a_call_it_comes_by_itself(village: Village) -> None:
    village.receive(2)
    waits_for_a_call(village)
    village.at(MONDAY, 9)  # the fourth
    assert unasked(village) is None
    village.at(MONDAY + timedelta(days=1), 9)
    call_id = unasked(village)
    assert call_id is not None
    view = village.view(call_id)
    assert (view.by, view.terms.first_day, view.terms.per_day) == ("kabar", date(2017, 10, 4), 60)
    assert (view.terms.opens, view.terms.closes) == (time(8), time(15))
    assert unasked(village) is None
    assert not ask(village.office, lambda session: session.scalars(select(Card.id).where(Card.awaits_call)).all())


def test_no_call_comes_by_itself_where_pickup_stands_still_nor_soon_after_one_was_called_off(village: Village) -> None:
    village.receive(1)
    waits_for_a_call(village)
    village.at(date(2017, 10, 3), 9)
    act(village.office, suspend, [Service.PICKUP], cause=Cause.POWER, now=village.clock(), by="operator", region=HERE)
    assert unasked(village) is None
    with pytest.raises(Refused, match="pickup is suspended there"):
        village.call(first_day=date(2017, 10, 4))


def test_after_five_working_days_more_a_call_that_was_called_off_comes_by_itself(village: Village) -> None:
    village.receive(1)
    waits_for_a_call(village)
    village.at(TUESDAY, 9)
    call_id = village.call()
    act(village.office, cancel_call, call_id, now=village.clock(), by=BY)
    village.carry_on()
    village.at(MONDAY, 9)  # the fourth
    assert unasked(village) is None
    village.at(MONDAY + timedelta(days=1), 9)
    assert unasked(village) is not None
    assert village.days() == {date(2017, 10, 4): 1}


def test_states_that_wait_are_counted_as_waiting(village: Village) -> None:
    village.receive(1, phones={0: phone(1)})
    call_id = village.call()
    [called] = [one for one in village.notices() if one.kind is Kind.CALLED]
    assert called.state is NoticeState.WAITING and called.batch == village.view(call_id).batch
    day = village.view(call_id).days[0]
    assert (day.day, day.people, day.waiting, day.told) == (WEDNESDAY, 1, 1, 0)
