"""What an account may see of itself: the story of its cards, what is held about it, and its own end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.erasing import erase_closed_addresses
from core.actions.languages import choose_language
from core.actions.showing import show_personal_data
from core.questions.cards import history
from core.questions.contacts import linked_residents
from core.questions.held import held_at
from core.questions.inbox import questions_to_delete
from core.rules.backups import KEPT_DAYS
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.held import HeldCard, HeldData, Seen
from core.rules.retention import QUESTION_KEPT, TRY_KEPT, UPDATE_KEPT
from core.store.office import seal_of
from core.store.tables import Contact
from core.wording import Wording, languages
from core.wording.held import erase_question, held_text
from core.wording.rehearsal import LONGEST_OFFICE
from tests.bot_world import W, bot_world, text
from tests.offices import BUDI, BUDI_RECEIPT, MORNING, SITI, SITI_RECEIPT, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_bot_linking import link

SECRETS = (SITI, SITI[:12], "SITI", "AMINAH", SITI_RECEIPT, "BJN", "81200000001", "Kauman")


def linked(world, person):
    return ask(world.office, linked_residents, Channel.TELEGRAM, str(person.id))


def contacts(office):
    return ask(office, lambda session: session.scalars(select(Contact).order_by(Contact.id)).all())


def facts(office, kind, resident_id=1):
    return [fact for fact in ask(office, history, resident_id) if fact.kind == kind]


async def test_the_story_is_only_for_whoever_proved_the_receipt(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        assert await world.says(siti, "/riwayat") == text("story-needs-proof")
        await link(world, siti)
        said = await world.presses(siti, "Riwayat")
        assert said.startswith("RIWAYAT KTP-el\nResi berakhiran V87\n\n5 Januari 2017: perekaman\n")
        assert said.endswith("26 September 2017: siap dicetak\n\nData per 26 September 2017. Layanan ini GRATIS.")
        assert await world.says(siti, "riwayatnya gimana ya") == said
        assert not [secret for secret in SECRETS if secret in said]


async def test_a_family_is_asked_which_story_by_the_ends_of_the_receipts(office, clock):
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        assert await world.says(family, "/riwayat") == text("story-choose")
        assert family.received[-1].labels == (("Resi berakhiran V87",), ("Resi berakhiran K07",))
        assert "sudah dicetak" in await world.presses(family, "Resi berakhiran K07")
        assert "siap dicetak" in await world.presses(family, "Resi berakhiran V87")


async def test_a_button_of_a_card_that_is_not_linked_here_any_more_tells_nothing(office, clock):
    async with bot_world(office, clock) as world:
        family, stranger = world.start().person("Keluarga"), world.person("Orang Asing")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        await world.says(family, "/riwayat")
        asked = family.received[-1]
        data = asked.keyboard["inline_keyboard"][0][0]["callback_data"]
        await world.says(family, "/berhenti")
        await world.says(stranger, "/start")
        world.simulator.telegram.button_pressed(family, asked, data)
        world.simulator.telegram.button_pressed(stranger, stranger.received[-1], data)
        await world.until(lambda: family.popups and stranger.popups)
        assert family.popups == stranger.popups == [text("button-outdated")]


async def test_what_is_held_is_told_in_kinds_and_days_and_that_it_was_told_is_noted(office, clock):
    act(office, show_personal_data, SITI, now=clock(), by="operator")
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        clock.move(days=1)
        said = await world.says(siti, "/data")
        assert "UU 27/2022" in said and said.endswith("Layanan ini GRATIS.")
        assert (
            "Resi berakhiran V87\n"
            "- di kantor: NIK, nama, desa/kelurahan, kode resi, nomor HP berakhiran 01\n"
            "- akun ini: dibuktikan dengan NIK dan resi; setuju pada 26 September 2017 lewat Telegram, naskah "
        ) in said
        assert "- disimpan sampai 30 hari setelah KTP-el diserahkan\n" in said
        assert "- dilihat petugas: 26 September 2017 (NIK, nama, nomor HP)\n" in said
        assert not [secret for secret in SECRETS if secret in said]
        [told] = facts(office, "held-data-told")
        assert (told.by, told.at) == ("resident", clock())


async def test_who_was_proven_elsewhere_too_sees_it_and_how_many_accounts_are_told(office, clock):
    async with bot_world(office, clock) as world:
        siti, child = world.start().person("Siti"), world.person("Anak")
        await link(world, siti)
        assert "- akun yang dikabari: 1; dibuktikan 1 kali, terakhir 26 September 2017\n" in (
            await world.says(siti, "/data")
        )
        clock.move(days=1)
        await link(world, child)
        await world.says(child, f"{SITI} {SITI_RECEIPT}")
        assert "- akun yang dikabari: 2; dibuktikan 2 kali, terakhir 27 September 2017\n" in (
            await world.says(siti, "/data")
        )
        assert [fact.details for fact in facts(office, "card-proven")] == [
            {"how": "receipt", "channel": "telegram"}
        ] * 2


async def test_what_stays_is_said_in_days_before_anything_is_erased(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        said = await world.says(siti, "/hapus")
        for kept in (QUESTION_KEPT, TRY_KEPT, UPDATE_KEPT, timedelta(days=KEPT_DAYS)):
            assert f"{kept.days} hari" in said.partition("Tetap ada: ")[2]
        assert f"cadangan tersegel, paling lama {KEPT_DAYS} hari" in await world.says(siti, "/data")


async def test_an_account_nobody_linked_hears_exactly_what_is_kept_of_its_questions(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        said = await world.says(siti, "data saya apa saja yang disimpan?")
        assert text("held-none") in said and "30 hari, untuk membatasi pertanyaan" in said
        assert facts(office, "held-data-told") == []


async def test_it_knows_the_language_the_messages_and_the_end_of_keeping(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        act(office, choose_language, Channel.TELEGRAM, str(siti.id), "id", now=clock())
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        await send_all(office, FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.SMS), now=clock)
        act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
        said = await world.says(siti, "/data")
        kept = "Pesan kami yang sampai ke akun ini: 1; isinya disimpan tersegel 30 hari."
        assert f"{kept}\nBahasa pilihan: Bahasa Indonesia." in said
        assert "- disimpan sampai 26 Oktober 2017" in said


async def test_whoever_stopped_hears_that_the_number_is_still_there_and_how_it_goes(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        await world.says(siti, "/berhenti")
        assert "/hapus dihapus sekarang juga" in await world.says(siti, "/data")


@pytest.mark.parametrize("language", languages())
def test_even_more_cards_than_a_family_has_fit_one_message(language):
    card = HeldCard(
        receipt_tail="WWW",
        born=True,
        receipt=True,
        phones=("01", "02", "03"),
        letters=2,
        proof="receipt",
        agreed_on=MORNING.date(),
        agreed_how="telegram",
        agreed_text="2026-2 id",
        kept_until=None,
        accounts=11,
        seen=[Seen(MORNING.date(), ("nik", "name", "phone"))] * 40,
        proven=[MORNING.date()] * 111,
    )
    held = HeldData(cards=[card] * 11, stopped=True, messages=1_000, language_chosen=True)
    w = Wording(language=language)
    said = held_text(w, LONGEST_OFFICE, held)
    told = said.count("WWW")
    assert 5 <= told < 11 and len(said) <= 4096
    assert w.text("held-more", n=str(11 - told)) in said


async def test_erasing_asks_first_and_a_no_changes_nothing(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        assert await world.says(siti, "/hapus") == erase_question(W, cards=1)
        assert await world.presses(siti, "Batal") == text("erase-kept")
        assert linked(world, siti) == {1}


async def test_a_yes_erases_the_account_wherever_it_stands_and_leaves_nothing_to_know_it_by(office, clock):
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        act(office, choose_language, Channel.TELEGRAM, str(family.id), "id", now=clock())
        await world.says(family, "hapus akun saya")
        assert await world.presses(family, "Hapus") == text("erase-done", n="2")
        index = ask(office, lambda session: seal_of(session).index(Channel.TELEGRAM, str(family.id)))
        own = [contact for contact in contacts(office) if contact.channel is Channel.TELEGRAM]
        assert [(contact.address_sealed, contact.closed_why) for contact in own] == [(b"", "erased")] * 2
        assert index not in {contact.address_index for contact in own}
        held = ask(office, held_at, Channel.TELEGRAM, str(family.id))
        assert held == HeldData(cards=[], stopped=False, messages=0, language_chosen=False)
        assert [fact.details for fact in facts(office, "contact-erased", 2)] == [{"channel": "telegram"}]
        assert text("held-none") in await world.says(family, "/data")
        assert family.received[-1].labels[0] == ("Cek KTP-el", "Kabari Saya")


async def test_a_button_of_long_ago_or_pressed_twice_erases_nothing_more(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        await world.says(siti, "/hapus")
        clock.move(minutes=61)
        siti.press("Hapus")
        await world.until(lambda: siti.popups)
        assert linked(world, siti) == {1}
        await world.says(siti, "/hapus")
        await world.after(siti, lambda: (siti.press("Hapus"), siti.press("Hapus")))
        await world.until(lambda: len(siti.popups) == 2)
        assert len(facts(office, "contact-erased")) == 1


async def test_the_questions_in_the_chat_go_at_once_and_only_hers(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        hers, his = siti.say(SITI), budi.say(BUDI)
        await world.told(siti, 1)
        await world.told(budi, 1)
        await world.says(siti, "/hapus")
        await world.presses(siti, "Hapus")
        await world.until(lambda: hers.deleted)
        await world.says(budi, "bantuan")
        assert not his.deleted
        assert len(ask(office, questions_to_delete, now=clock() + timedelta(hours=2))) == 1


async def test_what_is_still_owed_goes_by_the_next_channel(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        await world.says(siti, "/hapus")
        await world.presses(siti, "Hapus")
    telegram, sms = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.SMS)
    await send_all(office, telegram, sms, now=clock)
    assert (len(telegram.given), len(sms.given)) == (0, 1)
    assert "siap diambil" in sms.given[0].text


async def test_an_account_that_was_stopped_or_blocked_before_is_erased_too(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        siti.block()
        siti.unblock()
        await world.says(siti, "/hapus")
        assert await world.presses(siti, "Hapus") == text("erase-done", n="0")
        assert not [one for one in contacts(office) if one.channel is Channel.TELEGRAM and one.address_sealed]


async def test_erased_and_linked_again_she_is_told_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        await world.says(siti, "/hapus")
        await world.presses(siti, "Hapus")
        await link(world, siti)
        assert linked(world, siti) == {1}
        assert act(office, erase_closed_addresses, now=clock.move(days=1)) == 0
