"""Workbooks as offices keep them: which sheet is read, what its cells say, and which workbooks are refused."""

import io
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from core.errors import InputError, NotFound
from core.files import ExportFile, ExportRow, RefusedRow, VillageNames, open_export
from core.files.workbook_process import End, copy
from core.regions import regions_of
from tests.spreadsheets import HEADER, SAMPLES, SATU, book, part_of, with_part, workbook

BOJONEGORO = VillageNames(regions_of("35.22"))
SHEET_PART = "xl/worksheets/sheet1.xml"
LOST = "a spreadsheet kept the NIK as a number, which has 15 digits only: the last digit is lost (it reads 0)"


def opened(path: Path, sheet: str | None = None) -> ExportFile:
    return open_export(path, BOJONEGORO, sheet=sheet)


def satu(**cells: object) -> list[object]:
    """A row of which some cells are not text."""
    return [cells.get(header, cell) for header, cell in zip(HEADER, SATU, strict=True)]


def row_of(folder: Path, **cells: object) -> ExportRow | RefusedRow:
    [row] = opened(workbook(folder / "export.xlsx", HEADER, satu(**cells)))
    return row


def test_the_jember_list_is_taken_but_for_the_niks_that_were_stored_as_numbers() -> None:
    export = open_export(SAMPLES / "jember-2017-05.xlsx", VillageNames(regions_of("35.09")))
    rows = list(export)
    refused = [row for row in rows if isinstance(row, RefusedRow)]
    taken = [row for row in rows if isinstance(row, ExportRow)]
    assert (export.sheet, export.titles[0][0]) == ("REKAP", "PEMERINTAH KABUPATEN JEMBER")
    assert (len(taken), len(refused)) == (1988, 12)
    assert [row.number for row in refused] == list(range(164, 2004, 160))
    assert {(row.column, row.reason) for row in refused} == {("N I K", LOST)}
    assert not any(row.warnings for row in taken)
    assert all(row.recorded_on for row in taken)
    assert (taken[0].number, taken[0].village, taken[0].recorded_on) == (5, "35.09.08.2006", date(2017, 1, 10))


def test_an_old_xls_with_titles_and_a_header_of_two_rows_is_taken() -> None:
    export = opened(SAMPLES / "two-header-rows.xls")
    rows = list(export)
    assert (export.sheet, export.title_date) == ("Rekap September", date(2017, 9, 27))
    assert export.header[3:8] == ["DESA", "KECAMATAN", "STATUS KTP-EL", "TANGGAL REKAM", "TANGGAL LAHIR"]
    assert [(row.number, type(row)) for row in rows] == [
        (7, ExportRow),
        (8, ExportRow),
        (9, RefusedRow),
        (10, ExportRow),
    ]
    first, second, lost, _ = rows
    assert (first.village, first.recorded_on, first.born_on) == ("35.22.15.2003", date(2017, 1, 5), date(1980, 1, 1))
    assert (second.recorded_on, second.phone) == (date(2017, 1, 6), "+6281200000002")
    assert (lost.column, lost.reason) == ("NIK", LOST)


# Cells


def test_a_nik_stored_as_a_number_is_refused_and_its_lost_digit_is_shown_as_lost(tmp_path: Path) -> None:
    row = row_of(tmp_path, NIK=3522990101800012)
    assert isinstance(row, RefusedRow)
    assert (row.number, row.column, row.reason) == (2, "NIK", LOST)
    assert "format the NIK column as text" in row.fix
    assert row.cells[0] == "352299010180001?"


def test_a_nik_stored_as_too_short_a_number_is_refused_for_its_length(tmp_path: Path) -> None:
    row = row_of(tmp_path, NIK=352299010180001)
    assert isinstance(row, RefusedRow)
    assert row.reason == "the NIK has 15 digits instead of 16"


@pytest.mark.parametrize(
    ("phone", "read"),
    [
        (81200000001, "+6281200000001"),  # its 0 in front is gone, and can have been nothing else
        (6281200000001, "+6281200000001"),
        (81200000001.0, "+6281200000001"),
    ],
)
def test_a_phone_stored_as_a_number_is_read(tmp_path: Path, phone: float, read: str) -> None:
    row = row_of(tmp_path, **{"NO HP": phone})
    assert isinstance(row, ExportRow)
    assert (row.phone, row.warnings) == (read, ())


@pytest.mark.parametrize("day", [date(2017, 1, 5), datetime(2017, 1, 5, 10, 30, tzinfo=UTC).replace(tzinfo=None)])
def test_a_real_date_is_a_date(tmp_path: Path, day: date) -> None:
    row = row_of(tmp_path, **{"TGL REKAM": day})
    assert isinstance(row, ExportRow)
    assert row.recorded_on == date(2017, 1, 5)


