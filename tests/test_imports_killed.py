"""An import that is killed anywhere and run again ends as if it had run once; two at once do not disturb each other."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.jobs.import_plan import ImportPlan, plan_import
from core.store.office import OpenOffice, open_office
from tests.offices import HEADER, Import, copy_office
from tests.rows import everything

FIRST, SECOND = date(2017, 9, 26), date(2017, 9, 27)
#: Two chunks at least, as a chunk takes 200 rows or more at first.
PEOPLE = range(11, 411)
EARLIER = range(11, 361)
#: What is compared: all but when and how often the import itself began.
BUT = {"import_run"}


class Killed(Exception):
    """The process is gone."""


class DyingOffice:
    """An office that dies at its nth write: before the database has heard of it, or when it is already durable."""

    def __init__(self, office: OpenOffice, *, at: int, durable: bool) -> None:
        self._office = office
        self._left = at
        self._durable = durable
        self.read = office.read
        self.backend = office.backend

    def submit(self, act: Callable[..., Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(self.write(act))
        except Killed as death:
            future.set_exception(death)
        return future

    def write(self, act: Callable[..., Any]) -> Any:
        self._left -= 1
        if self._left == 0 and not self._durable:
            raise Killed
        result = self._office.write(act)
        if self._left == 0:
            raise Killed
        return result


def row(n: int, *, later: bool) -> str:
    """Person n; later, one in three was printed, one in seven has another phone, and some are new."""
    status = "CARD_PRINTED" if later and n % 3 == 0 else "PRR"
    phone = f"+62812000{n + (50_000 if later and n % 7 == 0 else 0):05}"
    return f"35229955069{n:05};WARGA {n};35.22.15.2003;{status};05/01/2017;{phone};YA;BJN-{n:06}-V87"


def rows(*, later: bool) -> list[str]:
    return [row(n, later=later) for n in (PEOPLE if later else EARLIER)]


def take_second(office: OpenOffice, folder: Path, dying: DyingOffice | None = None) -> None:
    """Import the second list as somebody would who types the command again."""
    take = Import(office, folder)
    plan = take.plan(*rows(later=True), as_of=SECOND)
    Import(dying or office, folder).apply(plan)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def with_first(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has the first list."""
    folder = tmp_path_factory.mktemp("with-first")
    with copy_office(founded_home, folder / "home") as office:
        Import(office, folder)(*rows(later=False), as_of=FIRST)
    return folder / "home"


@pytest.fixture(scope="module")
def once(with_first: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything in the office after the second list, imported in one go."""
    folder = tmp_path_factory.mktemp("once")
    with copy_office(with_first, folder / "home") as office:
        take_second(office, folder)
        return everything(office, but=BUT)


@pytest.mark.parametrize("at", range(1, 5))  # begin, some chunks, end
@pytest.mark.parametrize("durable", [False, True])
def test_killed_anywhere_and_run_again_it_is_as_if_it_had_run_once(
    with_first: Path, once: dict[str, Any], tmp_path: Path, at: int, durable: bool
) -> None:
    with copy_office(with_first, tmp_path / "home") as office, pytest.raises(Killed):
        take_second(office, tmp_path, DyingOffice(office, at=at, durable=durable))
    with open_office(tmp_path / "home") as office:
        take_second(office, tmp_path)
        assert everything(office, but=BUT) == once


def test_killed_again_and_again_it_still_ends_the_same(with_first: Path, once: dict[str, Any], tmp_path: Path) -> None:
    with copy_office(with_first, tmp_path / "home") as office:
        for at in (2, 1, 2):
            with pytest.raises(Killed):
                take_second(office, tmp_path, DyingOffice(office, at=at, durable=True))
        take_second(office, tmp_path)
        assert everything(office, but=BUT) == once


@pytest.mark.both_databases
def test_what_a_killed_import_took_is_told_once(office: OpenOffice, tmp_path: Path) -> None:
    Import(office, tmp_path)(*rows(later=False), as_of=FIRST)
    with pytest.raises(Killed):
        take_second(office, tmp_path, DyingOffice(office, at=2, durable=True))
    take_second(office, tmp_path)
    told = [notice["resident_id"] for notice in everything(office)["notice"]]
    assert len(told) == len(set(told)) == sum(n % 3 == 0 for n in EARLIER)


@pytest.mark.both_databases
def test_the_counts_of_a_resumed_import_are_those_of_the_whole(office: OpenOffice, tmp_path: Path) -> None:
    take = Import(office, tmp_path)
    plan = take.plan(*rows(later=True))
    with pytest.raises(Killed):
        Import(DyingOffice(office, at=2, durable=True), tmp_path).apply(plan)  # type: ignore[arg-type]
    assert take.apply(take.plan(*rows(later=True))) == {"new": len(PEOPLE)}


@pytest.mark.both_databases
def test_one_that_was_killed_yesterday_does_not_confuse_todays(office: OpenOffice, tmp_path: Path) -> None:
    take = Import(office, tmp_path)
    with pytest.raises(Killed):
        Import(DyingOffice(office, at=2, durable=True), tmp_path).apply(take.plan(*rows(later=True), as_of=FIRST))  # type: ignore[arg-type]
    counts = take(*rows(later=True), as_of=SECOND)
    assert counts["new"] + counts["unchanged"] == len(PEOPLE)
    assert len(everything(office)["resident"]) == len(PEOPLE) + 4


@pytest.mark.both_databases
def test_two_imports_of_one_file_at_once_take_everybody_once(
    office: OpenOffice, home: Path, address: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("\n".join((HEADER, *rows(later=True))) + "\n")
    begin = threading.Barrier(2)
    failures: list[BaseException] = []

    def take(office: OpenOffice, plan: ImportPlan) -> None:
        try:
            begin.wait()
            Import(office, tmp_path).apply(plan)
        except BaseException as error:  # noqa: BLE001  # it is looked at in the test's own thread
            failures.append(error)

    with open_office(home, address) as other:
        threads = []
        for each in (office, other):
            plan = plan_import(each, path, as_of=FIRST, today=FIRST, announce_new=False, progress=lambda *_: None)
            threads.append(threading.Thread(target=take, args=(each, plan)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert len(everything(office)["card"]) == len(PEOPLE) + 4
