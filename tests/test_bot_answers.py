"""The buttons below a notice: coming, another day, not mine; each flow from the import to the phones, over HTTP."""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_address
from core.questions.contacts import linked_residents
from core.questions.desk import desk_list
from core.questions.visits import people_to_visit
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Answer
from core.rules.presses import Press, press_data
from core.store.tables import Card, Fact
from core.store.words import DeskKind, NoticeState
from tests.bot_world import bot_world, text
from tests.offices import BUDI, SITI, SITI_PHONE, act, ask
from tests.telling import done, notices, send
from tests.test_sending import link, ready

BUTTONS = (("Saya Datang", "Hari Lain"), ("Bukan Saya",))
OFFICE_HOURS = "Senin-Jumat 08.00-15.00"


@asynccontextmanager
async def told(office, clock, *niks):
    """The bot at work, and one phone that was just told that these cards are ready."""
    async with bot_world(office, clock) as world:
        world.phone = world.person("Keluarga", started=True)
        for nik in niks or (SITI,):
            link(office, nik, str(world.phone.id), clock)
            ready(office, nik, clock)
        await send(world)
        world.notice = world.phone.received[-1]
        yield world.start()


async def popup(world, label):
    """Press a button, wait for what pops up and until the whole update is done; return what popped up."""
    before = len(world.phone.popups)
    world.phone.press(label)
    await world.until(lambda: len(world.phone.popups) > before)
    await done(world)
    return world.phone.popups[-1]


async def pressed(world, label):
    """Press a button, and wait until the update is done."""
    before = world.simulator.telegram.requests["answerCallbackQuery"]
    world.phone.press(label)
    await world.until(lambda: world.simulator.telegram.requests["answerCallbackQuery"] > before)
    await done(world)


def answers(world):
    return [notice.answer for notice in notices(world.office)]


def facts(world):
    query = select(Fact.details).where(Fact.kind == "notice-answered").order_by(Fact.id)
    return [details["answer"] for details in ask(world.office, lambda session: session.scalars(query).all())]


def on_the_desk(world):
    return [(line.kind, line.nik) for line in ask(world.office, desk_list)]


def linked(world):
    return ask(world.office, linked_residents, Channel.TELEGRAM, str(world.phone.id))


async def test_a_ready_card_comes_with_three_buttons_on_telegram(office, clock):
    async with told(office, clock) as world:
        assert world.notice.labels == BUTTONS
        assert "tekan Hari Lain" in world.notice.text


async def test_who_says_that_she_comes_is_noted_and_sees_it(office, clock):
    async with told(office, clock) as world:
        assert await popup(world, "Saya Datang") == text("press-coming")
        assert world.notice.labels == (("✓ Saya Datang", "Hari Lain"), ("Bukan Saya",))
        assert answers(world) == [Answer.COMING]
        assert world.phone.received == [world.notice]
        assert on_the_desk(world) == []


async def test_who_comes_another_day_reads_that_the_card_waits_and_the_desk_knows(office, clock):
    async with told(office, clock) as world:
        said = await world.presses(world.phone, "Hari Lain")
        assert said == text("answer-other-day", nomor="")
        assert OFFICE_HOURS in said
        assert "nomor" not in said
        await done(world)
        assert world.notice.labels == (("Saya Datang", "✓ Hari Lain"), ("Bukan Saya",))
        assert on_the_desk(world) == [(DeskKind.OTHER_DAY, "3522••••••••0001")]


async def test_who_was_given_a_pickup_number_brings_it_another_day(office, clock):
    async with told(office, clock) as world:
        act(office, lambda session: session.execute(update(Card).values(pickup_number=347)))
        said = await world.presses(world.phone, "Hari Lain")
        assert "ke tempat dan dengan nomor ambil yang tertulis di pesan kami tadi." in said


async def test_the_last_of_several_presses_counts(office, clock):
    async with told(office, clock) as world:
        await world.presses(world.phone, "Hari Lain")
        await popup(world, "Saya Datang")
        assert (answers(world), on_the_desk(world)) == ([Answer.COMING], [])
        await world.presses(world.phone, "Hari Lain")
        assert (answers(world), len(on_the_desk(world))) == ([Answer.OTHER_DAY], 1)
        assert facts(world) == ["other-day", "coming", "other-day"]


