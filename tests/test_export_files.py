"""An office's export in every shape that offices send: what is taken, warned, refused, and written back."""

import gc
import lzma
import time
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from core.errors import InputError, NotFound
from core.files import ExportRow, RefusedRow, VillageNames, open_export
from core.files.columns import Column, columns_of
from core.regions import regions_of

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "cli" / "demo" / "bojonegoro-2017-09.csv.xz"
BOJONEGORO = VillageNames(regions_of("35.22"))
HEADER = "NIK,NAMA,KODE DESA,STATUS,TGL REKAM,NO HP,RESI"
GOOD = "3522990101800001,BAIK SATU,35.22.15.2003,PRR,2017-01-05,081200000001,BAD-1701-1"


@pytest.fixture(scope="module")
def bojonegoro(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "bojonegoro.csv"
    path.write_bytes(lzma.decompress(SAMPLE.read_bytes()))
    return path


def opened(folder, text, *, encoding="utf-8", name="export.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return open_export(path, BOJONEGORO)


def test_the_whole_bojonegoro_list_is_taken(bojonegoro):
    export = open_export(bojonegoro, BOJONEGORO)
    rows = list(export)
    assert (len(rows), {type(row) for row in rows}) == (35_000, {ExportRow})
    assert not any(row.warnings for row in rows)
    assert (export.title_date, export.delimiter, export.header[0]) == (date(2017, 9, 27), ";", "NO")
    assert export.bytes_read == 0
    assert sum(row.consent for row in rows) == 14_811


def test_a_row_of_the_list_says_all_it_says(bojonegoro):
    first, second = islice(open_export(bojonegoro, BOJONEGORO), 2)
    assert (first.number, first.nik, first.name) == (4, "3522996306980001", "INA")
    assert (first.village, first.status, first.receipt) == ("35.22.23.2007", "PRINT_READY_RECORD", "BJN-000001-V87")
    assert (first.recorded_on, first.born_on, first.applied_on) == (date(2017, 5, 18), date(1998, 6, 23), None)
    assert (first.phone, first.consent) == ("+6289500007996", True)
    assert (second.phone, second.consent, second.note) == (None, False, "HILANG")


def test_each_mistake_is_refused_or_warned_and_the_good_rows_are_taken():
    rows = list(open_export(HERE / "samples" / "broken.csv", BOJONEGORO))
    refused = {row.cells[-1]: row.column for row in rows if isinstance(row, RefusedRow)}
    assert refused == {
        **dict.fromkeys(("BAD-1701-2", "BAD-1701-3", "BAD-1701-4", "BAD-1701-5", "BAD-1701-6"), "NIK"),
        **dict.fromkeys(("BAD-1701-7", "BAD-1701-11"), "KODE DESA"),
        "BAD-1701-9": "TGL REKAM",
    }
    taken = {row.receipt: row for row in rows if isinstance(row, ExportRow)}
    warned = {receipt: [warning.column for warning in row.warnings] for receipt, row in taken.items() if row.warnings}
    assert warned == {"BAD-1701-8": ["STATUS"], "BAD-1701-10": ["NO HP"], "BAD-1701-12": ["NAMA"]}
    assert set(taken) - set(warned) == {"BAD-1701-1", "BAD-1701-13", "BAD-1701-14", "BAD-1701-15"}
    assert (taken["BAD-1701-8"].status, taken["BAD-1701-10"].phone) == ("PACKET_RETRY", None)
    assert taken["BAD-1701-12"].name == 'HYPERLINK("http://x")'
    assert (taken["BAD-1701-13"].recorded_on, taken["BAD-1701-13"].phone) == (date(2017, 1, 5), "+6281200000002")
    assert taken["BAD-1701-15"].number == 17


# Shapes of files


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_whatever_saved_it(tmp_path, delimiter, encoding, line_end):
    lines = ["LAPORAN, PER TGL. 27-09-2017", "", HEADER, GOOD.replace("BAIK SATU", "ANDRÉ")]
    text = "".join(line.replace(",", delimiter) + line_end for line in lines)
    export = opened(tmp_path, text, encoding=encoding)
    (row,) = export
    assert (row.number, row.name, export.delimiter, export.title_date) == (4, "ANDRÉ", delimiter, date(2017, 9, 27))


def test_an_accent_in_the_last_row_decides_the_encoding(tmp_path):
    text = HEADER + "\n" + f"{GOOD}\n" * 20_000 + GOOD.replace("BAIK SATU", "ANDRÉ")
    *_, last = opened(tmp_path, text, encoding="windows-1252")
    assert last.name == "ANDRÉ"


@pytest.mark.parametrize(
    "header",
    [
        "N I K,Nama,Kode Wilayah,Status KTP-el,Tanggal Perekaman,Telepon,Resi",
        "NO. NIK,NAMA LENGKAP,KODE DESA,STATUS REKAM,TGL. REKAM,HP,NO RESI",
        '"Nomor Induk Kependudukan",nama_lengkap,Desa/Kelurahan,status,tgl rekam,No. Telp,NO BUKTI REKAM',
    ],
)
def test_headers_are_known_in_their_usual_spellings(tmp_path, header):
    (row,) = opened(tmp_path, f"{header}\n{GOOD}\n")
    assert (row.nik, row.village, row.phone, row.receipt) == (
        "3522990101800001",
        "35.22.15.2003",
        "+6281200000001",
        "BAD-1701-1",
    )


def test_the_serial_number_column_is_not_taken_for_a_nik():
    assert columns_of(["NO", "NO.", "NOMOR", "NIK"]) == {Column.NIK: 3}


def test_columns_that_are_missing_are_named(tmp_path):
    with pytest.raises(InputError, match="a column headed STATUS and one headed DESA/KELURAHAN"):
        opened(tmp_path, "NIK,NAMA\n3522990101800001,BAIK\n")


def test_a_file_without_any_header_is_refused(tmp_path):
    with pytest.raises(InputError, match="no header row was found"):
        opened(tmp_path, f"{GOOD}\n")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"PK\x03\x04rest", "is damaged or came only in part"),
        (b"\xd0\xcf\x11\xe0rest", "is damaged, or locked"),
        (b"\xef\xbb\xbf\r\n<HTML><table>", "web page"),
        (b"<?xml version='1.0'?>", "web page"),
        ("NIK\tNAMA".encode("utf-16"), "not text in UTF-8"),
    ],
)
def test_what_is_no_list_is_refused_by_content_with_what_to_do(tmp_path, content, why):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=why):
        open_export(path, BOJONEGORO)


