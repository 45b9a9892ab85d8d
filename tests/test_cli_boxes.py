"""Boxes, hand-overs and unclaimed cards on the command line."""

import re

import pytest

import cli.box.packing
from core.actions.boxes import pack_box
from core.rules.card import Stage
from tests.boxing import KAUMAN, in_box
from tests.cli_world import Terminal
from tests.listings import card, happened, kinds
from tests.offices import BUDI, SITI

ROWS = tuple(f"352299010190000{n};WARGA {n};{KAUMAN};CARD_PRINTED;05/01/2017;;;" for n in range(1, 4))
FAMILY = "+6281299000001"


@pytest.fixture
def kabar(tmp_path, monkeypatch, capsys, founded_home):
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


@pytest.fixture
def shipped(kabar):
    """Three people's cards and Budi's are in box 1."""
    kabar("import", kabar.export(*ROWS), "--quiet", "--as-of", "2017-09-27")
    assert kabar("ship", "35.22.15").code == 0
    return kabar


def stages(kabar):
    with kabar.office() as office:
        return [one.stage for one in in_box(office, 1)]


def test_a_dry_run_packs_nothing_and_writes_nothing(kabar):
    said = kabar("ship", "35.22", "--dry-run")
    assert said.code == 0 and KAUMAN in said.out and "nothing was packed" in said.out
    assert list(kabar.folder.glob("*.pdf")) == []
    with kabar.office() as office:
        assert card(office, BUDI).stage is Stage.PRINTED


def test_a_box_is_packed_with_a_list_that_only_its_owner_reads(shipped):
    path = shipped.folder / f"kotak-1-{KAUMAN}.pdf"
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_bytes().decode("latin-1")
    for words in (
        "DAFTAR KTP-el DALAM KOTAK 1",
        "BUDI SANTOSO",
        "WARGA 3",
        "No. ambil",
        "jumlah 4 keping",
        "Balai Desa",
    ):
        assert words in text
    assert not re.search(r"\(3522\d{12}\)", text)
    assert list(shipped.folder.glob("*unfinished*")) == []
    assert stages(shipped) == [Stage.SHIPPED] * 4
    with shipped.office() as office:
        assert happened(office, BUDI)[-2:] == ["card-moved", "personal-data-shown"]
    assert "No printed card waits" in shipped("ship", "35.22").out


def test_the_list_is_written_again_but_never_over_another(shipped):
    assert shipped("ship", "--list", "1").code == 1
    (shipped.folder / "stick").mkdir()
    again = shipped("ship", "--list", "1", "--folder", "stick")
    assert "4 names" in again.out
    assert b"WARGA 2" in (shipped.folder / "stick" / f"kotak-1-{KAUMAN}.pdf").read_bytes()
    with shipped.office() as office:
        assert happened(office, BUDI)[-2:] == ["personal-data-shown"] * 2


def test_a_list_that_is_in_the_way_leaves_everything_as_it_is(kabar):
    (kabar.folder / f"kotak-1-{KAUMAN}.pdf").write_text("another")
    assert kabar("ship", "35.22").code == 1
    with kabar.office() as office:
        assert card(office, BUDI).stage is Stage.PRINTED


def test_killed_between_two_boxes_the_same_command_goes_on(kabar, monkeypatch):
    other = "3522990201900001;WARGA LAIN;35.22.01.2001;CARD_PRINTED;05/01/2017;;;"
    kabar("import", kabar.export(*ROWS, other), "--quiet", "--as-of", "2017-09-27")
    boxes = []

    def killed(session, **terms):
        if boxes:
            raise KeyboardInterrupt
        boxes.append(terms["box_id"])
        pack_box(session, **terms)

    monkeypatch.setattr(cli.box.packing, "pack_box", killed)
    assert kabar("ship", "35.22").code == 130
    assert len(list(kabar.folder.glob("*.pdf"))) == 1
    monkeypatch.setattr(cli.box.packing, "pack_box", pack_box)
    assert "4 cards shipped in 1 box" in kabar("ship", "35.22").out
    assert len(list(kabar.folder.glob("kotak-[12]-*.pdf"))) == 2
    assert stages(kabar) == [Stage.SHIPPED]


def test_a_box_that_is_undone_can_be_packed_again(shipped):
    assert "4 cards printed again" in shipped("ship", "undo", "1").out
    assert "unpacked" in shipped("shipments", "--all").out
    assert "4 cards shipped in 1 box" in shipped("ship", "35.22").out
    assert shipped("ship", "undo", "1").code == 1


