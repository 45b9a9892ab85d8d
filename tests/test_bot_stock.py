"""A place in the print queue and /stok in the bot: told to everybody alike, and read over HTTP."""

from datetime import date

import pytest

from core.actions.suspensions import suspend
from core.rules.suspension import Cause, Service
from core.store.office import known_of
from tests.bot_world import bot_world, text
from tests.offices import SITI, SITI_RECEIPT, act, ask
from tests.printing import crowd, plan, printed, received
from tests.statements import statements

#: In a sentence such words are mostly a complaint about a card.
COMPLAINTS = ("ktp saya belum jadi katanya blangko habis", "blangko habis terus", "stok sabar saya habis")


def look_anew(world) -> None:
    """As the office's own chore does, now."""
    ask(world.office, lambda session: known_of(session).pop("queue picture", None))


async def test_anybody_who_asks_reads_the_place_and_the_range_and_so_does_the_owner(office, clock):
    printed(office, [40] * 10 + [45] * 10)
    crowd(office, 320)
    async with bot_world(office, clock) as world:
        siti, neighbour = world.start().person("Siti"), world.person("Tetangga")
        said = await world.says(siti, SITI)
        assert said == await world.says(neighbour, SITI)
        assert "Antrean: sekitar 320 KTP-el di depan.\nPerkiraan: 7 sampai 8 hari kerja lagi" in said
        owned = await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        assert "Antrean: sekitar 320 KTP-el di depan." in owned
        await world.presses(siti, text("button-agree"))
        for asked in (SITI, "/kartu"):
            assert "Antrean: sekitar 320 KTP-el di depan." in await world.says(siti, asked)


async def test_an_office_without_a_history_answers_as_ever(office, clock):
    crowd(office, 320)
    async with bot_world(office, clock) as world:
        said = await world.says(world.start().person("Siti"), SITI)
        assert text("running-printing") in said and "Antrean:" not in said


async def test_while_printing_is_suspended_the_place_stands_still_and_no_range_is_told(office, clock):
    printed(office, [40] * 20)
    crowd(office, 320)
    act(office, suspend, (Service.PRINTING,), cause=Cause.SERVER, now=clock(), by="operator")
    async with bot_world(office, clock) as world:
        said = await world.says(world.start().person("Siti"), SITI)
        assert "sekitar 320 KTP-el di depan.\nPencetakan sedang berhenti sejak 26 September 2017" in said
        assert "Urutan Bapak/Ibu tidak berubah." in said and "Perkiraan: " not in said


async def test_a_place_costs_no_statement_while_the_picture_is_fresh(office, clock):
    crowd(office, 20)
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        with statements() as without:
            await world.says(siti, SITI)
        printed(office, [10] * 20)
        look_anew(world)
        await world.says(siti, SITI)
        with statements() as with_place:
            assert "Perkiraan:" in await world.says(siti, SITI)
        about_cards = [[one for one in asked if "FROM card" in one] for asked in (without, with_place)]
        assert about_cards[0] == about_cards[1]
        assert not [one for one in with_place if "blank_movement" in one or "plan_card" in one]


async def test_stock_prints_queue_and_urgent_cases_are_told_to_everybody(office, clock):
    received(office, 10_000)
    printed(office, [450] * 20)
    crowd(office, 40)
    plan(office, crowd(office, 2))
    async with bot_world(office, clock) as world:
        stranger = world.start().person("Orang asing")
        said = await world.says(stranger, "/stok")
        assert said == "\n".join(
            (
                "STOK BLANGKO DAN ANTREAN CETAK",
                "",
                "Blangko (bahan kartu): 1.000 keping, 2 di antaranya sudah untuk rencana cetak.",
                "Dicetak Senin 25/9: 450 KTP-el.",
                "Menunggu dicetak: 43 KTP-el.",
                "Didahulukan karena mendesak: 0 dari 9.000 yang dicetak dalam 20 hari kerja terakhir.",
                "",
                "Nomor antrean tidak dijual; tidak ada jalur cepat. Bila ada yang menawarkan, mohon laporkan ke kantor "
                "kami.",
                "",
                "Data per 26 September 2017. Layanan ini GRATIS.",
            )
        )
        for words in ("stok", "blangko", "Stok blangko berapa min?", "sisa blanko masih ada?"):
            assert await world.says(stranger, words) == said


async def test_an_office_that_notes_nothing_says_so_and_that_no_place_is_for_sale(office, clock):
    async with bot_world(office, clock) as world:
        said = await world.says(world.start().person("Siti"), "/stok")
        assert text("stock-unknown") in said
        assert "Menunggu dicetak: 1 KTP-el." in said and "Nomor antrean tidak dijual" in said
        assert "Dicetak" not in said and "mendesak" not in said


async def test_the_stock_says_since_when_printing_is_suspended_everywhere(office, clock):
    act(office, suspend, (Service.PRINTING,), cause=Cause.SERVER, now=clock(), by="operator", until=date(2017, 10, 2))
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert "Pencetakan sedang berhenti sejak 26 September 2017 karena gangguan server. Perkiraan pulih:" in (
            await world.says(siti, "/stok")
        )


async def test_a_stop_of_letters_or_of_one_district_is_no_stop_of_printing(office, clock):
    act(office, suspend, (Service.LETTERS,), cause=Cause.SERVER, now=clock(), by="operator")
    act(office, suspend, (Service.PRINTING,), cause=Cause.SERVER, now=clock(), by="operator", region="35.22.01")
    async with bot_world(office, clock) as world:
        assert "berhenti" not in await world.says(world.start().person("Siti"), "/stok")


async def test_yesterday_is_the_last_working_day(office, clock):
    printed(office, [450] * 20)
    clock.move(days=-1)  # Monday
    async with bot_world(office, clock) as world:
        assert "Dicetak Jumat 22/9: 450 KTP-el." in await world.says(world.start().person("Siti"), "/stok")


@pytest.mark.parametrize("said", COMPLAINTS)
async def test_a_complaint_that_names_blanks_is_not_answered_with_figures(office, clock, said):
    async with bot_world(office, clock) as world:
        assert "STOK BLANGKO" not in await world.says(world.start().person("Siti"), said)


async def test_the_stock_leaves_what_is_going_on_as_it_is(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, "Kabari Saya")
        await world.says(siti, "/stok")
        assert await world.says(siti, SITI) == text("ask-receipt")
