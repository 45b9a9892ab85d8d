"""An import, a broadcast's preparing and the founding of an office, killed anywhere, lose nothing and do nothing twice.

A kill leaves the file as the system last had it. A power cut takes what the system had not written out yet; against that
stands `synchronous=FULL`, which has the disk confirm every commit, and no test here can cut the power.
"""

import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.actions.suspensions import suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.rules.suspension import Cause, Service
from core.store.office import open_office
from tests.cli_world import Terminal
from tests.dumps import Dump, dump
from tests.killed_jobs import command, prepare
from tests.killing import Child, chosen
from tests.offices import HEADER, MORNING, Import, act

KILLED = -9
SHIPPED, PRINTED = "CARD_SHIPPED", "CARD_PRINTED"


def nik(number: int) -> str:
    return f"352299010190{number:04d}"


def row(number: int, status: str, *, name: str = "WARGA", recorded: str = "05/01/2017") -> str:
    phone = f"+62812990{number:05d};YA" if number % 3 else ";"
    return f"{nik(number)};{name} {number};35.22.15.2003;{status};{recorded};{phone};BJN-{number:06d}-K07"


#: Enough for two chunks, with one row or more of each kind: moved, corrected, issued anew, noted, unchanged.
PEOPLE = 330
BEFORE = [row(number, "CARD_ISSUED" if number in (7, 211) else "PRR") for number in range(1, PEOPLE + 1)]
AFTER = [
    *(row(number, PRINTED) for number in (1, 2, 3, 4, 301)),
    *(row(number, SHIPPED) for number in (5, 6, 302)),
    *(row(number, "SFE", recorded="27/09/2017") for number in (7, 211)),
    *(row(number, "PRR", name="SITI") for number in (8, 9, 303)),
    row(10, "WORD_NOT_KNOWN"),
    *(row(number, "PRR") for number in range(11, PEOPLE + 1) if number not in (211, 301, 302, 303)),
    row(12, "DUPLICATE_RECORD"),
    *(row(number, PRINTED) for number in range(PEOPLE + 1, PEOPLE + 31)),
    row(9999, "PRR").replace("0190", "9990", 1),
]
IMPORT = ("import", "export.csv", "--as-of", "27-09-2017", "--announce", "--tell")


@dataclass
class Office:
    """An office in a folder, of which each test takes a copy."""

    folder: Path

    def copy(self, to: Path) -> Path:
        shutil.copytree(self.folder, to)
        return to


@pytest.fixture(scope="module")
def before(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office as it was yesterday, with today's export beside it."""
    folder = tmp_path_factory.mktemp("import") / "before"
    shutil.copytree(founded_home, folder / "var")
    with open_office(folder / "var") as office:
        Import(office, folder / "var")(*BEFORE)
    (folder / "export.csv").write_text("\n".join((HEADER, *AFTER)) + "\n")
    return Office(folder)


def held(folder: Path) -> tuple[Dump, bytes]:
    """What is in the database, less the list of imports; and the refused rows."""
    with open_office(folder / "var") as office:
        tables = dump(office)
    del tables["import_run"]
    return tables, (folder / "export.ditolak.csv").read_bytes()


def runs(folder: Path) -> list[str]:
    with open_office(folder / "var") as office:
        return sorted(str(dict(run)["counts"]) for run in dump(office)["import_run"].elements())


def test_an_import_killed_between_any_two_steps_and_run_again_ends_as_if_it_had_run_once(
    before: Office, tmp_path: Path
) -> None:
    once = before.copy(tmp_path / "once")
    child = Child(once, command, (once, IMPORT))
    assert child.run() == 0, child.said
    print(len(child.steps)); print("\n".join(child.steps)); print(child.said)
    expected, expected_runs = held(once), runs(once)
    import time
    t=time.perf_counter()
    for number in chosen(child.steps, ("BEGIN", "SAVEPOINT", "RELEASE", "commit", "open", "os."), sample=25):
        folder = before.copy(tmp_path / f"killed-{number}")
        killed = Child(folder, command, (folder, IMPORT), die_before=number)
        assert killed.run() == KILLED
        again = Child(folder, command, (folder, IMPORT))
        assert again.run() == 0, again.said
        assert held(folder) == expected, number
        r=runs(folder)
        print(number, killed.steps[-1], r==expected_runs, time.perf_counter()-t)
