"""Impor daftar in the chat: an official of the office sends a list, sees what it would do, and decides."""

import asyncio
import csv
import io
import re
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from core.jobs.list_content import keep_list, open_list_prefix, open_lists_folder
from core.rules.card import Stage
from core.rules.officials import Role
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.official_tables import ChatFile, ListPart, Official
from core.store.tables import Card, Fact, ImportRun
from core.store.words import FileState
from simulator import Message, Person
from tests.bot_world import World, bot_world, text
from tests.listings import card, siti, someone
from tests.offices import BUDI, HEADER, SITI, Clock, act, ask
from tests.official_world import DISTRICT, REGENCY, VILLAGE, appoint
from tests.spreadsheets import page, workbook
from tests.test_database_faults import full_disk

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

NEW = "3522995506900021"
READING = text("list-being-read")


@asynccontextmanager
async def room(office: OpenOffice, clock: Clock, home: Path) -> AsyncIterator[tuple[World, Person]]:
    """The bot at work, and an official of the office."""
    async with bot_world(office, clock, house={"home": home}) as world:
        rina = world.person("Rina")
        appoint(office, rina, Role.OFFICE, REGENCY, now=clock())
        world.start()
        yield world, rina


def export(*rows: str, title: str = "") -> bytes:
    return "\n".join((*filter(None, [title]), HEADER, *rows)).encode() + b"\n"


async def shown(world: World, person: Person, content: bytes, name: str = "ekspor.csv") -> Message:
    """Send a list, and return what is said of it."""
    before = len(person.received)
    person.send_document(name, content)
    await until(lambda: len(person.received) > before + 1 and said(person).text != READING)
    await until(lambda: state(world.office) not in (FileState.SENT,))
    await until(lambda: not world.waiting())
    return said(person)


async def until(happens: Callable[[], object]) -> None:
    """What the database holds wakes nobody, so it is looked at again and again."""
    async with asyncio.timeout(20):
        while not happens():  # noqa: ASYNC110  # nobody sets an event for it
            await asyncio.sleep(0.01)


def said(person: Person) -> Message:
    return person.received[-1]


def labels(message: Message) -> list[str]:
    return [label for row in message.labels for label in row]


def newest(office: OpenOffice) -> ChatFile:
    return ask(office, lambda session: session.scalar(select(ChatFile).order_by(ChatFile.id.desc()).limit(1)))


def state(office: OpenOffice) -> FileState | None:
    found = newest(office)
    return found and found.state


async def pressed(world: World, person: Person, label: str, *, ends: FileState) -> Message:
    person.press(label)
    await until(lambda: state(world.office) is ends)
    await until(lambda: not world.waiting())
    return said(person)


def count(office: OpenOffice, table: Any) -> int:
    return ask(office, lambda session: session.scalar(select(func.count()).select_from(table)))


def sealed(office: OpenOffice) -> list[bytes]:
    return ask(office, lambda session: list(session.scalars(select(ListPart.content_sealed))))


async def test_an_official_sees_what_a_list_would_do_and_takes_it_in(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        plan = await shown(world, rina, export(siti("DUP"), someone()))
        assert text("list-kind-cards") in plan.text
        assert text("list-does-new", n=1) in plan.text and text("list-does-moved", n=1) in plan.text
        assert "26 September 2017" in plan.text
        assert text("list-tells", n=1, telegram=0, sms=1, tanpa=0) in plan.text
        assert labels(plan) == [text(f"button-list-{name}") for name in ("take", "drop", "quiet")]
        assert card(office, SITI).stage is Stage.PRINT_READY  # nothing happened yet
        done = await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        assert (
            text("list-does-new", n=1) in done.text and text("list-told", n=1, telegram=0, sms=1, tanpa=0) in done.text
        )
        assert rina.received[-2].text == text("list-taken") and not rina.received[-2].labels
        assert card(office, SITI).stage is Stage.NEEDS_OFFICER
        run = ask(office, lambda session: session.scalar(select(ImportRun).order_by(ImportRun.id.desc()).limit(1)))
        assert run.by.startswith("official:") and run.ended_at
        assert sealed(office) == []


async def test_the_document_leaves_the_chat_as_soon_as_it_was_fetched(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti()))
        document = next(
            message for message in rina.messages.values() if message.kind == "document" and not message.from_bot
        )
        assert document.deleted


