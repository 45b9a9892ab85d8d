"""Terima kiriman: a box came; what is missing goes to the office, and nobody is told yet."""

import pytest
from sqlalchemy import select

from core.questions.desk import desk_list
from core.rules.card import Stage
from core.rules.officials import Role
from core.store.tables import Card
from core.store.words import DeskKind
from core.store.work_tables import Box
from tests.bot_world import bot_world, text
from tests.boxing import KAUMAN, bring, in_box, pack, printed
from tests.listings import kinds
from tests.offices import Clock, act, ask
from tests.official_world import DISTRICT, ELSEWHERE, REGENCY, VILLAGE, appoint, presses, screen
from tests.statements import statements

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

IN, ALL, NOTE, CALL = (text(key) for key in ("deed-in", "button-in-all", "button-in-note", "deed-call"))


async def opens(world, official, label=IN):
    await world.says(official, "/petugas")
    return (await presses(world, official, label)).text


@pytest.fixture
def box(office, take, clock):
    """Ten cards are under way to Kauman, with the numbers 1 to 10."""
    printed(take, 9)
    return pack(office, clock)


def waits(office, box):
    return [one.pickup_number for one in in_box(office, box) if one.stage is Stage.READY_FOR_PICKUP]


def buttons(person):
    return [label for row in screen(person).labels for label in row]


async def test_a_box_of_350_came_whole_and_is_noted_by_a_second_press(office, take, clock: Clock):
    printed(take, 349)
    box = pack(office, clock)
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        shown = await opens(world, rina)
        assert "1-350" in shown and "350 KTP-el" in shown
        assert text("in-missing-none") in (await presses(world, rina, ALL)).text
        assert waits(office, box) == []
        noted = (await presses(world, rina, NOTE)).text
        assert "350 KTP-el siap diambil" in noted
        assert waits(office, box) == list(range(1, 351))
        assert kinds(office) == []  # the call tells them
        assert all(one.awaits_call for one in in_box(office, box))
        assert CALL in buttons(rina)


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("semua kecuali 2, 4", [2, 4]),
        ("1-8", [9, 10]),
        ("1 s/d 3, 5-10", [4]),
        ("semua", []),
        ("٣", [1, 2, 4, 5, 6, 7, 8, 9, 10]),
    ],
)
async def test_what_is_missing_goes_to_the_office(office, clock: Clock, box, typed, missing):
    async with bot_world(office, clock, house={"operators": frozenset({"4711"})}) as world:
        rina, operator = world.person("Rina"), world.person("Operator", chat_id=4711, started=True)
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        preview = await world.says(rina, typed)
        assert f"Datang: {10 - len(missing)} KTP-el" in preview
        await presses(world, rina, NOTE)
        assert [one for one in range(1, 11) if one not in waits(office, box)] == missing
        assert [line.kind for line in ask(office, desk_list)] == [DeskKind.MISSING_CARD] * len(missing)
        if missing:
            said = (await world.told(operator, 1))[0].text
            assert f"KOTAK {box}" in said and str(missing[0]) in said
        else:
            assert operator.received == []


