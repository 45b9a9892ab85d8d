"""`kabar figures`: on the screen, as a file, as a paragraph, as charts."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from cli.edge import utc_now
from core.actions.blanks import move_blanks
from core.actions.cards import move_card_of
from core.actions.suspensions import suspend
from core.rules.card import Stage
from core.rules.suspension import Cause, Service
from core.store.words import BlankKind
from tests.cli_world import Terminal
from tests.offices import SITI, act
from tests.test_charts import size_of


@pytest.fixture
def kabar(founded_home: Path, tmp_path: Path, monkeypatch, capsys) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def busy(kabar: Terminal) -> None:
    """Blanks came, one card was printed, and printing stopped."""
    now = utc_now()
    with kabar.office() as office:
        act(office, move_blanks, BlankKind.RECEIVED, 1_500, day=now.date(), now=now, by="operator")
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=now, by="operator")
        act(office, suspend, [Service.LETTERS], cause=Cause.POWER, now=now, by="operator")


def test_the_screen_has_every_section_and_the_day_of_the_data(kabar: Terminal) -> None:
    busy(kabar)
    said = kabar("figures")
    assert said.code == 0
    assert said.out.startswith("Data per 2017-09-26; counted on ")
    for words in (
        "PRINTED 1 2017-02-05",
        "all 4",
        "Bojonegoro (35.22.15) 0 0 0 0 1 0 1 0 0 2",
        "received used",
        "1,500",
        "Printed today: ",
        "The last 20 working days",
        "ready 1 0",
        "Boxes 0 under way, 0 late",
        "letters 35.22",
        "power",
    ):
        assert words in said.flat, words


def test_an_office_that_has_just_begun_is_shown_without_blanks_or_stops(kabar: Terminal) -> None:
    said = kabar("figures").flat
    assert "nobody knows the stock" in said
    assert "Suspended: nothing." in said


def test_the_file_opens_in_a_spreadsheet_of_indonesia_with_one_figure_a_line(kabar: Terminal) -> None:
    busy(kabar)
    assert kabar("figures", "--csv", "angka.csv").code == 0
    content = (kabar.folder / "angka.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header == ["section", "name", "district", "value"]
    assert {len(row) for row in rows} == {4}
    assert ["cards", "PRINTED", "", "1"] in rows
    assert ["cards", "READY_FOR_PICKUP", "35.22.15 Bojonegoro", "1"] in rows
    assert ["blanks", "received", "", "1500"] in rows
    assert ["notices", "ready waiting", "", "1"] in rows
    districts = [row for row in rows if row[0] == "cards" and row[2]]
    assert sum(int(row[3]) for row in districts) == 4


def test_a_file_that_is_there_is_never_replaced(kabar: Terminal) -> None:
    (kabar.folder / "angka.csv").write_text("mine")
    said = kabar("figures", "--csv", "angka.csv")
    assert (said.code, (kabar.folder / "angka.csv").read_text()) == (1, "mine")
    assert "give another name" in said.err


def test_a_day_is_shown_and_written(kabar: Terminal) -> None:
    assert "Cards first seen 4" in kabar("figures", "--day", "2017-09-26").flat
    assert "Cards first seen 0" in kabar("figures", "--day", "27/09/2017").flat
    kabar("figures", "--day", "2017-09-26", "--csv", "hari.csv")
    assert "cards;first seen;;4" in (kabar.folder / "hari.csv").read_text("utf-8-sig")


def test_a_day_that_is_still_to_come_has_no_figures(kabar: Terminal) -> None:
    said = kabar("figures", "--day", (utc_now() + timedelta(days=3)).date().isoformat())
    assert said.code
    assert "still to come" in said.err


def test_a_district_is_shown_by_village_and_a_wrong_one_is_refused_with_those_there_are(kabar: Terminal) -> None:
    said = kabar("figures", "--district", "35.22.15")
    assert "cards of Bojonegoro alone" in said.flat
    assert "Sukorejo (35.22.15.2003) 0 0 0 1 1 0 0 0 0 2" in said.flat
    kabar("figures", "--district", "35.22.15", "--csv", "kota.csv")
    assert "cards;PRINT_READY;35.22.15.2003 Sukorejo;1" in (kabar.folder / "kota.csv").read_text("utf-8-sig")
    refused = kabar("figures", "--district", "35.09.01")
    assert refused.code and "35.22.15" in refused.err


def test_the_paragraph_is_ready_to_be_sent(kabar: Terminal) -> None:
    said = kabar("figures", "--paragraph")
    assert said.out == (
        "Di Kabupaten Bojonegoro, 3 warga sudah merekam dan masih menunggu KTP-el. Data per 26 September 2017.\n"
    )


def test_charts_are_drawn_into_a_folder_that_is_made(kabar: Terminal) -> None:
    said = kabar("figures", "--charts", "bagan/minggu")
    assert said.code == 0, said.err
    drawn = sorted((kabar.folder / "bagan/minggu").iterdir())
    assert [path.name.rsplit("-", 3)[0] for path in drawn] == ["output", "stages", "waiting"]
    assert {size_of(path.read_bytes()) for path in drawn} == {(1500, 840)}


@pytest.mark.parametrize(
    "words",
    [
        ("--paragraph", "--day", "2017-09-26"),
        ("--charts", "b", "--district", "35.22.15"),
        ("--paragraph", "--csv", "a"),
    ],
)
def test_what_contradicts_itself_is_refused(kabar: Terminal, words: tuple[str, ...]) -> None:
    said = kabar("figures", *words)
    assert said.code and ("give one of them" in said.err or "leave --csv out" in said.err)
    assert not (kabar.folder / "a").exists()
