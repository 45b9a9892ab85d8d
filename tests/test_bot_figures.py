"""/angka: officials read the figures; to everybody else there is no such command."""

import pytest

from core.actions.suspensions import suspend
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from tests.bot_world import bot_world, text
from tests.offices import SITI, Clock, act

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


async def test_an_official_reads_the_figures_of_this_moment(office: OpenOffice, clock: Clock) -> None:
    act(office, suspend, [Service.PRINTING], cause=Cause.SERVER, now=clock(), by="operator")
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.house["operators"] = frozenset({str(official.id)})
        world.start()
        said = await world.says(official, "/angka")
        assert said == (
            "ANGKA 26 September 2017\n"
            "Dispendukcapil Kabupaten Bojonegoro\n\n"
            "Menunggu KTP-el: 3\n"
            "Di antaranya siap dicetak: 1\n"
            "Dicetak hari ini: 0\n"
            "Dicetak, belum diserahkan: 1\n\n"
            "BERHENTI: cetak sejak 26 September 2017, gangguan server\n\n"
            "Data per 26 September 2017."
        )
        assert await world.says(official, "angka") == said


async def test_to_a_resident_it_is_a_word_like_any_other(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        resident = world.person("Siti")
        world.start()
        assert await world.says(resident, "/angka") == text("not-understood")


async def test_charts_and_tables_come_as_documents(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.house["operators"] = frozenset({str(official.id)})
        world.start()
        await world.says(official, "/petugas")
        official.press(text("deed-figures"))
        await world.until(lambda: official.received[-1].text.startswith("ANGKA"))
        for button, name, begins in (
            ("stages", "stages-2017-09-26.png", b"\x89PNG"),
            ("now", "angka-2017-09-26.csv", b"\xef\xbb\xbfsection;name;district;value"),
            ("day", "angka-hari-2017-09-26.csv", b"\xef\xbb\xbfsection;name;district;value"),
        ):
            before = len(official.received)
            official.press(text(f"button-figures-{button}"))
            await world.until(lambda before=before: len(official.received) > before)
            document = official.received[-1].file
            assert document.name == name and document.content.startswith(begins)
            if button != "stages":
                assert (SITI not in document.content.decode() and b"day;day" in document.content) or button == "now"
        assert official.popups == [text("figures-coming")] * 3


@pytest.mark.parametrize("data", ["d1:figures:day:99999999", "d1:figures:day:-1", "d1:figures:else:736598"])
async def test_a_button_made_up_shows_nothing(office: OpenOffice, clock: Clock, data: str) -> None:
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.house["operators"] = frozenset({str(official.id)})
        world.start()
        await world.says(official, "/angka")
        world.simulator.telegram.button_pressed(official, official.received[-1], data)
        await world.until(lambda: official.popups)
        assert official.popups == [text("button-outdated")]