def test_a_day_number_that_is_not_formatted_as_a_date_is_refused_with_the_fix(tmp_path: Path) -> None:
    row = row_of(tmp_path, **{"TGL REKAM": 42740})
    assert isinstance(row, RefusedRow)
    assert "spreadsheet's day number; format the column as a date" in f"{row.reason}; {row.fix}"


def test_a_village_code_stored_as_a_number_is_read(tmp_path: Path) -> None:
    row = row_of(tmp_path, **{"KODE DESA": 3522152003})
    assert isinstance(row, ExportRow)
    assert row.village == "35.22.15.2003"


def test_a_regencys_code_stored_as_a_number_is_no_village(tmp_path: Path) -> None:
    row = row_of(tmp_path, **{"KODE DESA": 35.22})
    assert isinstance(row, RefusedRow)
    assert (row.column, row.cells[2]) == ("KODE DESA", "35.22")


def test_a_receipt_code_stored_as_a_number_is_taken_with_a_warning(tmp_path: Path) -> None:
    row = row_of(tmp_path, RESI=17012345)
    assert isinstance(row, ExportRow)
    assert (row.receipt, [warning.column for warning in row.warnings]) == ("17012345", ["RESI"])


def test_true_is_no_consent_and_one_is(tmp_path: Path) -> None:
    for cell, consent in ((True, False), (1, True)):
        row = row_of(tmp_path, **{"SETUJU DIHUBUNGI": cell})
        assert isinstance(row, ExportRow)
        assert row.consent is consent


def test_a_time_where_a_date_belongs_is_refused(tmp_path: Path) -> None:
    path = with_part(
        source := workbook(tmp_path / "source.xlsx", HEADER, satu(**{"TGL REKAM": date(2017, 1, 5)})),
        tmp_path / "export.xlsx",
        SHEET_PART,
        part_of(source, SHEET_PART).replace("<v>42740</v>", "<v>0.5</v>").encode(),
    )
    [row] = opened(path)
    assert isinstance(row, RefusedRow)
    assert (row.column, row.cells[4]) == ("TGL REKAM", str(time(12)))


def test_a_remark_beside_the_table_refuses_no_row(tmp_path: Path) -> None:
    [row] = opened(workbook(tmp_path / "export.xlsx", HEADER, (*SATU, "", "sudah dicek")))
    assert isinstance(row, ExportRow)


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows = [(), (), ("PER 27-09-2017",), (), HEADER, SATU, (), SATU, (" ",), HEADER, SATU]
    export = opened(workbook(tmp_path / "export.xlsx", *rows))
    assert [row.number for row in export] == [6, 8, 11]
    assert export.title_date == date(2017, 9, 27)


def test_a_table_that_begins_far_from_the_corner_is_read_twice_and_says_how_far_it_is(tmp_path: Path) -> None:
    rows = [("",) * 5 + tuple(row) for row in (HEADER, *([SATU] * 300))]
    export = opened(workbook(tmp_path / "export.xlsx", (), (), (), *rows))
    begun = iter(export)
    assert next(begun).number == 5
    assert 0 < export.bytes_read < export.size_bytes
    begun.close()
    assert (sum(1 for _ in export), export.bytes_read) == (300, 0)


# Sheets


def test_the_only_sheet_with_a_header_is_read_wherever_it_stands(tmp_path: Path) -> None:
    sheets = {"Catatan": [("NIK", "dibetulkan hari ini")], "Kosong": [], "September": [HEADER, SATU]}
    export = opened(book(tmp_path / "export.xlsx", sheets))
    assert (export.sheet, len(list(export))) == ("September", 1)


def test_several_sheets_with_a_header_are_named_and_one_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    other = ("3522990101800002", *SATU[1:])
    path = book(tmp_path / "export.xlsx", {"Agustus": [HEADER, SATU], "September": [HEADER, other]})
    with pytest.raises(InputError, match=r'a header row on 2 sheets: "Agustus", "September"; .*--sheet NAME'):
        opened(path)
    for sheet in ("september", " September ", "2"):
        export = opened(path, sheet)
        assert (export.sheet, [row.nik for row in export]) == ("September", [other[0]])  # type: ignore[union-attr]
    with pytest.raises(NotFound, match='no such sheet; it has "Agustus", "September"'):
        opened(path, "Oktober")


def test_a_sheet_that_is_called_by_a_number_is_chosen_by_that_name(tmp_path: Path) -> None:
    path = book(tmp_path / "export.xlsx", {"2": [HEADER, SATU], "1": [HEADER]})
    assert opened(path, "2").sheet == "2"


