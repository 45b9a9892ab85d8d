"""An operator sees every text, takes one over, changes it and is told what is wrong with it."""

import shutil
from pathlib import Path

import pytest

from core.wording import Wording, languages
from tests.cli_world import Terminal


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Without an office: texts can be looked at before there is one."""
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def texts(kabar: Terminal) -> Path:
    """The folder of the office's own texts."""
    folder = kabar.folder / "texts"
    folder.mkdir()
    kabar.set(wording=str(folder))
    return folder


def test_an_sms_is_shown_with_typical_and_longest_values_and_counted(kabar: Terminal) -> None:
    said = kabar("wording", "show", "notice-ready-sms")
    assert said.code == 0
    assert "With typical values, 1" in said.out and "characters of GSM-7, 1 SMS:\n\nDukcapil" in said.out
    assert "Balai Desa Pajeng Kec. Gondang pada jam kerja. No. ambil 347/R81." in said.out
    assert "characters of GSM-7, 1 SMS:\n\nDukcapil Bojonegoro: KTP-el siap diambil di Kantor Kel. Kampuang" in said.out
    assert "$k the office's short name, at most 19" in said.flat


def test_a_text_is_shown_in_english_with_the_texts_that_it_uses(kabar: Terminal) -> None:
    said = kabar("wording", "show", "answer-recorded", "--language", "en")
    assert "Step 1 of 6: RECORDED\nSince 29 September 2026" in said.out
    assert "data-as-of = Data as of { $data }." in said.out
    assert "-free = FREE OF CHARGE (GRATIS)" in said.out


@pytest.mark.parametrize("language", languages())
def test_every_text_is_listed_by_its_name(kabar: Terminal, language: str) -> None:
    listed = kabar("wording", "show", "--language", language).out
    assert [key for key in Wording(language=language).keys if key[:24] not in listed] == []


def test_a_text_that_does_not_exist_and_a_language_nobody_wrote_are_refused(kabar: Terminal) -> None:
    unknown = kabar("wording", "show", "answer-nowhere")
    assert unknown.code == 1 and "kabar wording show" in unknown.err
    assert kabar("wording", "show", "help", "--language", "xx").code == 2


def test_a_text_is_taken_over_changed_and_shown_beside_the_one_that_ships(kabar: Terminal, texts: Path) -> None:
    assert kabar("wording", "copy", "button-help", "welcome").code == 0
    own = texts / "id.ftl"
    own.write_text(own.read_text().replace("Bantuan", "Tolong"))
    shown = kabar("wording", "show", "button-help").out
    assert f"Yours, from {own}:\n\nbutton-help = Tolong" in shown
    assert "As it ships:\n\nbutton-help = Bantuan" in shown
    listed = kabar("wording", "show", "--changed").out
    assert "button-help" in listed and "welcome" in listed and "consent" not in listed
    assert "2 texts, 2 of your own." in listed


def test_a_text_of_ones_own_is_never_overwritten(kabar: Terminal, texts: Path) -> None:
    (texts / "id.loket.ftl").write_text("button-help = Tolong\n")
    (texts / "id.ftl").write_text("# kata kami\nbutton-back = Balik")
    said = kabar("wording", "copy", "welcome", "button-help")
    assert said.code == 1 and "id.loket.ftl" in said.err
    assert (texts / "id.ftl").read_text() == "# kata kami\nbutton-back = Balik"
    assert kabar("wording", "copy", "button-agree").code == 0
    assert (texts / "id.ftl").read_text() == "# kata kami\nbutton-back = Balik\n\nbutton-agree = Setuju\n"
    assert [path.name for path in texts.iterdir() if path.suffix != ".ftl"] == []


def test_copying_needs_a_folder_and_makes_it(kabar: Terminal) -> None:
    assert "KABAR_WORDING is not set" in kabar("wording", "copy", "help").err
    kabar.set(wording=str(kabar.folder / "new" / "texts"))
    assert kabar("wording", "copy", "help", "--language", "en").code == 0
    assert kabar("wording", "check").out.endswith("1 text of your own: 0 things wrong, 0 to look at.\n")


def test_a_check_says_everything_that_is_wrong_and_ends_with_1(kabar: Terminal, texts: Path) -> None:
    (texts / "id.ftl").write_text("ask-nic = x\nnotice-printed = Sudah.\nour-word-sms = dari kami\n")
    (texts / "en.ftl").write_text("ask-nik = { $nama }\n")
    said = kabar("wording", "check")
    assert said.code == 1
    for line in (
        f"✗ {texts}/id.ftl: ask-nic: there is no such text",
        f"✗ {texts}/id.ftl: notice-printed: it does not say GRATIS",
        f"! {texts}/id.ftl: notice-printed: it leaves out $kartu, $resi, $tempat",
        f"! {texts}/id.ftl: our-word-sms: it is part of an SMS: register",
        f"✗ {texts}/en.ftl: ask-nik: it uses $nama",
    ):
        assert line in said.out
    assert "3 things wrong, 2 to look at." in said.out
    moved = shutil.move(texts, kabar.folder / "elsewhere")
    assert kabar("wording", "check", str(moved)).code == 1


def test_without_a_folder_there_is_nothing_to_check(kabar: Terminal) -> None:
    said = kabar("wording", "check")
    assert said.code == 2 and "KABAR_WORDING is not set" in said.err
    assert kabar("wording", "check", "nowhere").code == 2


def test_a_text_of_ones_own_that_is_wrong_is_listed_as_it_stands_with_the_reason(kabar: Terminal, texts: Path) -> None:
    (texts / "id.ftl").write_text("button-help = Tolong { $nama }\nbutton-helb = Tolong\nbutton-my-cards = KTP saya\n")
    listed = kabar("wording", "show", "--changed").flat
    assert "wrong button-help button-help = Tolong { $nama } ✗ it uses $nama" in listed
    assert "wrong button-helb button-helb = Tolong ✗ there is no such text" in listed
    assert "3 of your own" in listed
    shown = kabar("wording", "show", "button-help").out
    assert "button-help = Tolong { $nama }\n\n✗ it uses $nama" in shown
