"""What a resident entrusts to us is repeated to nobody, kept in no log, and leaves the chat after an hour."""

import logging
import sqlite3

from cli.logs import FIELDS
from core.questions.inbox import questions_to_delete
from tests.bot_world import bot_world, text
from tests.linking import slip_of
from tests.offices import BUDI, JOKO, SITI, SITI_RECEIPT, WATI, ask


async def everything_is_said(world):
    """One of every kind of talk; returns those who talked."""
    siti, stranger = world.start().person("Siti Aminah"), world.person("Orang Asing")
    await world.says(siti, "/start")
    for nik in (SITI, BUDI, WATI, JOKO):
        await world.says(siti, f"punya saya {nik}")
    await world.says(siti, SITI[:15])
    await world.says(siti, SITI)
    await world.presses(siti, "Kabari Saya")
    await world.says(siti, "BJN-999999-X99")
    await world.says(siti, SITI_RECEIPT, answers=2)
    await world.presses(siti, "Setuju")
    await world.says(siti, SITI)
    for serial in ("0001", "0002", "0003", "0004", "0005", "0006"):
        await world.says(stranger, SITI[:12] + serial)
    await world.after(siti, lambda: siti.send_photo(SITI))
    await world.after(siti, lambda: siti.forward(SITI))
    await world.says(siti, "/berhenti")
    return siti, stranger


async def test_no_answer_repeats_a_digit_of_a_nik_a_name_or_a_receipt(office, clock):
    async with bot_world(office, clock) as world:
        for person in await everything_is_said(world):
            for message in person.received:
                for nik in (SITI, BUDI, WATI, JOKO):
                    assert not any(nik[at : at + 5] in message.text for at in range(12))
                for secret in ("SITI", "AMINAH", "BUDI", SITI_RECEIPT, "081200", "+62", "Siti"):
                    assert secret not in message.text


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}


async def test_no_log_line_holds_anything_personal(office, clock, caplog):
    caplog.set_level(logging.DEBUG)
    async with bot_world(office, clock) as world:
        world.simulator.faults.answer("telegram", 429, retry_after=1, method="sendMessage")
        world.simulator.faults.answer("telegram", 502, body="<html>", method="sendMessage")
        world.simulator.faults.drop_before("telegram", method="sendMessage")
        people = await everything_is_said(world)
        broken = {"message_id": 9, "date": "kapan", "chat": people[0].as_json(), "from": people[0].user, "text": SITI}
        world.simulator.telegram.inject({"message": broken})
        world.simulator.faults.answer("telegram", 403, method="sendMessage")
        await world.says(people[0], "PRR")
        await world.stop()
        ours = [record for record in caplog.records if not record.name.startswith("aiohttp")]
        lines = "\n".join(f"{record.getMessage()} {_fields(record)}" for record in ours)
        assert "update" in lines
        secrets = [SITI, SITI[:12], BUDI, "Siti", "Aminah", SITI_RECEIPT, world.simulator.bot_token]
        for secret in (*secrets, *(str(person.id) for person in people)):
            assert secret not in lines


async def test_the_database_tells_a_thief_nothing(office, clock, home):
    async with bot_world(office, clock) as world:
        siti, stranger = await everything_is_said(world)
        await world.says(stranger, "Kabari Saya")
        await world.stop()
    with sqlite3.connect(home / "kabar.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    for secret in (
        SITI,
        BUDI,
        "AMINAH",
        "Aminah",
        SITI_RECEIPT,
        str(siti.id),
        str(stranger.id),
        "punya saya",
        "Langkah",
    ):
        assert secret not in dump


async def test_what_is_done_leaves_neither_question_nor_answer_behind(office, clock):
    async with bot_world(office, clock) as world:
        await everything_is_said(world)
        await world.stop()
        count = "SELECT count(*) FROM inbox_update WHERE body_sealed != x'' OR replies_sealed IS NOT NULL"
        assert office.read(lambda session: session.connection().exec_driver_sql(count).scalar()) == 0


