"""A list whose NIKs went through a spreadsheet as numbers: none of them may be taken for somebody else's."""

from pathlib import Path

import pytest

from core.files import ExportRow, RefusedRow, VillageNames, open_export, write_refused
from core.files.lost_digits import last_digits_lost
from core.regions import regions_of
from tests.spreadsheets import HEADER, SATU, comma_separated, workbook

BOJONEGORO = VillageNames(regions_of("35.22"))
#: One of ten has a serial of two digits or more, so that it would be read as another person's, and not as nobody's.
TRUE = [f"352299{day:02}0180{serial:04}" for day in range(1, 13) for serial in (1, 12)]
CUT = [f"{nik[:15]}0" for nik in TRUE]


def rows(niks: list[str]) -> list[tuple[str, ...]]:
    return [HEADER, *((nik, *SATU[1:]) for nik in niks)]


@pytest.mark.parametrize("write", [comma_separated, workbook])
def test_niks_that_nearly_all_end_in_0_are_refused_with_the_reason(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    export = open_export(write(tmp_path / "export", *rows([*CUT, TRUE[0]])), BOJONEGORO)
    *refused, taken = export
    assert {(row.column, row.reason) for row in refused} == {
        ("NIK", "a spreadsheet kept the NIK as a number, which has 15 digits only: the last digit is lost (it reads 0)")
    }
    assert [row.cells[0] for row in refused] == [f"{nik[:15]}?" for nik in CUT]
    assert taken.nik == TRUE[0]


def test_what_was_refused_for_it_is_not_taken_when_it_comes_again(tmp_path: Path) -> None:
    export = open_export(comma_separated(tmp_path / "export.csv", *rows(CUT)), BOJONEGORO)
    path = write_refused(export.head, list(export))
    path.write_text(path.read_text(encoding="utf-8-sig").replace(CUT[1][:15] + "?", TRUE[1]))
    again = list(open_export(path, BOJONEGORO))
    assert [row.nik for row in again if isinstance(row, ExportRow)] == [TRUE[1]]
    assert len([row for row in again if isinstance(row, RefusedRow)]) == len(CUT) - 1


def test_niks_in_the_power_of_ten_are_refused_with_the_reason(tmp_path: Path) -> None:
    export = open_export(comma_separated(tmp_path / "export.csv", *rows(["3,52299E+15"] * 12)), BOJONEGORO)
    assert {row.reason for row in export if isinstance(row, RefusedRow)} == {
        "a spreadsheet turned the NIK into a power of ten"
    }


def test_a_true_list_is_taken_with_the_few_that_end_in_0(tmp_path: Path) -> None:
    some = [*TRUE, "3522990101800010", "3522990101800020"]
    export = open_export(comma_separated(tmp_path / "export.csv", *rows(some)), BOJONEGORO)
    assert [row.nik for row in export if isinstance(row, ExportRow)] == some


def test_a_few_rows_prove_nothing() -> None:
    assert not last_digits_lost(CUT[:9])
    assert last_digits_lost(CUT[:10])
    assert not last_digits_lost([*CUT[:8], *TRUE[:2]])
    assert not last_digits_lost([])
