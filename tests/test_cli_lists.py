"""The office's other lists from the command line: each template is filled in, given, and given again."""

import csv
from pathlib import Path

import pytest

from core.files.templates import LIST_SHEET, TEMPLATES
from core.questions.blanks import blank_stock
from tests.cli_world import Terminal
from tests.offices import BUDI, HEADER, SITI, SITI_PHONE
from tests.spreadsheets import workbook

FILLED = {
    "arrivals": {"NIK": SITI, "TGL TIBA": "25/09/2017"},
    "handovers": {"NIK": SITI, "DIAMBIL OLEH": "SENDIRI"},
    "letters": {"NIK": SITI, "NOMOR SURAT": "471.13/1/2017", "TGL TERBIT": "20/09/2017", "STATUS": "DIAMBIL"},
    "blanks": {"TANGGAL": "20/09/2017", "JENIS": "TERIMA", "JUMLAH": "36.000"},
}


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def filled(kabar: Terminal, kind: str, *, as_csv: bool, **more: str) -> str:
    """The template with one row in it."""
    said = kabar("template", kind, *(["--csv"] if as_csv else []))
    assert said.code == 0
    assert f"kabar import --kind {kind} kabar-{kind}" in said.out
    header = list(TEMPLATES[kind].notes)
    row = [(FILLED[kind] | more).get(column, "") for column in header]
    path = kabar.folder / f"kabar-{kind}.{'csv' if as_csv else 'xlsx'}"
    if as_csv:
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerow(row)
    else:  # a spreadsheet saves what it opened; here it is written anew with the sheet of the template
        path.unlink()
        workbook(path, header, row, sheet=LIST_SHEET, Petunjuk=list(TEMPLATES[kind].notes.items()))
    return path.name


@pytest.mark.parametrize("as_csv", [True, False])
@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_template_is_taken_in_and_the_same_file_again_changes_nothing(
    kabar: Terminal, kind: str, as_csv: bool
) -> None:
    name = filled(kabar, kind, as_csv=as_csv)
    dry = kabar("import", "--kind", kind, name, "--dry-run")
    assert dry.code == 0
    assert "nothing was changed" in dry.flat
    assert "taken 1" in dry.flat
    first = kabar("import", "--kind", kind, name)
    assert first.code == 0
    assert "taken 1" in first.flat
    again = kabar("import", "--kind", kind, name)
    assert again.code == 0
    assert "unchanged 1" in again.flat


def test_the_template_itself_is_a_list_without_rows(kabar: Terminal) -> None:
    for kind in FILLED:
        kabar("template", kind)
        said = kabar("import", "--kind", kind, f"kabar-{kind}.xlsx")
        assert said.code == 1
        assert "a header and no rows" in said.err


def test_broken_rows_stop_no_good_one_and_are_corrected_in_their_own_file(kabar: Terminal) -> None:
    lines = ["TANGGAL;JENIS;JUMLAH", "20/09/2017;TERIMA;500", "21/09/2017;HILANG;3", "32/09/2017;RUSAK;3", '"22/09']
    (kabar.folder / "blangko.csv").write_text("\n".join(lines) + "\n")
    said = kabar("import", "--kind", "blanks", "blangko.csv")
    assert said.code == 0
    assert "taken 1" in said.flat
    assert "refused 3" in said.flat
    refused = kabar.folder / "blangko.ditolak.csv"
    text = refused.read_text(encoding="utf-8-sig")
    assert "write one of: TERIMA, RUSAK, CETAK, KOREKSI" in text
    refused.write_text(text.replace("HILANG", "RUSAK").replace("32/09", "22/09"), encoding="utf-8-sig")
    assert "taken 2" in kabar("import", "--kind", "blanks", refused.name).flat
    with kabar.office() as office:
        assert office.read(blank_stock) == 494


def test_whom_nobody_knows_is_refused_without_her_nik_on_the_screen(kabar: Terminal) -> None:
    name = filled(kabar, "letters", as_csv=True, NIK="3522990101900001")
    said = kabar("import", "--kind", "letters", name)
    assert said.code == 1
    assert "nobody is known with this NIK" in said.flat
    assert "none of the 1 row could be taken" in said.flat


def test_a_list_that_would_tell_more_than_two_hundred_asks_first(kabar: Terminal) -> None:
    people = [f"35229901018{n:05}" for n in range(1, 202)]
    rows = [f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;08120000{n:04};YA;X-{n}" for n, nik in enumerate(people)]
    (kabar.folder / "export.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    assert kabar("import", "export.csv").code == 0
    (kabar.folder / "tiba.csv").write_text("\n".join(["NIK", *people]) + "\n")
    asked = kabar("import", "--kind", "arrivals", "tiba.csv")
    assert asked.code == 3
    assert "201 people would be told" in asked.flat
    told = kabar("import", "--kind", "arrivals", "tiba.csv", "--tell")
    assert told.code == 0
    assert "To be told: 201 sms" in told.flat
    assert "import:3" in kabar("batches").out


def test_options_of_an_export_are_refused_for_another_list(kabar: Terminal) -> None:
    assert "no such kind of list" in kabar("import", "--kind", "surat", "a.csv").err
    assert "belong to an export" in kabar("import", "--kind", "letters", "a.csv", "--as-of", "27-09-2017").err
    assert "contradict" in kabar("import", "--kind", "letters", "a.csv", "--tell", "--quiet").err
    assert kabar("import", "--kind", "letters", "missing.csv").code == 1


# Letters at the counter


def test_a_letter_from_its_number_to_the_bank(kabar: Terminal) -> None:
    assert "1 letter asked for" in kabar("letter", "ask", "-", typed=SITI).out
    issued = kabar("letter", "issue", SITI, "--number", "471.13/123/2017", "--ready")
    assert "1 letter ready" in issued.out
    secret = next(line.split()[1] for line in issued.out.splitlines() if line.startswith("secret"))
    again = kabar("letter", "issue", SITI, "--number", "471.13/123/2017")
    assert "Nothing to do" in again.out
    assert "secret " not in again.out.replace("its secret stays", "")
    assert kabar("letter", "check", "471.13/123/2017", secret).out == "valid\n"
    assert kabar("letter", "check", "471.13/123/2017", "-", typed="K7M-4P2X-PR9").out == "unknown\n"
    assert "471.13/123/2017" in kabar("status", SITI, "--office").out
    assert "1 collected" in kabar("letter", "collected", SITI).out
    assert "1 collected already" in kabar("letter", "collected", SITI).out
    assert "Nothing to do" in kabar("letter", "extend", SITI).out
    kabar.set(suket_days="365")
    assert "1 letter extended" in kabar("letter", "extend", SITI).out
    assert '"extended" was taken back' in kabar("letter", "undo", SITI).out
    assert "taken back already" in kabar("letter", "undo", SITI).err
    assert kabar("move", SITI, "HANDED_OVER").code == 0
    void = kabar("letter", "check", "471.13/123/2017", secret)
    assert (void.out, void.code) == ("void\n", 1)
    history = kabar("history", SITI)
    assert "letter-voided" in history.out
    assert "471.13" not in history.out


def test_several_letters_at_once_stop_at_none(kabar: Terminal) -> None:
    said = kabar("letter", "ready", "-", typed=f"{SITI}\n3522990101900001\n{BUDI}\n")
    assert said.code == 1
    assert "2 ready" in said.out
    assert "1 refused" in said.out
    again = kabar("letter", "ready", SITI, BUDI)
    assert "2 ready already" in again.out
    assert "refused" in kabar("letter", "collected", "-", typed=f"{SITI}\n3522994101990001\n").out
    assert SITI_PHONE not in said.out