async def test_a_question_leaves_the_chat_after_an_hour_and_the_answer_stays(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        greeting = siti.say("halo")
        question = siti.say(SITI)
        await world.told(siti, 2)
        clock.move(minutes=59)
        await world.says(siti, "PRR")
        assert not question.deleted
        clock.move(minutes=2)
        await world.until(lambda: question.deleted)
        await world.says(siti, "bantuan")
        assert [message for message in siti.screen if message.deleted] == [question]
        assert not greeting.deleted


async def test_the_receipt_the_photo_and_the_mistyped_nik_leave_too(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        said = [siti.say(SITI), siti.say("Kabari Saya"), siti.say(SITI_RECEIPT), siti.say(SITI[:15]), siti.send_photo()]
        await world.told(siti, 6)
        clock.move(minutes=61)
        await world.until(lambda: sum(message.deleted for message in said) == 4)
        assert not said[1].deleted


def film(world, person, **more):
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    return world.simulator.telegram.message_from(person, person, kind="service", extra={"video": video} | more)


async def test_a_card_sent_as_a_file_or_a_film_leaves_too_and_a_voice_with_a_code_below_it(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        drawn = slip_of(world)
        voice = {"file_id": "s", "file_unique_id": "s", "duration": 1}
        said = [
            siti.send_document("ktp.jpg", b"\xff\xd8"),
            siti.send_document("ktp.pdf", b"%PDF", f"resi {drawn.code}"),
            film(world, siti),
            film(world, siti, video=None, voice=voice, caption=f"kode {drawn.code}"),
        ]
        harmless = [siti.send_sticker(), siti.send_voice()]
        assert [message.text for message in await world.told(siti, 6)] == [text("media-not-understood")] * 6
        clock.move(minutes=61)
        await world.until(lambda: all(message.deleted for message in said))
        await world.says(siti, "bantuan")
        assert not any(message.deleted for message in harmless)


async def test_an_innocent_text_that_is_edited_into_a_secret_leaves_too(office, clock):
    async with bot_world(office, clock) as world:
        drawn = slip_of(world.start())
        said = []
        for name, secret in (("Siti", f"kode {drawn.code}"), ("Budi", SITI[:15]), ("Wati", f"/start r_{drawn.link}")):
            person = world.person(name)
            said.append(person.say("halo pak"))
            await world.told(person, 1)
            assert await world.after(person, lambda person=person, secret=secret: person.edit_last(secret)) == text(
                "edited"
            )
        joko = world.person("Joko")
        innocent = joko.say("halo pak")
        await world.told(joko, 1)
        await world.after(joko, lambda: joko.edit_last("halo bu"))
        clock.move(minutes=61)
        await world.until(lambda: all(message.deleted for message in said))
        await world.says(joko, "bantuan")
        assert not innocent.deleted


async def test_a_text_edited_into_a_film_of_a_card_leaves_too(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        greeting = siti.say("halo pak")
        await world.told(siti, 1)
        filmed = greeting.as_json() | {"edit_date": 2, "text": None}
        filmed["video"] = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
        inject = world.simulator.telegram.inject
        assert await world.after(siti, lambda: inject({"edited_message": filmed})) == text("edited")
        clock.move(minutes=61)
        await world.until(lambda: greeting.deleted)


async def test_in_the_trial_photos_files_and_mistyped_niks_leave_the_chat_too(office, clock):
    async with bot_world(office, clock, house={"live": False}) as world:
        names = ("Siti", "Budi", "Wati", "Joko", "RT")
        siti, budi, wati, joko, rt = people = [world.person(name, started=True) for name in names]
        world.start()
        said = [siti.send_photo(), budi.send_document("ktp.pdf", b"%PDF"), film(world, wati), joko.say(SITI[:15])]
        greeting = rt.say("halo pak")
        for person in people:
            await world.told(person, 1)
        clock.move(minutes=61)
        await world.until(lambda: all(message.deleted for message in said))
        assert not greeting.deleted


async def test_what_can_no_longer_be_deleted_is_forgotten(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        siti.say(SITI).deleted = True
        asked = budi.say(BUDI)
        await world.told(siti, 1)
        await world.told(budi, 1)
        world.simulator.faults.answer("telegram", 403, method="deleteMessage", to=budi.id)
        clock.move(minutes=61)
        await world.until(lambda: world.simulator.telegram.requests["deleteMessage"] >= 2)
        await world.says(budi, "bantuan")
        await world.stop()
        assert ask(office, questions_to_delete, now=clock.move(days=3)) == []
        assert not asked.deleted


async def test_a_deletion_that_telegram_puts_off_is_done_later(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        question = siti.say(SITI)
        await world.told(siti, 1)
        world.simulator.faults.answer("telegram", 429, retry_after=3, method="deleteMessage")
        world.simulator.faults.answer("telegram", 502, method="deleteMessage")
        clock.move(minutes=61)
        await world.until(lambda: question.deleted)


async def test_silence_for_an_hour_ends_a_conversation_and_nothing_of_it_is_kept(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await world.says(siti, SITI)
        await world.presses(siti, "Kabari Saya")
        question = siti.screen[0]
        clock.move(minutes=61)
        await world.until(lambda: question.deleted)
        assert await world.says(siti, SITI_RECEIPT) == text("not-understood")
        await world.stop()
        count = "SELECT count(*) FROM conversation"
        assert office.read(lambda session: session.connection().exec_driver_sql(count).scalar()) == 0
