"""Everything else people send is answered helpfully or not at all, never with a traceback."""

from tests.bot_world import bot_world, text
from tests.offices import SITI


async def test_what_is_not_text_is_answered_kindly(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for act, key in (
            (siti.send_photo, "photo-received"),
            (lambda: siti.send_document("kk.pdf", b"%PDF"), "media-not-understood"),
            (siti.send_sticker, "media-not-understood"),
            (siti.send_voice, "media-not-understood"),
            (lambda: siti.forward(f"NIK saya {SITI}"), "forwarded"),
            (lambda: siti.forward("/start"), "forwarded"),
        ):
            assert await world.after(siti, act) == text(key)


async def test_places_polls_and_dice_too(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        poll = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}
        poll |= {"is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
        poll |= {"allows_revoting": False, "members_only": False}
        for extra in (
            {"location": {"latitude": -7.15, "longitude": 111.88}},
            {"dice": {"emoji": "🎲", "value": 3}},
            {"poll": poll},
        ):
            assert await world.after(siti, lambda extra=extra: _sends(world, siti, extra)) == text(
                "media-not-understood"
            )


def _sends(world, person, extra):
    return world.simulator.telegram.message_from(person, person, kind="service", extra=extra)


async def test_a_nik_below_a_photo_is_answered(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert (await world.after(siti, lambda: siti.send_photo(f"ini nik saya {SITI}"))).startswith("Langkah 3")
        assert (await world.after(siti, lambda: siti.send_document("a.pdf", b"", SITI))).startswith("Langkah 3")


async def test_texts_that_nobody_understands_lead_back_to_the_nik(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        for said in (
            "<b>tebal</b> & *miring* _x_",
            "ꦱꦸꦒꦼꦁ ꦲꦺꦚ꧀ꦗꦁ",
            "السلام عليكم",
            "😀",
            "/perintah",
            "0",
            "\u200b.",
        ):
            assert await world.says(siti, said) == text("not-understood")
        assert await world.says(siti, "a" * 4096) == text("too-long")
        assert (await world.says(siti, "a " * 2000 + SITI)).startswith("Langkah 3")


async def test_a_phone_number_is_no_mistyped_nik(office, clock):
    async with bot_world(office, clock) as world:
        assert await world.says(world.start().person("Siti"), "0812-0000-00001") == text("not-understood")


async def test_a_moving_location_and_a_service_message_get_no_answer(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        message = {"message_id": 1, "date": 1, "chat": siti.as_json(), "from": siti.user}
        moving = message | {"edit_date": 2, "location": {"latitude": -7.15, "longitude": 111.88}}
        pinned = message | {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}
        inject = world.simulator.telegram.inject
        await world.stays_silent(siti, lambda: (inject({"edited_message": moving}), inject({"message": pinned})))


async def test_an_update_of_a_kind_nobody_knows_yet_is_passed_over(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        strange = {"thought": {"from": siti.user, "text": SITI}}
        odd = {"message": {"message_id": 7, "date": 1, "chat": siti.as_json(), "from": siti.user, "aura": {"x": 1}}}
        inject = world.simulator.telegram.inject
        await world.stays_silent(siti, lambda: (inject(strange), inject(odd)))
