"""Bantu warga: an official looks a neighbour's card up and registers her phone; nothing typed is ever repeated."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.officials.commands import command_of
from core.actions.helping import LOOKUPS_A_DAY
from core.actions.slips import draw_secrets, make_slip
from core.questions.cards import history, resident_by_nik
from core.rules.notices import Kind
from core.rules.officials import Deed, Role
from core.rules.receipt import grouped
from core.store.delivery_tables import Notice
from core.store.inbox_tables import Asked, QuestionToDelete
from core.store.office import OpenOffice
from core.store.official_tables import Official
from core.store.tables import Contact, Fact
from simulator import Message, Person
from tests.bot_world import World, bot_world, text
from tests.listings import phones
from tests.offices import BUDI, BUDI_RECEIPT, SITI, WATI, Clock, act, ask
from tests.official_world import REGENCY, VILLAGE, appoint, presses, screen

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

PHONE, SHOWN_PHONE = "0812-0000-0077", "+62812••••077"
NOT_FOUND = text("help-not-found")


@asynccontextmanager
async def room(
    office: OpenOffice, clock: Clock, role: Role = Role.VILLAGE, region: str = VILLAGE
) -> AsyncIterator[tuple[World, Person]]:
    """The bot at work, and an official who was asked for help."""
    async with bot_world(office, clock) as world:
        rina = world.person("Rina", phone="+6281200000055")
        appoint(office, rina, role, region, now=clock())
        world.start()
        await world.says(rina, "/petugas")
        await presses(world, rina, text("deed-help"))
        assert screen(rina).text == text("help-whom")
        yield world, rina


def facts(office: OpenOffice, kind: str = "looked-up") -> list[tuple[bool, dict[str, Any], str]]:
    def read(session: Session) -> list[Any]:
        query = select(Fact.resident_id, Fact.details, Fact.by).where(Fact.kind == kind).order_by(Fact.id)
        return [(row.resident_id is not None, row.details, row.by) for row in session.execute(query)]

    return ask(office, read)


async def registered(world: World, rina: Person, phone: str = PHONE, nik: str = BUDI) -> Message:
    await world.says(rina, nik)
    await presses(world, rina, text("button-help-phone"))
    await world.says(rina, phone)
    return await presses(world, rina, text("button-help-agreed"))


async def test_a_neighbour_is_looked_up_and_registered_in_three_messages(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        told = await world.says(rina, BUDI)
        assert "SUDAH DICETAK" in told and text("help-no-address") in told
        await presses(world, rina, text("button-help-phone"))
        consent = await world.says(rina, PHONE)
        assert consent == text("help-consent", nomor=SHOWN_PHONE, simpan=text("contact-kept"))
        assert (await presses(world, rina, text("button-help-agreed"))).text == text("help-added")
        assert phones(office, BUDI) == [("+6281200000077", True, None)]
        written = [message for message in rina.messages.values() if not message.from_bot]
        assert len(written) <= 4
        contact, notice = ask(office, _contact_and_notice)
        assert (contact.proof, contact.consent_how, contact.consent_text) == ("official", "official", "2026-2 id")
        assert contact.consent_by.startswith("official:")
        assert notice.kind is Kind.REGISTERED and notice.contact_id == contact.id
        assert text("help-addresses", n=1) in await world.says(rina, BUDI)


def _contact_and_notice(session: Session) -> tuple[Contact, Notice]:
    contact = session.scalars(select(Contact).where(Contact.proof == "official")).one()
    return contact, session.scalars(select(Notice).order_by(Notice.id.desc()).limit(1)).one()


async def test_a_receipt_says_it_too_once_the_card_is_printed(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        assert "SUDAH DICETAK" in await world.says(rina, BUDI_RECEIPT)
        assert "SUDAH DICETAK" in await world.says(rina, BUDI_RECEIPT.lower().replace("-", " "))


async def test_a_slip_of_the_counter_says_it_at_every_stage(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        drawn = draw_secrets()
        act(office, make_slip, SITI, drawn, now=clock(), by="operator")
        assert "SIAP DICETAK" in await world.says(rina, grouped(drawn.code))


async def test_who_lives_elsewhere_is_answered_like_nobody(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        assert await world.says(rina, WATI) == NOT_FOUND
        assert await world.says(rina, "3522990101800099") == NOT_FOUND
        assert await world.says(rina, "BJN-999999-A12") == NOT_FOUND
        by = facts(office)[0][2]
        assert by.startswith("official:")
        assert facts(office) == [
            (True, {"told": False}, by),
            (False, {"told": False}, by),
            (False, {"told": False}, by),
        ]


async def test_the_office_may_look_up_whoever_lives_in_it(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock, Role.OFFICE, REGENCY) as (world, rina):
        assert await world.says(rina, WATI) != NOT_FOUND


async def test_each_look_up_stands_in_the_history(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)
        resident_id = ask(office, lambda session: resident_by_nik(session, BUDI).id)
        last = ask(office, history, resident_id)[-1]
        assert (last.kind, last.details) == ("looked-up", {"told": True}) and last.by.startswith("official:")


async def test_so_many_a_day_and_no_more_whatever_is_typed(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)

        def many(session: Session) -> None:
            first = session.scalars(select(Asked)).one()
            for _ in range(LOOKUPS_A_DAY - 2):
                session.add(
                    Asked(
                        at=first.at,
                        chat_index=first.chat_index,
                        nik_index=first.nik_index,
                        prefix_index=first.prefix_index,
                    )
                )

        act(office, many)
        assert await world.says(rina, BUDI) != text("help-too-many", n=LOOKUPS_A_DAY)
        assert await world.says(rina, BUDI) == text("help-too-many", n=LOOKUPS_A_DAY)
        clock.move(hours=15)  # another day by the office's clock
        await world.says(rina, "/petugas")
        await presses(world, rina, text("deed-help"))
        assert "SUDAH DICETAK" in await world.says(rina, BUDI)


async def test_residents_throttles_neither_count_nor_hold_an_official_up(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        for number in range(1, 8):
            assert await world.says(rina, f"35229912038500{number + 10}") == NOT_FOUND
        assert "SUDAH DICETAK" in await world.says(rina, BUDI)
        resident = world.person("Budi")
        assert "SUDAH DICETAK" in await world.says(resident, BUDI)  # the prefix is not closed to residents


async def test_what_was_typed_leaves_the_chat(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await registered(world, rina)
        assert ask(office, lambda session: session.scalar(select(func.count(QuestionToDelete.id)))) == 2
        clock.move(hours=1, minutes=1)
        await world.until(
            lambda: [m.deleted for m in rina.messages.values() if m.text in (BUDI, PHONE)] == [True, True]
        )


async def test_nothing_that_names_anybody_is_sent(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await registered(world, rina)
        said = " ".join(message.text for message in rina.received)
        assert not re.search(r"\d{5}", re.sub(r"0812-0000-0001", "", said)) and "BUDI" not in said


@pytest.mark.parametrize("typed", ["0812", "021-5550100", "+1 202 555 0100", "0812000000770812", BUDI])
async def test_what_is_no_mobile_number_is_asked_for_again(office: OpenOffice, clock: Clock, typed: str) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)
        await presses(world, rina, text("button-help-phone"))
        answer = await world.says(rina, typed if typed != "0812" else "0812 1")
        assert answer == text("help-phone-mistyped")
        assert await world.says(rina, PHONE) != answer


async def test_her_own_number_is_refused_and_a_shared_contact_taken(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)
        await presses(world, rina, text("button-help-phone"))
        own = await world.after(rina, lambda: rina.share_contact("+6281200000055"))
        assert own == text("help-own-phone")
        other = await world.after(rina, lambda: rina.share_contact("6281200000077", own=False))
        assert SHOWN_PHONE in other


async def test_a_number_of_six_families_is_a_brokers(office: OpenOffice, clock: Clock) -> None:
    def crowd(session: Session) -> None:
        resident = resident_by_nik(session, WATI)
        from core.actions.contacts import add_contact
        from core.rules.delivery import Channel
        from core.store.tables import Resident

        for number in range(6):
            other = Resident(
                nik_index=bytes([number]), nik_sealed=b"", name_sealed=b"", born_sealed=None, village=resident.village
            )
            session.add(other)
            session.flush()
            add_contact(
                session,
                other.id,
                Channel.SMS,
                "+6281200000077",
                proof="counter",
                how="counter",
                text="x",
                now=clock(),
                by="x",
            )

    act(office, crowd)
    async with room(office, clock) as (world, rina):
        assert (await registered(world, rina)).text == text("help-crowded")
        assert phones(office, BUDI) == []


async def test_the_same_number_again_changes_nothing(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await registered(world, rina)
        clock.move(minutes=1)
        assert (await registered(world, rina)).text == text("help-already")
        assert len(phones(office, BUDI)) == 1 and len(facts(office, "contact-added")) == 1


async def test_consent_pressed_twice_registers_once(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)
        await presses(world, rina, text("button-help-phone"))
        await world.says(rina, PHONE)
        await world.stop()
        rina.press(text("button-help-agreed"))
        rina.press(text("button-help-agreed"))
        world.start()
        await world.until(lambda: rina.popups)
        assert rina.popups == [text("button-outdated")] and len(facts(office, "contact-added")) == 1


async def test_who_is_removed_in_the_middle_registers_nobody(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        await world.says(rina, BUDI)
        await presses(world, rina, text("button-help-phone"))
        await world.says(rina, PHONE)
        act(office, _remove, now=clock())
        rina.press(text("button-help-agreed"))
        await world.until(lambda: rina.popups)
        assert phones(office, BUDI) == []
        # what she types now is a resident's question
        assert await world.says(rina, WATI) != NOT_FOUND
        assert len(facts(office)) == 1


def _remove(session: Session, *, now: Any) -> None:
    session.scalars(select(Official)).one().removed_at = now


async def test_commands_and_words_are_heard_in_the_middle(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        assert await world.says(rina, "bantuan") == text("help")
        assert await world.says(rina, "/petugas") == text("official-menu")


async def test_a_mistyped_nik_costs_no_look_up(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        assert await world.says(rina, BUDI[:-1]) == text("help-mistyped")
        assert await world.says(rina, f"{BUDI} {SITI}") == text("help-one-only")
        assert facts(office) == []


async def test_the_command_leads_to_the_same_room(office: OpenOffice, clock: Clock) -> None:
    async with room(office, clock) as (world, rina):
        assert await world.says(rina, f"/{command_of(Deed.HELP)}") == text("help-whom")
        assert "SUDAH DICETAK" in await world.says(rina, BUDI)
