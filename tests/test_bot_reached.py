"""Siapa terjangkau: officials see whom a call reached and whom not, and tell only those again."""

from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.actions.calls import make_call
from core.rules.officials import Role
from core.store.office import OpenOffice
from core.store.official_tables import PickupCall
from tests.bot_world import text
from tests.call_world import HERE, TERMS, TUESDAY
from tests.calling_world import calling_world, press, settled
from tests.offices import Clock, act
from tests.official_world import VILLAGE, appoint, presses, screen
from tests.test_sending import link

pytestmark = pytest.mark.anyio


async def test_who_was_reached_and_who_was_not_by_pickup_number_and_day(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=6, phones=4) as calling:
        live = await calling.calls(calling.rina, people="5")
        calling.village.at(TUESDAY, 15, 5)
        await calling.village.send()
        await calling.world.says(calling.tono, "/petugas")
        shown = (await presses(calling.world, calling.tono, text("deed-reach"))).text
        for line in (
            "Dikabari, tanpa tanda terima: 4",
            "Menunggu dikabari: 0",
            "Tanpa HP atau akun: 2",
            "Rabu 27/9: 5",
            "Kamis 28/9: 6",
        ):
            assert line in shown.splitlines()
        assert (await calling.below(calling.rina, live, text("progress-button-who"))).text == shown


async def test_those_not_reached_are_told_again_when_they_can_be_and_nobody_else(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=3, phones=2) as calling:
        live = await calling.calls(calling.rina)
        calling.village.at(TUESDAY, 15, 5)
        await calling.village.send()
        reached = await calling.below(calling.rina, live, text("progress-button-who"))
        question = await calling.below(calling.rina, reached, text("reached-button-again"))
        assert question.text == text("reached-again-sure", n=1)
        press(calling.rina, question, text("reached-button-again-yes"))
        await calling.until(lambda: question.text == text("reached-again-nobody"))
        assert await calling.village.send() == []
        link(office, calling.niks[2], "990000077", clock)
        question = await calling.below(calling.rina, reached, text("reached-button-again"))
        press(calling.rina, question, text("reached-button-again-yes"))
        press(calling.rina, question, text("reached-button-again-yes"))
        await calling.until(lambda: question.text == text("reached-again-nobody"))
        assert [address for address, _ in await calling.village.send()] == ["990000077"]


async def test_a_call_that_came_by_itself_is_told_to_the_villages_officials_once(
    office: OpenOffice, clock: Clock, tmp_path: Path
) -> None:
    async with calling_world(office, clock, tmp_path, people=2) as calling:
        ani = calling.world.person("Ani")
        appoint(office, ani, Role.VILLAGE, VILLAGE, now=clock())
        for person in (calling.rina, calling.tono, ani):
            await calling.world.says(person, "/petugas")
        act(office, make_call, TERMS, now=clock(), by="kabar")
        for person in (calling.rina, calling.tono):
            told = (await calling.world.told(person, 2))[1]
            assert "sistem memanggil 2 orang" in told.text and "Rabu 27/9" in told.text
        await calling.world.stop()
        calling.world.start()
        live = await presses(calling.world, calling.rina, text("call-button-show"))
        assert text("progress-going-on") in live.text
        await settled()
        assert (len(calling.rina.received), len(calling.tono.received), len(ani.received)) == (2, 2, 1)


async def test_the_last_call_is_shown_when_none_is_open(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    def over(session: Session) -> None:
        session.execute(update(PickupCall).where(PickupCall.point == HERE).values(state="done", ended_at=clock()))

    async with calling_world(office, clock, tmp_path, people=2, phones=1) as calling:
        await calling.world.says(calling.rina, "/petugas")
        await presses(calling.world, calling.rina, text("deed-reach"))
        assert screen(calling.rina).text.startswith("Belum ada panggilan di")
        act(office, make_call, TERMS, now=clock(), by="official:1")
        act(office, over)
        await calling.world.says(calling.rina, "/petugas")
        shown = await presses(calling.world, calling.rina, text("deed-reach"))
        assert shown.text.startswith("SIAPA TERJANGKAU")
        assert text("reached-button-again") not in [label for row in shown.labels for label in row]