async def test_one_press_that_comes_twice_is_noted_once_and_explained_once(office, clock, caplog):
    async with told(office, clock) as world:
        world.phone.press("Hari Lain")
        world.phone.press("Hari Lain")
        await world.until(lambda: len(world.phone.popups) == 2)
        await done(world)
        assert facts(world) == ["other-day"]
        assert len(on_the_desk(world)) == 1
        assert [message.text for message in world.phone.received[1:]] == [text("answer-other-day", nomor="")]
        assert "refused" not in caplog.text


async def test_one_press_answers_for_all_cards_of_the_message(office, clock):
    async with told(office, clock, SITI, BUDI) as world:
        assert "2 KTP-el SIAP DIAMBIL" in world.notice.text
        await world.presses(world.phone, "Hari Lain")
        assert answers(world) == [Answer.OTHER_DAY] * 2
        assert {nik for _, nik in on_the_desk(world)} == {"3522••••••••0001", "3522••••••••0002"}


async def test_a_slip_of_the_finger_closes_nothing(office, clock):
    async with told(office, clock) as world:
        await popup(world, "Saya Datang")
        assert await popup(world, "Bukan Saya") == text("press-not-mine")
        assert world.notice.labels == (("Ya, bukan saya",), ("Kembali",))
        assert linked(world) == {1}
        await pressed(world, "Kembali")
        assert world.notice.labels == (("✓ Saya Datang", "Hari Lain"), ("Bukan Saya",))
        assert (answers(world), linked(world), on_the_desk(world)) == ([Answer.COMING], {1}, [])


async def test_whose_card_it_is_not_is_left_in_peace_and_the_owner_is_told_by_sms(office, clock):
    async with told(office, clock) as world:
        await popup(world, "Bukan Saya")
        assert await world.presses(world.phone, "Ya, bukan saya") == text("answer-not-mine")
        await done(world)
        assert world.notice.labels == ()
        assert linked(world) == frozenset()
        assert on_the_desk(world) == [(DeskKind.NOT_MINE, "3522••••••••0001")]
        await send(world)
        [sms] = world.simulator.sms.inbox(SITI_PHONE)
        assert "KTP-el siap diambil" in sms.body
        clock.move(days=2)
        await send(world)
        assert len(world.simulator.sms.inbox(SITI_PHONE)) == 1


async def test_the_operators_hear_of_a_wrong_address_at_once_and_once(office, clock):
    async with bot_world(office, clock) as world:
        ani, world.phone = world.person("Ani", started=True), world.person("Bukan Siti", started=True)
        world.house["operators"] = frozenset({str(ani.id)})
        link(office, SITI, str(world.phone.id), clock)
        ready(office, SITI, clock)
        await send(world)
        world.start()
        for _ in range(2):
            world.simulator.telegram.button_pressed(
                world.phone, world.phone.received[0], press_data(1, Press.NOT_MINE_INDEED)
            )
        await world.until(lambda: world.phone.popups)
        await world.stop()
        world.start()
        assert [message.text for message in await world.told(ani, 1)] == [text("operators-not-mine", nomor="1")]


async def test_not_mine_pressed_twice_closes_once_and_is_owed_once(office, clock):
    async with told(office, clock) as world:
        for _ in range(2):
            world.simulator.telegram.button_pressed(world.phone, world.notice, press_data(1, Press.NOT_MINE_INDEED))
        await world.until(lambda: world.phone.popups)
        await done(world)
        assert world.phone.popups == [text("press-not-yours")]
        assert (facts(world), len(on_the_desk(world)), len(notices(office))) == (["not-mine"], 1, 2)


async def test_without_another_address_the_owner_is_to_be_visited(office, clock):
    async with told(office, clock, BUDI) as world:
        await popup(world, "Bukan Saya")
        await world.presses(world.phone, "Ya, bukan saya")
        assert [notice.state for notice in notices(world.office)] == [NoticeState.TOLD, NoticeState.UNREACHABLE]
        assert [visit.resident_id for visit in ask(office, people_to_visit)] == [2]


