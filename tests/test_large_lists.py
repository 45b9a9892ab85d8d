"""A list of many rows: read by a process of its own, twice, and never kept whole."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.sealed_rows import SealedRow
from core.errors import InputError, NotFound, Overtaken, SetupError
from core.files import ExportRow
from core.jobs import list_rows
from core.jobs.import_plan import ImportPlan, SeenRows, plan_import
from core.jobs.importing import apply_import
from core.jobs.list_process import INDEXED, PASSED_OVER, SEALED
from core.jobs.list_rows import ListRows
from core.jobs.remarks import Remarks
from core.rules.card import Stage
from core.rules.imports import Verdict
from core.store.office import OpenOffice
from core.store.sealing import Seal
from core.store.tables import Card
from tests.offices import HEADER, MORNING, ask
from tests.rows import everything

SEAL = Seal(bytes(32), "35.22")
DAY = date(2017, 9, 26)


def nik(number: int) -> str:
    return f"352299{1 + number // 9999 % 28:02}0180{1 + number % 9999:04}"


def line(number: int, status: str = "PRR", *, name: str = "WARGA", village: str = "35.22.15.2003") -> str:
    return f"{nik(number)};{name};{village};{status};05/01/2017;0812{number:08};YA;BJN-{number:06}-V87"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list with warnings, refused rows, one person twice, and an accented name."""
    rows = [line(number) for number in range(1200)]
    rows[7] = line(7, "STATUS ANEH")
    rows[8] = line(8, village="35.22.15.9999")
    rows[600] = line(5, "DUP", name="WARGA LAGI")
    rows[700] = line(700, name="RENÉ")
    path = tmp_path / "daftar.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def opened(path: Path, *, elsewhere: bool, sheet: str | None = None) -> ListRows:
    return ListRows(path, regency="35.22", sheet=sheet, seal=SEAL, large_bytes=0 if elsewhere else 10**9)


def plain(row: SealedRow) -> tuple[object, ...]:
    return (*row.row, row.nik_index, row.status, row.stage, row.applied_on, row.row_index)


def test_another_process_reads_the_very_rows_that_are_read_here(path: Path) -> None:
    read = {}
    for elsewhere in (False, True):
        with opened(path, elsewhere=elsewhere) as source:
            batches = list(source.read())
            read[elsewhere] = (
                source.head,
                [plain(row) for batch in batches for row in batch.rows],
                [(row.number, row.column, row.cells) for batch in batches for row in batch.refused],
                batches[-1].bytes_read,
            )
    assert read[True] == read[False]
    assert len(read[True][1]) == 1199
    assert len(read[True][2]) == 1


def test_it_may_be_read_again_and_what_was_sealed_there_is_opened_here(path: Path) -> None:
    with opened(path, elsewhere=True) as source:
        assert sum(len(batch.rows) for batch in source.read()) == 1199
        wanted = bytearray(1199)
        wanted[700 - 1], wanted[3] = SEALED, INDEXED
        indexed, sealed = [row for batch in source.read(bytes(wanted)) for row in batch.rows]
    assert (indexed.row.nik, sealed.row.name) == (nik(3), "RENÉ")
    _, nik_sealed, name_sealed, *_ = sealed.person
    assert isinstance(nik_sealed, bytes)
    assert isinstance(name_sealed, bytes)
    assert (SEAL.open(nik_sealed), SEAL.open(name_sealed)) == (nik(700), "RENÉ")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_is_wrong_with_the_file_is_said_in_the_same_words(tmp_path: Path, elsewhere: bool) -> None:
    with pytest.raises(NotFound, match=r"there is no file none\.csv"):
        opened(tmp_path / "none.csv", elsewhere=elsewhere)
    empty = tmp_path / "empty.csv"
    empty.write_text("   ")
    with pytest.raises(InputError, match=r"empty\.csv is empty"):
        opened(empty, elsewhere=elsewhere)


def test_a_reading_process_that_dies_is_said_and_leaves_nobody_waiting(path: Path) -> None:
    with opened(path, elsewhere=True) as source:
        reading = source._reading
        assert isinstance(reading, list_rows._Elsewhere)
        os.kill(reading._process.pid, signal.SIGKILL)
        with pytest.raises((SetupError, BrokenPipeError)):
            list(source.read())


