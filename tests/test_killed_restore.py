"""A backup or a restore killed anywhere is begun anew, and never leaves an office that would tell people twice."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core.store.delivery_tables import Notice
from core.store.office import open_office
from core.store.words import NoticeState
from tests.dumps import Dump, dump
from tests.killed_jobs import command
from tests.killing import Child, chosen
from tests.offices import SITI, WATI, Clock, ask
from tests.safekeeping import back_up, new_home, put_back
from tests.test_sending import ready

RESTORE = ("restore", "backup.age", "--home", "new")


@pytest.fixture(scope="module")
def before(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup in which two notices wait, and a new home for it."""
    folder = tmp_path_factory.mktemp("restore") / "before"
    shutil.copytree(founded_home, folder / "var")
    with open_office(folder / "var") as office:
        for nik in (SITI, WATI):
            ready(office, nik, Clock())
        back_up(office, folder / "var", folder / "backups").path.rename(folder / "backup.age")
    new_home(folder / "new", folder / "var")
    return folder


def restored(folder: Path) -> Dump:
    with open_office(folder / "new") as office:
        return dump(office)


def a_copy(before: Path, folder: Path) -> Path:
    return Path(shutil.copytree(before, folder))


def test_a_restore_killed_anywhere_holds_all_that_waited(before: Path, tmp_path: Path) -> None:
    whole = Child(a_copy(before, tmp_path / "whole"), command, (tmp_path / "whole", RESTORE))
    whole.finish()
    once = restored(whole.folder)
    for number in chosen(whole.steps, ("commit",), sample=2):
        folder = a_copy(before, tmp_path / f"killed-{number}")
        Child(folder, command, (folder, RESTORE), number).die()
        if not (folder / "new" / "kabar.sqlite3").exists():
            put_back(folder / "backup.age", folder / "new", now=datetime.now(UTC))
        assert restored(folder) == once, whole.steps[number - 1]
    with open_office(whole.folder / "new") as office:
        assert ask(office, lambda session: set(session.scalars(select(Notice.state)))) == {NoticeState.IN_DOUBT}


def test_a_backup_killed_anywhere_is_whole_or_not_there(before: Path, tmp_path: Path) -> None:
    words = ("backup", "backups")
    whole = Child(a_copy(before, tmp_path / "whole"), command, (tmp_path / "whole", words))
    whole.finish()
    for number in chosen(whole.steps, ("os.rename",), sample=1):
        folder = a_copy(before, tmp_path / f"killed-{number}")
        Child(folder, command, (folder, words), number).die()
        Child(folder, command, (folder, words)).finish()
        for backup in (folder / "backups").iterdir():
            assert backup.suffix == ".age", f"nothing unfinished stays; killed at {whole.steps[number - 1]}"
            shutil.rmtree(folder / "new")
            new_home(folder / "new", folder / "var")
            put_back(backup, folder / "new")
