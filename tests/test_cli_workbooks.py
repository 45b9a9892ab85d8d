"""Workbooks on the command line: the sheet that was read is said, chosen, resumed; an empty one is given to fill."""

import csv
import shutil
import stat
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from core.files.columns import Column
from core.files.templates import LIST_SHEET, TEMPLATES
from core.jobs.import_plan import ImportPlan, plan_import
from core.questions.cards import current_card
from core.rules.card import Stage
from core.rules.siak import read_status
from core.store.office import OpenOffice
from tests.cli_world import Terminal
from tests.offices import SITI, SITI_PHONE, SITI_RECEIPT, Import
from tests.rows import everything
from tests.spreadsheets import HEADER, Row, book, part_of, with_part, workbook
from tests.test_imports_killed import DyingOffice, Killed

_DAY = ("--as-of", "27-09-2017")
_PRINTED = (SITI, "SITI AMINAH", "35.22.15.2003", "CARD_PRINTED", "05/01/2017", SITI_PHONE, "YA", SITI_RECEIPT)
_SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def _stage(kabar: Terminal, nik: str) -> Stage:
    with kabar.office() as office:
        card = office.read(lambda session: current_card(session, nik))
    assert card
    return card.stage


# Importing


def test_a_workbook_is_taken_and_its_sheet_is_said(kabar: Terminal) -> None:
    workbook(kabar.folder / "export.xlsx", HEADER, _PRINTED, sheet="September")
    said = kabar("import", "export.xlsx", *_DAY)
    assert said.code == 0
    assert "export.xlsx, sheet September: data per 2017-09-27" in said.out
    assert "1 row taken, 0 changed nothing, 0 refused." in said.out
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_of_two_lists_in_a_workbook_one_must_be_chosen(kabar: Terminal) -> None:
    book(kabar.folder / "export.xlsx", {"Lama": [HEADER], "Baru": [HEADER, _PRINTED]})
    said = kabar("import", "export.xlsx", *_DAY)
    assert said.code == 1
    assert '"Lama", "Baru"' in said.err
    assert "--sheet NAME" in said.err
    assert _stage(kabar, SITI) is Stage.PRINT_READY
    assert kabar("import", "export.xlsx", *_DAY, "--sheet", "Baru").code == 0
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_what_a_workbook_lost_is_written_as_csv_corrected_and_imported_again(kabar: Terminal) -> None:
    lost = (int(SITI[:15] + "0"), *_PRINTED[1:])
    workbook(kabar.folder / "export.xlsx", HEADER, lost, sheet="September")
    said = kabar("import", "export.xlsx", *_DAY)
    refused = kabar.folder / "export.ditolak.csv"
    assert said.code == 1
    assert "the last digit is lost (it reads 0); format the NIK column as text" in said.flat
    assert stat.S_IMODE(refused.stat().st_mode) == 0o600
    assert kabar("import", refused.name, *_DAY).code == 1  # as it is, nobody is taken for somebody else
    refused = shutil.copy(refused, kabar.folder / "corrected.csv")
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace(f"{SITI[:15]}?", SITI))
    assert kabar("import", refused.name, *_DAY).code == 0
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_the_list_of_a_web_application_is_taken(kabar: Terminal) -> None:
    cells = "".join(f"<td>{cell}" for cell in _PRINTED)
    head = "".join(f"<th>{cell}" for cell in HEADER)
    (kabar.folder / "export.xls").write_text(f"<h3>PER 27-09-2017</h3><table><tr>{head}<tr>{cells}</table>")
    said = kabar("import", "export.xls")
    assert "export.xls: data per 2017-09-27" in said.out
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_every_kind_of_file_is_named_in_the_help(kabar: Terminal) -> None:
    said = kabar("import", "--help")
    assert "XLSX, XLS, ODS, CSV, or a web page saved as .xls" in said.flat
    assert "--sheet" in said.out


# Killed


def _people(first: int, count: int) -> list[Row]:
    village = "35.22.15.2003"
    return [
        (f"35229955069{number:05}", "WARGA", village, "PRR", "05/01/2017", "", "", f"X-{number}")
        for number in range(first, first + count)
    ]


def _plan(office: OpenOffice, path: Path, sheet: str | None = None) -> ImportPlan:
    day = date(2017, 9, 26)
    return plan_import(office, path, sheet=sheet, as_of=day, today=day, announce_new=False, progress=lambda *_: None)


