"""A village official calls her residents from the chat: screen by screen, and then in one message that goes on."""

import re
from pathlib import Path

import pytest

from core.questions.calls import open_call
from core.rules.officials import Role
from core.store.office import OpenOffice
from simulator import Message
from tests.bot_world import text
from tests.call_world import HERE, THURSDAY, TUESDAY, WEDNESDAY
from tests.calling_world import HALL, calling_world, popup, press, remove, settled
from tests.offices import Clock, ask
from tests.official_world import ELSEWHERE, VILLAGE, appoint, presses, screen
from tests.test_sending import link

pytestmark = pytest.mark.anyio


def counts(live: Message) -> tuple[int, int, int]:
    """Told, waiting, not reached."""
    told, waiting, missed = re.findall(r": (\d+)$", live.text, re.MULTILINE)[:3]
    return int(told), int(waiting), int(missed)


@pytest.mark.both_databases
async def test_350_people_are_called_over_four_days_paused_and_told(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=350, phones=300) as calling:
        preview = await calling.previews(calling.rina)
        assert preview.text.startswith(text("call-preview-new"))
        for line in (
            "Rabu 27/9: 100 orang",
            "Kamis 28/9: 100 orang",
            "Jumat 29/9: 100 orang (08.00-11.30)",
            "Senin 2/10: 50 orang",
            "Lewat SMS: 300 pesan = 300 SMS, sekitar Rp 105.000",
            "Tidak terjangkau: 50 orang",
        ):
            assert line in preview.text.splitlines()
        assert ask(office, open_call, HERE) is None
        live = await presses(calling.world, calling.rina, text("call-button-send"))
        assert live.message_id == preview.message_id
        calling.village.carry_on()
        await calling.until(lambda: counts(live) == (0, 300, 50))
        assert "Rabu 27/9 sampai Senin 2/10" in live.text
        calling.village.at(TUESDAY, 15, 5)
        assert await popup(calling, calling.rina, live, text("progress-button-pause")) == text("progress-paused-now")
        await calling.until(lambda: text("progress-paused") in live.text)
        assert await calling.village.send() == []
        assert await popup(calling, calling.rina, live, text("progress-button-go-on")) == text("progress-goes-on")
        assert len(await calling.village.send()) == 100
        await calling.until(lambda: counts(live) == (100, 200, 50))
        assert "33 %" in live.text
        for day in (WEDNESDAY, THURSDAY):
            calling.village.at(day, 15, 5)
            await calling.village.send()
        await calling.until(lambda: counts(live) == (300, 0, 50))
        assert "100 %" in live.text and text("progress-done") in live.text


async def test_every_part_is_pressed_or_typed_and_can_be_changed(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=3) as calling:
        rina, world = calling.rina, calling.world
        assert "3 kartu menunggu." in (await calling.begins(rina)).text
        await presses(world, rina, "Kamis 28/9")
        await presses(world, rina, "08.00-12.00")
        await world.says(rina, "Rumah Pak RT 3")
        await presses(world, rina, text("call-button-all-at-once", n=3))
        assert "Kamis 28/9: 3 orang" in screen(rina).text
        assert "Tempat: Rumah Pak RT 3" in screen(rina).text and "di Rumah Pak RT 3." in screen(rina).text
        for part, typed, shown in (
            ("day", "Senin", "Senin 2/10: 3 orang"),
            ("hours", "jam 9 sampai 11", "09.00-11.00, paling banyak 3 orang sehari"),
            ("people", "2 orang", "Selasa 3/10: 1 orang"),
        ):
            await presses(world, rina, text(f"call-button-{part}"))
            await world.says(rina, typed)
            assert shown in screen(rina).text
        await presses(world, rina, text("call-button-place"))
        await presses(world, rina, HALL)
        assert f"Tempat: {HALL}" in screen(rina).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kapan saja", text("call-unread-when")),
        ("Minggu 8-12", text("call-problem-closed", hari="Senin 2/10")),
        ("1/9", text("call-problem-past", hari="Rabu 27/9")),
        ("hari ini", text("call-problem-too-late", hari="Rabu 27/9")),
    ],
)
async def test_a_day_that_will_not_do_is_explained_at_once(
    office: OpenOffice, clock: Clock, tmp_path: Path, typed: str, said: str
) -> None:
    async with calling_world(office, clock, tmp_path, people=1) as calling:
        await calling.begins(calling.rina)
        assert (await calling.world.says(calling.rina, typed)).startswith(said)
        assert (await calling.world.says(calling.rina, "Kamis 8-12")).startswith("Kamis 28/9, 08.00-12.00.")


