"""What becomes of an answer on its way."""

from datetime import timedelta

import pytest

from core.questions.contacts import linked_residents
from core.rules.delivery import Channel
from notifier.pace import Pace
from simulator import Limits
from tests.bot_world import bot_world, text
from tests.offices import SITI, SITI_RECEIPT, ask


class Told(Pace):
    """The real pace, remembering what it was told."""

    def __init__(self):
        super().__init__(per_second=10_000, per_chat_seconds=0)
        self.turns = []
        self.waits = []

    async def turn(self, address, *, answer=False):
        self.turns.append((address, answer))

    def asked_to_wait(self, address, seconds):
        self.waits.append((address, seconds))


async def test_every_answer_takes_its_turn_before_the_notices(office, clock):
    pace = Told()
    async with bot_world(office, clock, pace=pace) as world:
        siti = world.start().person("Siti")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        assert pace.turns == [(str(siti.id), True)] * 2
        await world.presses(siti, "Setuju")
        assert world.simulator.telegram.requests["answerCallbackQuery"] == 1
        assert (str(siti.id), False) not in pace.turns


async def test_a_429_is_waited_for_exactly_and_then_answered(office, clock):
    pace = Told()
    async with bot_world(office, clock, pace=pace) as world:
        siti = world.start().person("Siti")
        world.simulator.faults.answer("telegram", 429, retry_after=37, method="sendMessage")
        assert await world.says(siti, "bantuan") == text("help")
        assert pace.waits == [(str(siti.id), 37)]


async def test_at_telegrams_real_limits_nothing_is_refused(office, clock):
    async with bot_world(office, clock, pace=Pace(per_second=27, per_chat_seconds=1.0)) as world:
        world.simulator.telegram.limit(Limits())
        people = [world.person(f"Warga {number}") for number in range(12)]
        for person in people:
            person.say("bantuan")
        world.start()
        for person in people:
            await world.told(person, 1)
        assert world.simulator.telegram.throttled == 0


async def test_who_blocked_us_meanwhile_is_never_written_to_again(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        await world.presses(siti, "Setuju")
        siti.has_blocked = True
        siti.say(f"{SITI} {SITI_RECEIPT}")
        await world.says(budi, "bantuan")
        await world.stop()
        assert ask(office, linked_residents, Channel.TELEGRAM, str(siti.id)) == frozenset()
        assert world.waiting() == []


async def test_an_answer_that_telegram_refuses_is_skipped_and_the_next_goes_on(office, clock, caplog):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        world.simulator.faults.answer("telegram", 400, text="Bad Request: nonsense", method="sendMessage")
        assert await world.says(siti, f"{SITI} {SITI_RECEIPT}") == text("consent", simpan="30 hari")
        [refused] = [record for record in caplog.records if record.getMessage() == "a reply was refused"]
        assert (refused.inbox_id, refused.error) == (1, "TelegramBadRequest")


async def test_a_question_deleted_meanwhile_is_answered_without_quoting_it(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        siti.say(SITI).deleted = True
        world.start()
        (answer,) = await world.told(siti, 1)
        assert answer.text.startswith("Langkah 3")


@pytest.mark.parametrize("fault", ["502", "dropped before", "dropped after", "no JSON"])
async def test_a_broken_connection_is_tried_again_until_it_holds(office, clock, fault):
    async with bot_world(office, clock) as world:
        siti, faults = world.start().person("Siti"), world.simulator.faults
        {
            "502": lambda: faults.answer("telegram", 502, method="sendMessage", times=3),
            "no JSON": lambda: faults.answer("telegram", 502, body="<html>", method="sendMessage", times=3),
            "dropped before": lambda: faults.drop_before("telegram", method="sendMessage", times=3),
            "dropped after": lambda: faults.drop_after("telegram", method="sendMessage"),
        }[fault]()
        assert await world.says(siti, "bantuan") == text("help")
        await world.stop()
        assert world.runner.trouble is None


async def test_an_answer_that_nobody_can_have_for_an_hour_is_dropped(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        faults = world.simulator.faults
        faults.answer("telegram", 502, method="sendMessage", to=siti.id, times=None)
        siti.say("bantuan")
        await world.until(lambda: world.simulator.telegram.requests["sendMessage"] >= 3)
        clock.move(minutes=61)
        await world.says(budi, "bantuan")
        await world.stop()
        assert (world.waiting(), siti.received) == ([], [])


async def test_a_press_that_is_too_old_is_no_error(office, clock, caplog):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        await world.stop()
        siti.press("Setuju")
        clock.now += timedelta(minutes=5)
        world.start()
        answers = await world.told(siti, 3)
        assert answers[-1].text == text("consent-thanks")
        assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_group_that_became_a_supergroup_meanwhile_is_answered_there(office, clock):
    async with bot_world(office, clock) as world:
        siti, group = world.person("Siti"), world.simulator.telegram.group("RT 05")
        siti.say_in_group(group, SITI)
        new = group.upgrade()
        world.start()
        await world.until(lambda: new.received)
