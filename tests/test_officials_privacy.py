"""What officials do in the chat leaves nobody's data in clear: not in the database, not in the log, not on a screen."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.logs import FIELDS
from core.actions.invites import invite
from core.questions.regions import office_row
from core.rules.delivery import GiveUp, Unsure
from core.rules.invites import invite_link
from core.rules.officials import Role
from core.store.office import OpenOffice
from simulator import Message, Person
from tests.bot_world import text
from tests.call_world import HERE, TUESDAY, WEDNESDAY, phone
from tests.calling_world import Calling, calling_world
from tests.offices import SITI, SITI_RECEIPT, WATI, Clock, act, ask
from tests.official_world import presses, screen
from tests.rows import TABLES
from tests.test_sending import link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

WATI_RECEIPT, NEW_PHONE = "BJN-000003-R81", "0812-7777-0066"
#: As Telegram shows these people.
NAMES = ("Rina Wulandari", "Tono Hartono", "Ketua Sudarmono", "Wati Bakoel", "wati_bakoel", "Lurah Anyar")


def raw(office: OpenOffice) -> Iterator[tuple[str, str, Any]]:
    """Every value of every column, as it stands there."""

    def read(session: Session) -> list[tuple[str, str, Any]]:
        return [
            (table.name, name, value)
            for table in TABLES
            for row in session.execute(select(table)).mappings()
            for name, value in row.items()
        ]

    return iter(office.read(read))


async def changes(calling: Calling, person: Person, words: str) -> Message:
    await calling.world.says(person, words)
    return screen(person)


async def weeks(calling: Calling) -> list[Person]:
    """A call with slips of the tongue in each of its fields, the way to its end, and a good part of the other rooms."""
    world, rina, village = calling.world, calling.rina, calling.village
    wati, newcomer = world.person("Wati Bakoel", username="wati_bakoel"), world.person("Lurah Anyar")
    link(world.office, calling.niks[0], str(wati.id), calling.clock)
    world.simulator.faults.answer("telegram", 502, body="<html>", method="sendMessage")
    world.simulator.faults.drop_before("telegram", method="sendMessage")
    broken = {"message_id": 9, "date": "kapan", "chat": wati.as_json(), "from": wati.user, "text": f"{WATI} {phone(1)}"}
    world.simulator.telegram.inject({"message": broken})
    village.telegram.answers, village.sms.answers = [Unsure("timeout")], [GiveUp("21211")]
    await calling.begins(rina)
    for words in (calling.niks[1], phone(1), "Rabu 8-12"):
        await changes(calling, rina, words)
    for words in (f"rumah {WATI}", "SRI WATI 081200000003", "Balai RW 3 Dusun Krajan"):
        await changes(calling, rina, words)
    for words in (WATI_RECEIPT, "100"):
        await changes(calling, rina, words)
    live = await presses(world, rina, text("call-button-send"))
    village.carry_on()
    await calling.until(lambda: text("progress-going-on") in live.text)
    await village.send()
    village.at(TUESDAY, 15)
    await village.send()
    await calling.below(rina, live, text("progress-button-who"))
    await calling.below(rina, live, text("call-button-copy-group"))
    await calling.below(rina, live, text("call-button-copy-speaker"))
    village.at(WEDNESDAY, 9)
    await world.says(rina, "/petugas")
    await presses(world, rina, text("deed-hand"))
    for words in ("1 2", "3 keluarga", "batal 2", calling.niks[2], f"4 {WATI}", "SRI WATI"):
        await changes(calling, rina, words)
    await world.says(rina, "/petugas")
    await presses(world, rina, text("deed-help"))
    for words in (SITI, SITI_RECEIPT, WATI):
        await changes(calling, rina, words)
    await presses(world, rina, text("button-help-phone"))
    await world.says(rina, NEW_PHONE)
    await presses(world, rina, text("button-help-agreed"))
    made = act(world.office, invite, Role.VILLAGE, HERE, now=calling.clock(), by="operator")
    bot = ask(world.office, office_row).bot_name or "kabar_simulator_bot"
    await world.after(newcomer, lambda: newcomer.open_link(invite_link(bot, made.secret)))
    await world.stop()
    return [rina, calling.tono, wati, newcomer]


def secrets(calling: Calling, people: list[Person]) -> list[str]:
    numbers = [phone(n) for n in range(4)] + ["+6281200000003", "+6281277770066"]
    return [
        *calling.niks,
        SITI,
        WATI,
        SITI_RECEIPT,
        WATI_RECEIPT,
        *(number[1:] for number in numbers),
        *("0" + number[3:] for number in numbers),
        NEW_PHONE,
        *(f"WARGA {n}" for n in range(6)),
        "SRI WATI",
        "SITI AMINAH",
        *NAMES,
        *(str(person.id) for person in people),
    ]


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}


async def test_nothing_personal_stands_in_clear_anywhere(
    office: OpenOffice, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with calling_world(office, clock, tmp_path, people=6, phones=4) as calling:
        people = await weeks(calling)
        private = secrets(calling, people)
        officials = [calling.rina, calling.tono]
        read = [one.text or "" for person in officials for one in person.received] + calling.rina.popups
        told = [one.text for one in (*calling.village.telegram.given, *calling.village.sms.given)]
        assert len(told) >= 4 and len(read) > 15
    for table, name, value in raw(office):
        for secret in private:
            clear = secret.encode() in value if isinstance(value, bytes) else secret in repr(value)
            assert not clear, f"{secret} stands in {table}.{name}"
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp")]
    lines = "\n".join(f"{record.getMessage()} {_fields(record)} {record.exc_info}" for record in ours)
    assert "update" in lines and len(ours) > 2
    for secret in private:
        assert secret not in lines, secret
        for message in (*read, *told):
            assert secret not in message, (secret, message)
