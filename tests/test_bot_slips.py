"""The slip from the counter: its code is typed, its QR code is scanned, and either proves whose card it is."""

import pytest

from bot.reading import link_secret_in, receipt_beside_nik, slip_code_in
from core.actions.cards import move_card_of
from core.actions.slips import draw_secrets
from core.questions.residents import resident_view
from core.rules.card import Stage
from core.rules.receipt import grouped
from core.wording.answers import locked
from tests.bot_world import W, bot_world, text
from tests.linking import CONSENT, link, linked, own_answer, proofs, scan, slip_of
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_PHONE, SITI_RECEIPT, act, ask
from tests.rows import everything

# Reading


@pytest.mark.parametrize(
    "code", ["K7M-4P2X-PR9", "k7m4p2xpr9", "K7M 4P2X PR9", "K7M.4P2X.PR9", "K7M\u20114P2X\u2011PR9"]
)
def test_the_code_of_a_slip_is_seen_in_a_sentence(code):
    assert slip_code_in(f"ini kodenya {code}, bu") == "K7M4P2XPR9"
    assert receipt_beside_nik(f"{SITI} {code}") == receipt_beside_nik(f"kode {code} nik {SITI}") == "K7M4P2XPR9"


@pytest.mark.parametrize(
    "said", ["", "bantuan", SITI, "BJN-000001-V87", "081200000001", "K7M-4P2X-PR99", "xK7M-4P2X-PR9"]
)
def test_other_words_and_numbers_are_no_slips_code(said):
    assert slip_code_in(said) is None


def test_the_secret_of_a_link_is_read_from_what_telegram_sends():
    assert link_secret_in("/start r_Ab-9_x") == link_secret_in("/start@kabar_simulator_bot r_Ab-9_x") == "Ab-9_x"
    for said in ("/start", "/start r_", "/start brosur", "r_Ab-9_x", "/start r_Ab 9", "mulai r_Ab"):
        assert link_secret_in(said) is None


# The QR code


