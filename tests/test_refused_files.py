"""The refused rows as a file: safe to open, to correct and to import again."""

import csv
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SetupError
from core.files import ExportRow, RefusedRow, VillageNames, open_export, write_refused
from core.files.cells import escaped, plain, unescaped
from core.regions import regions_of

HERE = Path(__file__).parent
BOJONEGORO = VillageNames(regions_of("35.22"))
HEADER = "NIK,NAMA,KODE DESA,STATUS,TGL REKAM,NO HP,RESI"
GOOD = "3522990101800001,BAIK SATU,35.22.15.2003,PRR,2017-01-05,081200000001,BAD-1701-1"


def opened(folder, text, *, name="export.csv"):
    path = folder / name
    path.write_text(text)
    return open_export(path, BOJONEGORO)


def test_the_refused_rows_can_be_corrected_and_imported_again(tmp_path):
    title = "DAFTAR PER 27 SEPTEMBER 2017"
    lines = (HERE / "samples" / "broken.csv").read_text()
    export = opened(tmp_path, f"{title}\n{lines}", name="kiriman.csv")
    refused = [row for row in export if isinstance(row, RefusedRow)]
    path = write_refused(export.head, refused)
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == ("kiriman.ditolak.csv", 0o600)

    again = open_export(path, BOJONEGORO)
    assert again.title_date == date(2017, 9, 27)
    assert again.header[:5] == ["baris", "kolom", "alasan", "perbaikan", "NIK"]
    assert [row.column for row in again if isinstance(row, RefusedRow)] == [row.column for row in refused]

    path.write_text(path.read_text(encoding="utf-8-sig").replace("31/31/2017", "31/01/2017"))
    corrected = [row for row in open_export(path, BOJONEGORO) if isinstance(row, ExportRow)]
    assert [(row.receipt, row.recorded_on) for row in corrected] == [("BAD-1701-9", date(2017, 1, 31))]


def test_refusing_a_refused_file_again_adds_no_second_set_of_columns(tmp_path):
    export = opened(tmp_path, f"{HEADER}\n{GOOD.replace('PRR', '')}\n")
    once = open_export(write_refused(export.head, list(export)), BOJONEGORO)
    twice = open_export(write_refused(once.head, list(once)), BOJONEGORO)
    assert twice.header == once.header
    assert [row.cells[4:] for row in twice] == [row.cells[4:] for row in once] == [row.cells for row in export]


def test_no_spreadsheet_runs_what_was_refused(tmp_path):
    line = '3522990101800001,"=HYPERLINK(""http://x"")",35.22.15.2003,,2017-01-05,+62 812-0000-0001,@x'
    export = opened(tmp_path, f"{HEADER}\n{line}\n")
    path = write_refused(export.head, list(export))
    *_, cells = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    path.write_text(path.read_text(encoding="utf-8-sig").replace("2003,,", "2003,PRR,"))
    (row,) = open_export(path, BOJONEGORO)
    assert (row.phone, row.receipt) == ("+6281200000001", "@X")


@given(st.text(alphabet="'=+-@\t\r\nA1", max_size=8))
def test_marking_a_formula_loses_nothing(cell):
    assert unescaped(escaped(cell)) == cell
    assert not escaped(cell).startswith(("=", "+", "-", "@"))


def test_a_number_kept_as_text_is_plain():
    assert [plain(cell) for cell in ('="0812"', "'+62812", "'=1", "=1+1", "")] == ["0812", "+62812", "=1", "=1+1", ""]


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path):
    export = opened(tmp_path, f"{HEADER}\n{GOOD.replace('PRR', '')}\n")
    rows = list(export)
    (tmp_path / "export.ditolak.csv").mkdir()
    with pytest.raises(SetupError, match="cannot be written"):
        write_refused(export.head, rows)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "export.ditolak.csv"]
