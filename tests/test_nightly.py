"""One backup a night from whatever runs all night: a restart, a full disk and a pulled-out stick included."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.jobs.nightly import NightlyBackup
from core.rules.backups import KEPT_DAYS, KEPT_NEWEST
from core.store.office import OpenOffice
from simulator import SimulatorThread
from tests.offices import Clock
from tests.safekeeping import back_up, new_home, put_back
from tests.test_database_faults import full_disk
from tests.test_run import free_port, health, running, settings, until

#: 20 minutes to two in Bojonegoro.
NIGHT = datetime(2017, 9, 26, 18, 40, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NIGHT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def started(office: OpenOffice, home: Path, folder: Path, clock: Clock) -> Callable[[], NightlyBackup]:
    """What `kabar run` starts; once more is a restart."""
    return lambda: NightlyBackup(office, folder, home=home, address=None, now=clock, stopped=lambda: False)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_office_without_any_gets_its_first_one_at_once(started: Callable[[], NightlyBackup], folder: Path) -> None:
    assert started().look()
    assert names(folder) == ["kabar-35.22-nightly-2017-09-27-014000.age"]


def test_one_a_night_at_two_whatever_was_restarted(
    started: Callable[[], NightlyBackup], folder: Path, clock: Clock
) -> None:
    nightly = started()
    nightly.look()
    assert not nightly.look()
    clock.move(minutes=20)
    assert nightly.look()
    assert not nightly.look()
    assert not started().look()
    clock.move(hours=23, minutes=59)
    assert not started().look()
    clock.move(minutes=1)
    assert started().look()
    assert names(folder)[1:] == [
        "kabar-35.22-nightly-2017-09-27-020000.age",
        "kabar-35.22-nightly-2017-09-28-020000.age",
    ]


def test_whoever_slept_through_the_night_makes_it_in_the_morning(
    started: Callable[[], NightlyBackup], clock: Clock
) -> None:
    started().look()
    clock.move(days=3, hours=5)
    assert started().look()


def nights(folder: Path, clock: Clock, number: int) -> list[str]:
    """Put one of each night before this one there; return their names, oldest first."""
    before = [clock() + timedelta(hours=7) - timedelta(days=days) for days in reversed(range(1, number + 1))]
    made = [folder / f"kabar-35.22-nightly-{at:%Y-%m-%d}-020000.age" for at in before]
    for path in made:
        path.write_bytes(b"an old one")
    return [path.name for path in made]


def test_after_thirty_days_they_go_and_what_a_person_made_or_put_there_stays(
    office: OpenOffice, home: Path, started: Callable[[], NightlyBackup], folder: Path, clock: Clock
) -> None:
    by_hand = back_up(office, home, folder).path.name
    (folder / "notes.txt").write_text("the office's own")
    made = nights(folder, clock, KEPT_DAYS + 5)
    clock.move(days=KEPT_DAYS)
    assert started().look(), "one made by hand is none of the night"
    new = "kabar-35.22-nightly-2017-10-27-014000.age"
    assert names(folder) == [by_hand, *made[1 - KEPT_NEWEST :], new, "notes.txt"]


def test_also_without_a_new_one_the_old_go_but_for_the_newest(
    started: Callable[[], NightlyBackup], folder: Path, clock: Clock
) -> None:
    made = nights(folder, clock, KEPT_DAYS + 5)
    clock.move(hours=1)
    with full_disk(last_bytes=10_000):
        assert not started().look()
    assert names(folder) == made[1 - KEPT_DAYS :], "of thirty nights, less this one"
    clock.move(days=400)
    with full_disk(last_bytes=10_000):
        assert not started().look()
    assert names(folder) == made[-KEPT_NEWEST:]


def test_a_wrong_clock_and_a_wrong_name_stop_no_night(
    started: Callable[[], NightlyBackup], folder: Path, clock: Clock
) -> None:
    made = nights(folder, clock, 3)
    odd = [f"kabar-35.22-nightly-{day}-020000.age" for day in ("2017-02-31", "2039-01-01")]
    for name in odd:
        (folder / name).write_bytes(b"an odd one")
    clock.move(hours=1)
    nightly = started()
    assert nightly.look()
    assert not nightly.look()
    assert nightly.trouble is None
    assert set(names(folder)) == {*made, *odd, "kabar-35.22-nightly-2017-09-27-024000.age"}


def test_a_failure_is_said_and_tried_again_after_an_hour(
    started: Callable[[], NightlyBackup], folder: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    nightly = started()
    folder.rmdir()
    assert not nightly.look()
    assert nightly.trouble is not None
    assert "connect the disk" in nightly.trouble
    assert "no backup could be made" in caplog.text
    folder.mkdir()
    clock.move(minutes=59)
    assert not nightly.look()
    clock.move(minutes=1)
    assert nightly.look()
    assert nightly.trouble is None


def test_a_stop_in_the_middle_is_no_failure(office: OpenOffice, home: Path, folder: Path, clock: Clock) -> None:
    nightly = NightlyBackup(office, folder, home=home, address=None, now=clock, stopped=lambda: True)
    assert not nightly.look()
    assert (nightly.trouble, names(folder)) == (None, [])


def test_what_it_makes_can_be_put_back(
    started: Callable[[], NightlyBackup], home: Path, folder: Path, tmp_path: Path
) -> None:
    started().look()
    [made] = folder.iterdir()
    assert put_back(made, new_home(tmp_path / "elsewhere", home)).name == "Dispendukcapil Kabupaten Bojonegoro"


def test_kabar_run_makes_it_and_its_health_page_says_so(office: OpenOffice, home: Path, folder: Path) -> None:
    office.close()
    with SimulatorThread() as simulator:
        port = free_port()
        with running(home, settings(home, simulator, port, backup_folder=str(folder))) as child:
            until(child, lambda: list(folder.glob("kabar-*-nightly-*.age")))
            assert health(port)[1]["backup"] == "well"