def test_who_stops_in_the_middle_leaves_no_process(path: Path) -> None:
    with opened(path, elsewhere=True) as source:
        next(source.read())
        reading = source._reading
        assert isinstance(reading, list_rows._Elsewhere)
    assert reading._process.returncode is not None
    assert not reading._thread.is_alive()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every list is large."""
    monkeypatch.setattr(ListRows.__init__, "__kwdefaults__", {"large_bytes": 0})
    yield


def planned(office: OpenOffice, path: Path) -> ImportPlan:
    return plan_import(office, path, as_of=DAY, today=DAY, announce_new=False, progress=lambda *_: None)


def take(office: OpenOffice, plan: ImportPlan) -> dict[str, int]:
    counts = apply_import(
        office, plan, now=MORNING, by="operator", tell=True, announce_new=False, polite=False, progress=lambda *_: None
    )
    return dict(counts)


def stages(session: Session) -> Counter[Stage]:
    return Counter(session.scalars(select(Card.stage)))


@pytest.mark.both_databases
def test_a_list_read_elsewhere_is_taken_as_one_read_here(office: OpenOffice, path: Path, large: None) -> None:
    plan = planned(office, path)
    assert (plan.rows, len(plan.refused), plan.verdicts) == (1198, 1, {"new": 1198})
    assert plan.newest_recorded == date(2017, 1, 5)
    assert plan.refused_path is not None
    assert plan.refused_path.read_text(encoding="utf-8-sig").count("\n") == 2
    before = ask(office, stages)
    assert take(office, plan) == {"new": 1198}
    after = ask(office, stages)
    assert after[Stage.PRINT_READY] - before[Stage.PRINT_READY] == 1196
    assert (
        after[Stage.NEEDS_OFFICER] - before[Stage.NEEDS_OFFICER] == 1
    )  # of her two rows the more cautious is believed
    assert take(office, planned(office, path)) == {"unchanged": 1198}


@pytest.mark.both_databases
@pytest.mark.parametrize("change", ["other", "shorter", "longer"])
def test_a_file_that_changes_between_the_look_and_the_act_is_refused(
    office: OpenOffice, path: Path, change: str
) -> None:
    plan = planned(office, path)
    lines = path.read_text().splitlines()
    changed = {
        "other": [lines[0], line(5000), *lines[2:]],
        "shorter": lines[:-1],
        "longer": [*lines, line(6000)],
    }
    path.write_text("\n".join(changed[change]) + "\n")
    with pytest.raises(Overtaken, match="was changed while it was read"):
        take(office, plan)
    assert nik(5000) not in str(everything(office)["resident"])
    path.write_text("\n".join(lines) + "\n")
    assert sum(take(office, planned(office, path)).values()) == 1198


def row(number: int, nik_index: int, status: str) -> SealedRow:
    export = ExportRow(number, "", "", "", status, None, None, None, False, None, False, None, "", ())
    return SealedRow(export, SEAL, nik_index=nik_index.to_bytes(8) + bytes(8))


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["PRR", "DUP", "SFE", "ANEH"])), max_size=30))
def test_of_each_person_one_row_is_believed_and_the_others_passed_over(rows: list[tuple[int, str]]) -> None:
    seen = SeenRows()
    for place, (person, status) in enumerate(rows):
        seen.add(row(place + 2, person, status), (Verdict.NEW, None, None))
    doubles = list(seen.pass_over_doubles())
    believed = [place for place in range(len(rows)) if place not in seen.passed_over]
    assert sorted(rows[place][0] for place in believed) == sorted({person for person, _ in rows})
    assert len(doubles) == len(rows) - len(believed)
    assert seen.counted().total() == len(believed)
    caution = {"DUP": 3, "ANEH": 2, "SFE": 1, "PRR": 0}
    for place in believed:
        person, status = rows[place]
        others = [caution[other] for same, other in rows if same == person]
        assert caution[status] == max(others)
    sealing = seen.sealing(after=0)
    assert [place for place, wanted in enumerate(sealing) if wanted != PASSED_OVER] == believed
    assert not any(seen.sealing(after=len(rows) + 1))


@given(st.permutations(range(2, 12)))
def test_remarks_of_one_sort_are_counted_and_the_first_rows_named(numbers: list[int]) -> None:
    remarks = Remarks()
    for number in numbers:
        remarks.add(number, "NIK", f"the same NIK as row {number + 1}")
    remarks.add(3, "NAMA", "the name is empty")
    first, second = remarks.sorts()
    assert (first.rows_in_all, first.rows, first.why) == (10, [2, 3, 4, 5, 6], "the same NIK as another row")
    assert (second.rows_in_all, len(remarks)) == (1, 11)