async def test_refused_rows_come_as_a_file_without_a_nik_or_a_name(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    bad = f"{NEW[:-1]};WARGA BARU;35.22.15.2003;PRR;05/01/2017;;;"
    village = f"{NEW};WARGA BARU;35.22.99.2003;PRR;05/01/2017;;;"
    async with room(office, clock, home) as (world, rina):
        plan = await shown(world, rina, export(siti("CARD_PRINTED"), bad, village))
        assert text("list-refused", n=2) in plan.text
        assert text("list-refused-sort", n=1, kolom="NIK", alasan=text("list-why-nik-length")) in plan.text
        document = next(message for message in rina.received if message.file)
        rows = list(csv.reader(io.StringIO(document.file.content.decode("utf-8-sig")), delimiter=";"))
        assert rows == [
            ["baris", "kolom", "alasan"],
            ["3", "NIK", text("list-why-nik-length")],
            ["4", "KODE DESA", text("list-why-village")],
        ]


async def test_whoever_says_no_leaves_everything_as_it_was(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED")))
        answer = await pressed(world, rina, text("button-list-drop"), ends=FileState.DROPPED)
        assert answer.text == text("list-dropped")
        clock.move(minutes=1)
        await until(lambda: not sealed(office))
        assert card(office, SITI).stage is Stage.PRINT_READY


async def test_nobody_is_told_of_what_is_taken_in_quietly(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("DUP")))
        before = count(office, Notice)
        done = await pressed(world, rina, text("button-list-quiet"), ends=FileState.DONE)
        assert text("list-quiet") in done.text
        assert card(office, SITI).stage is Stage.NEEDS_OFFICER and count(office, Notice) == before


async def test_the_same_list_twice_changes_nothing_the_second_time(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    rows = export(siti("CARD_PRINTED"))
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, rows)
        await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        facts = ask(office, lambda session: session.scalar(select(func.count()).where(Fact.kind == "card-moved")))
        again = await shown(world, rina, rows)
        assert text("list-does-unchanged", n=1) in again.text and text("list-tells-nobody") in again.text
        assert text("button-list-quiet") not in labels(again)
        await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        assert facts == ask(
            office, lambda session: session.scalar(select(func.count()).where(Fact.kind == "card-moved"))
        )


async def test_two_officials_send_lists_at_once_and_each_decides_on_her_own(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        dewi = world.person("Dewi")
        appoint(office, dewi, Role.HEAD, REGENCY, now=clock())
        rina.send_document("a.csv", export(siti("CARD_PRINTED")))
        dewi.send_document("b.csv", export(someone()))
        for official in (rina, dewi):
            await until(lambda who=official: who.received and text("button-list-take") in labels(said(who)))
        rina.press(text("button-list-take"))
        dewi.press(text("button-list-drop"))
        ends = sorted([FileState.DONE, FileState.DROPPED])
        await until(lambda: ask(office, _states) == ends and not world.waiting())
        assert said(dewi).text == text("list-dropped")
        assert card(office, SITI).stage is Stage.PRINTED


def _states(session: Session) -> list[FileState]:
    """Two writers may note them in either order."""
    return sorted(session.scalars(select(ChatFile.state)))


async def test_nobody_decides_on_anothers_list(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        dewi = world.person("Dewi")
        appoint(office, dewi, Role.HEAD, REGENCY, now=clock())
        await shown(world, rina, export(siti("CARD_PRINTED")))
        await world.says(dewi, "/petugas")
        forged = f"d1:list:take:{newest(office).id}"
        world.simulator.telegram.button_pressed(dewi, said(dewi), forged)
        await until(lambda: dewi.popups)
        assert dewi.popups == [text("list-over")] and state(office) is FileState.LOOKED


async def test_a_workbook_and_a_web_page_are_lists_too(
    office: OpenOffice, clock: Clock, home: Path, tmp_path: Path
) -> None:
    rows = [line.split(";") for line in (HEADER, siti("CARD_PRINTED"))]
    async with room(office, clock, home) as (world, rina):
        plan = await shown(world, rina, workbook(tmp_path / "a.xlsx", *rows).read_bytes(), "a.xlsx")
        assert text("list-does-moved", n=1) in plan.text
        plan = await shown(world, rina, page(tmp_path / "a.xls", *rows).read_bytes(), "a.xls")
        assert text("list-does-moved", n=1) in plan.text


async def test_other_lists_are_known_by_their_columns(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        blanks = await shown(world, rina, b"TANGGAL;JENIS;JUMLAH\n26/09/2017;TERIMA;450\n", "b.csv")
        assert text("list-kind-blanks") in blanks.text and text("list-does-taken", n=1) in blanks.text
        done = await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        assert text("list-does-taken", n=1) in done.text
        arrivals = await shown(world, rina, f"NIK;TGL TIBA\n{BUDI};26/09/2017\n".encode(), "c.csv")
        assert text("list-kind-arrivals") in arrivals.text
        await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        assert card(office, BUDI).stage is Stage.READY_FOR_PICKUP


async def test_a_list_that_says_too_little_is_asked_what_it_lists(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        asked = await shown(world, rina, f"NIK\n{BUDI}\n".encode(), "c.csv")
        assert asked.text == text("list-which-kind")
        rina.press(text("list-kind-arrivals"))
        await until(lambda: text("button-list-take") in labels(said(rina)))
        assert text("list-kind-arrivals") in said(rina).text


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03 no list", "format"),
        (b"halo;apa;kabar\n1;2;3\n", "columns"),
        (b"PK\x03\x04 broken", "damaged"),
        (export(), "empty"),
        (export(siti(), title="DAFTAR PER 27 SEPTEMBER 2037"), "future"),
    ],
)
async def test_what_is_no_list_is_refused_with_the_fix(
    office: OpenOffice, clock: Clock, home: Path, content: bytes, fault: str
) -> None:
    async with room(office, clock, home) as (world, rina):
        answer = await shown(world, rina, content)
        assert answer.text == text("list-unreadable", sebab=text(f"list-fault-{fault}"))
        assert state(office) is FileState.REFUSED and sealed(office) == []


async def test_a_workbook_that_unfolds_to_far_too_much_is_refused(office: OpenOffice, clock: Clock, home: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 300_000_000)
    async with room(office, clock, home) as (world, rina):
        answer = await shown(world, rina, packed.getvalue(), "a.xlsx")
        assert state(office) is FileState.REFUSED and "tidak dapat diimpor" in answer.text


async def test_more_than_telegram_gives_a_bot_is_refused_at_once(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        large = b"x" * (20 * 1024 * 1024 + 1)
        answer = await world.after(rina, lambda: rina.send_document("besar.csv", large))
        assert answer == text("list-too-large") and newest(office) is None


@pytest.mark.parametrize(
    ("role", "region"), [(Role.VILLAGE, VILLAGE), (Role.DISTRICT, DISTRICT), (Role.OFFICE, DISTRICT)]
)
async def test_nobody_else_can_import(office: OpenOffice, clock: Clock, home: Path, role: Role, region: str) -> None:
    async with room(office, clock, home) as (world, _):
        other = world.person("Lain")
        appoint(office, other, role, region, now=clock())
        answer = await world.after(other, lambda: other.send_document("a.csv", export(siti())))
        assert answer == text("media-not-understood") and newest(office) is None


async def test_a_resident_who_sends_a_document_is_answered_as_ever(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, _):
        resident = world.person("Siti")
        answer = await world.after(resident, lambda: resident.send_document("a.csv", export(siti())))
        assert answer == text("media-not-understood") and newest(office) is None


async def test_who_is_removed_before_she_confirms_confirms_nothing(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED")))
        act(office, lambda session: session.execute(update(Official).values(removed_at=clock())) and None)
        rina.press(text("button-list-take"))
        await until(lambda: rina.popups)
        assert rina.popups == [text("button-outdated")] and state(office) is FileState.LOOKED


async def test_what_somebody_confirmed_who_was_removed_since_is_not_taken(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED")))
        await world.stop()
        rina.press(text("button-list-take"))
        act(office, _confirmed_and_removed, now=clock())
        world.start()
        await until(lambda: state(office) is FileState.DROPPED and not sealed(office))
        assert card(office, SITI).stage is Stage.PRINT_READY


def _confirmed_and_removed(session: Session, *, now: Any) -> None:
    row = session.scalars(select(ChatFile)).one()
    row.state, row.report = FileState.CONFIRMED, row.report | {"tell": True, "shown": 1}
    session.execute(update(Official).values(removed_at=now))


async def test_a_restart_after_the_fetching_goes_on_without_telegram_giving_it_again(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await world.stop()
        rina.send_document("a.csv", export(siti("CARD_PRINTED")))
        world.house["home"] = None
        world.start()  # nobody notes it as a list yet
        await until(lambda: not world.waiting() and rina.received)
        await world.stop()
        world.house["home"] = home
        act(office, _sent, rina.id, "GONE", now=clock())
        keep_list(office, newest(office).id, export(siti("CARD_PRINTED")))
        world.start()
        await until(lambda: text("button-list-take") in labels(said(rina)))


def _sent(session: Session, chat_id: int, file_id: str, *, now: Any) -> None:
    from core.actions.chat_files import send_list

    send_list(session, chat_id=chat_id, file_id=file_id, name="a", message_id=1, kind=None, by="official:1", now=now)


async def test_a_file_that_telegram_keeps_no_more_is_asked_for_again(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await world.says(rina, "/petugas")
        act(office, _sent, rina.id, "GONE", now=clock())
        await until(lambda: said(rina).text == text("list-unreadable", sebab=text("list-fault-gone")))


async def test_killed_in_the_middle_of_the_taking_it_goes_on_and_counts_each_row_once(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    people = [someone(f"35229955{month:02}90{serial:04}") for month in range(1, 5) for serial in range(1, 201)]
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(*people))
        before = count(office, Card)
        rina.press(text("button-list-take"))
        await until(lambda: count(office, Card) > before)
        await world.kill()
        assert state(office) in (FileState.CONFIRMED, FileState.DONE)
        world.start()
        await until(lambda: state(office) is FileState.DONE and not world.waiting())
        assert text("list-does-new", n=800) in said(rina).text
        assert count(office, Card) == before + 800
        runs = ask(office, lambda session: session.scalars(select(ImportRun.ended_at)).all())
        assert all(runs)


async def test_killed_after_the_last_row_it_says_what_it_did_and_begins_no_second_run(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED"), someone()))
        await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        runs, one = count(office, ImportRun), newest(office)
        await world.stop()

        def again(session: Session) -> None:
            row = session.get_one(ChatFile, one.id)
            row.state, row.parts = FileState.CONFIRMED, None
            session.execute(sql("DELETE FROM inbox_update WHERE update_id < 0"))

        act(office, again)
        keep_list(office, one.id, export(siti("CARD_PRINTED"), someone()))
        clock.move(minutes=1)
        told = len(rina.received)
        world.start()
        await until(lambda: len(rina.received) > told and not world.waiting())
        assert text("list-does-new", n=1) in said(rina).text and text("list-does-moved", n=1) in said(rina).text
        assert count(office, ImportRun) == runs


async def test_a_full_disk_is_said_and_nothing_stays(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        with full_disk(last_bytes=3_000_000):  # enough for all but to open it
            answer = await shown(world, rina, export(siti()) + b" " * 4_000_000)
        assert answer.text == text("list-unreadable", sebab=text("list-fault-disk"))
        assert sealed(office) == open_ones(home) == []


async def test_what_nobody_decides_on_for_a_day_is_dropped_and_erased(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED")))
        assert len(sealed(office)) == 1
        clock.move(days=1, minutes=1)
        await until(lambda: said(rina).text == text("list-expired") and not sealed(office))
        rina.press(text("button-list-take"))
        await until(lambda: rina.popups)
        assert rina.popups == [text("list-over")]


async def test_a_button_pressed_twice_takes_it_in_once(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED")))
        await world.stop()
        rina.press(text("button-list-take"))
        rina.press(text("button-list-take"))
        runs = count(office, ImportRun)
        world.start()
        await until(lambda: state(office) is FileState.DONE and rina.popups and not world.waiting())
        assert count(office, ImportRun) == runs + 1


async def test_empty_lists_can_be_had_in_the_chat(office: OpenOffice, clock: Clock, home: Path) -> None:
    async with room(office, clock, home) as (world, rina):
        await world.says(rina, "/petugas")
        rina.press(text("deed-list"))
        await until(lambda: said(rina).text == text("list-home"))
        rina.press(text("list-kind-letters"))
        await until(lambda: said(rina).file)
        assert said(rina).file.name == "kabar-letters.xlsx" and said(rina).file.content.startswith(b"PK")


async def test_neither_nik_nor_name_nor_phone_leaves_the_office_or_lies_open_on_its_disk(
    office: OpenOffice, clock: Clock, home: Path, caplog: pytest.LogCaptureFixture, backend: str
) -> None:
    secrets = (SITI, NEW, NEW[:-1], "SITI AMINAH", "WARGA BARU", "81200000009", "daftar-rahasia")
    bad = f"{NEW[:-1]};WARGA BARU;35.22.15.2003;PRR;05/01/2017;081200000009;YA;"
    good = f"{NEW};WARGA BARU;35.22.15.2003;PRR;05/01/2017;081200000009;YA;"
    async with room(office, clock, home) as (world, rina):
        await shown(world, rina, export(siti("CARD_PRINTED"), good, bad), "daftar-rahasia.csv")
        (part,) = sealed(office)
        assert not [secret for secret in secrets if secret.encode() in part]
        _holds_none(home, secrets)
        await pressed(world, rina, text("button-list-take"), ends=FileState.DONE)
        _holds_none(home, secrets)
        said_there = " ".join(
            message.text + (message.file.content.decode("utf-8-sig", "replace") if message.file else "")
            for message in rina.received
        )
        assert not re.search(r"\d{12}", said_there)
        assert not [secret for secret in secrets if secret in said_there or secret in caplog.text]
        if backend == "postgresql":
            for row in ask(office, lambda session: session.execute(sql("SELECT chat_file::text FROM chat_file")).all()):
                assert not [secret for secret in secrets if secret in row[0]]
    assert not open_ones(home)


def open_ones(home: Path) -> list[Path]:
    """What lies open of this home's lists, wherever that is."""
    return list(open_lists_folder(home).glob(f"{open_list_prefix(home)}*"))


def _holds_none(home: Path, secrets: tuple[str, ...]) -> None:
    """But for the export that the office's residents came from, which lies there since its founding."""
    for path in (path for path in home.rglob("*") if path.is_file() and path.name != "export.csv"):
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path.name
