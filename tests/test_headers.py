"""Where a list begins: titles above it, a header of one row or two, and rows that only look like one."""

import os
from datetime import date
from pathlib import Path

import pytest

from core.errors import InputError
from core.files import ExportFile, RefusedRow, VillageNames, open_export, write_refused
from core.files.columns import Column
from core.files.header import header_of
from core.regions import regions_of
from tests.spreadsheets import comma_separated

BOJONEGORO = VillageNames(regions_of("35.22"))
GROUPS = ("NO", "NIK", "NAMA", "ALAMAT", "", "", "STATUS", "TANGGAL", "", "NO HP")
NAMES = ("", "", "", "DESA", "KECAMATAN", "RT", "", "REKAM", "LAHIR", "")
ROW = ("1", "3522990101800001", "BAIK", "Sukorejo", "Bojonegoro", "03", "PRR", "05/01/2017", "01/01/1980", "0812")


def opened(folder: Path, *rows: tuple[str, ...]) -> ExportFile:
    return open_export(comma_separated(folder / "export.csv", *rows), BOJONEGORO)


def columns(*rows: tuple[str, ...]) -> dict[Column, int]:
    return header_of(enumerate((list(row) for row in rows), start=1)).columns


def test_a_group_above_real_names_and_words_split_over_two_rows_make_one_header(tmp_path: Path) -> None:
    export = opened(tmp_path, ("DAFTAR PER 27-09-2017",), (), GROUPS, NAMES, ROW)
    [row] = export
    assert export.header == [
        *("NO", "NIK", "NAMA", "DESA", "KECAMATAN"),
        *("ALAMAT RT", "STATUS", "TANGGAL REKAM", "TANGGAL LAHIR", "NO HP"),
    ]
    assert (row.number, export.title_date) == (5, date(2017, 9, 27))
    assert not isinstance(row, RefusedRow)
    assert (row.village, row.recorded_on, row.born_on) == ("35.22.15.2003", date(2017, 1, 5), date(1980, 1, 1))


def test_what_was_refused_below_two_header_rows_is_found_below_one(tmp_path: Path) -> None:
    export = opened(tmp_path, ("PER 27-09-2017",), GROUPS, NAMES, (*ROW[:6], "", *ROW[7:]))
    path = write_refused(export.head, [row for row in export if isinstance(row, RefusedRow)])
    path.write_text(path.read_text(encoding="utf-8-sig").replace(";03;;", ";03;PRR;"))
    again = open_export(path, BOJONEGORO)
    [row] = again
    assert not isinstance(row, RefusedRow)
    assert (row.status, row.born_on, again.title_date) == ("PRR", date(1980, 1, 1), date(2017, 9, 27))


def test_both_header_rows_may_stand_on_every_page(tmp_path: Path) -> None:
    rows = list(opened(tmp_path, GROUPS, NAMES, ROW, GROUPS, NAMES, ROW))
    assert [(row.number, type(row).__name__) for row in rows] == [(3, "ExportRow"), (6, "ExportRow")]


def test_a_row_that_numbers_the_columns_is_no_row(tmp_path: Path) -> None:
    for numbers in ([f"({place})" for place in range(1, 11)], [str(place) for place in range(1, 11)]):
        assert [row.number for row in opened(tmp_path, GROUPS, NAMES, tuple(numbers), ROW)] == [4]


def test_a_title_above_a_header_of_one_row_is_no_group(tmp_path: Path) -> None:
    header = ("NIK", "NAMA", "DESA", "KECAMATAN", "STATUS")
    export = opened(tmp_path, ("STATUS",), header, (ROW[1], ROW[2], ROW[3], ROW[4], "PRR"))
    assert (export.header, len(list(export))) == (list(header), 1)


def test_a_row_of_people_is_never_half_of_a_header() -> None:
    header = ("NIK", "NAMA", "DESA", "STATUS", "MEDIA")
    assert Column.PHONE not in columns(header, (ROW[1], "BAIK", "Sukorejo", "PRR", "WA"))


def test_the_fields_of_a_group_are_not_mixed_up() -> None:
    found = columns(
        ("NIK", "NAMA", "STATUS", "", "DESA", "TGL", ""), ("", "LENGKAP", "KAWIN", "KTP-EL", "", "LAHIR", "REKAM")
    )
    assert found == {
        Column.NIK: 0,
        Column.NAME: 1,
        Column.MARRIED: 2,
        Column.STATUS: 3,
        Column.VILLAGE: 4,
        Column.BORN_ON: 5,
        Column.RECORDED_ON: 6,
    }


def test_an_empty_table_has_no_header() -> None:
    assert header_of([]).columns == {}


def test_a_pipe_is_refused_before_anybody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    with pytest.raises(InputError, match=r"list\.csv is a pipe or a device.*save it to a file first"):
        open_export(tmp_path / "list.csv", VillageNames(regions_of("35.22")))
