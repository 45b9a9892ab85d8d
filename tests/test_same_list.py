"""One list is read the same, row by row, whichever program saved it."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.files import ExportRow, RefusedRow, VillageNames, open_export
from core.regions import regions_of
from tests.spreadsheets import HEADER, SAMPLES, SATU, Row, comma_separated, page, workbook

BOJONEGORO = VillageNames(regions_of("35.22"))

#: What people type, and what would end a cell, a row or a tag in one of the formats.
_TYPED = st.text(alphabet="ABé0123 ;,'\"<>&=+-@./?_|", max_size=12).map(lambda text: " ".join(text.split()))


def _cell(*usual: str) -> st.SearchStrategy[str]:
    return st.sampled_from(usual) | _TYPED


ROWS = st.lists(
    st.just(())
    | st.tuples(
        _cell(SATU[0], "3522994101800002", "3522 9901 0180 0001", '="3522990101800001"', "352299010180001"),
        _cell("BAIK", "D'ARC", "'=1+1"),
        _cell("35.22.15.2003", "3522152003", ""),
        _cell("PRR", "CARD_PRINTED", "LAIN"),
        _cell("05/01/2017", "5 Januari 2017", "2017-01-05", "", "42740"),
        _cell("081200000001", "+62 812-0000-0001", "", "123"),
        _cell("YA", "", "TIDAK"),
        _cell("BJN-1", "", "-"),
    ),
    max_size=12,
)


def read(path: Path) -> list[tuple[object, ...]]:
    """All that a row says; of a refused one also its cells, without those that only fill it up to the table's width."""
    return [
        (row,) if isinstance(row, ExportRow) else (row.number, row.column, row.reason, row.fix, *_filled(row))
        for row in open_export(path, BOJONEGORO)
    ]


def _filled(row: RefusedRow) -> list[str]:
    return "\0".join(row.cells).rstrip("\0").split("\0")


def assert_the_same(folder: Path, *rows: Row) -> None:
    expected = read(comma_separated(folder / "list.csv", *rows))
    assert read(workbook(folder / "list.xlsx", *rows)) == expected
    assert read(page(folder / "list.xls", *rows)) == expected


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_any_rows_are_the_same_as_csv_as_workbook_and_as_web_page(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_the_same(Path(folder), ("PER 27-09-2017",), (), HEADER, *rows)


def test_each_mistake_is_the_same_mistake_in_every_format(tmp_path: Path) -> None:
    with (SAMPLES / "broken.csv").open(encoding="utf-8", newline="") as file:
        assert_the_same(tmp_path, *csv.reader(file))
