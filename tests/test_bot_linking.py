"""Kabari Saya: proof, consent, and the end of it."""

import pytest

from core.actions.contacts import add_contact
from core.questions.cards import history
from core.rules.delivery import Channel
from tests.bot_world import W, bot_world, text
from tests.linking import CONSENT, link, linked, own_answer
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_RECEIPT, WATI, act, ask


async def test_siti_asks_proves_agrees_and_is_linked(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        assert await world.presses(siti, "Kabari Saya") == text("ask-receipt")
        assert (
            await world.says(siti, "bjn-000001 – v87".replace(" – ", "–"), answers=2)
            == f"{own_answer(world)}\n\n{CONSENT}"
        )
        assert linked(world, siti) == frozenset()
        assert await world.presses(siti, "Setuju") == text("consent-thanks")
        assert linked(world, siti) == {1}
        assert siti.received[-1].labels[-1] == ("Bantuan", "Berhenti Dikabari")
        assert siti.received[-2].labels == ()


async def test_her_consent_is_on_record(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        added = [fact for fact in ask(office, history, 1) if fact.kind == "contact-added"][-1]
        assert (added.by, added.at) == ("resident", clock())
        assert added.details == {
            "channel": "telegram",
            "proof": "receipt",
            "how": "telegram",
            "text": W.consent_version,
        }


async def test_kabari_saya_first_asks_for_nik_and_receipt(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, "/start")
        assert await world.presses(siti, "Kabari Saya") == text("ask-nik")
        assert await world.says(siti, SITI) == text("ask-receipt")
        assert (await world.says(siti, SITI_RECEIPT, answers=2)).endswith(CONSENT)


@pytest.mark.parametrize(
    "message", ["{nik} {resi}", "NIK: {nik}\nResi: {resi}", "resi {resi} nik {nik}", "{nik}, {resi}."]
)
async def test_nik_and_receipt_in_one_message_are_a_proof(office, clock, message):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        said = await world.says(siti, message.format(nik=SITI, resi=SITI_RECEIPT), answers=2)
        assert said == f"{own_answer(world)}\n\n{CONSENT}"


async def test_a_wrong_receipt_may_be_typed_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        await world.presses(siti, "Kabari Saya")
        assert await world.says(siti, BUDI_RECEIPT) == text("answer-wrong-receipt")
        assert (await world.says(siti, SITI_RECEIPT, answers=2)).endswith(CONSENT)


async def test_what_cannot_be_a_receipt_costs_no_try(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        await world.presses(siti, "Kabari Saya")
        for chatter in (
            "sebentar ya, resinya masih saya cari di lemari",
            "iya",
            "PRR",
            "😀",
            "apa itu resi 2017? " * 5,
        ):
            assert await world.says(siti, chatter) == text("ask-receipt")
        assert (await world.says(siti, SITI_RECEIPT, answers=2)).endswith(CONSENT)


async def test_who_declines_is_not_linked_and_may_still_ask(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        assert await world.presses(siti, "Tidak") == text("consent-declined")
        assert linked(world, siti) == frozenset()
        assert (await world.says(siti, SITI)).startswith("Langkah 3")


async def test_pressing_twice_links_once_and_is_answered_kindly(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        await world.after(siti, lambda: (siti.press("Setuju"), siti.press("Setuju")))
        await world.until(lambda: siti.popups)
        assert siti.popups == [text("button-outdated")]
        assert len([fact for fact in ask(office, history, 1) if fact.kind == "contact-added"]) == 1


async def test_an_old_button_does_not_agree_to_what_was_asked_later(office, clock):
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        await world.says(family, f"{SITI} {SITI_RECEIPT}", answers=2)
        old = family.received[-1]
        await world.says(family, f"{BUDI} {BUDI_RECEIPT}", answers=2)
        data = old.keyboard["inline_keyboard"][0][0]["callback_data"]
        world.simulator.telegram.button_pressed(family, old, data)
        world.simulator.telegram.button_pressed(family, old, "v0:agree")
        await world.until(lambda: len(family.popups) == 2)
        assert linked(world, family) == frozenset()
        await world.presses(family, "Setuju")
        assert linked(world, family) == {2}


async def test_a_button_of_an_hour_ago_is_too_old(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)
        clock.move(minutes=61)
        siti.press("Setuju")
        await world.until(lambda: siti.popups)
        assert linked(world, siti) == frozenset()


async def test_who_is_linked_gets_her_own_answer_by_nik_alone_and_nobody_else_does(office, clock):
    async with bot_world(office, clock) as world:
        siti, neighbour = world.start().person("Siti"), world.person("Tetangga")
        await link(world, siti)
        assert await world.says(siti, SITI) == own_answer(world)
        assert await world.says(neighbour, SITI) != own_answer(world)


async def test_who_is_linked_is_not_asked_for_consent_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        assert await world.says(siti, f"{SITI} {SITI_RECEIPT}") == own_answer(world)
        await world.stays_silent(siti, lambda: None)


async def test_a_phone_the_office_holds_is_no_telegram_contact(office, clock):
    async with bot_world(office, clock) as world:
        wati = world.start().person("Wati")
        assert "officer" not in await world.says(wati, WATI)
        assert linked(world, wati) == frozenset()


async def test_berhenti_ends_it_wherever_this_account_stands(office, clock):
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        assert await world.says(family, "/berhenti") == text("stop-nothing")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        assert linked(world, family) == {1, 2}
        assert await world.presses(family, "Berhenti Dikabari") == text("stop-done")
        assert linked(world, family) == frozenset()
        assert family.received[-1].labels == (("Cek KTP-el", "Kabari Saya"), ("Apa yang Dibawa", "Bantuan"))
        assert await world.says(family, "berhenti") == text("stop-nothing")


async def test_blocking_the_bot_is_the_end_and_unblocking_no_new_beginning(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        siti.block()
        siti.unblock()
        await world.stays_silent(siti, lambda: None)
        assert linked(world, siti) == frozenset()
        closed = [fact.details for fact in ask(office, history, 1) if fact.kind == "contact-closed"]
        assert closed == [{"channel": "telegram", "why": "opted-out"}]


async def test_after_an_hour_of_silence_a_conversation_begins_anew(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        clock.move(minutes=61)
        assert await world.presses(siti, "Kabari Saya") == text("ask-nik")


async def test_cek_ktp_leaves_the_linking(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, "/start")
        await world.presses(siti, "Kabari Saya")
        assert await world.presses(siti, "Cek KTP-el") == text("ask-nik")
        assert (await world.says(siti, SITI)).startswith("Langkah 3")


async def test_a_handed_over_card_is_shown_to_its_owner_without_asking_for_consent(office, clock, take):
    take(f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_ISSUED;05/02/2017;;;{BUDI_RECEIPT}")
    async with bot_world(office, clock) as world:
        budi = world.start().person("Budi")
        assert (await world.says(budi, f"{BUDI} {BUDI_RECEIPT}")).startswith("KTP-el SUDAH DISERAHKAN")
        await world.stays_silent(budi, lambda: None)


async def test_a_contact_added_at_the_counter_counts_at_once(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        terms = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "counter"}
        act(office, add_contact, 1, Channel.TELEGRAM, str(siti.id), **terms)
        assert await world.says(siti, SITI) == own_answer(world)
