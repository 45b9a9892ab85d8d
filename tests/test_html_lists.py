"""Web pages that call themselves .xls, as the offices' own applications export them."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import InputError
from core.files import ExportFile, ExportRow, RefusedRow, VillageNames, open_export
from core.regions import regions_of
from tests.spreadsheets import HEADER, SATU, page

BOJONEGORO = VillageNames(regions_of("35.22"))
HEAD = "<tr>" + "".join(f"<th>{header}</th>" for header in HEADER) + "</tr>"
LINE = "<tr>" + "".join(f"<td>{cell}</td>" for cell in SATU) + "</tr>"


def opened(folder: Path, text: str, *, encoding: str = "utf-8") -> ExportFile:
    path = folder / "export.xls"
    path.write_bytes(text.encode(encoding))
    return open_export(path, BOJONEGORO)


def only(export: ExportFile) -> ExportRow:
    [row] = export
    assert isinstance(row, ExportRow)
    return row


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff\r\n<!DOCTYPE html><html><head><title>x</title></head><body>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<style>td{mso-number-format:'\\@'} .a > .b {}</style><script>var a = '<table>';</script>",
        "<!-- <table><tr><td>NIK</td></tr></table> --><![if !excel]>&nbsp;<![endif]>",
        "<center><h3>Laporan</h3></center><br />\n<b>Notice</b>: Undefined index",
    ],
)
def test_a_page_is_read_whatever_stands_before_its_table(tmp_path: Path, before: str) -> None:
    row = only(opened(tmp_path, f"{before}<table>{HEAD}{LINE}</table>"))
    assert (row.number, row.nik, row.village, row.receipt) == (2, SATU[0], "35.22.15.2003", "BAD-1701-1")


def test_entities_tags_and_line_breaks_inside_a_cell_are_its_text(tmp_path: Path) -> None:
    cell = "<font color=red>ANDR&Eacute;&nbsp;&amp;<br>\n <b>D&#39;ARC</b></font>"
    row = only(opened(tmp_path, f"<table>{HEAD}{LINE.replace('BAIK SATU', cell)}</table>"))
    assert row.name == "ANDRÉ & D'ARC"


def test_missing_end_tags_lose_nothing(tmp_path: Path) -> None:
    text = f"<TABLE>{HEAD}{LINE}{LINE}".replace("</td>", "").replace("</th>", "").replace("</tr>", "").upper()
    assert [row.number for row in opened(tmp_path, text)] == [2, 3]


def test_titles_over_all_columns_and_groups_over_some_are_understood(tmp_path: Path) -> None:
    text = """<table><tr><td colspan=8>DAFTAR PER 27 SEPTEMBER 2017</td></tr>
      <tr><th rowspan="2">NO<th rowspan=2>NIK<th rowspan=2>NAMA<th colspan=2>ALAMAT<th rowspan=2>STATUS<th colspan=2>TGL
      <tr><th>DESA<th>KECAMATAN<th>REKAM<th>LAHIR
      <tr><td>1<td>3522990101800001<td>BAIK<td rowspan=2>Sukorejo<td rowspan=2>Bojonegoro<td>PRR<td>05/01/2017<td>
      <tr><td>2<td>3522990101800002<td>BAIK<td>SFE<td>06/01/2017<td>01/01/1980</table>"""
    export = opened(tmp_path, text)
    first, second = export
    assert (export.title_date, export.header[3:]) == (
        date(2017, 9, 27),
        ["DESA", "KECAMATAN", "STATUS", "TGL REKAM", "TGL LAHIR"],
    )
    assert isinstance(first, ExportRow)
    assert (first.number, first.village, first.status, first.born_on) == (4, "35.22.15.2003", "PRR", None)
    assert isinstance(second, RefusedRow)  # the cell above covers its village, which stands in one row only
    assert (second.column, second.cells[5]) == ("DESA", "SFE")


def test_the_first_table_with_a_header_is_read_and_what_stands_above_it_says_the_day(tmp_path: Path) -> None:
    other = LINE.replace("0001</td>", "0002</td>")
    text = (
        "<table><tr><td>LAPORAN PER 27-09-2017</td></tr></table>"
        f"<table>{HEAD}{LINE}</table><table>{HEAD}{other * 80}</table><p>Dicetak tanggal 01-10-2017</p>"
    )
    export = opened(tmp_path, text)
    assert (only(export).nik, export.title_date) == (SATU[0], date(2017, 9, 27))


def test_a_table_inside_a_page_laid_out_by_tables_is_found(tmp_path: Path) -> None:
    text = f"<table><tr><td>Menu<td><table><caption>PER 27-09-2017{HEAD}{LINE}</table></td></tr></table>"
    export = opened(tmp_path, text)
    assert (only(export).number, export.title_date) == (2, date(2017, 9, 27))


def test_a_cell_that_a_spreadsheet_marked_as_a_number_is_one(tmp_path: Path) -> None:
    for mark in ('x:num="3522990101800010"', "x:num", 'sdval="3522990101800010" sdnum="1057;"'):
        [row] = opened(
            tmp_path, f"<table>{HEAD}{LINE.replace(f'<td>{SATU[0]}', f'<td {mark}>3522990101800010')}</table>"
        )
        assert isinstance(row, RefusedRow)
        assert "kept the NIK as a number" in row.reason


def test_an_old_page_in_windows_1252_is_read(tmp_path: Path) -> None:
    text = f"<table>{HEAD}{LINE.replace('BAIK SATU', 'ANDRÉ')}</table>"
    assert only(opened(tmp_path, text, encoding="windows-1252")).name == "ANDRÉ"


def test_spans_beyond_reason_are_cut(tmp_path: Path) -> None:
    wide = "<tr>" + "<td colspan=99999999 rowspan=99999999>x</td>" * 50 + "</tr>"
    assert next(iter(opened(tmp_path, f"<table>{HEAD}{LINE}{wide}</table>"))).number == 2


def test_a_small_page_that_spans_millions_of_cells_is_refused_at_once(tmp_path: Path) -> None:
    spans = "<tr>" + "<td colspan=1000 rowspan=65534>" * 16
    with pytest.raises(InputError, match="its cells span far more than stands in it"):
        opened(tmp_path, f"<table>{spans}{'<tr><td>' * 8000}")
    many = "<tr>" + "<td rowspan=65534>" * 1000
    with pytest.raises(InputError, match="its cells span far more than stands in it"):
        for _ in opened(tmp_path, f"<table>{HEAD}{LINE}{many}{'<tr><td>' * 500}"):
            pass


def test_a_list_whose_cells_span_the_people_of_a_village_is_read(tmp_path: Path) -> None:
    first, *others = ("<td>".join(["", *SATU]) for _ in range(3000))
    village = f"<td>{SATU[2]}"
    assert village in first
    spanned = first.replace(village, f"<td rowspan=3000>{SATU[2]}")
    rows = "".join(f"<tr>{row}" for row in [spanned, *(row.replace(village, "", 1) for row in others)])
    assert sum(1 for _ in opened(tmp_path, f"<table><tr><td colspan=1000>DAFTAR{HEAD}{rows}")) == 3000


def test_a_page_is_read_twice_and_says_how_far_it_is(tmp_path: Path) -> None:
    export = open_export(page(tmp_path / "export.xls", HEADER, *[SATU] * 2000), BOJONEGORO)
    begun = iter(export)
    next(begun)
    assert 0 < export.bytes_read < export.size_bytes
    begun.close()
    assert (sum(1 for _ in export), export.bytes_read) == (2000, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<html><body>Silakan masuk kembali</body></html>", "a web page without a table"),
        ("<table></table>", "a web page without a table"),
        ("<table><tr><td>NIK<td>NAMA</table>", "a column headed STATUS"),
        (f"<table>{HEAD}<!-- " + "x" * 2_000_000, "its HTML breaks off"),
        (f"<table>{HEAD}<![foo[ ]]>", "its HTML cannot be read"),
        ('<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML spreadsheet"),
        (
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><ss:Workbook>',
            "of Excel 2003.*save it as XLSX",
        ),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive .MHTML.*save it as XLSX"),
    ],
)
def test_what_holds_no_list_is_refused_with_what_to_do(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        opened(tmp_path, text)