def test_a_workbook_killed_in_the_middle_and_imported_again_is_taken_once(office: OpenOffice, tmp_path: Path) -> None:
    path = workbook(tmp_path / "export.xlsx", HEADER, *_people(11, 450))
    with pytest.raises(Killed):
        Import(DyingOffice(office, at=2, durable=True), tmp_path).apply(_plan(office, path))  # type: ignore[arg-type]
    assert len(everything(office)["resident"]) == 4 + 200
    assert Import(office, tmp_path).apply(_plan(office, path)) == {"new": 450}
    assert len(everything(office)["resident"]) == 4 + 450


def test_the_other_sheet_of_a_workbook_is_not_taken_for_the_one_that_was_killed(
    office: OpenOffice, tmp_path: Path
) -> None:
    path = book(tmp_path / "export.xlsx", {"Satu": [HEADER, *_people(11, 450)], "Dua": [HEADER, *_people(1001, 450)]})
    with pytest.raises(Killed):
        Import(DyingOffice(office, at=2, durable=True), tmp_path).apply(_plan(office, path, "Satu"))  # type: ignore[arg-type]
    assert Import(office, tmp_path).apply(_plan(office, path, "Dua")) == {"new": 450}
    assert len(everything(office)["resident"]) == 4 + 200 + 450


# An empty file to fill


def _filled(path: Path, *rows: Row) -> Path:
    """The template as a spreadsheet saves it once rows are typed into it: cells of text, below the header."""
    before, after = part_of(path, _SHEET_PART).split("</sheetData>")
    lines = (
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    filled = with_part(
        path, path.with_suffix(".filled"), _SHEET_PART, f"{before}{''.join(lines)}</sheetData>{after}".encode()
    )
    return filled.replace(path)


def _typed(**cells: str) -> list[str]:
    return [cells.get(column.name.lower(), "") for column in Column]


def test_the_template_once_filled_is_taken_whatever_columns_were_used(kabar: Terminal) -> None:
    said = kabar("template", "import")
    assert said.code == 0
    assert "fill it on its sheet Data, then: kabar import kabar-import.xlsx" in said.out
    by_code = _typed(
        nik=SITI, name="SITI", village_code="35.22.15.2003", status="CARD_PRINTED", recorded_on="05/01/2017"
    )
    by_name = _typed(nik="3522995506900002", name="BARU", village="Sukorejo", district="Bojonegoro", status="PRR")
    _filled(kabar.folder / "kabar-import.xlsx", by_code, by_name)
    said = kabar("import", "kabar-import.xlsx", *_DAY)
    assert "kabar-import.xlsx, sheet Data: data per 2017-09-27" in said.out
    assert "2 rows taken, 0 changed nothing, 0 refused." in said.out
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_the_template_as_csv_is_taken_too(kabar: Terminal) -> None:
    assert kabar("template", "import", "--csv").code == 0
    path = kabar.folder / "kabar-import.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfNIK;NAMA;")
    with path.open("a", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerow(_typed(nik=SITI, name="S", village_code="3522152003", status="PRO"))
    assert "1 row taken" in kabar("import", path.name, *_DAY).out


def test_an_empty_template_is_said_to_be_empty(kabar: Terminal) -> None:
    kabar("template", "import", "--to", "kosong.xlsx")
    said = kabar("import", "kosong.xlsx")
    assert said.code == 1
    assert "holds a header and no rows" in said.err


def test_no_file_that_is_there_is_replaced_by_an_empty_one(kabar: Terminal) -> None:
    (kabar.folder / "kabar-import.xlsx").write_text("sudah diisi")
    said = kabar("template", "import")
    assert said.code == 1
    assert "kabar-import.xlsx is there already" in said.err
    assert (kabar.folder / "kabar-import.xlsx").read_text() == "sudah diisi"


def test_a_folder_that_cannot_be_written_and_a_kind_that_is_none_are_said_plainly(kabar: Terminal) -> None:
    said = kabar("template", "import", "--to", "tiada/x.xlsx")
    assert said.code == 2
    assert "x.xlsx cannot be written in that folder" in said.err
    said = kabar("template", "export")
    assert said.code == 1
    assert "the kinds are: import" in said.err


def test_every_column_of_the_template_is_text_and_explained(kabar: Terminal) -> None:
    kabar("template", "import")
    path = kabar.folder / "kabar-import.xlsx"
    styles = part_of(path, "xl/styles.xml")
    text = styles.split("<cellXfs")[1].split("<xf ")[1:]
    sheet = part_of(path, _SHEET_PART)
    style = int(sheet.split('<col min="1" max="16384"')[1].split('style="')[1].split('"')[0])
    assert 'numFmtId="49"' in text[style]  # "Text" in every spreadsheet
    template = TEMPLATES["import"]
    assert list(template.notes) == list(Column)
    assert all(template.notes.values())
    assert all(read_status(word) for word in template.words[Column.STATUS])
    assert LIST_SHEET in part_of(path, "xl/workbook.xml")