def test_a_box_arrives_with_a_card_missing_that_is_found_later(shipped):
    assert "came by the district" in shipped("arrive", "1", "--at-district").out
    assert KAUMAN in shipped("shipments").out
    said = shipped("arrive", "1", "--missing", "2-3")
    assert "2 cards of box 1 ready" in said.out and "Missing: 2, 3" in said.out
    assert "number: 2, box: 1" in shipped("desk").out
    assert "2, 3" in shipped("shipments").out
    assert "Nothing to do" in shipped("arrive", "1").out
    assert "1 card of box 1 ready" in shipped("arrive", "1", "--found", "3").out
    assert stages(shipped).count(Stage.READY_FOR_PICKUP) == 3


@pytest.mark.parametrize(
    "words",
    [("--missing", "0"), ("--missing", "7-3"), ("--per-day", "9"), ("--tell", "--quiet"), ("--found", "x"),
     ("--at-district", "--missing", "2"), ("--per-day", "9", "--from", "2017-01-01")],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(shipped, words):
    assert shipped("arrive", "1", *words).code in (1, 2)
    assert stages(shipped) == [Stage.SHIPPED] * 4


def test_many_people_are_told_only_when_the_operator_says_so(shipped, monkeypatch):
    monkeypatch.setattr("cli.arriving.TELLS_WITHOUT_ASKING", -1)
    assert shipped("arrive", "1").code == 3
    assert stages(shipped) == [Stage.SHIPPED] * 4
    assert shipped("arrive", "1", "--quiet").code == 0
    with shipped.office() as office:
        assert kinds(office) == []


def test_people_are_called_to_days(shipped):
    said = shipped("arrive", "1", "--per-day", "3", "--from", "2031-01-06", "--quiet")
    assert "Called to 2 days, 2031-01-06 to 2031-01-07, at most 3 a day" in said.out


def test_cards_are_handed_over_by_number_receipt_and_nik(shipped):
    shipped("arrive", "1", "--quiet")
    said = shipped("handover", "1", "2-3", "9", "--at", KAUMAN, "--by", "family")
    assert said.code == 1 and "Number 9 is unknown" in said.out and "3 handed over" in said.out
    again = shipped("handover", "1", "--at", KAUMAN)
    assert again.code == 1 and "Number 1 was handed over already" in again.out
    assert "waits again with number 1" in shipped("handover", "undo", "1", "--at", KAUMAN).out
    assert shipped("handover", "1", "4", "--at", KAUMAN).code == 0


def test_a_nik_and_a_receipt_come_from_standard_input(shipped):
    said = shipped("handover", "-", typed=f"{SITI}\nBJN-000002-K07\n")
    assert said.code == 1 and "1 handed over" in said.out and "is not printed" in said.out
    with shipped.office() as office:
        assert card(office, BUDI).stage is Stage.HANDED_OVER


@pytest.mark.parametrize("words", [("5",), ("3522995506900",), ("-",), ("12345678901234567", "--at", KAUMAN)])
def test_what_names_no_card_is_refused_or_unknown(shipped, words):
    assert shipped("handover", *words).code in (1, 2)


def test_a_card_is_closed_and_reopened(kabar):
    assert "closed (died)" in kabar("close", "-", "died", typed=SITI).out
    assert kabar("close", "-", "lost", typed=SITI).code == 1
    assert "at PRINT_READY" in kabar("reopen", "-", typed=SITI).out


def test_what_lies_is_counted_and_named_only_when_revealed(shipped):
    shipped("arrive", "1", "--quiet")
    assert "4 cards lie unclaimed at 1 place" in shipped("unclaimed").out
    assert "0 cards lie" in shipped("unclaimed", "--over", "30").out
    assert "BUDI SANTOSO" in shipped("unclaimed", "--reveal").out
    shipped("unclaimed", "--csv", "lying.csv", "--village", KAUMAN)
    text = (shipped.folder / "lying.csv").read_text("utf-8-sig")
    assert "NOMOR AMBIL" in text and "BUDI" not in text
    assert shipped("unclaimed", "--csv", "lying.csv").code == 1
    with shipped.office() as office:
        assert happened(office, BUDI).count("personal-data-shown") == 2
