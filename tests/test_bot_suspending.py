"""/gangguan: services stop by a few presses, many are told when a second official agrees, and what stands is ended."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.actions.contacts import add_contact
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import SuspensionLine, every_suspension
from core.questions.cards import resident_by_nik
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.officials import Role, TellingTerms
from core.rules.suspension import Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.official_tables import Official
from simulator import Person
from tests.bot_world import World, bot_world, text
from tests.offices import JOKO, SITI, WATI, Clock, act, ask
from tests.official_world import DISTRICT, REGENCY, appoint, presses, screen

pytestmark = pytest.mark.anyio

FEW = {"telling": TellingTerms(agreed_above=1)}


@pytest.fixture(autouse=True)
def linked(office: OpenOffice, clock: Clock) -> None:
    for number, nik in enumerate((SITI, WATI, JOKO)):
        resident = ask(office, resident_by_nik, nik)
        assert resident is not None
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, resident.id, Channel.TELEGRAM, f"90000000{number}", **terms)


def told(office: OpenOffice, clock: Clock, kind: Kind = Kind.SUSPENDED) -> int:
    prepare_broadcasts(office, now=clock)
    return ask(office, lambda session: session.scalar(select(func.count(Notice.id)).where(Notice.kind == kind))) or 0


def reached(office: OpenOffice) -> None:
    """The news of the start arrives."""
    act(office, lambda session: session.execute(update(Notice).values(state="told")))


def stops(office: OpenOffice) -> list[SuspensionLine]:
    return ask(office, every_suspension)


async def chooses(world: World, official: Person, *services: Service) -> None:
    await world.says(official, "/gangguan")
    await presses(world, official, text("button-new-stop"))
    for service in services:
        await presses(world, official, text(f"service-{service}"))
    await presses(world, official, text("button-next"))
    await presses(world, official, text("cause-server"))
    await presses(world, official, text("button-whole-region", warga="Kabupaten Bojonegoro"))
    await presses(world, official, text("button-since", pukul="08.00"))


async def stops_everything(world: World, official: Person) -> None:
    """Up to the second press, of which nobody knows when it ends."""
    await chooses(world, official, Service.CENTRE, Service.PRINTING)
    await presses(world, official, text("button-until-unknown"))
    await presses(world, official, text("button-stop-now"))


async def test_what_stops_is_shown_as_people_will_read_it_and_a_second_press_says_it(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await chooses(world, tono, Service.CENTRE, Service.PRINTING)
        await world.says(tono, "2/10")
        assert "PEMBERITAHUAN GANGGUAN LAYANAN" in screen(tono).text
        assert text("telling-counts", orang=3, telegram=3, tidak=0) in screen(tono).text
        assert stops(office) == []
        await presses(world, tono, text("button-stop-now"))
        (stop,) = stops(office)
        assert (stop.services, stop.expected_until) == ((Service.CENTRE, Service.PRINTING), date(2017, 10, 2))
        assert stop.since == datetime(2017, 9, 26, 1, tzinfo=UTC), "08.00 in Bojonegoro"
        assert told(office, clock) == 3


async def test_a_stop_of_less_than_a_day_changes_the_answers_only(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await chooses(world, tono, Service.PRINTING)
        preview = await presses(world, tono, "Selasa 26/9")
        assert text("suspending-short") in preview.text
        await presses(world, tono, text("button-stop-now"))
        assert screen(tono).text == text("suspending-done")
        assert (len(stops(office)), told(office, clock)) == (1, 0)


async def test_above_so_many_people_a_second_official_agrees_while_the_answers_say_it_already(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock, house=FEW) as world:
        tono, dewi = world.person("Tono"), world.person("Dewi")
        world.start()
        await world.says(dewi, "/start")
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        appoint(office, dewi, Role.OFFICE, REGENCY, now=clock())
        await stops_everything(world, tono)
        assert (len(stops(office)), told(office, clock)) == (1, 0)
        await world.told(dewi, 2)
        await presses(world, dewi, text("button-agree"))
        assert told(office, clock) == 3


async def test_the_head_of_the_office_goes_on_alone_after_a_quarter_of_an_hour(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock, house=FEW) as world:
        head = world.person("Kepala")
        world.start()
        appoint(office, head, Role.HEAD, REGENCY, now=clock())
        await stops_everything(world, head)
        clock.move(minutes=5)
        head.press(text("button-alone"))
        await world.until(lambda: head.popups)
        assert head.popups == [text("agree-early", menit=10)]
        assert told(office, clock) == 0
        clock.move(minutes=10)
        assert (
            text("telling-about-suspension-start", henti="") in (await presses(world, head, text("button-alone"))).text
        )
        assert told(office, clock) == 3


async def test_what_stands_is_back_in_part_and_then_wholly(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await stops_everything(world, tono)
        told(office, clock)
        reached(office)
        await world.says(tono, "/gangguan")
        await presses(world, tono, text("button-back-number", nomor="1"))
        await presses(world, tono, f"✓ {text('service-centre')}")
        confirm = await presses(world, tono, text("button-next"))
        assert text("telling-will-hear", orang=3) in confirm.text
        await presses(world, tono, text("button-back-now"))
        assert [stop.services for stop in stops(office) if stop.resumed_at is None] == [(Service.CENTRE,)]
        assert told(office, clock, Kind.RESUMED) == 3
        await world.says(tono, "gangguan")
        await presses(world, tono, text("button-back-number", nomor="1"))
        await presses(world, tono, text("button-next"))
        await presses(world, tono, text("button-back-now"))
        assert [stop for stop in stops(office) if stop.resumed_at is None] == []


async def test_the_expected_end_is_moved_and_whoever_knows_of_the_stop_is_told(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await stops_everything(world, tono)
        told(office, clock)
        reached(office)
        await world.says(tono, "/gangguan")
        await presses(world, tono, text("button-move-number", nomor="1"))
        await presses(world, tono, "Kamis 28/9")
        assert tono.popups[-1] == text("suspending-moved-done", nomor="1")
        assert text("telling-about-suspension-moved", henti="") in screen(tono).text
        assert [stop.expected_until for stop in stops(office)] == [date(2017, 9, 28)]
        assert told(office, clock, Kind.SUSPENSION_MOVED) == 3


async def test_old_buttons_answer_kindly_and_do_nothing(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await chooses(world, tono, Service.PRINTING)
        await presses(world, tono, text("button-until-unknown"))
        tono.press(text("button-stop-now"))
        tono.press(text("button-stop-now"))
        await world.until(lambda: len(tono.popups) > 1)
        assert tono.popups == [text("suspending-done-told", orang=1), text("button-outdated")]
        assert len(stops(office)) == 1


async def test_who_is_suspended_in_the_middle_stops_nothing(office: OpenOffice, clock: Clock) -> None:
    def suspend_official(session: Session) -> None:
        session.execute(update(Official).values(suspended_at=clock()))

    async with bot_world(office, clock) as world:
        tono = world.person("Tono")
        world.start()
        appoint(office, tono, Role.OFFICE, REGENCY, now=clock())
        await chooses(world, tono, Service.PRINTING)
        await presses(world, tono, text("button-until-unknown"))
        act(office, suspend_official)
        tono.press(text("button-stop-now"))
        await world.until(lambda: tono.popups)
        assert tono.popups == [text("button-outdated")]
        assert stops(office) == []


async def test_a_district_official_stops_nothing(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.DISTRICT, DISTRICT, now=clock())
        assert await world.says(rina, "/gangguan") == text("not-understood")
