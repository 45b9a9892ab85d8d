"""A plan, and the noting of what was printed, killed anywhere: no card is lost, printed twice, or told twice."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.actions.blanks import move_blanks
from core.store.office import open_office
from core.store.tables import Card
from core.store.words import BlankKind
from core.store.work_tables import PlanCard, PrintPlan
from tests.dumps import Dump, dump
from tests.killed_jobs import command
from tests.killing import Child, chosen
from tests.offices import MORNING, Import, act

#: Enough for three chunks.
PEOPLE = 250
PLAN = ("print", "plan", "--count", str(PEOPLE))
DONE = ("print", "done", "1", "--up-to", "240", "--spoiled", "7,31,200", "--tell")


def row(number: int) -> str:
    phone = f"+62812990{number:05d};YA" if number % 3 else ";"
    return f"352299010190{number:04d};WARGA;35.22.15.2003;PRR;05/01/2017;{phone};BJN-{number:06d}-K07"


@pytest.fixture(scope="module")
def waiting(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office whose people wait to be printed, with blanks for all."""
    folder = tmp_path_factory.mktemp("printing") / "waiting"
    shutil.copytree(founded_home, folder / "var")
    with open_office(folder / "var") as office:
        Import(office, folder / "var")(*(row(number) for number in range(1, PEOPLE + 1)))
        terms = {"day": date(2017, 9, 26), "now": MORNING, "by": "operator"}
        act(office, move_blanks, BlankKind.RECEIVED, 1000, **terms)
    return folder


@pytest.fixture(scope="module")
def planned(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a plan for them all."""
    folder = shutil.copytree(waiting, tmp_path_factory.mktemp("printing") / "planned")
    Child(folder, command, (folder, PLAN), None).finish()
    return folder


def held(folder: Path) -> Dump:
    with open_office(folder / "var") as office:
        return dump(office)


def test_printing_that_is_killed_anywhere_and_noted_again_ends_as_if_noted_once(planned: Path, tmp_path: Path) -> None:
    once = shutil.copytree(planned, tmp_path / "once")
    (child := Child(once, command, (once, DONE), None)).finish()
    assert "237 printed, 3 spoiled" in child.said
    expected = held(once)
    for number in chosen(child.steps, ("committed",), sample=5):
        folder = shutil.copytree(planned, tmp_path / f"killed-{number}")
        Child(folder, command, (folder, DONE), number).die()
        Child(folder, command, (folder, DONE), None).finish()
        assert held(folder) == expected, child.steps[number - 1]
        shutil.rmtree(folder)


def test_a_plan_that_is_killed_anywhere_is_whole_or_none_and_so_are_its_lists(waiting: Path, tmp_path: Path) -> None:
    once = shutil.copytree(waiting, tmp_path / "once")
    (child := Child(once, command, (once, PLAN), None)).finish()
    lists = {path.name: path.stat().st_size for path in once.glob("plan-*")}
    assert set(lists) == {"plan-1.xlsx", "plan-1.pdf"}
    for number in chosen(child.steps, ("committed", "os."), sample=6):
        folder = shutil.copytree(waiting, tmp_path / f"killed-{number}")
        Child(folder, command, (folder, PLAN), number).die()
        with open_office(folder / "var") as office:
            plans, places, taken = office.read(
                lambda session: [
                    session.scalar(select(func.count()).select_from(PrintPlan)),
                    session.scalar(select(func.count()).select_from(PlanCard)),
                    session.scalar(select(func.count()).where(Card.plan_id.is_not(None))),
                ]
            )
        assert (plans, places, taken) in ((0, 0, 0), (1, PEOPLE, PEOPLE)), child.steps[number - 1]
        for path in folder.glob("plan-*"):
            assert path.suffix == ".unfinished" or path.stat().st_size > 0.9 * lists[path.name]
        shutil.rmtree(folder)
