"""Where is my KTP-el? Anyone may ask by NIK, and gets the same answer as anyone."""

from core.questions.cards import where_is, where_is_proven
from core.wording.answers import card_answer, locked, malformed, not_found, receipt_needed, throttled
from tests.bot_world import W, bot_world, text
from tests.offices import BUDI, JOKO, MORNING, SITI, SITI_RECEIPT, WATI, ask

#: In nobody's list.
NOBODY = "3522990101800001"


def answer_of(world, nik):
    return card_answer(W, world.runner.house.office, ask(world.office, where_is, nik, now=world.clock()))


def not_found_of(world):
    return not_found(W, world.runner.house.office, MORNING.date())


async def test_start_says_what_this_is_and_shows_the_keyboard(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert await world.after(siti, siti.start) == text("welcome")
        assert siti.received[-1].labels == (("Cek KTP-el", "Kabari Saya"), ("Apa yang Dibawa", "Bantuan"))
        assert await world.after(siti, lambda: siti.start("kode-dari-brosur")) == text("welcome")


async def test_help_comes_by_every_name(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for word in ("/help", "/bantuan", "bantuan", "Bantuan", "BANTUAN!", "/bantuan@kabar_simulator_bot"):
            assert await world.says(siti, word) == text("help")


async def test_a_nik_anywhere_in_a_sentence_is_answered(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        spaced = f"{SITI[:4]} {SITI[4:8]} {SITI[8:12]} {SITI[12:]}"
        for sentence in (
            SITI,
            f"mbak ktp {spaced} sdh jadi blm?",
            f"NIK: {SITI[:6]}.{SITI[6:12]}.{SITI[12:]}",
            f"*{SITI}*",
        ):
            assert await world.says(siti, sentence) == answer_of(world, SITI)
            assert siti.received[-1].reply_to.text == sentence


async def test_every_person_gets_the_same_answer(office, clock):
    async with bot_world(office, clock) as world:
        world.start()
        for nik in (SITI, BUDI, WATI, JOKO):
            answers = {await world.says(world.person(name), nik) for name in ("Siti", "Tetangga")}
            assert answers == {answer_of(world, nik)}


async def test_unknown_handed_over_and_closed_are_one_and_the_same(office, clock, take):
    take(f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_ISSUED;05/02/2017;;;BJN-000002-K07")
    async with bot_world(office, clock) as world:
        world.start()
        answers = {await world.says(world.person("Budi"), nik) for nik in (NOBODY, BUDI)}
        assert answers == {not_found_of(world)}


async def test_digits_of_every_script_are_read(office, clock):
    arabic = SITI.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)})
    javanese = SITI.translate({ord(str(digit)): chr(0xA9D0 + digit) for digit in range(10)})
    full_width = SITI.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for written in (arabic, javanese, full_width):
            assert await world.says(siti, written) == answer_of(world, SITI)


async def test_several_niks_are_asked_for_one_by_one(office, clock):
    async with bot_world(office, clock) as world:
        assert await world.says(world.start().person("RT"), f"{SITI} dan {BUDI}") == text("answer-several-niks")


async def test_the_number_of_a_mistyped_nik_is_explained_and_costs_nothing(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for _ in range(8):
            assert await world.says(siti, SITI[:15]) == malformed(W, "length", digits=15)
        assert await world.says(siti, SITI[:8] + "13" + SITI[10:]) == malformed(W, "month")
        assert await world.says(siti, SITI) == answer_of(world, SITI)


async def test_the_sixth_nik_within_ten_minutes_waits_until_a_time_by_the_local_clock(office, clock):
    async with bot_world(office, clock) as world:
        rt = world.start().person("RT")
        for nik in (SITI, BUDI, WATI, JOKO, NOBODY):
            await world.says(rt, nik)
        waits = throttled(W, world.runner.house.office, "09.11")
        assert await world.says(rt, "3522992002910002") == waits
        assert await world.says(rt, SITI) == answer_of(world, SITI)
        assert await world.says(world.person("Tetangga"), "3522992002910002") == not_found_of(world)
        clock.move(minutes=11)
        assert await world.says(rt, "3522992002910002") == not_found_of(world)


async def test_who_has_asked_for_twenty_today_is_told_that_tomorrow_is_meant(office, clock):
    async with bot_world(office, clock) as world:
        rt = world.start().person("RT")
        for number in range(20):
            await world.says(rt, f"352299{number + 1:02}01800001")
            clock.move(minutes=3)
        assert await world.says(rt, "3522992201800001") == throttled(W, world.runner.house.office, "09.01 besok")


async def test_a_birthday_that_somebody_searches_needs_the_receipt_from_everybody(office, clock):
    async with bot_world(office, clock) as world:
        stranger, siti = world.start().person("Orang asing"), world.person("Siti")
        needed = receipt_needed(W, world.runner.house.office)
        guesses = [SITI[:12] + serial for serial in ("0002", "0003", "0004")]
        assert [await world.says(stranger, guess) for guess in guesses] == [not_found_of(world)] * 2 + [needed]
        assert await world.says(siti, SITI) == needed
        full = card_answer(W, world.runner.house.office, _proven(world))
        assert (await world.says(siti, SITI_RECEIPT, answers=2)).startswith(full)
        assert await world.says(stranger, guesses[2]) == text("ask-receipt")
        assert await world.says(stranger, SITI_RECEIPT) == text("answer-wrong-receipt")


def _proven(world):
    return ask(world.office, where_is_proven, 1, now=world.clock())


async def test_five_wrong_receipts_lock_the_proof_for_a_day(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        shut = locked(W, world.runner.house.office)
        for _ in range(4):
            assert await world.says(siti, f"{SITI} BJN-000001-X99") == text("answer-wrong-receipt")
        assert await world.says(siti, f"{SITI} BJN-000001-X99") == shut
        assert await world.says(siti, f"{SITI} {SITI_RECEIPT}") == shut
        clock.move(hours=25)
        assert (await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)).startswith("Langkah 3")


async def test_a_nik_that_does_not_exist_is_as_wrong_as_another_receipt_and_locks_alike(office, clock):
    async with bot_world(office, clock) as world:
        stranger = world.start().person("Orang asing")
        for _ in range(4):
            assert await world.says(stranger, f"{NOBODY} {SITI_RECEIPT}") == text("answer-wrong-receipt")
        assert await world.says(stranger, f"{NOBODY} {SITI_RECEIPT}") == locked(W, world.runner.house.office)


async def test_who_tries_one_code_at_five_niks_is_shut_out_and_their_owners_are_not(office, clock):
    async with bot_world(office, clock) as world:
        stranger, siti = world.start().person("Orang asing"), world.person("Siti")
        shut = locked(W, world.runner.house.office, here=True)
        said = [await world.says(stranger, f"{nik} BJN-000009-X99") for nik in (SITI, BUDI, WATI, JOKO, NOBODY)]
        assert said == [text("answer-wrong-receipt")] * 4 + [shut]
        assert await world.says(stranger, f"{SITI} {SITI_RECEIPT}") == shut
        assert (await world.says(stranger, SITI)).startswith("Langkah 3")
        assert (await world.says(siti, f"{SITI} {SITI_RECEIPT}", answers=2)).startswith("Langkah 3")


async def test_a_status_code_typed_alone_is_explained(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for code, short in (("PRR", "PRR"), ("sfe", "SFE"), ("PRINT_READY_RECORD", "PRR"), ("dup?", "DUP")):
            assert (await world.says(siti, code)).startswith(f"Arti kode {short}")


async def test_a_corrected_nik_is_answered_like_a_new_one(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI[:15])
        assert await world.after(siti, lambda: siti.edit_last(SITI)) == answer_of(world, SITI)
        assert await world.after(siti, lambda: siti.edit_last("eh salah")) == text("edited")
