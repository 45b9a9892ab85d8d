"""A list of letters, killed anywhere and given again, ends as if it had been given once."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.store.delivery_tables import Notice
from core.store.office import open_office
from core.store.tables import Fact, ImportRun, Letter
from tests.killed_jobs import command
from tests.killing import Child, chosen
from tests.offices import Import

PEOPLE = 30
GIVEN = ("import", "--kind", "letters", "suket.csv", "--tell")


@pytest.fixture(scope="module")
def before(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("list") / "before"
    shutil.copytree(founded_home, folder / "var")
    niks = [f"352299010190{number:04d}" for number in range(1, PEOPLE + 1)]
    with open_office(folder / "var") as office:
        Import(office, folder / "var")(
            *(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;08129900{at:04d};YA;" for at, nik in enumerate(niks))
        )
    rows = [
        f"{nik};471.13/{at}/2017;20/09/2017;20/09/2090;{'SIAP' if at % 2 else 'DIAMBIL'}" for at, nik in enumerate(niks)
    ]
    lines = [
        "NIK;NOMOR SURAT;TGL TERBIT;BERLAKU SAMPAI;STATUS",
        *rows,
        "3522990101909999;471.13/99/2017;20/09/2017;20/09/2090;SIAP",
    ]
    (folder / "suket.csv").write_text("\n".join(lines) + "\n")
    return folder


def giving(folder: Path, die_before: int | None = None) -> Child:
    return Child(folder, command, (folder, GIVEN), die_before)


def held(folder: Path) -> tuple[Counter[str], Counter[str], int]:
    """Letters by state, facts by kind, notices."""
    with open_office(folder / "var") as office:
        return office.read(
            lambda session: (
                Counter(session.scalars(select(Letter.state)).all()),
                Counter(session.scalars(select(Fact.kind)).all()),
                session.scalar(select(func.count(Notice.id))) or 0,
            )
        )


def test_a_list_killed_between_any_two_steps_and_given_again_ends_as_if_it_was_given_once(
    before: Path, tmp_path: Path
) -> None:
    once = shutil.copytree(before, tmp_path / "once")
    (child := giving(once)).finish()
    assert "taken " in child.said
    expected, refused = held(once), (once / "suket.ditolak.csv").read_bytes()
    assert expected[2] == PEOPLE // 2
    for number in chosen(child.steps, ("committed", "open", "os."), sample=5):
        folder = shutil.copytree(before, tmp_path / f"killed-{number}")
        giving(folder, number).die()
        giving(folder).finish()
        assert held(folder) == expected, child.steps[number - 1]
        assert (folder / "suket.ditolak.csv").read_bytes() == refused
        with open_office(folder / "var") as office:
            ended = office.read(lambda session: session.scalars(select(ImportRun.ended_at)).all())
        assert all(ended)
        shutil.rmtree(folder)