def test_a_hidden_sheet_is_passed_over_unless_it_is_asked_for(tmp_path: Path) -> None:
    path = book(tmp_path / "export.xlsx", {"Lama": [HEADER], "Baru": [HEADER, SATU]}, hidden=["Lama"])
    assert opened(path).sheet == "Baru"
    assert opened(path, "1").sheet == "Baru"
    assert opened(path, "Lama").sheet == "Lama"
    only = book(tmp_path / "only.xlsx", {"Lama": [HEADER], "Baru": []}, hidden=["Lama"])
    with pytest.raises(InputError, match='on hidden sheets only: "Lama"'):
        opened(only)


def test_many_sheets_are_not_all_named(tmp_path: Path) -> None:
    path = book(tmp_path / "export.xlsx", {f"Kec {number}": [HEADER] for number in range(1, 32)})
    with pytest.raises(InputError, match=r'"Kec 8" and 23 more;'):
        opened(path)


def test_the_sheet_on_which_a_column_is_missing_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "export.xlsx", {"Catatan": [("x",)], "Data": [HEADER[:3], SATU[:3]]})
    with pytest.raises(InputError, match=r"sheet Data: the header row was found, .* a column headed STATUS"):
        opened(path)


def test_a_csv_has_no_sheets_to_choose_from(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(";".join(HEADER))
    with pytest.raises(InputError, match="leave --sheet out"):
        opened(path, "1")


# What is no workbook, or too much of one


@pytest.mark.parametrize("name", ["locked.xls", "locked.xlsx"])
def test_a_workbook_under_a_password_is_refused_with_the_fix(name: str) -> None:
    with pytest.raises(InputError, match="is locked with a password; save it in a spreadsheet without one"):
        opened(SAMPLES / name)


@pytest.mark.parametrize("keep", [4, 100, 2500])
@pytest.mark.parametrize("name", ["two-header-rows.xls", "jember-2017-05.xlsx"])
def test_a_workbook_that_came_only_in_part_is_refused(tmp_path: Path, name: str, keep: int) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / name).read_bytes()[:keep])
    with pytest.raises(InputError, match=r"is damaged(, or locked with a password; save| or came only in part; copy)"):
        opened(path)


def test_a_workbook_that_asks_for_a_later_zip_than_there_is_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "export.xlsx", HEADER, SATU)
    content = bytearray(path.read_bytes())
    needed = content.index(b"PK\x01\x02") + 6  # of the first part, in tenths
    content[needed : needed + 2] = (64).to_bytes(2, "little")
    path.write_bytes(content)
    with pytest.raises(InputError, match="is damaged"):
        opened(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET_PART])
def test_a_workbook_with_a_broken_part_is_refused(tmp_path: Path, part: str) -> None:
    source = workbook(tmp_path / "source.xlsx", HEADER, SATU)
    with pytest.raises(InputError, match="is damaged"):
        opened(with_part(source, tmp_path / "export.xlsx", part, b"<worksheet><sheetData><row><c r="))


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    source = workbook(tmp_path / "source.xlsx", HEADER, SATU)
    path = with_part(source, tmp_path / "surat.docx", "xl/workbook.xml", b"")
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xml", b"wd/document.xml"))
    with pytest.raises(InputError, match="an archive or another program's document"):
        opened(path)


def test_a_cell_typed_by_mistake_in_the_last_corner_refuses_the_file_and_ends_nothing_else(tmp_path: Path) -> None:
    path = workbook(tmp_path / "export.xlsx", HEADER, SATU)
    sheet = part_of(path, SHEET_PART).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(InputError, match=r"far more cells than any list has.*copy the table alone into a new workbook"):
        opened(with_part(path, tmp_path / "corner.xlsx", SHEET_PART, sheet.encode()))


def test_cells_that_unfold_into_more_text_than_any_list_has_are_too_much(tmp_path: Path) -> None:
    content = workbook(tmp_path / "export.xlsx", HEADER, *[SATU] * 100).read_bytes()
    assert copy(io.BytesIO(content), io.BytesIO(), most_bytes=20_000) is End.READ
    assert copy(io.BytesIO(content), io.BytesIO(), most_bytes=2000) is End.TOO_LARGE


def test_a_million_rows_that_are_only_formatted_are_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "export.xlsx", HEADER, SATU)
    before, after = part_of(path, SHEET_PART).split("</sheetData>")
    formatted = b'<row><c s="1"/><c s="1"/></row>' * 10_000
    pieces = (before.encode(), *[formatted] * 104, b"</sheetData>", after.encode())
    rows = list(opened(with_part(path, tmp_path / "formatted.xlsx", SHEET_PART, *pieces)))
    assert [row.number for row in rows] == [2]