def test_a_missing_file_and_a_folder_are_said_plainly(tmp_path):
    with pytest.raises(NotFound, match=r"no file none\.csv"):
        open_export(tmp_path / "none.csv", BOJONEGORO)
    with pytest.raises(InputError, match="is a folder"):
        open_export(tmp_path, BOJONEGORO)


def test_a_quote_that_never_closes_takes_no_other_row_with_it(tmp_path):
    broken = GOOD.replace("BAIK", '"BAIK')
    rows = list(opened(tmp_path, "\n".join([HEADER, GOOD, broken, GOOD, GOOD, broken])))
    assert [(row.number, type(row)) for row in rows] == [
        (2, ExportRow),
        (3, RefusedRow),
        (4, ExportRow),
        (5, ExportRow),
        (6, RefusedRow),
    ]
    assert "quotation mark" in rows[1].reason


def test_a_remark_over_several_lines_is_one_row(tmp_path):
    text = f'{HEADER},KETERANGAN\n{GOOD},"rusak\nair"\n{GOOD},\n'
    first, second = opened(tmp_path, text)
    assert (first.note, first.number, second.number) == ("RUSAK AIR", 2, 3)


def test_empty_rows_and_a_header_on_every_page_are_passed_over(tmp_path):
    rows = list(opened(tmp_path, f"{HEADER}\n{GOOD}\n\n,,,,,,\n ,\n{HEADER}\n{GOOD}\n"))
    assert [row.number for row in rows] == [2, 7]


def test_a_file_can_be_read_twice_and_says_how_far_it_is(bojonegoro):
    export = open_export(bojonegoro, BOJONEGORO)
    rows = iter(export)
    next(rows)
    assert 0 < export.bytes_read < export.size_bytes == bojonegoro.stat().st_size
    rows.close()
    assert sum(1 for _ in export) == 35_000


def test_a_row_costs_little(bojonegoro):
    """15 µs on the machine this was measured on; the bound leaves room for a busy one."""
    gc.collect()
    started = time.process_time()
    count = sum(1 for _ in open_export(bojonegoro, BOJONEGORO))
    assert (time.process_time() - started) / count < 100e-6
