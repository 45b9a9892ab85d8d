"""/petugas: officials press what they may do; to everybody else there is no such word."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.rules.officials import Role
from core.store.office import OpenOffice
from core.store.official_tables import Official
from tests.bot_world import bot_world, text
from tests.offices import Clock, act
from tests.official_world import DISTRICT, VILLAGE, appoint, screen

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


async def test_a_village_official_sees_what_she_may_do_and_nothing_else(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.start()
        appoint(office, official, Role.VILLAGE, VILLAGE, now=clock())
        assert await world.says(official, "/petugas") == text("official-menu")
        labels = [label for row in screen(official).labels for label in row]
        assert text("deed-call") in labels
        assert text("deed-stop") not in labels


async def test_to_a_resident_there_is_no_menu(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.start()
        assert await world.says(siti, "/petugas") == text("not-understood")


async def test_who_is_removed_presses_the_buttons_of_a_stranger(office: OpenOffice, clock: Clock) -> None:
    def remove(session: Session, official_id: int) -> None:
        session.execute(update(Official).where(Official.id == official_id).values(removed_at=clock()))

    async with bot_world(office, clock) as world:
        official = world.person("Rina")
        world.start()
        official_id = appoint(office, official, Role.DISTRICT, DISTRICT, now=clock())
        await world.says(official, "/petugas")
        act(office, remove, official_id)
        official.press(text("deed-call"))
        await world.until(lambda: official.popups)
        assert official.popups == [text("button-outdated")]
        assert await world.says(official, "/petugas") == text("not-understood")
