"""Backups, their key and their way back, as an operator types them; and what the doctor says of it all."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from cli.doctor.finding import Mark
from cli.edge import RUN_LOCK
from core.actions.inbox import store_updates
from core.actions.safekeeping import note_backup
from core.rules.backups import KEPT_DAYS
from tests.cli_world import Said, Terminal
from tests.offices import SITI, act
from tests.rows import everything


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    backups = tmp_path / "backups"
    backups.mkdir()
    return backups


def made(kabar: Terminal, backups: Path) -> str:
    said = kabar("backup", "backups")
    assert (said.code, "nightly" in said.out) == (0, False), "by hand, so no night deletes it"
    return str(max(backups.iterdir()))


def found(kabar: Terminal) -> dict[str, dict[str, str]]:
    return {finding["name"]: finding for finding in json.loads(kabar("doctor", "--json").out)}


def refused(said: Said, code: int, words: str) -> None:
    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_a_backup_a_key_and_a_new_machine_are_the_office_again(kabar: Terminal, backups: Path, stick: Path) -> None:
    assert kabar("key", "copy", "stick").code == 0
    kabar.set(backup_folder="backups")
    said = kabar("backup")
    assert "is whole" in said.out
    with kabar.office() as office:
        before = everything(office, but=("fact",))
    shutil.rmtree(kabar.home)
    said = kabar("restore", str(max(backups.iterdir())), "--home", "var", "--key", "stick/office.key")
    assert said.code == 0
    assert "Dispendukcapil Kabupaten Bojonegoro is restored" in said.out
    assert "Nothing waited" in said.out
    with kabar.office() as office:
        assert everything(office, but=("fact",)) == before
    assert (kabar.home / "office.key").stat().st_mode & 0o777 == 0o600
    assert kabar("status", SITI).code == 0


def test_what_was_held_is_said_and_listed(kabar: Terminal, backups: Path) -> None:
    assert kabar("move", SITI, "READY_FOR_PICKUP").code == 0
    with kabar.office() as office:
        act(office, store_updates, [(7, "990000009", "{}")], now=datetime.now(UTC))
    said = kabar("restore", made(kabar, backups), "--home", "new", "--key", "var/office.key")
    assert "1 notice waited when the backup was made" in said.out
    assert "1 message to the bot had no answer yet: forgotten" in said.out
    assert "erased their data or changed their number after the backup is written to as before" in said.flat
    assert f"at most {KEPT_DAYS} days" in said.flat
    kabar.set(home="new")
    assert "restored from a backup" in kabar("notices", "--failed").out


def test_a_move_to_another_machine_holds_nothing(kabar: Terminal, backups: Path) -> None:
    kabar("move", SITI, "READY_FOR_PICKUP")
    said = kabar("restore", made(kabar, backups), "--home", "new", "--key", "var/office.key", "--send-again")
    assert "is sent as soon as kabar run is at work" in said.out
    kabar.set(home="new")
    assert "1 waiting" in kabar("notices").out


def test_a_restore_never_overwrites_and_waits_for_nobody(kabar: Terminal, backups: Path) -> None:
    name = made(kabar, backups)
    with kabar.office() as office:
        before = everything(office)
    refused(kabar("restore", name), 1, "already")
    with FileLock(kabar.home / RUN_LOCK):
        refused(kabar("restore", name), 2, "is at work on")
    with kabar.office() as office:
        assert everything(office) == before


def test_a_home_that_a_refused_restore_would_have_made_is_not_there(kabar: Terminal, backups: Path) -> None:
    name = Path(made(kabar, backups))
    refused(kabar("restore", str(name), "--home", "new"), 2, "office.key")
    name.write_bytes(name.read_bytes()[:-1])
    refused(kabar("restore", str(name), "--home", "new", "--key", "var/office.key"), 1, "damaged or not whole")
    assert not (kabar.folder / "new").exists()
    new = kabar.folder / "new"
    new.mkdir()
    refused(kabar("restore", str(name), "--home", "new", "--key", "var/office.key"), 1, "damaged or not whole")
    assert {path.name for path in new.iterdir()} <= {RUN_LOCK}
    refused(kabar("restore", "nothing.age", "--home", "new"), 1, "there is no file")


def test_its_help_says_how_long_those_of_the_night_are_kept(kabar: Terminal) -> None:
    assert f"deletes those after {KEPT_DAYS} days" in kabar("backup", "--help").flat


def test_a_backup_without_a_folder_says_which_setting_is_missing(kabar: Terminal) -> None:
    refused(kabar("backup"), 1, "KABAR_BACKUP_FOLDER")
    refused(kabar("backup", "nowhere"), 2, "connect the disk")


def test_a_copy_of_the_key_is_read_back_and_noted(kabar: Terminal, stick: Path) -> None:
    assert found(kabar)["key copy"]["mark"] == Mark.LOOK
    said = kabar("key", "copy", "stick")
    assert "was read back" in said.out
    assert "same disk" in said.out
    copy = stick / "office.key"
    assert copy.read_bytes() == (kabar.home / "office.key").read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert found(kabar)["key copy"]["mark"] == Mark.WELL
    assert kabar("key", "copy", "stick").code == 0, "again is no harm"


def test_the_key_is_never_put_beside_backups_nor_over_another_offices(
    kabar: Terminal, backups: Path, stick: Path
) -> None:
    made(kabar, backups)
    refused(kabar("key", "copy", "backups"), 1, "there are backups in that folder")
    refused(kabar("key", "copy", "var"), 1, "the home itself")
    refused(kabar("key", "copy", "nowhere"), 2, "connect the stick")
    (stick / "office.key").write_text("kabar-key 1 of-another-office\n")
    refused(kabar("key", "copy", "stick"), 1, "another office's key")
    assert (stick / "office.key").read_text() == "kabar-key 1 of-another-office\n"
    assert not (backups / "office.key").exists()


@pytest.mark.parametrize("folder", ["var", "var/backups", "stick"])
def test_no_backup_is_put_beside_a_key(kabar: Terminal, stick: Path, folder: str) -> None:
    (kabar.home / "backups").mkdir()
    kabar("key", "copy", "stick")
    refused(kabar("backup", folder), 1, "anybody can read everything")
    assert not list(kabar.folder.rglob("*.age"))


def test_a_restore_takes_the_folder_that_the_key_was_copied_to(kabar: Terminal, backups: Path, stick: Path) -> None:
    kabar("key", "copy", "stick")
    assert kabar("restore", made(kabar, backups), "--home", "new", "--key", "stick").code == 0


def test_what_is_no_key_and_what_is_no_backup_is_named_as_it_was_given(kabar: Terminal, backups: Path) -> None:
    name = made(kabar, backups)
    (kabar.folder / "list.csv").write_text("NIK;NAMA\n")
    refused(kabar("restore", name, "--home", "new", "--key", "list.csv"), 2, "list.csv is no key file")
    refused(kabar("restore", name, "--home", "new", "--key", "backups"), 2, "there is no key file backups/office.key")
    refused(kabar("restore", "list.csv", "--home", "new", "--key", "var"), 1, "list.csv is not a backup")
    assert not (kabar.folder / "new").exists()


def test_the_doctor_says_how_old_the_last_backup_is(kabar: Terminal, backups: Path) -> None:
    assert "never" in found(kabar)["last backup"]["said"]
    with kabar.office() as office:
        act(office, note_backup, size=1, now=datetime.now(UTC) - timedelta(days=5), by="operator")
    assert found(kabar)["last backup"] == {
        "mark": Mark.LOOK,
        "name": "last backup",
        "said": "5 days old",
        "hint": "run: kabar backup; the log of kabar run says why none came",
    }
    made(kabar, backups)
    assert found(kabar)["last backup"]["mark"] == Mark.WELL


def test_the_doctor_looks_at_where_the_backups_go(kabar: Terminal, backups: Path) -> None:
    assert "KABAR_BACKUP_FOLDER" in found(kabar)["backups"]["hint"]
    kabar.set(backup_folder="nowhere")
    assert found(kabar)["backups"]["mark"] == Mark.BROKEN
    kabar.set(backup_folder="backups")
    assert "same disk" in found(kabar)["backups"]["said"]
    shutil.copy(kabar.home / "office.key", backups)
    assert found(kabar)["backups"]["mark"] == Mark.BROKEN
    assert "lies beside them" in found(kabar)["backups"]["said"]
    (kabar.home / "backups").mkdir()
    kabar.set(backup_folder="var/backups")
    assert "lies beside them" in found(kabar)["backups"]["said"]
