"""Officials announce: four forms, filled in by buttons, shown first; and who is removed meanwhile sends nothing."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.officials.live import PAUSE
from bot.officials.screens import DeedPress, ScreenPress
from core.actions.contacts import add_contact
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.cards import resident_by_nik
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.officials import Deed, Role, TellingTerms
from core.store.delivery_tables import BatchOrder, Notice
from core.store.office import OpenOffice
from core.store.official_tables import Official, Proposal
from core.store.words import ProposalState
from simulator import Person
from tests.bot_world import World, bot_world, text
from tests.offices import BUDI, SITI, Clock, act, ask
from tests.official_world import REGENCY, VILLAGE, appoint, presses, screen

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def linked(office: OpenOffice, clock: Clock) -> None:
    for number, nik in enumerate((SITI, BUDI)):
        resident = ask(office, resident_by_nik, nik)
        assert resident is not None
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, resident.id, Channel.TELEGRAM, f"90000000{number}", **terms)


def told(office: OpenOffice, clock: Clock) -> int:
    prepare_broadcasts(office, now=clock)
    owed = select(func.count(Notice.id)).where(Notice.kind == Kind.ANNOUNCED)
    return ask(office, lambda session: session.scalar(owed)) or 0


def states(office: OpenOffice) -> list[ProposalState]:
    return ask(office, lambda session: list(session.scalars(select(Proposal.state).order_by(Proposal.id))))


def labels(person: Person) -> list[str]:
    return [label for row in screen(person).labels for label in row]


async def begins(world: World, official: Person) -> None:
    await world.says(official, "/petugas")
    await presses(world, official, text("deed-tell"))


async def reminds(world: World, official: Person) -> None:
    await begins(world, official)
    await presses(world, official, text("form-general-reminder"))


async def popped_up(world: World, person: Person, label: str, *, message: object = None) -> str:
    before = len(person.popups)
    person.press(label)
    await world.until(lambda: len(person.popups) > before)
    return person.popups[-1]


async def test_a_village_official_fills_in_a_service_day_sees_it_and_sends_it(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await begins(world, rina)
        await presses(world, rina, text("form-service-day"))
        assert screen(rina).text == text("field-day")
        await world.says(rina, "kemarin")
        assert text("field-day-wrong") in screen(rina).text
        await world.says(rina, "28/9")
        await presses(world, rina, "08.00-12.00")
        await world.says(rina, "Balai RW 03, telp 0812-3456-7890")
        assert text("place-fault-number") in screen(rina).text
        await world.says(rina, "Balai RW 03")
        assert text("field-services-none") in (await presses(world, rina, text("button-next"))).text
        await presses(world, rina, text("service-recording"))
        preview = await presses(world, rina, text("button-next"))
        assert "Kamis, 28 September 2017, pukul 08.00-12.00" in preview.text
        assert "Balai RW 03" in preview.text and "GRATIS" in preview.text
        assert told(office, clock) == 0
        sent = await presses(world, rina, text("button-send-now"))
        assert text("telling-about-announcement", bentuk=text("form-service-day")) in sent.text
        assert rina.popups == [text("telling-sent", orang=told(office, clock))]
        assert told(office, clock) > 0
        expires = ask(office, lambda session: session.scalars(select(Notice.worthless_after)).all())
        assert set(expires) == {datetime(2017, 9, 28, 17, tzinfo=UTC)}, "not told of a service day that is over"


async def test_sms_are_counted_and_priced_before_they_are_paid(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.OFFICE, REGENCY, now=clock())
        await begins(world, rina)
        await presses(world, rina, text("form-general-reminder"))
        preview = await presses(world, rina, text("button-whole-region", warga="Kabupaten Bojonegoro"))
        assert "SMS" not in preview.text
        assert text("telling-preview-sms") in (await presses(world, rina, text("button-with-sms"))).text
        assert text("telling-preview-sms") not in (await presses(world, rina, text("button-without-sms"))).text


async def test_pressing_send_twice_sends_once(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await reminds(world, rina)
        rina.press(text("button-send-now"))
        rina.press(text("button-send-now"))
        await world.until(lambda: len(rina.popups) > 1)
        assert rina.popups == [text("telling-sent", orang=2), text("button-outdated")]
        assert states(office) == [ProposalState.AGREED]


async def test_who_is_removed_in_the_middle_sends_nothing(office: OpenOffice, clock: Clock) -> None:
    def remove(session: Session) -> None:
        session.execute(update(Official).values(removed_at=clock()))

    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await reminds(world, rina)
        act(office, remove)
        assert await popped_up(world, rina, text("button-send-now")) == text("button-outdated")
        assert states(office) == []
        assert told(office, clock) == 0


async def test_the_office_agrees_and_whoever_proposed_it_is_told(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock, house={"telling": TellingTerms(agreed=True)}) as world:
        rina, tono = world.person("Rina"), world.person("Tono")
        world.start()
        await world.says(tono, "/start")
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await reminds(world, rina)
        await presses(world, rina, text("button-ask-agree"))
        await world.told(tono, 2)
        asked = screen(tono)
        assert "PENGUMUMAN LAYANAN KTP-EL" in asked.text
        await world.says(tono, "/petugas")
        assert text("deed-agree-waiting", n=1) in labels(tono)
        assert told(office, clock) == 0
        tono.press_below(asked.message_id, row=0, column=0)
        await world.until(lambda: text("progress-preparing") in asked.text)
        assert tono.popups == [text("agree-done")]
        await world.until(lambda: screen(rina).text == text("agree-told-agreed", nomor="1"))
        assert told(office, clock) > 0
        assert await world.says(tono, "/setuju") == text("agree-none")


async def test_what_a_removed_official_proposed_does_not_go_out(office: OpenOffice, clock: Clock) -> None:
    def remove(session: Session, official_id: int) -> None:
        session.execute(update(Official).where(Official.id == official_id).values(removed_at=clock()))

    async with bot_world(office, clock, house={"telling": TellingTerms(agreed=True)}) as world:
        rina, tono = world.person("Rina"), world.person("Tono")
        world.start()
        await world.says(tono, "/start")
        number = appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await reminds(world, rina)
        await presses(world, rina, text("button-ask-agree"))
        act(office, remove, number)
        await world.told(tono, 2)
        assert (await presses(world, tono, text("button-agree"))).text == text("agree-gone")
        assert states(office) == [ProposalState.WITHDRAWN]
        assert told(office, clock) == 0


async def test_who_proposed_it_withdraws_it_and_the_old_button_to_agree_does_nothing(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock, house={"telling": TellingTerms(agreed=True)}) as world:
        rina, tono = world.person("Rina"), world.person("Tono")
        world.start()
        await world.says(tono, "/start")
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await reminds(world, rina)
        await presses(world, rina, text("button-ask-agree"))
        await world.told(tono, 2)
        await world.says(tono, "/setuju")
        assert (await presses(world, rina, text("button-withdraw"))).text == text("telling-withdrawn")
        assert (await presses(world, tono, text("button-agree"))).text == text("agree-decided")
        assert told(office, clock) == 0


async def test_the_third_of_a_week_is_refused_with_the_day_of_the_next(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock, house={"telling": TellingTerms(a_week=1)}) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        for _ in range(2):
            await reminds(world, rina)
            await presses(world, rina, text("button-send-now"))
        assert screen(rina).text == text("telling-too-many", kapan="Selasa, 3 Oktober 2017")
        assert states(office) == [ProposalState.AGREED]


def orders(office: OpenOffice) -> list[str]:
    return ask(office, lambda session: list(session.scalars(select(BatchOrder.order))))


async def test_what_is_on_its_way_is_paused_gone_on_with_and_cancelled_from_the_message_that_shows_how_far_it_is(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await reminds(world, rina)
        live = await presses(world, rina, text("button-send-now"))
        owed = told(office, clock)
        await world.until(lambda: f": {owed}\n" in live.text and text("progress-going-on") in live.text)
        assert text("progress-paused") in (await presses(world, rina, text("progress-button-pause"))).text
        assert orders(office) == ["paused"]
        assert text("progress-going-on") in (await presses(world, rina, text("progress-button-go-on"))).text
        assert orders(office) == []
        await presses(world, rina, text("progress-button-cancel"))
        await presses(world, rina, text("progress-button-cancel-yes"))
        assert orders(office) == ["cancelled"]
        await world.until(lambda: text("progress-cancelled") in live.text)
        assert not live.labels


async def test_a_village_official_cancels_nothing_that_somebody_else_had_sent(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina, ani, tono = (world.person(name) for name in ("Rina", "Ani", "Tono"))
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, ani, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await reminds(world, rina)
        await presses(world, rina, text("button-send-now"))
        pause = DeedPress(deed=Deed.ANNOUNCE, act=PAUSE, about=1).pack()
        for other, said in ((ani, "progress-not-yours"), (tono, "progress-paused-now")):
            await world.says(other, "/petugas")
            keyboard = screen(other).keyboard
            assert keyboard is not None
            button = keyboard["inline_keyboard"][0][0]
            button["callback_data"] = pause
            assert await popped_up(world, other, button["text"]) == text(said)
        assert orders(office) == ["paused"]


async def test_a_village_official_is_not_asked_for_whom_and_the_office_looks_into_its_districts(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        rina, tono = world.person("Rina"), world.person("Tono")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await reminds(world, rina)
        assert text("telling-preview") in screen(rina).text
        await reminds(world, tono)
        assert screen(tono).text == text("region-which")
        while text("region-district-short", kecamatan="Malo") not in labels(tono):
            await presses(world, tono, text("button-page-after"))
        await presses(world, tono, text("region-district-short", kecamatan="Malo"))
        assert text("button-whole-region", warga="Kec. Malo") in labels(tono)


@pytest.mark.parametrize(
    ("made_by", "made_up"),
    [
        ("form-general-reminder", {"screen": "form", "value": "free-text"}),
        ("form-general-reminder", {"screen": "where", "value": f"={REGENCY}"}),
        ("form-general-reminder", {"screen": "where", "value": "=35.22.15.2003.1"}),
        ("form-service-day", {"screen": "day", "value": "yesterday"}),
        ("form-service-day", {"screen": "hours", "value": "25-26"}),
        ("form-general-reminder", {"screen": "send", "deed": Deed.SUSPEND}),
    ],
)
async def test_a_button_that_somebody_made_up_does_nothing(
    office: OpenOffice, clock: Clock, made_by: str, made_up: dict[str, str]
) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await begins(world, rina)
        await presses(world, rina, text(made_by))
        keyboard = screen(rina).keyboard
        assert keyboard is not None
        button = keyboard["inline_keyboard"][0][0]
        genuine = {"deed": Deed.ANNOUNCE, "ticket": ScreenPress.unpack(button["callback_data"]).ticket}
        button["callback_data"] = ScreenPress(**genuine | made_up).pack()
        rina.press(button["text"])
        assert await world.says(rina, "/petugas") == text("official-menu")
        assert states(office) == []


async def test_a_resident_finds_no_word_for_it(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        siti, rina = world.person("Siti"), world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        for word in ("/setuju", "/gangguan"):
            assert await world.says(siti, word) == await world.says(rina, word) != text("agree-none")


def test_the_day_of_the_tests_is_a_tuesday(clock: Clock) -> None:
    assert clock().date() == date(2017, 9, 26)


async def test_a_nik_or_a_picture_in_place_of_a_field_is_not_taken_and_is_deleted_later(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await begins(world, rina)
        await presses(world, rina, text("form-service-day"))
        assert text("field-day-wrong") in await world.says(rina, SITI)
        before = len(rina.received)
        said = [next(message for message in rina.screen if message.text == SITI), rina.send_photo()]
        await world.told(rina, before + 1)
        clock.move(minutes=61)
        await world.until(lambda: all(message.deleted for message in said))
