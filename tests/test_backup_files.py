"""Backups of the one file of a small office: while others write to it, on a full disk, killed anywhere."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from core.actions.facts import Happened
from core.errors import InputError, Refused, SetupError
from core.jobs.backing_up import Backup, looks_like_backup, make_backup, nightlies_in
from core.questions.facts import last_time
from core.rules.backups import KEPT_DAYS, KEPT_NEWEST, is_due, superfluous
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office
from migrations import migrate
from tests.offices import MORNING, SITI, Clock, ask
from tests.rows import everything
from tests.safekeeping import back_up, inside, new_home, put_back, resealed, there
from tests.test_database_faults import full_disk
from tests.test_sending import ready

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, home: Path, office: OpenOffice) -> Path:
    return new_home(tmp_path / "elsewhere", home)


@pytest.fixture
def changed(office: OpenOffice, home: Path, folder: Path) -> Callable[[str], Path]:
    """A backup of this office after some SQL was done to it."""

    def change(script: str) -> Path:
        plain = inside(back_up(office, home, folder).path, home, folder / "plain")
        with sqlite3.connect(plain) as connection:
            connection.executescript(script)
        connection.close()
        return resealed(plain, home, folder / "changed.age")

    return change


def test_who_is_writing_is_not_waited_for_and_what_she_has_not_finished_is_not_in_it(
    office: OpenOffice, home: Path, elsewhere: Path, folder: Path
) -> None:
    before = everything(office)
    writer = sqlite3.connect(home / "kabar.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE resident SET village = '35.22.99.2001'")

    def let_go(*_: object) -> None:
        if writer.in_transaction:
            writer.execute("ROLLBACK")

    made = make_backup(office, folder, home=home, address=None, now=MORNING, by="operator", progress=let_go)
    writer.close()
    put_back(made.path, elsewhere, send_again=True)
    with open_office(elsewhere) as restored:
        assert everything(restored) == before


def test_one_that_was_stopped_leaves_nothing(office: OpenOffice, home: Path, folder: Path) -> None:
    with pytest.raises(Refused, match="stopped"):
        make_backup(office, folder, home=home, address=None, now=MORNING, by="operator", stopped=lambda: True)
    assert not list(folder.iterdir())
    assert ask(office, last_time, Happened.BACKUP_MADE) is None


def test_two_at_once_are_one(office: OpenOffice, home: Path, folder: Path) -> None:
    with FileLock(home / "backup.lock"), pytest.raises(Refused, match="another backup"):
        back_up(office, home, folder)
    back_up(office, home, folder)


@pytest.mark.parametrize("last_bytes", [0, 10_000, 100_000])
def test_on_a_full_disk_the_last_good_one_stays_and_nothing_else(
    office: OpenOffice, home: Path, folder: Path, last_bytes: int
) -> None:
    good = back_up(office, home, folder)
    with full_disk(last_bytes=last_bytes), pytest.raises((OSError, sqlite3.Error)):
        make_backup(office, folder, home=home, address=None, now=MORNING + timedelta(days=1), by="operator")
    assert list(folder.iterdir()) == [good.path]
    assert "kabar.sqlite3.copy" not in there(home)


def test_an_older_schema_is_put_back_and_held_and_wants_to_be_migrated(
    office: OpenOffice, home: Path, elsewhere: Path, folder: Path, clock: Clock
) -> None:
    ready(office, SITI, clock)
    before = everything(office)
    older = inside(back_up(office, home, folder).path, home, folder / "plain")
    migrate(database_url(f"sqlite:///{older}", home), "-5")
    done = put_back(resealed(older, home, folder / "older.age"), elsewhere)
    assert (done.schema, done.held and done.held.notices) == ("0001", 1)
    with pytest.raises(SetupError, match="run: kabar migrate"):
        open_office(elsewhere)
    migrate(database_url(None, elsewhere))
    with open_office(elsewhere) as restored:
        assert everything(restored)["resident"] == before["resident"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer than this program"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM resident", "points to a row that is not there"),
        ("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'fact'", "damaged"),
        ("DROP TABLE alembic_version", "holds no office"),
        ("DELETE FROM alembic_version", "holds no office"),
    ],
)
def test_what_cannot_be_an_office_is_refused_before_it_is_put_in_place(
    changed: Callable[[str], Path], elsewhere: Path, script: str, said: str
) -> None:
    with pytest.raises((InputError, SetupError), match=said):
        put_back(changed(script), elsewhere)
    assert there(elsewhere) == {"office.key"}


def test_a_disk_full_while_restoring_changes_nothing(
    office: OpenOffice, home: Path, elsewhere: Path, folder: Path
) -> None:
    made = back_up(office, home, folder)
    with full_disk(last_bytes=50_000), pytest.raises(OSError, match="File too large"):
        put_back(made.path, elsewhere)
    assert there(elsewhere) == {"office.key"}
    put_back(made.path, elsewhere)


def test_what_a_killed_restore_left_gets_not_into_the_next(
    office: OpenOffice, home: Path, elsewhere: Path, folder: Path
) -> None:
    before = everything(office)
    made = back_up(office, home, folder)
    for name in ("restored", "restored-wal", "restored.unfinished"):
        (elsewhere / name).write_bytes(b"of a restore that was killed")
    put_back(made.path, elsewhere, send_again=True)
    assert there(elsewhere) == {"office.key", "kabar.sqlite3"}
    with open_office(elsewhere) as restored:
        assert everything(restored) == before


def night(day: int, hour: int = 2, *, month: int = 9) -> datetime:
    return datetime(2017, month, day, hour, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        ([], night(26, 1), True),
        ([night(25)], night(26, 1), False),
        ([night(25)], night(26, 2), True),
        ([night(24)], night(26, 1), True),
        ([night(26, 10)], night(26, 23), False),
        ([night(26, 10)], night(27, 2), True),
        ([night(28)], night(27, 3), True),
    ],
    ids=["never", "before two", "at two", "a night was missed", "late today", "late yesterday", "from tomorrow"],
)
def test_one_backup_a_night(made: list[datetime], now: datetime, due: bool) -> None:
    assert is_due(made, now=now.astimezone(UTC), zone=JAKARTA) is due


def nights(number: int) -> list[datetime]:
    """One each night, oldest first; the last one is of the 26th."""
    return [night(26) - timedelta(days=days) for days in reversed(range(number))]


def test_those_of_thirty_nights_are_kept_and_what_is_older_goes() -> None:
    """As if somebody had cleaned up every night for 100 nights."""
    kept: list[datetime] = []
    for at in nights(100):
        kept.append(at)
        for old in superfluous(kept, now=at):
            kept.remove(old)
    assert kept == nights(KEPT_DAYS)
    assert superfluous(kept, now=night(27) - timedelta(seconds=1)) == set()
    assert superfluous(kept, now=night(27)) == {kept[0]}, "what was erased right after it was promised to be gone"


def test_the_last_ones_are_kept_however_old_they_are() -> None:
    made = nights(KEPT_NEWEST)
    assert superfluous(made, now=night(26) + timedelta(days=1000)) == set()
    assert superfluous([night(1)], now=night(26)) == superfluous([], now=night(26)) == set()


def test_one_from_the_future_pushes_no_other_out_and_stays() -> None:
    wrong_clock = [night(1) + timedelta(days=20 * 365 + number) for number in range(KEPT_NEWEST)]
    old = nights(KEPT_NEWEST)
    assert superfluous([*old, *wrong_clock], now=night(26) + timedelta(days=KEPT_DAYS * 2)) == set()
    assert superfluous([*nights(100), *wrong_clock], now=night(26)) == set(nights(100)) - set(nights(KEPT_DAYS))


def nightly(office: OpenOffice, home: Path, folder: Path) -> Backup:
    return make_backup(office, folder, home=home, address=None, now=MORNING, by="kabar", nightly=True)


def test_only_an_offices_own_backups_of_the_night_are_counted(office: OpenOffice, home: Path, folder: Path) -> None:
    made = nightly(office, home, folder)
    by_hand = back_up(office, home, folder)
    assert looks_like_backup(made.path)
    assert looks_like_backup(by_hand.path)
    for name in (
        "kabar-35.09-nightly-2017-09-26-090000.age",
        f"{made.path.name}.unfinished",
        "kabar-35.22-nightly-whatever.age",
        "kabar-35.22-nightly-2017-02-31-020000.age",
    ):
        shutil.copy(made.path, folder / name)
    assert nightlies_in(folder, "35.22", JAKARTA) == [made]
    assert made.made_at == MORNING


def test_what_a_killed_backup_left_goes_with_the_next_and_nobody_elses(
    office: OpenOffice, home: Path, folder: Path
) -> None:
    ours = {"kabar-35.22-2017-09-20-090000.age.unfinished", "kabar-35.22-nightly-2017-09-21-020000.age.unfinished"}
    others = {"kabar-35.09-nightly-2017-09-21-020000.age.unfinished", "letter.pdf.unfinished", "notes.txt"}
    for name in ours | others:
        (folder / name).write_bytes(b"half of something")
    with FileLock(home / "backup.lock"), pytest.raises(Refused, match="another backup"):
        back_up(office, home, folder)
    assert there(folder) == ours | others, "they may be what the other one is writing"
    made = back_up(office, home, folder)
    assert there(folder) == others | {made.path.name}
