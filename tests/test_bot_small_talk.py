"""What residents say without a NIK or a command, in their own words."""

import pytest

from core.actions.suspensions import suspend
from core.rules.receipt import grouped
from core.rules.suspension import Cause, Service
from tests.bot_world import WORDINGS, W, bot_world, text
from tests.linking import link, slip_of
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_RECEIPT, act

OPEN = text("say-suket", suket=W.text("running-letters"))


@pytest.mark.parametrize(
    "said", ["kapan ktp saya jadi", "apakah sudah jadi?", "sudah jadi belum", "Halo min, KTP sy udah jadi blm?"]
)
async def test_who_asks_whether_it_is_ready_is_asked_whose_or_told_of_her_own(office, clock, said):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert await world.says(siti, said) == text("ask-nik")
        await link(world, siti)
        assert await world.says(siti, said) == await world.says(siti, "/kartu")
        await link(world, siti, BUDI, BUDI_RECEIPT)
        assert (await world.says(siti, said)).startswith("KTP-el yang kabarnya kami kirim ke akun ini:")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("bayar berapa", "say-cost"),
        ("biaya", "say-cost"),
        ("gratis?", "say-cost"),
        ("kata pak RT bayar 50 ribu, benar?", "say-cost"),
        ("is it free?", "say-cost"),
        ("terima kasih", "say-thanks"),
        ("Makasih banyak ya bu 🙏", "say-thanks"),
        ("matur nuwun", "say-thanks"),
        ("assalamualaikum", "say-greeting"),
        ("Assalamu'alaikum wr. wb.", "say-greeting"),
        ("halo", "say-greeting"),
        ("Selamat pagi pak", "say-greeting"),
    ],
)
async def test_a_few_words_get_the_answer_that_they_want(office, clock, said, key):
    async with bot_world(office, clock) as world:
        assert await world.says(world.start().person("Siti"), said) == text(key)


@pytest.mark.parametrize("said", ["suket", "suket itu apa ya?", "cara buat surat keterangan"])
async def test_who_asks_for_a_suket_is_sent_to_the_counter_that_helps(office, clock, said):
    async with bot_world(office, clock) as world:
        assert await world.says(world.start().person("Siti"), said) == OPEN


async def test_while_no_suket_can_be_made_nobody_is_sent_for_one(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        terms = {"cause": Cause.SERVER, "now": clock(), "by": "operator"}
        act(office, suspend, [Service.LETTERS], region="35.22.15", **terms)
        assert await world.says(siti, "suket") == OPEN
        act(office, suspend, [Service.LETTERS], **terms)
        assert "Pembuatan suket sedang berhenti sejak" in await world.says(siti, "suket")


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (f"halo, ktp {SITI} sudah jadi?", "Langkah 3"),
        ("selamat pagi, buka jam berapa?", "JAM BUKA"),
        ("terima kasih, syarat suket apa saja?", "YANG PERLU DIBAWA"),
        ("halo kapan jadi, bayar berapa?", "Silakan ketik NIK"),
        ("halo, sudah jadi? 352215410190000", "Mohon maaf, itu belum dapat kami baca sebagai NIK"),
        ("halo saya mau tanya soal ktp anak saya di desa", "Mohon maaf, pesan itu belum kami pahami"),
    ],
)
async def test_what_is_asked_comes_before_how_it_is_said(office, clock, said, first):
    async with bot_world(office, clock) as world:
        assert (await world.says(world.start().person("Siti"), said)).startswith(first)


async def test_a_receipt_and_a_conversation_are_not_disturbed(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        assert await world.says(siti, "makasih") == text("say-thanks")
        assert await world.presses(siti, "Kabari Saya") == text("ask-receipt")
        for said in ("halo", "sudah jadi belum"):
            assert await world.says(siti, said) == text("ask-receipt")
        assert (await world.says(siti, SITI_RECEIPT, answers=2)).startswith("Langkah 3")


async def test_a_code_from_a_slip_is_a_code_however_kindly_it_is_sent(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        code = grouped(slip_of(world).code)
        assert await world.says(siti, f"selamat pagi {code} terima kasih") == text("ask-nik-for-receipt")


async def test_the_answer_is_in_the_language_of_the_conversation(office, clock):
    async with bot_world(office, clock) as world:
        john = world.start().person("John")
        await world.says(john, "/language")
        await world.presses(john, "English")
        assert await world.says(john, "thank you") == WORDINGS.of("en").text("say-thanks")
