"""kabar desk: what waits for a person, whom to visit, and the list on paper."""

import csv
import stat
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.actions.desk import list_for_desk
from core.store.office import seal_of
from core.store.tables import Resident
from core.store.words import DeskKind
from tests.cli_world import Terminal
from tests.offices import BUDI, JOKO, MORNING, SITI, act


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


@pytest.fixture
def busy(kabar: Terminal) -> Terminal:
    """Siti's chat is not hers, Budi comes another day, and he and Joko cannot be reached."""
    kabar("move", BUDI, "READY_FOR_PICKUP")
    kabar("move", JOKO, "READY_FOR_PICKUP", "--at", "35.22.01")
    with kabar.office() as office:
        act(office, list_for_desk, DeskKind.NOT_MINE, now=MORNING, resident_id=1)
        act(office, list_for_desk, DeskKind.OTHER_DAY, now=MORNING, resident_id=2, card_id=2)
        act(office, list_for_desk, DeskKind.MANY_CARDS, now=MORNING, resident_id=1, details={"cards": 9})
    return kabar


def paper(kabar: Terminal, name: str = "list.csv") -> list[dict[str, str]]:
    with (kabar.folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_an_empty_desk_says_so(kabar: Terminal) -> None:
    said = kabar("desk")
    assert said.code == 0
    assert said.out == "On the list: none.\nTo be visited: 0 people (kabar desk --visit).\n"


def test_the_desk_shows_what_waits_since_when_and_whose_it_is(busy: Terminal) -> None:
    said = busy("desk")
    assert "On the list: 1 not-mine, 1 other-day, 1 many-cards." in said.out
    for shown in ("3522••••••••0001", "2017-09-26 09:00:00", "Sukorejo (35.22.15.2003)", "cards: 9"):
        assert shown in said.flat
    assert "To be visited: 2 people" in said.out


def test_a_brokers_number_is_shown_too(kabar: Terminal) -> None:
    rows = [f"352299550690010{n};WARGA;35.22.15.2003;PRR;05/01/2017;+6281200009999;;" for n in range(1, 8)]
    kabar("import", kabar.export(*rows), "--as-of", "2017-09-27", "--quiet")
    said = kabar("desk")
    assert "+62812••••999" in said.out
    assert "more than six residents" in said.out


def test_what_is_done_leaves_the_list_and_can_be_put_back(busy: Terminal) -> None:
    assert busy("desk", "done", "1", "3").out == "2 settled. On the list: 1.\n"
    assert busy("desk", "done", "1", "2").out == "1 settled, 1 settled before. On the list: 0.\n"
    assert busy("desk", "undo", "1", "1").out == "1 put back, 1 on the list already. On the list: 1.\n"


def test_one_unknown_number_settles_nothing(busy: Terminal) -> None:
    said = busy("desk", "done", "1", "99")
    assert (said.code, said.err) == (1, "kabar: there is no 99 on the desk's list; see: kabar desk\n")
    assert "1 not-mine" in busy("desk").out


def test_the_doctor_says_that_somebody_has_to_look(busy: Terminal) -> None:
    assert "3 things to be looked into by a person" in busy("doctor").flat


def test_whom_no_message_reaches_is_listed_masked_village_by_village(busy: Terminal) -> None:
    said = busy("desk", "--visit")
    assert "To be visited: 2 people." in said.out
    assert said.out.index("35.22.01.2001") < said.out.index("35.22.15.2003")
    assert "3522••••••••0002" in said.out
    assert "BUDI" not in said.out
    assert "To be visited: 1 person." in busy("desk", "--visit", "--village", "35.22.15").out
    assert busy("desk", "--visit", "--village", "99.99").code == 1


def test_revealing_says_who_they_are_and_is_noted_for_each(busy: Terminal) -> None:
    said = busy("desk", "--visit", "--village", "35.22.15.2003", "--reveal")
    assert BUDI in said.out
    assert "BUDI SANTOSO" in said.out
    assert "JOKO" not in said.out
    assert "personal-data-shown" in busy("history", BUDI).out
    assert "personal-data-shown" not in busy("history", JOKO).out


def test_the_paper_list_is_for_its_owners_eyes_and_keeps_every_digit_in_a_spreadsheet(busy: Terminal) -> None:
    said = busy("desk", "--visit", "--reveal", "--csv", "list.csv")
    assert said.out == "To be visited: 2 people. The list is in list.csv.\n"
    assert stat.S_IMODE((busy.folder / "list.csv").stat().st_mode) == 0o600
    _, budi = paper(busy)
    assert budi["DESA/KELURAHAN"] == "Sukorejo (35.22.15.2003)"
    assert (budi["NIK"].replace(" ", ""), budi["NAMA"], budi["KABAR"]) == (BUDI, "BUDI SANTOSO", "KTP-el siap diambil")
    assert budi["NIK"].count(" ") == 3
    assert budi["RESI BERAKHIRAN"] == "K07"


def test_without_reveal_the_paper_names_nobody(busy: Terminal) -> None:
    busy("desk", "--visit", "--csv", "list.csv")
    assert [(line["NIK"], line["NAMA"]) for line in paper(busy)] == [("3522••••••••0003", ""), ("3522••••••••0002", "")]
    assert "personal-data-shown" not in busy("history", BUDI).out


def test_a_name_that_a_spreadsheet_would_run_is_only_text(busy: Terminal) -> None:
    with busy.office() as office:

        def rename(session: Session) -> None:
            session.get_one(Resident, 2).name_sealed = seal_of(session).seal("=HYPERLINK(A1)")

        office.write(rename)
    busy("desk", "--visit", "--reveal", "--csv", "list.csv")
    assert paper(busy)[1]["NAMA"] == "'=HYPERLINK(A1)"


def test_an_older_list_is_not_overwritten(busy: Terminal) -> None:
    (busy.folder / "list.csv").write_text("of last week")
    said = busy("desk", "--visit", "--reveal", "--csv", "list.csv")
    assert (said.code, "list.csv exists already" in said.err) == (1, True)
    assert "personal-data-shown" not in busy("history", BUDI).out


@pytest.mark.parametrize("words", [("--village", "35.22.15"), ("--reveal",), ("--csv", "x.csv")])
def test_what_belongs_to_the_visits_is_not_taken_without_them(kabar: Terminal, words: tuple[str, ...]) -> None:
    said = kabar("desk", *words)
    assert said.code == 1
    assert "belong to --visit" in said.err


def test_who_is_told_that_a_visit_is_needed_learns_where_the_list_is(kabar: Terminal) -> None:
    assert "has to be visited (kabar desk --visit)" in kabar("move", BUDI, "READY_FOR_PICKUP").out
    assert "visited" not in kabar("move", SITI, "READY_FOR_PICKUP").out
