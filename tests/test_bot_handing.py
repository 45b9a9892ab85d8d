"""Serah terima: numbers typed for as long as she likes, each line answered at once, and the day's record on paper."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.questions.handed import handed_on
from core.rules.card import Stage
from core.rules.officials import Role
from core.store.official_tables import Official
from core.store.tables import Card, Fact
from core.store.words import Taken
from tests.bot_world import W, bot_world, text
from tests.boxing import KAUMAN, bring, in_box, pack, printed
from tests.listings import kinds
from tests.offices import BUDI, Clock, act, ask
from tests.official_world import ELSEWHERE, REGENCY, VILLAGE, appoint, presses, screen
from tests.papers import written

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

HAND, NOTE, UNDO, END, RECORD = (
    text(key) for key in ("deed-hand", "button-hand-note", "button-undo", "button-hand-end", "button-hand-record")
)
SELF, FAMILY = W.text("taken-self"), W.text("taken-family")


@pytest.fixture
def box(office, take, clock):
    """Thirty cards wait in Kauman for a call, with the numbers 1 to 30."""
    printed(take, 29)
    box = pack(office, clock)
    bring(office, clock, box, tell=False, awaits_call=True)
    clock.move(hours=1)
    return box


async def hands(world, person, role=Role.VILLAGE, region=VILLAGE):
    appoint(world.office, person, role, region, now=world.clock())
    await world.says(person, "/petugas")
    return (await presses(world, person, HAND)).text


def gone(office, box):
    return [one.pickup_number for one in in_box(office, box) if one.stage is Stage.HANDED_OVER]


def count_facts(office):
    return ask(office, lambda session: len(session.scalars(select(Fact.id)).all()))


async def test_each_line_is_answered_at_once(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        assert "30 KTP-el menunggu" in await hands(world, rina)
        assert await world.says(rina, "7") == f"✓ 7: {SELF}"
        assert await world.says(rina, "8 9 keluarga") == text("hand-done-many", jumlah=2, cara=FAMILY, nomor="8-9")
        said = await world.says(rina, "7, 10, 77")
        assert said == f"✓ 10: {SELF}\n{text('hand-already', nomor='7')}\n{text('hand-unknown', nomor='77')}"
        assert await world.says(rina, "11 titip RT") == f"✓ 11: {W.text('taken-left-with-rt')}"
        assert await world.says(rina, "12 diantar") == f"✓ 12: {W.text('taken-brought-home')}"
        assert gone(office, box) == [7, 8, 9, 10, 11, 12]
        assert kinds(office) == []


async def test_what_is_typed_twice_is_noted_once(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "7")
        before = count_facts(office)
        assert await world.says(rina, "7") == text("hand-already", nomor="7")
        assert count_facts(office) == before


async def test_a_message_that_telegram_brings_twice_is_noted_once(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        message = rina.say("7").as_json()
        await world.until(lambda: screen(rina).text == f"✓ 7: {SELF}")
        before = count_facts(office)
        world.simulator.telegram.inject({"update_id": 999_999_999, "message": message})
        await world.until(lambda: screen(rina).text == text("hand-already", nomor="7"))
        assert count_facts(office) == before


async def test_twenty_are_shown_first_and_two_of_them_taken_back(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        shown = await world.says(rina, "1-20")
        assert "20 KTP-el: 1-20" in shown
        assert gone(office, box) == []
        said = (await presses(world, rina, NOTE)).text
        assert said == text("hand-done-many", jumlah=20, cara=SELF, nomor="1-20")
        assert gone(office, box) == list(range(1, 21))
        clock.move(minutes=9)
        assert await world.says(rina, "batal 7 12") == text("hand-back", nomor="7, 12")
        assert gone(office, box) == [one for one in range(1, 21) if one not in (7, 12)]
        assert await world.says(rina, "batal 7 99") == "\n".join(
            (text("hand-gone", nomor="7"), text("hand-never", nomor="99"))
        )
        waiting = [one for one in in_box(office, box) if one.pickup_number in (7, 12)]
        assert [one.awaits_call for one in waiting] == [True, True]


async def test_the_button_below_an_answer_takes_it_back_once(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "1 2 keluarga")
        answer = screen(rina)
        assert (await presses(world, rina, UNDO)).text == text("hand-back", nomor="1-2")
        assert gone(office, box) == []
        data = f"d1:hand:undo:{max(ask(office, lambda session: session.scalars(select(Fact.id)).all()))}"
        with world.simulator.telegram.lock:
            world.simulator.telegram.button_pressed(rina, answer, data)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("button-outdated")]  # the fact of a card is no act


async def test_an_undo_that_comes_twice_says_so(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "1 2")
        shown = screen(rina)
        rina.press(UNDO)
        rina.press_below(shown.message_id, row=0, column=0)
        await world.until(lambda: text("press-undo-gone") in rina.popups)
        assert screen(rina).text == text("hand-back", nomor="1-2")


async def test_after_ten_minutes_a_hand_over_stays(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "1")
        clock.move(minutes=10, seconds=1)
        rina.press(UNDO)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("press-undo-late")]
        assert await world.says(rina, "batal 1") == text("hand-late", nomor="1")
        assert gone(office, box) == [1]


@pytest.mark.parametrize(("word", "taken"), [("pindah", Taken.MOVED), ("meninggal", Taken.DIED)])
async def test_a_card_is_closed_by_a_press_and_nobody_is_told(office, clock: Clock, box, word, taken):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        closed = in_box(office, box)[2].id
        shown = await world.says(rina, f"3 {word}")
        assert shown == text("hand-confirm-close", nomor="3", cara=W.text(f"taken-{taken}"))
        button = screen(rina)
        rina.press(NOTE)
        rina.press_below(button.message_id, row=0, column=0)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("press-noted")]
        card = ask(office, lambda session: session.get(Card, closed))
        assert (card.stage, card.taken) == (Stage.CLOSED, taken)
        assert kinds(office) == []
        assert (await presses(world, rina, UNDO)).text == text("hand-back", nomor="3")
        card = ask(office, lambda session: session.get(Card, closed))
        assert (card.stage, card.pickup_number, card.pickup_point) == (Stage.READY_FOR_PICKUP, 3, KAUMAN)


async def test_a_typing_error_is_told_to_the_word_and_nothing_is_noted(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        assert text("list-unknown", kata="tetangga") in await world.says(rina, "7 tetangga")
        assert text("list-of-rt", kata="rt 03") in await world.says(rina, "7 titip RT 03")
        assert await world.says(rina, "semua") == text("hand-no-all")
        assert gone(office, box) == []
        assert await world.says(rina, "7") == f"✓ 7: {SELF}"


async def test_many_short_numbers_are_no_nik_and_a_nik_is_not_a_number(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        assert "6 KTP-el" in await world.says(rina, "11 12 13 14 15 016")
        assert BUDI not in await world.says(rina, BUDI)
        assert gone(office, box) == []


async def test_two_officials_at_the_same_moment_hand_a_card_over_once(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina, dewi = world.person("Rina"), world.person("Dewi")
        world.start()
        await hands(world, rina)
        await hands(world, dewi)
        rina.say("7 8")
        dewi.say("8 7")
        done = text("hand-done-many", jumlah=2, cara=SELF, nomor="7-8")
        already = text("hand-already", nomor="7-8")
        await world.until(lambda: {screen(rina).text, screen(dewi).text} == {done, already})
        assert gone(office, box) == [7, 8]


async def test_another_villages_official_hands_nothing_over(office, take, clock: Clock, box):
    printed(take, 1, village=ELSEWHERE, first=40)
    bring(office, clock, pack(office, clock, point=ELSEWHERE), tell=False)
    async with bot_world(office, clock) as world:
        rina, stranger = world.person("Rina"), world.person("Stranger")
        world.start()
        await hands(world, rina)
        await hands(world, stranger, region=ELSEWHERE)
        assert await world.says(stranger, "7") == text("hand-unknown", nomor="7")
        await world.says(rina, "7")
        act_id = ask(office, lambda session: session.scalars(select(Fact.id).where(Fact.kind == "cards-handed")).one())
        menu = screen(stranger)
        ticket = menu.keyboard["inline_keyboard"][0][0]["callback_data"].rpartition(":")[2]
        with world.simulator.telegram.lock:
            for data in (f"d1:hand:undo:{act_id}", f"o1:hand:home:{KAUMAN}:{ticket}", f"o1:hand:note:1:{ticket}"):
                world.simulator.telegram.button_pressed(stranger, menu, data)
        await world.until(lambda: len(stranger.popups) == 3)
        assert set(stranger.popups) == {text("button-outdated")}
        assert gone(office, box) == [7]


async def test_whoever_is_removed_in_the_middle_hands_nothing_over_any_more(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "7")
        act(office, lambda session: session.execute(update(Official).values(removed_at=clock())))
        assert await world.says(rina, "8") == text("not-understood")
        rina.press(UNDO)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("button-outdated")]
        assert gone(office, box) == [7]


async def test_a_restart_in_the_middle_goes_unnoticed(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "1-6")
        await world.stop()
        rina.press(NOTE)
        world.start()
        await world.until(lambda: "6 KTP-el" in screen(rina).text and "✓" in screen(rina).text)
        await world.kill()
        rina.say("7")
        world.start()
        await world.until(lambda: screen(rina).text == f"✓ 7: {SELF}")
        assert gone(office, box) == [1, 2, 3, 4, 5, 6, 7]


async def test_after_a_long_silence_what_she_types_is_asked_about_and_kept(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        clock.move(hours=2)
        asked = await world.says(rina, "7 keluarga")
        assert asked.startswith("7 belum dicatat")
        assert gone(office, box) == []
        assert (await presses(world, rina, text("button-hand-again"))).text == f"✓ 7: {FAMILY}"
        assert await world.says(rina, "8") == f"✓ 8: {SELF}"


async def test_what_an_official_asks_as_anybody_does_is_answered_as_anybodys(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina, siti = world.person("Rina"), world.person("Siti")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        for asked in ("sudah 2 tahun belum jadi", "jam buka", "semua gratis?", "3522 0102"):
            assert await world.says(rina, asked) == await world.says(siti, asked)


async def test_numbers_of_a_resident_mean_nothing(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.start()
        assert await world.says(siti, "7") == text("not-understood")


async def test_whoever_serves_several_places_chooses_one(office, take, clock: Clock, box):
    printed(take, 2, village=ELSEWHERE, first=40)
    other = pack(office, clock, point=ELSEWHERE)
    bring(office, clock, other, tell=False)
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.start()
        assert await hands(world, official, role=Role.OFFICE, region=REGENCY) == text("which-point")
        [label] = [one for row in screen(official).labels for one in row if "2 menunggu" in one]
        await presses(world, official, label)
        assert await world.says(official, "1") == f"✓ 1: {SELF}"
        assert (gone(office, other), gone(office, box)) == ([1], [])


async def test_at_the_end_there_is_a_record_to_print_and_sign(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        rina.press(RECORD)
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("press-record-none")]
        await world.says(rina, "1 2 keluarga")
        await world.says(rina, "3")
        answer = screen(rina).text
        ended = await world.presses(rina, END)
        assert "3 KTP-el" in ended and f"2 {FAMILY}" in ended
        assert rina.received[-2].text == answer  # it keeps its button
        rina.press(RECORD)
        await world.until(lambda: rina.received[-1].file)
        paper = rina.received[-1].file
        assert paper.name == f"berita-acara-{KAUMAN}-2017-09-26.pdf"
        lines = written(paper.content).splitlines()
        assert {"BERITA ACARA SERAH TERIMA KTP-el", "1", "2", "3", FAMILY, SELF, "petugas 1"} <= set(lines)
        assert "BUDI" not in written(paper.content) and "WARGA" not in written(paper.content)


async def test_the_record_of_a_day_is_of_that_day(office, clock: Clock, box):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        await hands(world, rina)
        await world.says(rina, "1")
        today = clock().date()
        clock.move(days=1)
        await world.says(rina, "/petugas")
        await presses(world, rina, HAND)
        await world.says(rina, "2")
        days = [[one.number for one in ask(office, handed_on, KAUMAN, today + timedelta(days=d))] for d in (0, 1)]
        assert days == [[1], [2]]
