"""What people would ask at the counter's window: when it is open, where it is, what to bring."""

from datetime import UTC, datetime

import pytest

from core.actions.cards import move_card_of
from core.actions.letters import letter_ready
from core.actions.suspensions import suspend
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.hours import Hours
from core.rules.suspension import Cause, Service
from core.wording.rehearsal import LONGEST_OFFICE
from tests.bot_world import W, bot_world
from tests.offices import BUDI, BUDI_RECEIPT, SITI, act
from tests.test_bot_linking import link

HOUSE = {
    "hours": Hours.read("Senin-Kamis 08.00-15.00, Jumat 08.00-11.00"),
    "address": "Jl. Panglima Polim 1, Bojonegoro",
}
#: Wednesday, two days before Christmas: 10.00 in Bojonegoro.
WEDNESDAY = datetime(2026, 12, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "asked",
    ["/jam", "jam", "Jam buka?", "buka jam berapa ya pak", "/alamat", "kantornya di mana", "hari sabtu buka nggak?"],
)
async def test_the_hours_the_address_and_the_days_closed_are_told_however_they_are_asked_for(office, clock, asked):
    clock.now = WEDNESDAY
    async with bot_world(office, clock, house=HOUSE) as world:
        siti = world.start().person("Siti")
        said = await world.says(siti, asked)
        assert "Senin-Kamis 08.00-15.00, Jumat 08.00-11.00 WIB\nAlamat: Jl. Panglima Polim 1, Bojonegoro" in said
        assert "Sekarang buka, sampai pukul 15.00 WIB." in said
        assert "Tutup Kamis 24/12: cuti bersama Hari Raya Natal.\nTutup Jumat 25/12: Hari Raya Natal." in said
        assert said.endswith("Layanan ini GRATIS.")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"hours": -3}, "Sekarang tutup; buka hari ini pukul 08.00 WIB."),
        ({"hours": 6}, "Sekarang tutup; buka lagi Senin 28/12 pukul 08.00 WIB."),
        ({"days": 2}, "Sekarang tutup; buka lagi Senin 28/12 pukul 08.00 WIB."),
        ({"days": -1, "hours": 6}, "Sekarang tutup; buka besok, Rabu 23/12, pukul 08.00 WIB."),
    ],
)
async def test_while_it_is_closed_people_hear_when_it_opens(office, clock, step, said):
    clock.now = WEDNESDAY
    clock.move(**step)
    async with bot_world(office, clock, house=HOUSE) as world:
        assert said in await world.says(world.start().person("Siti"), "/jam")


async def test_hours_that_cannot_be_read_are_shown_as_they_are_and_an_address_not_set_is_left_out(office, clock):
    async with bot_world(office, clock, house={"hours": Hours.shown_only("setiap hari kerja")}) as world:
        said = await world.says(world.start().person("Siti"), "/jam")
        assert "\n\nsetiap hari kerja WIB\n\nYang menjawab" in said
        assert "Alamat" not in said and "Sekarang" not in said


async def test_the_hours_of_the_settings_stand_in_every_answer(office, clock):
    async with bot_world(office, clock, house=HOUSE) as world:
        assert "Jumat 08.00-11.00" in await world.says(world.start().person("Siti"), "/start")


async def test_whoever_is_about_to_come_hears_that_the_office_closes(office, clock):
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    line = "Kantor tutup Kamis 24/12 (cuti bersama Hari Raya Natal); buka lagi Senin 28/12."
    clock.now = WEDNESDAY
    async with bot_world(office, clock, house=HOUSE) as world:
        siti = world.start().person("Siti")
        assert line in await world.says(siti, SITI)
        await link(world, siti)
        assert line in await world.says(siti, SITI)
        assert line in await world.says(siti, "/bawa")
        clock.move(days=5)
        assert "Kantor tutup" not in await world.says(siti, SITI)


async def test_nobody_else_is_bothered_with_it(office, clock):
    clock.now = WEDNESDAY
    async with bot_world(office, clock, house=HOUSE) as world:
        assert "tutup" not in await world.says(world.start().person("Siti"), SITI)


@pytest.mark.parametrize("asked", ["/bawa", "bawa apa", "Apa yang dibawa?", "syarat", "persyaratannya apa saja"])
async def test_what_to_bring_is_told_however_it_is_asked_for(office, clock, asked):
    async with bot_world(office, clock) as world:
        said = await world.says(world.start().person("Siti"), asked)
        assert said.startswith("YANG PERLU DIBAWA\n\nMengambil KTP-el: resi atau suket asli, dan KK.")
        assert "anggota keluarga dalam satu KK" in said and said.endswith("Semuanya GRATIS, tanpa perantara.")


async def test_the_button_says_it_for_each_card_of_the_family(office, clock):
    act(office, letter_ready, SITI, LetterKind.SUKET, now=clock(), by="operator")
    act(office, move_card_of, BUDI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        said = await world.presses(family, "Apa yang Dibawa")
        assert "Resi berakhiran V87: belum perlu datang; mohon simpan resi baik-baik." in said
        assert "Resi berakhiran V87: Suket siap diambil di kantor Dukcapil; bawa resi dan KK." in said
        assert "Resi berakhiran K07: siap diambil di Balai Desa " in said
        act(office, suspend, [Service.PICKUP], cause=Cause.POWER, now=clock(), by="operator")
        assert "K07: sudah siap, tetapi pengambilan sedang berhenti" in await world.says(family, "/bawa")


async def test_it_interrupts_no_linking(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        await world.presses(siti, "Kabari Saya")
        assert (await world.says(siti, "bawa apa ya")).startswith("YANG PERLU DIBAWA")
        assert (await world.says(siti, "BJN-000001-V87", answers=2)).startswith("Langkah 3")


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_its_own_word_for_what_to_bring(stage):
    assert stage is Stage.CLOSED or f"bring-{stage}" in W.keys


def test_with_the_longest_names_it_is_still_one_message():
    everything = W.text("bring", kartu="x" * 1500, kantor=LONGEST_OFFICE.name, jam_kantor="y" * 80, tutup="z" * 150)
    assert len(everything) < 4096
