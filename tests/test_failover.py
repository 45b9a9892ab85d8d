"""When Telegram closes: by SMS, by another number, or on the list of people to visit; each through both providers."""

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_address
from core.actions.receipts import FINAL_RANK, note_receipt
from core.actions.unanswered import follow_up_unanswered
from core.questions.contacts import linked_residents
from core.questions.visits import people_to_visit
from core.rules.card import Stage
from core.rules.delivery import Channel, TryLater
from core.store.delivery_tables import Message
from core.store.words import NoticeState
from tests.bot_world import bot_world
from tests.offices import BUDI, SITI, SITI_PHONE, act, ask
from tests.telling import done, notices, send
from tests.test_sending import link, ready

pytestmark = pytest.mark.both_databases

SECOND_PHONE = "+6281200000077"
BLOCKED = "Forbidden: bot was blocked by the user"


def states(world):
    return [notice.state for notice in notices(world.office)]


def undelivered(world, sid):
    """The phone was off for hours, however often it was tried."""
    newest = select(Message.id).order_by(Message.id.desc()).limit(1)
    message_id = ask(world.office, lambda session: session.scalars(newest).one())
    receipt = {"provider_id": sid, "rank": FINAL_RANK, "outcome": TryLater("30003"), "resends": 0}
    assert act(world.office, note_receipt, message_id, now=world.clock(), **receipt)


def bodies(world, number=SITI_PHONE):
    return [sms.body for sms in world.simulator.sms.inbox(number)]


