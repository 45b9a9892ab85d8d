"""Whoever reads English better chooses it once, and is spoken to in English from then on."""

import pytest

from core.actions.languages import choose_language, forget_languages
from core.questions.cards import history
from core.questions.languages import language_of
from core.rules.delivery import Channel
from tests.bot_world import OFFICE, WORDINGS, bot_world, text
from tests.offices import BUDI, SITI, SITI_PHONE, SITI_RECEIPT, WATI, WATI_PHONE, Clock, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_bot_inbox import message_from
from tests.test_sending import SITI_CHAT, link, ready

EN = WORDINGS.of("en")


def english(key: str, **values: str) -> str:
    """A text as somebody in Bojonegoro reads it who chose English."""
    return EN.text(key, **OFFICE | {"jam_kantor": "Mon-Fri 08.00-15.00"} | values)


def chosen(world, person) -> str | None:
    return ask(world.office, language_of, Channel.TELEGRAM, str(person.id))


async def choose(world, person, name: str) -> str:
    await world.says(person, "/bahasa")
    return await world.presses(person, name)


async def test_the_languages_are_offered_by_their_own_names_and_asked_for_in_all_of_them(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        asked = await world.says(spouse, "/language")
        assert asked.splitlines() == [text("language-choose"), english("language-choose")]
        assert spouse.received[-1].labels == (("Bahasa Indonesia",), ("English",))


async def test_from_the_press_on_every_answer_and_every_button_is_in_that_language(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        assert await choose(world, spouse, "English") == english("language-chosen")
        assert spouse.received[-1].labels == (("Check KTP-el", "Notify Me"), ("What to Bring", "Help"))
        assert (await world.says(spouse, SITI)).startswith("Step 3 of 6: READY TO PRINT\nSince 26 September 2017")
        assert await world.presses(spouse, "Notify Me") == english("ask-receipt")
        assert (await world.says(spouse, SITI_RECEIPT, answers=2)).endswith(english("consent", simpan="30 days"))
        assert spouse.received[-1].labels == (("I agree", "No"),)
        await world.after(spouse, lambda: (spouse.press("I agree"), spouse.press("I agree")))
        await world.until(lambda: spouse.popups)
        assert spouse.popups == [english("button-outdated")]
        assert spouse.received[-1].text == english("consent-thanks")
        assert spouse.received[-1].labels[-1] == ("Help", "Stop Notifying Me")
        assert await world.says(spouse, "what now") == english("not-understood")
        assert await world.says(spouse, "PRR") == english("answer-status-code", kode="PRR", arti=_meaning("PRR"))


def _meaning(code: str) -> str:
    return EN.text({"PRR": "code-PRINT_READY_RECORD"}[code])


async def test_a_consent_records_in_which_language_it_was_read(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await choose(world, spouse, "English")
        await world.says(spouse, f"{SITI} {SITI_RECEIPT}", answers=2)
        await choose(world, spouse, "Bahasa Indonesia")
        await world.presses(spouse, "I agree")
        added = [fact for fact in ask(office, history, 1) if fact.kind == "contact-added"][-1]
        assert added.details["text"] == EN.consent_version
        assert added.details["text"].endswith(" en")


async def test_a_keyboard_from_before_the_choice_still_works(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await world.says(spouse, "/start")
        assert await world.says(spouse, "Bantuan") == text("help")
        await choose(world, spouse, "English")
        assert await world.says(spouse, "Bantuan") == english("help")
        assert await world.says(spouse, "Cek KTP-el") == english("ask-nik")
        await choose(world, spouse, "Bahasa Indonesia")
        assert await world.says(spouse, "Notify Me") == text("ask-nik")


async def test_a_choice_outlives_a_restart_and_the_last_one_counts(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await choose(world, spouse, "Bahasa Indonesia")
        await choose(world, spouse, "English")
        await world.stop()
        world.start()
        assert await world.says(spouse, "/start") == english("welcome")
        assert chosen(world, spouse) == "en"


async def test_what_goes_wrong_is_said_in_her_language_too(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await choose(world, spouse, "English")
        broken = message_from(spouse, "help", 900)
        broken["message"]["entities"] = "broken"
        assert await world.after(spouse, lambda: world.simulator.telegram.inject(broken)) == english("apology")


async def test_a_linking_goes_on_where_it_was_in_the_new_language(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await world.says(spouse, SITI)
        assert await world.presses(spouse, "Kabari Saya") == text("ask-receipt")
        await choose(world, spouse, "English")
        assert (await world.says(spouse, SITI_RECEIPT, answers=2)).endswith(english("consent", simpan="30 days"))


@pytest.mark.parametrize(
    ("telegram_in", "hint"),
    [("id", ""), ("en", "In English: /language"), ("en-GB", "In English: /language"), ("nl", "In English: /language")],
)
async def test_who_starts_with_a_foreign_telegram_is_told_how_to_switch(office, clock, telegram_in, hint):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        spouse.user["language_code"] = telegram_in
        assert await world.says(spouse, "/start") == "\n\n".join(filter(None, (text("welcome"), hint)))


async def test_who_has_chosen_is_told_no_more_how_to(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        spouse.user["language_code"] = "en"
        await choose(world, spouse, "Bahasa Indonesia")
        assert await world.says(spouse, "/start") == text("welcome")


async def test_a_button_for_a_language_that_is_gone_is_outdated(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await world.says(spouse, "/bahasa")
        spouse.received[-1].keyboard["inline_keyboard"][1][0]["callback_data"] = "l1:xx"
        spouse.press("English")
        await world.until(lambda: spouse.popups)
        assert spouse.popups == [text("button-outdated")]
        assert chosen(world, spouse) is None


async def test_an_account_whose_language_has_no_file_any_more_is_told_in_indonesian(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        act(office, choose_language, Channel.TELEGRAM, str(spouse.id), "xx", now=clock())
        assert await world.says(spouse, "/start") == text("welcome")


async def test_in_a_group_everybody_reads_indonesian(office, clock):
    async with bot_world(office, clock) as world:
        spouse = world.start().person("Anna")
        await choose(world, spouse, "English")
        group = world.simulator.telegram.group("RT 05")
        spouse.say_in_group(group, f"/cek {SITI}")
        await world.until(lambda: group.received)
        assert group.received[-1].text == text("group-refusal")


@pytest.mark.both_databases
async def test_notices_come_in_the_language_of_the_chat(office, clock: Clock):
    link(office, SITI, SITI_CHAT, clock)
    link(office, BUDI, "900000002", clock)
    for language in ("id", "en"):
        act(office, choose_language, Channel.TELEGRAM, SITI_CHAT, language, now=clock())
    telegram = FakeChannel(Channel.TELEGRAM)
    for nik in (SITI, BUDI):
        ready(office, nik, clock)
    await send_all(office, telegram, now=clock)
    texts = {outgoing.address: outgoing.text for outgoing in telegram.given}
    assert texts[SITI_CHAT].startswith("KTP-el READY FOR PICKUP")
    assert texts["900000002"].startswith("KTP-el SIAP DIAMBIL")


@pytest.mark.both_databases
async def test_a_phone_gets_english_only_when_the_counter_noted_it(office, clock: Clock):
    act(office, choose_language, Channel.SMS, SITI_PHONE, "en", now=clock())
    sms = FakeChannel(Channel.SMS)
    for nik in (SITI, WATI):
        ready(office, nik, clock)
    await send_all(office, sms, now=clock)
    texts = {outgoing.address: outgoing.text for outgoing in sms.given}
    assert "KTP-el ready at Balai Desa" in texts[SITI_PHONE]
    assert "KTP-el siap diambil di" in texts[WATI_PHONE]


@pytest.mark.both_databases
async def test_an_old_choice_is_forgotten_unless_somebody_is_told_there(office, clock: Clock):
    link(office, SITI, SITI_CHAT, clock)
    for chat in (SITI_CHAT, "900000002"):
        act(office, choose_language, Channel.TELEGRAM, chat, "en", now=clock())
    assert act(office, forget_languages, now=clock.move(days=364)) == 0
    assert act(office, forget_languages, now=clock.move(days=2)) == 1
    assert ask(office, language_of, Channel.TELEGRAM, SITI_CHAT) == "en"
    assert ask(office, language_of, Channel.TELEGRAM, "900000002") is None
