"""A backup put back is the office as it was, and nobody is told twice because of it; on both databases."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from core.actions.chat_files import send_list
from core.actions.inbox import decide, store_updates
from core.actions.sending import Turn, start_messages
from core.actions.suspensions import suspend
from core.errors import InputError, Refused, SetupError
from core.jobs.backing_up import make_backup
from core.jobs.list_content import keep_list
from core.questions.chat_files import lists_at_work
from core.questions.health import unprepared
from core.questions.inbox import waiting_updates
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Attempt, Broadcast, Message, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.office import SCHEMA, OpenOffice, open_office
from core.store.official_tables import ListPart
from core.store.sealing import make_key_file, read_key_file
from core.store.words import BroadcastState, MessageState, NoticeState, UpdateState
from tests.offices import SITI, SITI_PHONE, WATI, Clock, act, ask
from tests.postgres import Postgres
from tests.rows import everything
from tests.safekeeping import back_up, inside, new_home, postgres_programs, put_back, resealed, there
from tests.senders import FakeChannel, send_all, terms
from tests.test_sending import ready

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def elsewhere(tmp_path: Path, home: Path, office: OpenOffice) -> Path:
    """Another machine's home, with nothing in it but a copy of the key."""
    return new_home(tmp_path / "elsewhere", home)


@pytest.fixture
def empty(backend: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str | None]:
    """The address of an empty database for what is put back; None for a file in the home."""
    if backend == "sqlite":
        yield None
        return
    postgres_programs(monkeypatch)
    server: Postgres = request.getfixturevalue("postgres")
    yield server.create("emptied")
    server.drop("emptied")


@pytest.fixture
def waiting(office: OpenOffice, clock: Clock) -> OpenOffice:
    """Siti's SMS is on its way, Wati's waits, and a suspension is being announced."""
    ready(office, SITI, clock)
    assert act(
        office,
        start_messages,
        Channel.SMS,
        slots=1,
        held=frozenset(),
        turn=Turn(),
        now=clock(),
        terms=terms(office),
    )
    ready(office, WATI, clock)
    act(office, suspend, (Service.CENTRE,), cause=Cause.SERVER, now=clock(), by="operator")
    assert ask(office, unprepared)
    return office


