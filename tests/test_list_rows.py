"""One row of each of the office's other lists: what is read, and what is refused with a reason."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError, NotFound
from core.files import RefusedRow, write_refused
from core.files.lists import ListKind, ListRow, open_list
from core.files.lists.blanks import Column as BlanksColumn
from core.files.lists.blanks import ListedBlanks, Moved, read_blanks
from core.files.lists.cells import CellError, Cells
from core.files.lists.handovers import Column as HandoverColumn
from core.files.lists.handovers import TakenBy, read_handover
from core.files.lists.letters import Column as LetterColumn
from core.files.lists.letters import LetterIs, read_letter
from core.files.lists.which import Which
from core.files.table import NumberCell
from core.rules.answer import LetterKind
from core.rules.letters import NumberError, read_number
from core.rules.nik import read_nik
from core.rules.unreadable import Unreadable
from tests.spreadsheets import comma_separated, page, workbook

SITI = "3522995506900001"
ANY = st.text(max_size=30)


def cells(**texts: str) -> Cells[LetterColumn]:
    return Cells({LetterColumn[name.upper()]: text for name, text in texts.items()}, doubtful=False)


def rows(path: Path, kind: ListKind) -> list[object]:
    return [row.value if isinstance(row, ListRow) else row for row in open_list(kind, path)]


def test_a_letter_is_read_in_an_offices_own_words() -> None:
    row = read_letter(
        cells(
            nik="3522 9955 0690 0001",
            kind="Biodata WNI",
            number="471.13 / 123 / 2017",
            issued_on="5 Januari 2017",
            state="sudah diambil",
        )
    )
    assert (row.nik, row.kind, row.number) == (SITI, LetterKind.BIODATA_WNI, "471.13/123/2017")
    assert (row.issued_on, row.valid_until, row.state) == (date(2017, 1, 5), None, LetterIs.COLLECTED)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"nik": "123"}, LetterColumn.NIK),
        ({"nik": NumberCell("3522995506900000")}, LetterColumn.NIK),
        ({"kind": "KTP"}, LetterColumn.KIND),
        ({"number": "-"}, LetterColumn.NUMBER),
        ({"number": "belum ada"}, LetterColumn.NUMBER),
        ({"issued_on": ""}, LetterColumn.ISSUED_ON),
        ({"issued_on": "31/02/2017"}, LetterColumn.ISSUED_ON),
        ({"valid_until": "01/01/2016"}, LetterColumn.VALID_UNTIL),
        ({"state": "HILANG"}, LetterColumn.STATE),
    ],
)
def test_a_letter_that_cannot_be_read_says_where_and_what_to_do(wrong: dict[str, str], column: LetterColumn) -> None:
    good = {"nik": SITI, "number": "471.13/1/2017", "issued_on": "05/01/2017", "state": "TERBIT"}
    with pytest.raises(CellError) as error:
        read_letter(cells(**(good | wrong)))
    assert error.value.column is column
    assert error.value.reason
    assert error.value.fix


@given(st.lists(ANY, min_size=6, max_size=6))
def test_whatever_stands_in_a_row_it_is_read_or_refused(texts: list[str]) -> None:
    try:
        row = read_letter(Cells(dict(zip(LetterColumn, texts, strict=True)), doubtful=False))
    except CellError as error:
        assert isinstance(error.column, LetterColumn)
    else:
        assert read_nik(row.nik) == row.nik
        assert row.valid_until is None or row.valid_until >= row.issued_on


@given(ANY)
def test_a_letters_number_is_read_the_same_twice(text: str) -> None:
    try:
        number = read_number(text)
    except NumberError:
        return
    assert read_number(number) == number == read_number(f" {number.lower()} ").upper()


@given(st.integers(-9_999_999, 9_999_999), st.sampled_from(["{}", "{:,}", "+{}"]))
def test_a_quantity_is_read_with_and_without_dots(quantity: int, form: str) -> None:
    text = form.format(abs(quantity) if form == "+{}" else quantity).replace(",", ".")
    made = Cells(
        {BlanksColumn.ON: "05/01/2017", BlanksColumn.KIND: "KOREKSI", BlanksColumn.QUANTITY: text}, doubtful=False
    )
    if quantity == 0:
        with pytest.raises(CellError):
            read_blanks(made)
    else:
        assert read_blanks(made).quantity == (abs(quantity) if form == "+{}" else quantity)


@pytest.mark.parametrize("text", ["1.5", "1,5", "12.34", "1.0000", "12 keping", "", "99999999", NumberCell("1.234")])
def test_what_is_no_whole_number_of_blanks_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        read_blanks(
            Cells(
                {BlanksColumn.ON: "05/01/2017", BlanksColumn.KIND: "TERIMA", BlanksColumn.QUANTITY: text},
                doubtful=False,
            )
        )


def test_a_negative_number_is_for_corrections_only() -> None:
    with pytest.raises(CellError, match="JUMLAH"):
        read_blanks(
            Cells(
                {BlanksColumn.ON: "05/01/2017", BlanksColumn.KIND: "RUSAK", BlanksColumn.QUANTITY: "-3"}, doubtful=False
            )
        )


def test_a_hand_over_is_by_nik_or_receipt_or_place_and_number() -> None:
    def read(**texts: str) -> Which:
        named = {HandoverColumn[name.upper()]: text for name, text in texts.items()}
        row = read_handover(Cells(named | {HandoverColumn.BY: "KK"}, doubtful=False))
        assert row.by is TakenBy.FAMILY
        return row.which

    assert read(nik=SITI, receipt="BJN-000001-V87") == Which(nik=SITI)
    assert read(receipt="bjn 000001 v87") == Which(receipt="BJN000001V87")
    assert read(place="3522152003", number="7", on="26/09/2017") == Which(
        point="35.22.15.2003", number=7, on=date(2017, 9, 26)
    )
    for wrong in (
        {},
        {"place": "Pajeng", "number": "7"},
        {"place": "35.22", "number": "1000", "on": "26/09/2017"},
        {"place": "35.22", "number": "7"},
        {"receipt": "ADA 1"},
    ):
        with pytest.raises(CellError):
            read(**wrong)


def test_the_same_list_is_read_from_every_kind_of_file(tmp_path: Path) -> None:
    header = ("No.", "Tgl", "Jenis Mutasi", "Jml", "Catatan")
    table = [("KARTU BLANGKO PER 30 SEPTEMBER 2017",), header, ("1", "04/09/2017", "Penerimaan", "36000", "BAST 12")]
    expected = [ListedBlanks(date(2017, 9, 4), Moved.RECEIVED, 36000)]
    assert rows(comma_separated(tmp_path / "a.csv", *table), ListKind.BLANKS) == expected
    assert rows(page(tmp_path / "a.xls", *table), ListKind.BLANKS) == expected
    typed = [*table[:2], (1, date(2017, 9, 4), "Penerimaan", 36000, "")]
    assert rows(workbook(tmp_path / "a.xlsx", *typed), ListKind.BLANKS) == expected


def test_a_nik_that_was_a_number_is_refused_and_its_lost_digit_marked(tmp_path: Path) -> None:
    header = ("NIK", "Nomor Surat", "Tanggal Surat", "Status")
    path = workbook(tmp_path / "a.xlsx", header, (3522995506900001, "471.13/1/2017", "05/01/2017", "SIAP"))
    (row,) = rows(path, ListKind.LETTERS)
    assert isinstance(row, RefusedRow)
    assert "last digit" in row.reason
    assert row.cells[0].endswith("?")


def test_refused_rows_are_corrected_and_read_again(tmp_path: Path) -> None:
    path = comma_separated(tmp_path / "a.csv", ("TANGGAL", "JENIS", "JUMLAH"), ("04/09/2017", "TERIMA", "lima"))
    source = open_list(ListKind.BLANKS, path)
    refused = write_refused(source.head, [row for row in source if isinstance(row, RefusedRow)])
    assert refused is not None
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace("lima", "5"), encoding="utf-8-sig")
    assert rows(refused, ListKind.BLANKS) == [ListedBlanks(date(2017, 9, 4), Moved.RECEIVED, 5)]


def test_a_list_of_another_kind_is_refused_with_the_column_to_add(tmp_path: Path) -> None:
    path = comma_separated(tmp_path / "a.csv", ("TANGGAL", "JENIS", "JUMLAH"), ("04/09/2017", "TERIMA", "5"))
    with pytest.raises(InputError, match="add a column headed NIK"):
        open_list(ListKind.LETTERS, path)
    with pytest.raises(NotFound, match="there is no file"):
        open_list(ListKind.LETTERS, tmp_path / "b.csv")


def test_nothing_personal_is_in_what_a_traceback_would_show(tmp_path: Path) -> None:
    row = read_letter(cells(nik=SITI, number="471.13/1/2017", issued_on="05/01/2017", state="SIAP"))
    assert SITI not in repr(row) + repr(ListRow(2, (SITI,), row)) + repr(Which(nik=SITI))
    assert isinstance(Unreadable("a", "b"), InputError)