async def test_a_typing_error_is_told_to_the_word_and_nothing_is_noted(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        assert text("list-unknown", kata="kurang") in await world.says(rina, "kurang 4")
        assert text("in-strange", nomor="11, 77") == await world.says(rina, "semua kecuali 4 11 77")
        assert text("in-no-way") == await world.says(rina, "4 keluarga")
        assert waits(office, box) == []
        assert await world.says(rina, "bantuan") == text("help")


async def test_the_screen_before_notes_nothing_that_it_did_not_say(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        await world.says(rina, "semua kecuali 4")
        first = screen(rina)
        await world.says(rina, "semua kecuali 5")
        rina.press_below(first.message_id, row=0, column=0)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("button-outdated")]
        assert waits(office, box) == []
        await presses(world, rina, NOTE)
        assert 5 not in waits(office, box)


async def test_pressed_twice_it_is_noted_once_and_said_kindly(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        await presses(world, rina, ALL)
        shown = screen(rina)
        rina.press(NOTE)
        rina.press_below(shown.message_id, row=0, column=0)
        await world.until(lambda: "sudah dicatat" in screen(rina).text)
        assert waits(office, box) == list(range(1, 11))
        facts = ask(office, lambda session: session.scalars(select(Box.arrived_at)).all())
        assert len(facts) == 1


async def test_what_another_official_noted_at_the_same_moment_stays(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina, dewi = world.person("Rina"), world.person("Dewi")
        world.start()
        for person, role, region in ((rina, Role.VILLAGE, VILLAGE), (dewi, Role.DISTRICT, DISTRICT)):
            appoint(office, person, role, region, now=clock())
            await opens(world, person)
        await presses(world, rina, ALL)
        await world.says(dewi, "semua kecuali 4")
        rina.press(NOTE)
        dewi.press(NOTE)
        said = [lambda: "TERCATAT" in screen(rina).text, lambda: "sudah dicatat" in screen(dewi).text]
        other = [lambda: "sudah dicatat" in screen(rina).text, lambda: "TERCATAT" in screen(dewi).text]
        await world.until(lambda: all(one() for one in said) or all(one() for one in other))
        assert len(waits(office, box)) in (9, 10)


async def test_a_box_noted_at_the_office_meanwhile_is_said_to_be(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        bring(office, clock, box, tell=False, missing=[3])
        assert "sudah dicatat" in (await presses(world, rina, ALL)).text
        assert 3 not in waits(office, box)


async def test_a_card_taken_from_the_box_meanwhile_has_her_look_again(office, clock: Clock, box):
    def take_out(session):
        card = session.scalars(select(Card).where(Card.box_id == box, Card.pickup_number == 7)).one()
        card.stage, card.box_id, card.pickup_number, card.pickup_point = Stage.PRINTED, None, None, None

    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        await presses(world, rina, ALL)
        act(office, take_out)
        assert (await presses(world, rina, NOTE)).text == text("in-changed")
        assert "9 KTP-el" in (await presses(world, rina, IN)).text


async def test_another_villages_official_sees_no_box_and_makes_none_up(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        stranger = world.person("Stranger")
        world.start()
        appoint(office, stranger, Role.VILLAGE, ELSEWHERE, now=clock())
        assert await opens(world, stranger) == text("in-none")
        menu = screen(stranger).keyboard["inline_keyboard"][0][0]["callback_data"]
        ticket = menu.rpartition(":")[2]
        with world.simulator.telegram.lock:
            for forged in (f"box:{box}", f"all:{box}", f"note:{box}.1", f"home:{KAUMAN}", "box:99999999999999999999"):
                name, _, value = forged.partition(":")
                data = f"o1:in:{name}:{value}:{ticket}"
                world.simulator.telegram.button_pressed(stranger, screen(stranger), data)
        await world.until(lambda: len(stranger.popups) == 5)
        assert set(stranger.popups) == {text("button-outdated")}
        assert waits(office, box) == []


async def test_a_district_official_notes_that_a_box_only_came_by(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        dewi = world.person("Dewi")
        world.start()
        appoint(office, dewi, Role.DISTRICT, DISTRICT, now=clock())
        await opens(world, dewi)
        said = (await presses(world, dewi, text("button-in-passed"))).text
        assert said.startswith(f"Tercatat: kotak {box} sampai di kecamatan")
        passed = ask(office, lambda session: session.get(Box, box).passed_at)
        assert passed == clock()
        assert waits(office, box) == []
        await opens(world, dewi)
        assert text("button-in-passed") not in buttons(dewi)


async def test_of_several_boxes_and_places_one_is_chosen(office, take, clock: Clock, box):
    printed(take, 2, first=10)
    second = pack(office, clock)
    printed(take, 1, first=20, village=ELSEWHERE)
    pack(office, clock, point=ELSEWHERE)
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.start()
        appoint(office, official, Role.OFFICE, REGENCY, now=clock())
        assert await opens(world, official) == text("which-point")
        [label] = [one for one in buttons(official) if "2 kiriman" in one]
        shown = await presses(world, official, label)
        [label] = [one for one in buttons(official) if one.startswith(f"Kotak {second}:")]
        assert "Kotak mana" in shown.text
        assert "11-12" in (await presses(world, official, label)).text


async def test_a_restart_in_the_middle_goes_unnoticed(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        await world.says(rina, "semua kecuali 4")
        await world.stop()
        rina.press(NOTE)
        world.start()
        await world.until(lambda: "TERCATAT" in screen(rina).text)
        assert 4 not in waits(office, box)


async def test_of_a_box_of_350_sixty_came_and_all_others_are_missing_at_once(office, take, clock: Clock):
    printed(take, 349)
    box = pack(office, clock)
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await opens(world, rina)
        assert "Tidak ada: 290 KTP-el, nomor 61-350" in await world.says(rina, "1-60")
        with statements() as asked:
            await presses(world, rina, NOTE)
        about_cards = [one for one in asked if any(f" {table} " in one for table in ("card", "desk_item", "fact"))]
        assert 0 < len(about_cards) < 60  # not one for each card; the bot's own looks go on beside it
        assert waits(office, box) == list(range(1, 61))
        assert len(ask(office, desk_list)) == 290