def test_what_is_put_back_is_what_was_there_row_for_row(
    waiting: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    before = everything(waiting)
    made = back_up(waiting, home, folder, address)
    assert len(everything(waiting)["fact"]) == len(before["fact"]) + 1, "that one was made is noted, but not in it"
    done = put_back(made.path, elsewhere, empty, send_again=True)
    assert (done.name, done.schema, done.held) == ("Dispendukcapil Kabupaten Bojonegoro", SCHEMA, None)
    with open_office(elsewhere, empty) as restored:
        assert everything(restored) == before


def test_what_a_list_in_the_chat_holds_is_in_no_backup_and_is_fetched_again(
    office: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path, clock: Clock
) -> None:
    terms = {"chat_id": 1, "file_id": "F", "name": "a", "message_id": 7, "kind": None, "by": "official:1"}
    list_id = act(office, send_list, **terms, now=clock())
    keep_list(office, list_id, random.Random(2017).randbytes(500_000))
    parts = ask(office, lambda session: list(session.scalars(select(ListPart.content_sealed))))
    made = back_up(office, home, folder, address)
    assert len(parts) == 4 and ask(office, lists_at_work)
    if not address:
        held = inside(made.path, home, folder / "plain").read_bytes()
        assert not [part for part in parts if part[:64] in held or part[-64:] in held]
    put_back(made.path, elsewhere, empty)
    with open_office(elsewhere, empty) as restored:
        assert not ask(restored, lists_at_work)
        assert not ask(restored, lambda session: list(session.scalars(select(ListPart.number))))
        keep_list(restored, list_id, b"NIK")
        assert [one.id for one in ask(restored, lists_at_work)] == [list_id]


async def test_what_waited_is_held_and_never_leaves_again(
    waiting: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path, clock: Clock
) -> None:
    held = put_back(back_up(waiting, home, folder, address).path, elsewhere, empty).held
    assert held is not None
    assert (held.notices, held.broadcasts) == (2, 1)
    sms = FakeChannel(Channel.SMS)
    with open_office(elsewhere, empty) as restored:
        await send_all(restored, sms, now=clock)
        assert sms.given == []
        assert ask(restored, lambda session: set(session.scalars(select(Notice.state)))) == {NoticeState.IN_DOUBT}
        assert ask(restored, lambda session: set(session.scalars(select(Message.state)))) == {MessageState.UNSURE}
        assert ask(restored, lambda session: list(session.scalars(select(Attempt.outcome)))) == ["Unsure"]
        assert ask(restored, lambda session: list(session.scalars(select(Broadcast.state)))) == [
            BroadcastState.CANCELLED
        ]


async def test_a_move_to_another_machine_sends_what_waited(
    waiting: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path, clock: Clock
) -> None:
    put_back(back_up(waiting, home, folder, address).path, elsewhere, empty, send_again=True)
    sms = FakeChannel(Channel.SMS)
    with open_office(elsewhere, empty) as restored:
        await send_all(restored, sms, now=clock)
    assert len(sms.given) == 1, "Wati's; Siti's may have left before, so it is looked for first"


@pytest.mark.parametrize("send_again", [False, True])
def test_what_was_written_to_the_bot_days_ago_is_neither_answered_nor_kept_unless_it_is_the_same_day(
    office: OpenOffice,
    home: Path,
    elsewhere: Path,
    address: str | None,
    empty: str | None,
    folder: Path,
    clock: Clock,
    send_again: bool,
) -> None:
    act(office, store_updates, [(number, "990000009", '{"text": "/hapus"}') for number in (7, 8)], now=clock())
    act(office, decide, 1, [{"text": "Sudah."}])
    made = back_up(office, home, folder, address)
    held = put_back(made.path, elsewhere, empty, send_again=send_again, now=clock.move(days=5)).held
    with open_office(elsewhere, empty) as restored:
        rows = ask(restored, lambda session: list(session.scalars(select(InboxUpdate))))
        if send_again:
            assert (held, len(ask(restored, waiting_updates))) == (None, 2)
        else:
            assert held is not None
            assert (held.updates, ask(restored, waiting_updates)) == (2, [])
            assert {(row.state, row.body_sealed, row.replies_sealed) for row in rows} == {(UpdateState.DONE, b"", None)}
            assert {row.done_at for row in rows} == {clock()}, "they are counted out like any other"
            assert {row.update_id for row in rows} == {7, 8}, "nor handled if Telegram brings them again"


def test_data_that_is_there_is_never_overwritten(
    office: OpenOffice, home: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    before = everything(office)
    made = back_up(office, home, folder, address)
    with pytest.raises(Refused, match="already"):
        put_back(made.path, home, address)
    assert everything(office, but=("fact",)) == {name: rows for name, rows in before.items() if name != "fact"}


def test_another_offices_key_opens_nothing_and_says_so(
    office: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    made = back_up(office, home, folder, address)
    (elsewhere / "office.key").unlink()
    make_key_file(elsewhere / "office.key")
    with pytest.raises(SetupError, match="key file does not fit this backup"):
        put_back(made.path, elsewhere, empty)
    assert there(elsewhere) == {"office.key"}


@pytest.mark.parametrize("fault", ["cut", "cut at the head", "one bit", "lengthened", "empty", "something else"])
def test_a_damaged_backup_is_refused_with_nothing_written(
    office: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path, fault: str
) -> None:
    made = back_up(office, home, folder, address).path
    whole = made.read_bytes()
    middle = len(whole) // 2
    made.write_bytes(
        {
            "cut": whole[:-20],
            "cut at the head": whole[:60],
            "one bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "lengthened": whole + b"\0",
            "empty": b"",
            "something else": os.urandom(5000),
        }[fault]
    )
    with pytest.raises(InputError, match="damaged or not whole"):
        put_back(made, elsewhere, empty)
    assert there(elsewhere) == {"office.key"}


def test_a_backup_tells_nobody_anything(
    office: OpenOffice, home: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    made = back_up(office, home, folder, address)
    content = made.path.read_bytes()
    key = read_key_file(home / "office.key")
    for word in (SITI, SITI_PHONE, "Bojonegoro", "resident", "SQLite", "PGDMP", (home / "office.key").read_text()):
        assert word.encode() not in content
    assert key not in content
    plain = inside(made.path, home, folder / "plain").read_bytes()
    assert key not in plain
    assert (home / "office.key").read_bytes().split()[-1] not in plain
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.glob("kabar*")] == [made.path.name]
    assert there(home) <= {
        "office.key",
        "kabar.sqlite3",
        "kabar.sqlite3-wal",
        "kabar.sqlite3-shm",
        "backup.lock",
        "export.csv",
    }


def test_a_backup_of_the_other_kind_of_database_says_which_setting_to_change(
    office: OpenOffice, home: Path, elsewhere: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    folder.mkdir()
    other = folder / "plain"
    other.write_bytes(b"PGDMP and so on" if address is None else b"SQLite format 3\0 and so on")
    with pytest.raises(SetupError, match="KABAR_DATABASE_URL"):
        put_back(resealed(other, home, folder / "other.age"), elsewhere, empty)
    assert there(elsewhere) == {"office.key"}


def test_without_its_folder_no_backup_is_made_elsewhere(
    office: OpenOffice, home: Path, address: str | None, empty: str | None, folder: Path
) -> None:
    with pytest.raises(SetupError, match="connect the disk"):
        make_backup(office, folder, home=home, address=address, now=Clock()(), by="operator")
    assert not folder.exists()
