"""An import, a broadcast's preparing and the founding of an office, killed anywhere, lose nothing and do nothing twice.

A kill leaves the file as the system last had it. A power cut takes what the system had not written out yet; against
that stands `synchronous=FULL`, which has the disk confirm every commit, and no test here can cut the power.
"""

import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from core.actions.broadcasts import CHUNK
from core.actions.suspensions import suspend
from core.questions.health import unprepared
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import open_office
from core.store.words import NoticeState
from tests.dumps import Dump, dump
from tests.killed_jobs import command, prepare
from tests.killing import Child, chosen
from tests.offices import HEADER, MORNING, Import, act

PRINTED, SHIPPED = "CARD_PRINTED", "CARD_SHIPPED"
IMPORT = ("import", "export.csv", "--as-of", "27-09-2017", "--announce", "--tell")
REFUSED = "export.ditolak.csv"


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


@pytest.fixture(scope="module")
def before(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the office as it was yesterday, and today's export."""
    folder = tmp_path_factory.mktemp("import") / "before"
    shutil.copytree(founded_home, folder / "var")
    with open_office(folder / "var") as office:
        Import(office, folder / "var")(*BEFORE)
    (folder / "export.csv").write_text("\n".join((HEADER, *AFTER)) + "\n")
    return folder


def held(folder: Path) -> Dump:
    with open_office(folder / "var") as office:
        return dump(office)


def importing(folder: Path, die_before: int | None = None) -> Child:
    return Child(folder, command, (folder, IMPORT), die_before)


def as_if_once(after: Dump, once: Dump) -> bool:
    """Whether all is as after one import; one killed when all was in is run again in vain, and noted as such."""
    in_vain = (after.pop("import_run") - (once := dict(once)).pop("import_run")).elements()
    return after == once and all(str(len(AFTER) - 2) in dict(run)["counts"] for run in in_vain)


def test_an_import_killed_between_any_two_steps_and_run_again_ends_as_if_it_had_run_once(
    before: Path, tmp_path: Path
) -> None:
    once = shutil.copytree(before, tmp_path / "once")
    (child := importing(once)).finish()
    assert all(f"{word} " in child.said for word in ("new", "reissued", "moved", "noted", "corrected", "refused"))
    expected, refused = held(once), (once / REFUSED).read_bytes()
    for number in chosen(child.steps, ("committed", "open", "os."), sample=10):
        folder = shutil.copytree(before, tmp_path / f"killed-{number}")
        importing(folder, number).die()
        importing(folder).finish()
        assert as_if_once(held(folder), expected), child.steps[number - 1]
        assert (folder / REFUSED).read_bytes() == refused
        assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in once.iterdir())


@pytest.fixture(scope="module")
def announced(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office whose printing has just been suspended, with three chunks of people waiting for it."""
    folder = tmp_path_factory.mktemp("broadcast") / "announced"
    shutil.copytree(founded_home, folder / "var")
    with open_office(folder / "var") as office:
        Import(office, folder / "var")(*(row(number, "PRR") for number in range(1, 2 * CHUNK + 50)))
        act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=MORNING, by="operator", sms=True)
    return folder


def preparing(folder: Path, die_before: int | None = None) -> Child:
    return Child(folder, prepare, (folder / "var",), die_before)


def test_a_broadcast_whose_preparing_is_killed_anywhere_owes_each_person_one_notice(
    announced: Path, tmp_path: Path
) -> None:
    once = shutil.copytree(announced, tmp_path / "once")
    (child := preparing(once)).finish()
    expected = notices(once)
    assert len(expected) == 1 + sum(1 for number in range(1, 2 * CHUNK + 50) if number % 3)  # Siti, and who has a phone
    for number in chosen(child.steps, ("committed",), sample=4):
        folder = shutil.copytree(announced, tmp_path / f"killed-{number}")
        preparing(folder, number).die()
        preparing(folder).finish()
        assert notices(folder) == expected, child.steps[number - 1]
        shutil.rmtree(folder)


def notices(folder: Path) -> list[tuple[int, Channel, NoticeState]]:
    query = select(Notice.resident_id, Notice.channel, Notice.state).order_by(Notice.resident_id)
    with open_office(folder / "var") as office:
        assert not office.read(unprepared)
        return office.read(lambda session: [tuple(found) for found in session.execute(query)])


def founding(folder: Path, die_before: int | None = None) -> Child:
    folder.mkdir(exist_ok=True)
    return Child(folder, command, (folder, ("init", "--regency", "35.22")), die_before)


def test_an_office_whose_founding_is_killed_anywhere_is_founded_by_the_same_command(tmp_path: Path) -> None:
    once = tmp_path / "once"
    (child := founding(once)).finish()
    expected = held(once)
    for number in chosen(child.steps, ("committed", "open", "os."), sample=6):
        folder = tmp_path / f"killed-{number}"
        founding(folder, number).die()
        again = founding(folder)
        if again.run() != 0:  # it had been founded when it was killed, and says so
            assert "there is an office here already" in again.said
            assert child.steps[number - 1] == "committed"
        assert held(folder) == expected, child.steps[number - 1]
        assert stat.S_IMODE((folder / "var").stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "var" / "office.key").stat().st_mode) == 0o600
        assert not (folder / "var" / "office.key.unfinished").exists()