async def test_the_other_cards_of_the_account_stay(office, clock):
    async with told(office, clock, SITI) as world:
        link(office, BUDI, str(world.phone.id), clock)
        await popup(world, "Bukan Saya")
        await world.presses(world.phone, "Ya, bukan saya")
        assert linked(world) == {2}
        act(office, move_card_of, BUDI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        await send(world)
        assert world.phone.received[-1].labels == BUTTONS


async def test_a_button_of_an_address_that_was_closed_counts_no_more(office, clock):
    async with told(office, clock) as world:
        act(office, close_address, Channel.TELEGRAM, str(world.phone.id), why="stopped", now=clock(), by="resident")
        assert await popup(world, "Saya Datang") == text("press-not-yours")
        assert world.notice.labels == ()
        assert answers(world) == [None]


async def test_nobody_answers_for_a_message_that_went_to_somebody_else(office, clock):
    async with told(office, clock) as world:
        stranger = world.person("Orang lain", started=True)
        await world.says(stranger, "bantuan")
        for press in Press:
            world.simulator.telegram.button_pressed(stranger, stranger.received[-1], press_data(1, press))
        await world.until(lambda: len(stranger.popups) == len(Press))
        assert set(stranger.popups) == {text("press-not-yours")}
        assert (answers(world), linked(world), on_the_desk(world)) == ([None], {1}, [])


async def test_what_is_no_press_of_ours_is_answered_as_outdated(office, clock):
    made_up = ("n1:0:coming", "n1:99999999999:coming", "n1:1:nonsense", "n2:1:coming", "n1:1", "n1:١:coming")
    async with told(office, clock) as world:
        for data in made_up:
            world.simulator.telegram.button_pressed(world.phone, world.notice, data)
        await world.until(lambda: len(world.phone.popups) == len(made_up))
        assert set(world.phone.popups) == {text("button-outdated")}
        assert answers(world) == [None]


@pytest.mark.parametrize("label", ["Saya Datang", "Hari Lain"])
async def test_after_the_hand_over_the_buttons_say_that_it_is_over(office, clock, label):
    async with told(office, clock) as world:
        act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
        assert await world.presses(world.phone, label) == text("answer-over")
        await done(world)
        assert world.notice.labels == ()
        assert (answers(world), on_the_desk(world)) == ([None], [])


async def test_a_card_that_was_collected_needs_no_other_day(office, clock):
    async with told(office, clock) as world:
        await world.presses(world.phone, "Hari Lain")
        act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
        assert on_the_desk(world) == []


async def test_an_old_button_counts_while_the_card_waits(office, clock):
    async with told(office, clock) as world:
        clock.move(days=25)
        await popup(world, "Saya Datang")
        assert answers(world) == [Answer.COMING]


async def test_a_message_too_old_for_telegram_to_show_us_can_still_be_answered(office, clock):
    async with told(office, clock) as world:
        shown = {"chat": world.phone.as_json(), "message_id": world.notice.message_id, "date": 0}
        old = SimpleNamespace(as_json=lambda: shown)
        world.simulator.telegram.button_pressed(world.phone, old, press_data(1, Press.COMING))
        await world.until(lambda: world.phone.popups)
        await done(world)
        assert world.notice.labels[0][0] == "✓ Saya Datang"
        assert answers(world) == [Answer.COMING]


async def test_what_was_pressed_while_nobody_was_at_work_counts_afterwards(office, clock):
    async with told(office, clock) as world:
        await world.kill()
        world.phone.press("Hari Lain")
        clock.move(minutes=10)
        world.start()
        assert (await world.told(world.phone, 2))[-1].text == text("answer-other-day", nomor="")
        assert answers(world) == [Answer.OTHER_DAY]


async def test_who_was_registered_at_the_counter_can_object_in_the_first_message(office, clock):
    async with bot_world(office, clock) as world:
        world.phone = world.start().person("Bukan Siti", started=True)
        consent = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "counter"}
        act(office, add_contact, 1, Channel.TELEGRAM, str(world.phone.id), welcome=True, **consent)
        ready(office, SITI, clock)
        await send(world)
        greeting, _ = world.phone.received
        assert (greeting.text.splitlines()[0], greeting.labels) == ("TERDAFTAR UNTUK DIKABARI", (("Bukan Saya",),))
        world.simulator.telegram.button_pressed(world.phone, greeting, "n1:1:not-mine-indeed")
        await world.told(world.phone, 3)
        assert linked(world) == frozenset()
        assert on_the_desk(world) == [(DeskKind.NOT_MINE, "3522••••••••0001")]