async def test_a_place_that_no_message_can_carry_is_asked_for_again(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=1) as calling:
        await calling.begins(calling.rina)
        await calling.world.says(calling.rina, "besok 8-12")
        for typed, why in (
            ("klik https://bit.ly/ktp", "place-fraud"),
            ("Rumah Pak RT 3 di sebelah timur lapangan desa", "place-long"),
            ("Balai 村", "place-signs"),
        ):
            assert text(f"call-problem-{why}") in await calling.world.says(calling.rina, typed)
        for people in ("banyak", "0", "6000", "50-100"):
            await presses(calling.world, calling.rina, HALL) if people == "banyak" else None
            assert text("call-unread-people", batas=5000) in await calling.world.says(calling.rina, people)


async def test_a_nik_typed_in_place_of_a_part_is_not_taken_and_is_deleted_later(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=1) as calling:
        nik = calling.niks[0]
        rina, world = calling.rina, calling.world
        await calling.begins(rina)
        assert text("call-unread-when") in await world.says(rina, nik)
        await world.says(rina, "besok 8-12")
        assert text("call-problem-place-fraud") in await world.says(rina, nik)
        await presses(world, rina, HALL)
        assert text("call-unread-people", batas=5000) in await world.says(rina, nik)
        typed = [message for message in rina.screen if message.text == nik]
        assert len(typed) == 3
        clock.move(hours=1, minutes=1)
        await world.until(lambda: all(message.deleted for message in typed))


async def test_batal_leaves_everything_as_it_was(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=1) as calling:
        await calling.previews(calling.rina)
        await presses(calling.world, calling.rina, text("call-button-stop"))
        assert screen(calling.rina).text == text("call-stopped")
        await calling.begins(calling.rina)
        assert await calling.world.says(calling.rina, "batal") == text("call-stopped")
        assert ask(office, open_call, HERE) is None


