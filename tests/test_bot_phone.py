"""Bagikan Nomor Saya: Telegram itself says whose phone it is, and the office knows at whom the number stands."""

import pytest

from core.actions.cards import move_card_of
from core.rules.card import Stage
from tests.bot_world import bot_world, text
from tests.linking import CONSENT, link, linked, own_answer, proofs
from tests.offices import BUDI, SITI, SITI_PHONE, SITI_RECEIPT, WATI_PHONE, act
from tests.rows import everything

STRANGERS = "+6281299999999"


async def test_siti_shares_her_number_instead_of_the_receipt_and_is_linked(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", phone=SITI_PHONE)
        await world.says(siti, SITI)
        await world.presses(siti, "Kabari Saya")
        assert siti.received[-1].labels[0] == ("Bagikan Nomor Saya",)
        said = await world.presses(siti, "Bagikan Nomor Saya", answers=2)
        assert said == f"{own_answer(world)}\n\n{CONSENT}"
        assert await world.presses(siti, "Setuju") == text("consent-thanks")
        assert linked(world, siti) == {1}
        assert proofs(world) == ["phone"]
        assert "Bagikan Nomor Saya" not in str(siti.received[-1].labels)


async def test_the_button_is_there_wherever_proof_is_asked_for_and_gone_afterwards(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for said, answers in (
            ("kabari", 1),  # the NIK is asked for
            (SITI, 1),  # the receipt is
            ("BJN-000001-X99", 1),  # it is wrong
            (f"{SITI[:12]}0002", 1),
            (f"{SITI[:12]}0003", 1),
            (f"{SITI[:12]}0004", 1),  # so the receipt is asked for at once
        ):
            await world.says(siti, said, answers=answers)
            shown = "Bagikan Nomor Saya" in str(siti.received[-1].labels)
            assert shown is (said[-4:] not in ("0002", "0003"))
        await world.says(siti, "bantuan")
        assert "Bagikan Nomor Saya" not in str(siti.received[-1].labels)


@pytest.mark.parametrize("written", [SITI_PHONE, SITI_PHONE.removeprefix("+"), "+62 812-0000-0001"])
async def test_a_number_shared_unasked_proves_too_however_telegram_writes_it(office, clock, written):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert (await world.after(siti, lambda: siti.share_contact(written), answers=2)).startswith(own_answer(world))


async def test_nobodys_and_a_familys_number_get_the_same_kind_word_that_points_to_the_receipt(office, clock, take):
    shared = "+6281200009999"
    take(*(f"352299550690010{n};WARGA;35.22.15.2003;PRR;05/01/2017;{shared};YA;" for n in (1, 2)))
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for number in (STRANGERS, shared, "+6591234567", "+62353881234", "0", "bukan nomor"):
            assert await world.after(siti, lambda n=number: siti.share_contact(n)) == text("phone-proves-nothing")
        assert linked(world, siti) == frozenset()


async def test_somebody_elses_contact_and_a_forwarded_one_are_refused(office, clock):
    async with bot_world(office, clock) as world:
        budi = world.start().person("Budi")
        assert await world.after(budi, lambda: budi.share_contact(SITI_PHONE, own=False)) == text("contact-of-another")
        assert await world.after(budi, lambda: budi.share_contact(SITI_PHONE, forwarded=True)) == text("forwarded")
        assert linked(world, budi) == frozenset()


async def test_after_a_question_a_number_proves_that_card_or_nothing(office, clock):
    async with bot_world(office, clock) as world:
        wati = world.start().person("Wati", phone=WATI_PHONE)
        await world.says(wati, SITI)
        await world.presses(wati, "Kabari Saya")
        assert await world.presses(wati, "Bagikan Nomor Saya") == text("phone-proves-nothing")
        assert (await world.says(wati, SITI_RECEIPT, answers=2)).startswith(own_answer(world))
        await world.says(wati, "/start")
        said = await world.after(wati, lambda: wati.share_contact(WATI_PHONE), answers=2)
        assert said.startswith(own_answer(world, 3))


async def test_a_number_does_not_prove_a_nik_that_nobody_has(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", phone=SITI_PHONE)
        await world.says(siti, "kabari")
        await world.says(siti, "3522990101900001")
        assert await world.presses(siti, "Bagikan Nomor Saya") == text("phone-proves-nothing")


async def test_the_owners_phone_proves_while_somebody_else_locked_her_nik(office, clock):
    async with bot_world(office, clock) as world:
        stranger, siti = world.start().person("Orang asing"), world.person("Siti", phone=SITI_PHONE)
        for _ in range(5):
            await world.says(stranger, f"{SITI} BJN-000001-X99")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}")
        assert (await world.presses(siti, "Bagikan Nomor Saya", answers=2)).startswith(own_answer(world))


async def test_a_card_that_was_handed_over_is_proven_by_no_phone(office, clock):
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert await world.after(siti, lambda: siti.share_contact(SITI_PHONE)) == text("phone-proves-nothing")


async def test_who_is_linked_already_reads_her_answer_and_is_not_asked_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        assert await world.after(siti, lambda: siti.share_contact(SITI_PHONE)) == own_answer(world)
        await world.stays_silent(siti, lambda: None)


async def test_the_number_is_not_kept_and_leaves_the_chat_after_an_hour(office, clock, caplog):
    async with bot_world(office, clock) as world:
        budi = world.start().person("Budi")
        shared = budi.share_contact(STRANGERS)
        others = budi.share_contact("+6281288888888", own=False)
        await world.told(budi, 2)
        clock.move(minutes=61)
        await world.until(lambda: shared.deleted and others.deleted)
        await world.stop()
        kept = repr(everything(office)) + caplog.text
        assert not [number for number in ("81299999999", "81288888888") if number in kept]


async def test_after_another_question_her_number_is_hers_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", phone=SITI_PHONE)
        await world.says(siti, BUDI)
        assert await world.after(siti, lambda: siti.share_contact(SITI_PHONE)) == text("phone-proves-nothing")
        await world.says(siti, SITI)
        assert (await world.after(siti, lambda: siti.share_contact(SITI_PHONE), answers=2)).startswith(
            own_answer(world)
        )