async def test_who_blocks_the_bot_before_it_is_said_is_told_by_sms(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        siti.block()
        siti.unblock()
        await world.says(siti, "bantuan")
        await done(world)
        await send(world)
        assert ["siap diambil" in body for body in bodies(world)] == [True]
        assert [message.text.count("SIAP DIAMBIL") for message in siti.received] == [0]


async def test_who_has_blocked_the_bot_is_told_by_sms_in_the_same_minute(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        siti.block()
        await send(world)
        assert len(bodies(world)) == 1
        assert states(world) == [NoticeState.TOLD]
        world.start()
        siti.unblock()
        await world.says(siti, "bantuan")
        assert ask(office, linked_residents, Channel.TELEGRAM, str(siti.id)) == frozenset()


async def test_a_block_that_meets_the_message_on_its_way_loses_nothing(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        world.simulator.faults.drop_after("telegram", method="sendMessage")
        world.simulator.faults.answer("telegram", 403, text=BLOCKED, method="sendMessage")
        await send(world)
        assert (len(siti.received), len(bodies(world))) == (1, 1)
        assert states(world) == [NoticeState.TOLD]


async def test_who_blocks_the_bot_while_telegram_lets_us_wait_is_told_by_sms(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        world.simulator.faults.answer("telegram", 429, retry_after=60, method="sendMessage")
        await send(world)
        siti.block()
        siti.unblock()
        await world.says(siti, "bantuan")
        clock.move(seconds=60)
        await send(world)
        assert (len(siti.received), len(bodies(world))) == (1, 1)


async def test_told_on_telegram_then_blocked_she_gets_the_sms_when_the_day_is_over(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        await send(world)
        siti.block()
        siti.unblock()
        await world.says(siti, "bantuan")
        clock.move(days=1)
        act(office, follow_up_unanswered, now=clock())
        await send(world)
        assert len(bodies(world)) == 1
        assert states(world) == [NoticeState.TOLD] * 2


async def test_whom_nothing_reaches_any_more_is_to_be_visited(office, clock):
    async with bot_world(office, clock) as world:
        budi = world.person("Budi", started=True)
        link(office, BUDI, str(budi.id), clock)
        ready(office, BUDI, clock)
        budi.block()
        await send(world)
        [visit] = ask(office, people_to_visit)
        assert (visit.resident_id, visit.nik, visit.receipt_tail) == (2, "3522••••••••0002", "K07")


async def test_who_was_told_before_the_card_went_back_is_visited_for_its_coming_again(office, clock):
    async with bot_world(office, clock) as world:
        budi = world.person("Budi", started=True)
        link(office, BUDI, str(budi.id), clock)
        ready(office, BUDI, clock)
        await send(world)
        clock.move(days=2)
        act(office, move_card_of, BUDI, Stage.SHIPPED, now=clock(), by="operator")
        ready(office, BUDI, clock)
        budi.block()
        await send(world)
        # Between the two stands the news that it went back, which nobody needs any more.
        assert states(world) == [NoticeState.TOLD, NoticeState.OVERTAKEN, NoticeState.UNREACHABLE]
        assert len(ask(office, people_to_visit)) == 1


async def test_a_second_number_is_tried_before_anybody_has_to_go_there(office, clock):
    async with bot_world(office, clock) as world:
        link(office, SITI, SECOND_PHONE, clock, channel=Channel.SMS)
        ready(office, SITI, clock)
        world.simulator.faults.answer("twilio", 400, code=21211)
        await send(world)
        assert (len(bodies(world)), len(bodies(world, SECOND_PHONE))) == (0, 1)
        assert states(world) == [NoticeState.TOLD]


async def test_a_second_account_is_tried_before_an_sms_is_paid_for(office, clock):
    async with bot_world(office, clock) as world:
        old, new = world.person("Siti lama", started=True), world.person("Siti baru", started=True)
        link(office, SITI, str(old.id), clock)
        link(office, SITI, str(new.id), clock)
        ready(office, SITI, clock)
        old.block()
        await send(world)
        assert (len(new.received), bodies(world)) == (1, [])


async def test_a_number_that_never_answers_is_left_for_the_second_one_and_not_paid_for_again(office, clock):
    async with bot_world(office, clock) as world:
        link(office, SITI, SECOND_PHONE, clock, channel=Channel.SMS)
        ready(office, SITI, clock)
        for number in (SITI_PHONE, SECOND_PHONE):
            await send(world)
            [sms] = world.simulator.sms.sent(number)
            undelivered(world, sms.sid)
        await send(world)
        assert len(world.simulator.sms.sent()) == 2
        assert states(world) == [NoticeState.UNREACHABLE]
        assert ask(office, linked_residents, Channel.SMS, SITI_PHONE) == {1}  # open for what comes later


async def test_who_stopped_and_began_again_while_telegram_let_us_wait_is_told_there(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        world.simulator.faults.answer("telegram", 429, retry_after=60, method="sendMessage")
        await send(world)
        await world.says(siti, "/berhenti")
        clock.move(seconds=60)
        link(office, SITI, str(siti.id), clock)
        await send(world)
        assert "SIAP DIAMBIL" in siti.received[-1].text
        assert bodies(world) == []


async def test_a_second_number_that_told_somebody_else_of_the_same_today_is_not_written_to_again(office, clock):
    async with bot_world(office, clock) as world:
        link(office, SITI, SECOND_PHONE, clock, channel=Channel.SMS)
        link(office, BUDI, SECOND_PHONE, clock, channel=Channel.SMS)
        ready(office, BUDI, clock)
        await send(world)
        ready(office, SITI, clock)
        world.simulator.faults.answer("twilio", 400, code=21211)
        await send(world)
        assert len(world.simulator.sms.sent()) == 1
        assert states(world) == [NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE]


async def test_when_every_number_fails_she_is_to_be_visited_once(office, clock):
    async with bot_world(office, clock) as world:
        link(office, SITI, SECOND_PHONE, clock, channel=Channel.SMS)
        ready(office, SITI, clock)
        for _ in range(2):
            world.simulator.faults.answer("twilio", 400, code=21211)
        await send(world)
        assert world.simulator.sms.sent() == []
        assert len(ask(office, people_to_visit)) == 1


async def test_two_numbers_of_one_person_get_one_message(office, clock):
    async with bot_world(office, clock) as world:
        link(office, SITI, SECOND_PHONE, clock, channel=Channel.SMS)
        ready(office, SITI, clock)
        await send(world)
        assert len(world.simulator.sms.sent()) == 1


# The first message to a number that the counter registered


def register(world, resident_id, number=SECOND_PHONE):
    consent = {"proof": "counter", "how": "counter", "text": "2026-1", "now": world.clock(), "by": "operator"}
    act(world.office, add_contact, resident_id, Channel.SMS, number, welcome=True, **consent)


def firsts(world):
    return ["didaftarkan" if "didaftarkan" in body else "siap" for body in bodies(world, SECOND_PHONE)]


async def test_a_new_number_first_hears_that_it_was_registered(office, clock):
    async with bot_world(office, clock) as world:
        clock.move(hours=10)  # at night both wait
        ready(office, SITI, clock)
        act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="operator")
        clock.move(hours=1)
        register(world, 1)
        clock.move(hours=13)
        await send(world)
        assert firsts(world) == ["didaftarkan", "siap"]


async def test_what_a_greeting_that_has_to_wait_comes_before_waits_with_it(office, clock):
    async with bot_world(office, clock) as world:
        register(world, 2)
        world.simulator.faults.answer("twilio", 429, code=20429)
        await send(world)
        ready(office, BUDI, clock)
        await send(world)
        assert firsts(world) == []
        clock.move(hours=1)
        await send(world)
        assert firsts(world) == ["didaftarkan", "siap"]


async def test_a_greeting_to_a_wrong_number_keeps_nobody_waiting(office, clock):
    async with bot_world(office, clock) as world:
        link(office, BUDI, SITI_PHONE, clock, channel=Channel.SMS)
        register(world, 2)
        ready(office, BUDI, clock)
        world.simulator.faults.answer("twilio", 400, code=21211)
        await send(world)
        assert states(world) == [NoticeState.UNREACHABLE, NoticeState.TOLD]


async def test_one_phone_of_two_people_is_greeted_once_a_day(office, clock):
    async with bot_world(office, clock) as world:
        register(world, 1)
        register(world, 2)
        await send(world)
        assert firsts(world) == ["didaftarkan"]
        assert states(world) == [NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE]
        clock.move(days=1)
        register(world, 4)
        await send(world)
        assert firsts(world) == ["didaftarkan"] * 2
        ready(office, BUDI, clock)
        await send(world)
        assert firsts(world)[-1] == "siap"


async def test_a_number_closed_before_its_greeting_left_is_not_greeted(office, clock):
    async with bot_world(office, clock) as world:
        register(world, 2)
        act(office, close_address, Channel.SMS, SECOND_PHONE, why="stopped", now=clock(), by="operator")
        ready(office, BUDI, clock)
        await send(world)
        assert world.simulator.sms.sent() == []