@pytest.mark.both_databases
async def test_the_second_official_is_shown_the_first_ones_call(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        await calling.previews(calling.tono)
        live = await calling.calls(calling.rina)
        before = len(calling.tono.popups)
        await presses(calling.world, calling.tono, text("call-button-send"))
        assert calling.tono.popups[before:] == [text("call-other-first")]
        assert screen(calling.tono).text == live.text
        assert (await calling.begins(calling.tono)).text == live.text
        await popup(calling, calling.rina, live, text("progress-button-pause"))
        his = screen(calling.tono)
        await calling.until(lambda: text("progress-paused") in his.text)
        said = await popup(calling, calling.tono, his, text("progress-button-go-on"))
        assert said == text("progress-goes-on")


@pytest.mark.both_databases
async def test_an_order_given_twice_says_what_is_so(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        live = await calling.calls(calling.rina)
        pause, cancel = text("progress-button-pause"), text("progress-button-cancel")
        press(calling.rina, live, pause)
        assert await popup(calling, calling.rina, live, pause) == text("progress-paused-now")
        await calling.until(lambda: len(calling.rina.popups) >= 2)
        assert calling.rina.popups[-2:] == [text("progress-paused-now"), text("progress-paused-before")]
        first = await calling.below(calling.rina, live, cancel)
        second = await calling.below(calling.rina, live, cancel)
        assert "2 orang yang masih menunggu" in first.text and text("call-cancel-note") in first.text
        yes = text("progress-button-cancel-yes")
        for question, said in ((first, "progress-cancelled-now"), (second, "progress-cancelled-before")):
            press(calling.rina, question, yes)
            await calling.until(lambda question=question, said=said: question.text == text(said))
        await calling.until(lambda: text("progress-cancelled") in live.text)
        assert ask(office, open_call, HERE) is None


async def test_a_cancel_that_was_not_meant_changes_nothing(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        live = await calling.calls(calling.rina)
        question = await calling.below(calling.rina, live, text("progress-button-cancel"))
        press(calling.rina, question, text("progress-button-cancel-no"))
        await calling.until(lambda: question.text == text("progress-cancel-not"))
        assert ask(office, open_call, HERE) is not None and text("progress-going-on") in live.text


async def test_a_call_is_changed_from_its_live_message_and_only_the_newer_one_goes_on(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        live = await calling.calls(calling.rina)
        draft = await calling.below(calling.rina, live, text("call-button-change"))
        assert draft.text.startswith(text("call-preview-change"))
        await presses(calling.world, calling.rina, text("call-button-day"))
        await calling.world.says(calling.rina, "Kamis 9-11")
        await presses(calling.world, calling.rina, text("call-button-send-change"))
        newer = screen(calling.rina)
        assert "Kamis 28/9, 09.00-11.00" in newer.text
        await calling.until(lambda: live.text == text("progress-moved"))
        assert live.labels == ()
        view = ask(office, open_call, HERE)
        assert view is not None and view.terms.first_day == THURSDAY
        calling.village.at(WEDNESDAY, 15, 5)
        assert [told for _, told in await calling.village.send() if "Kamis 28/9, 09.00-11.00" in told] != []
        await calling.until(lambda: counts(newer) == (2, 0, 0))


async def test_a_restart_in_the_middle_goes_unnoticed(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        await calling.begins(calling.rina)
        await calling.world.says(calling.rina, "besok 8-12")
        await calling.world.stop()
        calling.world.start()
        await presses(calling.world, calling.rina, HALL)
        await calling.world.says(calling.rina, "100")
        live = await presses(calling.world, calling.rina, text("call-button-send"))
        await calling.world.stop()
        calling.village.at(TUESDAY, 15, 5)
        await calling.village.send()
        assert counts(live) == (0, 2, 0)
        calling.world.start()
        await calling.until(lambda: counts(live) == (2, 0, 0))


async def test_an_older_screen_answers_kindly_and_sends_nothing(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        preview = await calling.previews(calling.rina)
        await calling.begins(calling.rina)
        said = await popup(calling, calling.rina, preview, text("call-button-send"))
        assert said == text("button-outdated")
        assert ask(office, open_call, HERE) is None


async def test_a_preview_sends_only_what_it_shows(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        await calling.begins(calling.rina)
        await calling.world.says(calling.rina, "besok 8-12")
        at_the_place = screen(calling.rina)
        await calling.world.says(calling.rina, "Rumah Pak RT 3")
        await calling.world.says(calling.rina, "100")
        preview = screen(calling.rina)
        assert await popup(calling, calling.rina, at_the_place, HALL) == text("button-outdated")
        assert "Tempat: Rumah Pak RT 3" in preview.text
        press(calling.rina, preview, text("call-button-send"))
        await calling.until(lambda: text("progress-going-on") in preview.text)
        view = ask(office, open_call, HERE)
        assert view is not None and view.terms.place == "Rumah Pak RT 3"


async def test_a_day_that_became_too_late_while_she_looked_is_not_sent(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        calling.village.at(TUESDAY, 17, 20)
        await calling.previews(calling.rina)
        calling.village.at(TUESDAY, 17, 40)
        await presses(calling.world, calling.rina, text("call-button-send"))
        assert text("call-problem-too-late", hari="Kamis 28/9") in screen(calling.rina).text
        assert text("call-button-send") not in screen(calling.rina).labels[0]
        assert ask(office, open_call, HERE) is None


async def test_who_is_removed_in_the_middle_sends_nothing_and_learns_nothing_more(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        live = await calling.calls(calling.rina)
        ani = calling.world.person("Ani")
        official = appoint(office, ani, Role.VILLAGE, HERE, now=clock())
        hers = await calling.begins(ani)
        before = hers.text
        remove(calling, official)
        for label in (text("progress-button-pause"), text("progress-button-cancel"), text("call-button-copy-group")):
            assert await popup(calling, ani, hers, label) == text("button-outdated")
        calling.village.at(TUESDAY, 15, 5)
        await calling.village.send()
        await calling.until(lambda: counts(live) == (2, 0, 0))
        await settled()
        assert hers.text == before


async def test_who_is_removed_at_the_preview_sends_nothing(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        ani = calling.world.person("Ani")
        official = appoint(office, ani, Role.VILLAGE, HERE, now=clock())
        preview = await calling.previews(ani)
        remove(calling, official)
        assert await popup(calling, ani, preview, text("call-button-send")) == text("button-outdated")
        assert ask(office, open_call, HERE) is None


@pytest.mark.parametrize("region", [VILLAGE, ELSEWHERE])
async def test_an_official_of_another_village_neither_sees_nor_steers_the_call(
    office: OpenOffice, clock: Clock, tmp_path: Path, region: str
) -> None:
    if region == HERE:
        region = "35.22.01.2002"
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        live = await calling.calls(calling.rina)
        ani = calling.world.person("Ani")
        official = appoint(office, ani, Role.VILLAGE, HERE, now=clock())
        hers = await calling.begins(ani)
        remove(calling, official)
        appoint(office, ani, Role.VILLAGE, region, now=clock())
        assert await popup(calling, ani, hers, text("progress-button-pause")) == text("progress-not-yours")
        assert await popup(calling, ani, hers, text("progress-button-who")) == text("progress-not-yours")
        assert await popup(calling, ani, hers, text("call-button-copy-group")) == text("call-gone")
        assert text("progress-going-on") in live.text
        assert (await calling.begins(ani)).text == text("call-no-point")


async def test_the_texts_to_copy_hold_counts_and_days_but_no_numbers_of_cards(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=5) as calling:
        live = await calling.calls(calling.rina, people="3")
        group = await calling.below(calling.rina, live, text("call-button-copy-group"))
        speaker = await calling.below(calling.rina, live, text("call-button-copy-speaker"))
        for copied in (group.text, speaker.text):
            assert HALL in copied and "GRATIS" in copied and "5 KTP" in copied
            assert "omor ambil" not in copied and "NIK" not in copied and "WARGA 1" not in copied
        assert "Rabu 27/9: 3 orang (08.00-12.00)" in group.text.splitlines()
        assert "Rabu, 27 September 2017 sampai Kamis, 28 September 2017, pukul 08.00 sampai 12.00." in speaker.text
        assert not group.entities and not group.labels


async def test_where_nobody_waits_there_is_nobody_to_call(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=0) as calling:
        assert (await calling.begins(calling.rina)).text == text("call-no-point")


async def test_the_head_calls_wherever_somebody_waits(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        head = calling.world.person("Kepala")
        appoint(office, head, Role.HEAD, "35.22", now=clock())
        assert "2 kartu menunggu." in (await calling.begins(head)).text


@pytest.mark.parametrize(
    "data",
    [
        "o1:call:day:day 2017-99-99:{ticket}",
        "o1:call:hours:hours 99991200:{ticket}",
        "o1:call:people:people 9999999:{ticket}",
        "o1:call:place:nonsense:{ticket}",
        "o1:call:change:everything:{ticket}",
        "o1:call:send::{ticket}",
        "o1:call:point:35.22.01.2001.999:{ticket}",
        "o1:call:point:35.22.15.2003:{ticket}",
        "o1:reach:point:35.22.15.2003:{ticket}",
        "d1:call:pause:99999999999999999999999",
        "d1:call:pause:0",
    ],
)
async def test_a_button_that_somebody_made_up_does_nothing(
    office: OpenOffice, clock: Clock, tmp_path: Path, data: str
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        shown = await calling.begins(calling.rina)
        (button,) = shown.keyboard["inline_keyboard"][-1]  # type: ignore[index,call-overload]
        button["callback_data"] = data.format(ticket=button["callback_data"].rpartition(":")[2])
        before = shown.text
        assert await popup(calling, calling.rina, shown, button["text"]) == text("button-outdated")
        assert shown.text == before and ask(office, open_call, HERE) is None


async def test_who_steers_a_call_that_is_not_there_is_told_kindly(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        shown = await calling.begins(calling.rina)
        (button,) = shown.keyboard["inline_keyboard"][-1]  # type: ignore[index,call-overload]
        for act in ("pause", "on", "end", "end1", "change", "show", "copy"):
            button["callback_data"] = f"d1:call:{act}:999"
            said = await popup(calling, calling.rina, shown, button["text"])
            assert said in (text("progress-not-yours"), text("call-gone"))


async def test_the_preview_says_how_many_sms_may_come_in_telegrams_place(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2, phones=1) as calling:
        for number, nik in enumerate(calling.niks):
            link(office, nik, f"90000000{number}", clock)
        said = (await calling.previews(calling.rina)).text
        for line in ("Lewat Telegram: 2 pesan", "Lewat SMS: 0 pesan", text("call-sms-in-place", n=1)):
            assert line in said.splitlines(), said
        assert text("call-exact-telegram") in said and "BUNYI SMS" in said
