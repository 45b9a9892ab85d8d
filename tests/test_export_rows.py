"""One row of an export: what refuses it, what only warns, and what it says."""

import pytest

from core.files import RefusedRow, VillageNames, open_export
from core.files.villages import VillageError
from core.regions import regions_of

BOJONEGORO = VillageNames(regions_of("35.22"))
HEADER = "NIK,NAMA,KODE DESA,STATUS,TGL REKAM,NO HP,RESI"
GOOD = "3522990101800001,BAIK SATU,35.22.15.2003,PRR,2017-01-05,081200000001,BAD-1701-1"


def row_of(folder, line, header=HEADER):
    path = folder / "export.csv"
    path.write_text(f"{header}\n{line}\n")
    (row,) = open_export(path, BOJONEGORO)
    return row


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (GOOD.replace("3522990101800001", ""), "NIK"),
        (GOOD.replace("BAIK SATU", " "), "NAMA"),
        (GOOD.replace("BAIK SATU", "=="), "NAMA"),
        (GOOD.replace("PRR", ""), "STATUS"),
        (GOOD.replace("35.22.15.2003", "35.09.15.2003"), "KODE DESA"),
        (GOOD.replace("2017-01-05", "05/01/17"), "TGL REKAM"),
        (GOOD + ",LEBIH", "NIK"),
    ],
)
def test_a_row_that_cannot_be_attributed_is_refused(tmp_path, line, column):
    row = row_of(tmp_path, line)
    assert isinstance(row, RefusedRow)
    assert (row.column, row.number, row.cells) == (column, 2, tuple(line.split(",")))
    assert row.reason
    assert row.fix


def test_a_row_without_its_last_empty_cells_is_taken(tmp_path):
    row = row_of(tmp_path, "3522990101800001,BAIK,35.22.15.2003,PRR,2017-01-05")
    assert (row.phone, row.receipt, row.warnings) == (None, None, ())


def test_a_row_without_any_date_is_taken_with_a_warning(tmp_path):
    row = row_of(tmp_path, GOOD.replace("2017-01-05", ""))
    assert [warning.column for warning in row.warnings] == ["TGL REKAM"]


@pytest.mark.parametrize(("code", "warned"), [("R-812", True), ("BJN-R81", True), ("BJN-0-R81X", False), ("-", False)])
def test_a_receipt_too_short_to_prove_anything_is_taken_with_a_warning(tmp_path, code, warned):
    row = row_of(tmp_path, f"3522990101800001,BAIK,35.22.15.2003,PRR,2017-01-05,,{code}")
    assert [warning.column for warning in row.warnings] == ["RESI"] * warned
    assert all(code not in warning.reason for warning in row.warnings)


def test_a_nik_of_no_district_is_taken_with_a_warning(tmp_path):
    row = row_of(tmp_path, GOOD.replace("352299", "352298"))
    assert [warning.column for warning in row.warnings] == ["NIK"]


def test_a_nik_forced_to_be_text_is_read(tmp_path):
    assert row_of(tmp_path, GOOD.replace("3522990101800001", '"=""3522990101800001"""')).nik == "3522990101800001"


@pytest.mark.parametrize("word", ["YA", "y", "Setuju", "1", "x", "V"])
def test_consent_is_given_in_a_few_words_and_no_others(tmp_path, word):
    header = HEADER + ",SETUJU DIHUBUNGI"
    assert row_of(tmp_path, f"{GOOD},{word}", header).consent
    assert not row_of(tmp_path, f"{GOOD},tidak {word}", header).consent


def test_neither_a_row_nor_a_refusal_shows_anything_personal_in_a_traceback(tmp_path):
    refused = row_of(tmp_path, GOOD.replace("PRR", ""))
    assert repr(row_of(tmp_path, GOOD)) == "ExportRow(number=2)"
    assert "BAIK" not in repr(refused)
    assert "3522990101800001" not in repr(refused)


@pytest.mark.parametrize(
    ("code", "village", "district"),
    [
        ("35.22.15.2003", "", ""),
        ("3522152003", "", ""),
        ("", "35.22.15.2003", ""),
        ("", "SUKOREJO", "BOJONEGORO"),
        ("", "Desa Sukorejo", "Kec. Bojonegoro"),
        ("", "DS.SUKO REJO", "kecamatan  bojonegoro"),
    ],
)
def test_a_village_is_found_by_code_or_names(code, village, district):
    assert BOJONEGORO.code_of(code=code, village=village, district=district) == "35.22.15.2003"


@pytest.mark.parametrize(
    ("village", "district", "why"),
    [
        ("SUKOREJO", "", "several villages"),
        ("SUKOREJA", "BOJONEGORO", "did you mean Sukorejo"),
        ("SUKOREJO", "BOJONEGORA", "did you mean Bojonegoro"),
        ("", "", "no village"),
        ("", "BOJONEGORO", "no village"),
        ("XYZ", "", "no village"),
    ],
)
def test_a_village_that_is_not_one_is_refused_with_a_fix(village, district, why):
    with pytest.raises(VillageError, match=why):
        BOJONEGORO.code_of(code="", village=village, district=district)


def test_a_village_name_alone_counts_if_only_one_has_it():
    assert BOJONEGORO.code_of(code="", village="Kel. Ledok Kulon", district="") == "35.22.15.1009"
