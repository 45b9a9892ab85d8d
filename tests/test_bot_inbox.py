"""Nothing that was said is lost or answered twice, whatever breaks in between."""

import json
import logging

import pytest
from aiohttp import ClientSession

from bot.connection import Trouble
from bot.runner import BotRunner, Webhook
from bot.work import MOST_IN_HAND
from core.actions.inbox import decide, store_updates
from core.errors import Overtaken, SetupError
from tests.bot_world import bot_world, text
from tests.offices import BUDI, SITI, act


def message_from(person, said, update_id):
    message = {"message_id": update_id, "date": 1, "chat": person.as_json(), "from": person.user, "text": said}
    return {"update_id": update_id, "message": message}


async def test_quick_messages_of_one_person_are_answered_in_order(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        for said in (SITI, "Kabari Saya", "bantuan", "/berhenti"):
            siti.say(said)
        world.start()
        answers = [message.text for message in await world.told(siti, 4)]
        assert answers[0].startswith("Langkah 3")
        assert answers[1:] == [text("ask-receipt"), text("help"), text("stop-nothing")]


async def test_many_people_at_once_are_all_answered(office, clock):
    async with bot_world(office, clock) as world:
        people = [world.person(f"Warga {number}") for number in range(60)]
        for person in people:
            person.say("bantuan")
            person.say("PRR")
        world.start()
        for person in people:
            assert [m.text[:4] for m in await world.told(person, 2)] == [text("help")[:4], "Arti"]


async def test_more_than_fit_in_hand_are_all_answered(office, clock):
    async with bot_world(office, clock) as world:
        people = [world.person(f"Warga {number}") for number in range(MOST_IN_HAND + 20)]
        for person in people:
            person.say("bantuan")
        world.start()
        for person in people:
            await world.told(person, 1)


async def test_one_chat_that_must_wait_holds_up_nobody_else(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        world.simulator.faults.answer("telegram", 500, method="sendMessage", to=siti.id, times=None)
        siti.say("bantuan")
        await world.says(budi, "bantuan")
        world.simulator.faults.clear()
        await world.told(siti, 1)


async def test_a_bot_killed_between_deciding_and_sending_sends_once_at_the_next_start(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.simulator.faults.answer("telegram", 502, method="sendMessage", times=None)
        siti.say(SITI)
        world.start()
        await world.until(lambda: world.simulator.telegram.requests["sendMessage"] >= 2)
        await world.kill()
        assert siti.received == []
        world.simulator.faults.clear()
        world.start()
        await world.told(siti, 1)
        await world.stays_silent(siti, lambda: None)
        await world.stop()
        assert world.waiting() == []


async def test_a_bot_killed_between_two_replies_does_not_repeat_the_first(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.start()
        await world.says(siti, "/start")
        world.simulator.faults.on_answered = lambda _, method: (
            world.simulator.faults.answer("telegram", 502, method="sendMessage", times=None)
            if method == "sendMessage" and len(siti.received) == 2
            else None
        )
        siti.say(f"{SITI} BJN-000001-V87")
        await world.until(lambda: len(siti.received) == 2 and world.simulator.telegram.requests["sendMessage"] >= 4)
        await world.kill()
        world.simulator.faults.on_answered = None
        world.simulator.faults.clear()
        world.start()
        answers = [message.text[:7] for message in await world.told(siti, 3)]
        assert answers == ["Selamat", "Langkah", "Sebelum"]


async def test_what_was_stored_before_a_kill_is_answered_after_it(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti", started=True)
        update = message_from(siti, "bantuan", 5)
        act(office, store_updates, [(5, str(siti.id), json.dumps(update))], now=clock())
        clock.move(hours=5)
        world.start()
        await world.told(siti, 1)


async def test_an_update_that_comes_twice_is_answered_once(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        update = message_from(siti, "bantuan", 77)
        world.simulator.telegram.inject(update)
        await world.told(siti, 1)
        world.simulator.telegram.inject(update)
        await world.says(siti, "PRR")
        assert len(siti.received) == 2


async def test_numbers_that_begin_anew_after_a_quiet_week_are_not_missed(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, "bantuan")
        await world.until(lambda: not world.simulator.telegram.updates.pending)
        world.simulator.telegram.inject(message_from(siti, "PRR", 3))
        await world.told(siti, 2)


async def test_an_update_is_decided_only_once(office, clock):
    act(office, store_updates, [(5, "1", "{}")], now=clock())
    act(office, decide, 1, [])
    with pytest.raises(Overtaken):
        act(office, decide, 1, [])


async def test_what_no_handler_can_bear_is_set_aside_with_an_apology_and_the_next_is_served(office, clock, caplog):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti", started=True), world.person("Budi")
        broken = message_from(siti, "bantuan", 9)
        broken["message"]["entities"] = "rusak"
        world.simulator.telegram.inject(broken)
        siti.say("PRR")
        await world.says(budi, "bantuan")
        answers = [message.text for message in await world.told(siti, 2)]
        assert answers[0] == text("apology")
        assert answers[1].startswith("Arti kode")
        await world.stop()
        assert world.waiting() == []
        failed = [record for record in caplog.records if record.getMessage() == "an update failed"]
        assert [(record.inbox_id, record.error) for record in failed] == [(1, "ValidationError")] * 3


async def test_a_failing_handler_leaves_nothing_half_done(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        break_it = "CREATE TRIGGER broken BEFORE INSERT ON asked BEGIN SELECT RAISE(ABORT, 'broken'); END"
        office.write(lambda session: session.connection().exec_driver_sql(break_it))
        assert await world.says(siti, BUDI) == text("apology")
        questions = office.read(
            lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM question_to_delete").scalar()
        )
        assert questions == 1


async def test_telegram_away_is_said_once_and_overcome(office, clock, caplog):
    caplog.set_level(logging.INFO)
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.simulator.faults.answer("telegram", 502, method="getUpdates", times=4)
        world.simulator.faults.drop_before("telegram", method="getUpdates", times=4)
        world.start()
        await world.says(siti, "bantuan")
        assert world.runner.trouble is None
        said = [(record.getMessage(), record.code) for record in caplog.records if record.name == "kabar.bot"]
        assert len([line for line, _ in said if "cannot be reached" in line]) == 1
        assert said[-1] == ("the trouble is over", "unreachable")


async def test_a_refused_token_is_said_plainly_and_tried_again(office, clock, caplog):
    async with bot_world(office, clock) as world:
        world.simulator.faults.answer("telegram", 401, times=None)
        siti = world.start().person("Siti")
        await world.until(lambda: world.simulator.telegram.requests["getMe"] >= 3)
        assert world.runner.trouble is Trouble.TOKEN_REFUSED
        assert [record.getMessage() for record in caplog.records if "KABAR_TELEGRAM_TOKEN" in record.getMessage()]
        world.simulator.faults.clear()
        await world.says(siti, "bantuan")
        assert world.runner.trouble is None


async def test_another_poller_is_said_plainly_and_survived(office, clock, caplog):
    async with bot_world(office, clock) as world:
        world.simulator.faults.answer("telegram", 409, method="getUpdates", times=3)
        siti = world.start().person("Siti")
        await world.says(siti, "bantuan")
        assert len([record for record in caplog.records if "another program" in record.getMessage()]) >= 1


async def test_a_webhook_left_over_is_deleted_and_nothing_that_waits_is_dropped(office, clock):
    async with bot_world(office, clock) as world:
        updates = world.simulator.telegram.updates
        address = f"{world.simulator.telegram_url}/bot{world.simulator.bot_token}/setWebhook"
        async with ClientSession() as client:
            await client.post(address, json={"url": "http://127.0.0.1:9/none"})
        siti = world.person("Siti")
        siti.say("bantuan")
        world.start()
        await world.told(siti, 1)
        assert updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_a_database_that_refuses_leaves_the_updates_with_telegram(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        office.write(lambda session: session.connection().exec_driver_sql("ALTER TABLE inbox_update RENAME TO gone"))
        siti.say("bantuan")
        world.start()
        await world.until(lambda: world.simulator.telegram.requests["getUpdates"] >= 3)
        assert world.runner.trouble is Trouble.NOT_STORED
        assert world.simulator.telegram.updates.pending
        office.write(lambda session: session.connection().exec_driver_sql("ALTER TABLE gone RENAME TO inbox_update"))
        await world.told(siti, 1)


async def test_a_webhook_update_is_durable_before_it_is_confirmed(office, clock):
    async with bot_world(office, clock, webhook=Webhook("http://127.0.0.1:9/telegram/x", "rahasia")) as world:
        siti = world.start().person("Siti", started=True)
        await world.until(lambda: world.simulator.telegram.requests["setWebhook"])
        update = message_from(siti, "bantuan", 12)
        await world.runner.store.take(json.dumps(update).encode())
        await world.runner.store.take(json.dumps(update).encode())
        for nonsense in (b"", b"{", b"[]", b"7", b'{"message": {}}', b'{"update_id": "x"}', b"\xff"):
            await world.runner.store.take(nonsense)
        await world.told(siti, 1)
        await world.stop()
        assert (world.waiting(), len(siti.received)) == ([], 1)


def test_a_token_that_cannot_be_one_is_refused_without_repeating_it(office, clock):
    with pytest.raises(SetupError, match="KABAR_TELEGRAM_TOKEN") as refused:
        BotRunner(office, None, token="rahasia", pace=None, now=clock)
    assert "rahasia" not in str(refused.value)
