"""/angka: officials read the figures; to everybody else there is no such command."""

import pytest

from core.actions.suspensions import suspend
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from tests.bot_world import bot_world, text
from tests.offices import Clock, act

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