async def test_siti_scans_her_slip_reads_everything_agrees_and_is_linked(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        assert await world.after(siti, scan(siti, drawn), answers=2) == f"{own_answer(world)}\n\n{CONSENT}"
        assert linked(world, siti) == frozenset()
        assert await world.presses(siti, "Setuju") == text("consent-thanks")
        assert linked(world, siti) == {1}
        assert proofs(world) == ["link"]


async def test_who_is_linked_scans_again_and_is_not_asked_again(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        await link(world, siti, receipt=grouped(drawn.code))
        assert await world.after(siti, scan(siti, drawn)) == own_answer(world)
        await world.stays_silent(siti, lambda: None)


async def test_unknown_replaced_and_finished_slips_get_the_same_kind_word(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        first, budis = slip_of(world), slip_of(world, BUDI)
        slip_of(world)
        act(office, move_card_of, BUDI, Stage.HANDED_OVER, now=clock(), by="operator")
        for drawn in (first, budis, draw_secrets()):
            assert await world.after(siti, scan(siti, drawn)) == text("link-unknown")


async def test_the_fifth_unknown_link_says_that_links_are_shut_here_and_nowhere_else(office, clock):
    async with bot_world(office, clock) as world:
        stranger, siti = world.start().person("Orang asing"), world.person("Siti")
        drawn = slip_of(world)
        said = [await world.after(stranger, scan(stranger, draw_secrets())) for _ in range(6)]
        assert said == [text("link-unknown")] * 4 + [text("link-locked")] * 2
        assert await world.after(stranger, scan(stranger, drawn)) == text("link-locked")
        assert (await world.says(stranger, f"{SITI} {drawn.code}", answers=2)).endswith(CONSENT)
        assert (await world.after(siti, scan(siti, drawn), answers=2)).endswith(CONSENT)
        clock.move(days=1)
        assert (await world.after(stranger, scan(stranger, drawn), answers=2)).endswith(CONSENT)


async def test_the_owners_link_opens_while_somebody_else_locked_her_nik(office, clock):
    async with bot_world(office, clock) as world:
        stranger, siti = world.start().person("Orang asing"), world.person("Siti")
        drawn = slip_of(world)
        for _ in range(5):
            await world.says(stranger, f"{SITI} {SITI_RECEIPT}")
        assert await world.says(siti, f"{SITI} {drawn.code}") == locked(W, world.runner.house.office)
        assert (await world.after(siti, scan(siti, drawn), answers=2)).startswith(own_answer(world))


async def test_a_scan_begins_anew_whatever_was_going_on(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, BUDI)
        await world.presses(siti, "Kabari Saya")
        await world.after(siti, scan(siti, slip_of(world)), answers=2)
        await world.presses(siti, "Setuju")
        assert linked(world, siti) == {1}


async def test_a_slip_lost_and_replaced_cannot_be_agreed_to_any_more(office, clock):
    async with bot_world(office, clock) as world:
        finder, siti = world.start().person("Penemu"), world.person("Siti")
        await world.after(finder, scan(finder, slip_of(world)), answers=2)
        new = slip_of(world)
        finder.press("Setuju")
        await world.until(lambda: finder.popups)
        assert finder.popups == [text("button-outdated")]
        assert linked(world, finder) == frozenset()
        await world.after(siti, scan(siti, new), answers=2)
        await world.presses(siti, "Setuju")
        assert linked(world, siti) == {1}


async def test_what_was_scanned_leaves_the_chat_after_an_hour_and_the_secret_is_nowhere(office, clock, caplog):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        await world.after(siti, scan(siti, drawn), answers=2)
        question = siti.screen[0]
        assert drawn.link in question.text
        typed = siti.say(grouped(drawn.code))
        await world.told(siti, 3)
        clock.move(minutes=61)
        await world.until(lambda: question.deleted and typed.deleted)
        await world.stop()
        assert drawn.link not in repr(everything(office)) + caplog.text
        assert drawn.code not in repr(everything(office, but=("slip",))) + caplog.text


async def test_in_the_trial_proof_reveals_nothing_and_leaves_the_chat(office, clock):
    async with bot_world(office, clock, house={"live": False}) as world:
        siti, budi, wati = (world.person(name, phone=SITI_PHONE) for name in ("Siti", "Budi", "Wati"))
        drawn = slip_of(world.start())
        said = [scan(siti, drawn)(), budi.say(drawn.code), wati.share_contact(SITI_PHONE)]
        for person in (siti, budi, wati):
            assert [message.text for message in await world.told(person, 1)] == [text("trial", akun=str(person.id))]
        clock.move(minutes=61)
        await world.until(lambda: all(message.deleted for message in said))


async def test_in_a_group_a_link_reveals_nothing(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        group = world.simulator.telegram.group("RT 05")
        drawn = slip_of(world)
        siti.say_in_group(group, f"/start@kabar_simulator_bot r_{drawn.link}")
        await world.until(lambda: group.received)
        siti.say_in_group(group, f"{SITI} {drawn.code}")
        await world.stays_silent(siti, lambda: None)
        assert [message.text for message in group.received] == [text("group-refusal")]


async def test_a_link_that_somebody_passes_on_is_not_read(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        assert await world.after(siti, lambda: siti.forward(f"/start r_{drawn.link}")) == text("forwarded")


# The code


@pytest.mark.parametrize("message", ["{nik} {resi}", "NIK {nik}\nkode resi: {resi}", "{resi} {nik}"])
async def test_nik_and_the_slips_code_in_one_message_are_a_proof(office, clock, message):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        for code in (grouped(drawn.code), drawn.code.lower(), grouped(drawn.code).replace("-", " ")):
            said = await world.says(siti, message.format(nik=SITI, resi=code), answers=2)
            assert said == f"{own_answer(world)}\n\n{CONSENT}"


async def test_after_kabari_saya_the_code_is_typed_alone(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        await world.says(siti, SITI)
        assert await world.presses(siti, "Kabari Saya") == text("ask-receipt")
        assert await world.says(siti, SITI_RECEIPT) == text("answer-wrong-receipt")
        assert (await world.says(siti, grouped(drawn.code), answers=2)).endswith(CONSENT)
        await world.presses(siti, "Setuju")
        assert proofs(world) == ["receipt"]


async def test_a_code_typed_after_a_question_belongs_to_it(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        await world.says(siti, SITI)
        assert (await world.says(siti, drawn.code, answers=2)).endswith(CONSENT)


async def test_a_code_typed_first_waits_for_the_nik(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        assert await world.says(siti, f"kode {grouped(drawn.code)}") == text("ask-nik-for-receipt")
        assert await world.says(siti, BUDI) == text("answer-wrong-receipt")
        await world.says(siti, "/start")
        assert await world.says(siti, drawn.code) == text("ask-nik-for-receipt")
        assert (await world.says(siti, SITI, answers=2)).endswith(CONSENT)


async def test_a_code_typed_first_is_forgotten_with_the_conversation(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        await world.says(siti, drawn.code)
        assert await world.presses(siti, "Cek KTP-el") == text("ask-nik")
        assert (await world.says(siti, SITI)).startswith("Langkah 3")
        assert (await world.says(siti, BUDI_RECEIPT)) == text("not-understood")


async def test_the_counter_and_the_chat_speak_of_the_same_receipt(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        said = await world.after(siti, scan(siti, drawn), answers=2)
        card = ask(office, resident_view, SITI, now=clock()).card
        assert f"esi berakhiran {card.receipt_tail}" in said
        assert card.receipt_tail == drawn.code[-3:]
