"""An office's own texts."""

import pytest

from core.errors import WordingError
from core.rules.answer import LetterKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.wording import Wording
from core.wording.notices import sms_text

OFFICE = OfficeWords(name="Disdukcapil", short_name="Dukcapil Jember", regency="Kabupaten Jember", hours="08.00-15.00")


def overridden(folder, text: str, name: str = "id.ftl") -> Wording:
    (folder / name).write_text(text, encoding="utf-8")
    return Wording(folder)


def test_one_text_is_replaced_and_the_others_stay(tmp_path):
    w = overridden(tmp_path, "ask-nik = Mohon ketik NIK.\n")
    assert w.text("ask-nik") == "Mohon ketik NIK."
    assert w.text("ask-receipt") == Wording().text("ask-receipt")
    assert Wording().text("ask-nik") != "Mohon ketik NIK."


def test_a_place_can_be_called_what_people_there_call_it(tmp_path):
    w = overridden(tmp_path, "place-office = Mal Pelayanan Publik { $wilayah }\n")
    words = NoticeWords(kind=Kind.LETTER_READY, letter=LetterKind.SUKET)
    assert "Mal Pelayanan Publik Kabupaten Jember" in sms_text(w, OFFICE, words)


def test_a_phrase_that_many_texts_share_is_replaced_in_all_of_them(tmp_path):
    w = overridden(tmp_path, "-genuine = GRATIS. Ragu? Tanyakan ke RT.\n", "id.office.ftl")
    assert w.text("notice-printed", kartu="KTP-el", resi="", tempat="x").endswith("GRATIS. Ragu? Tanyakan ke RT.")


def test_a_file_saved_by_notepad_is_read(tmp_path):
    (tmp_path / "id.ftl").write_text("ask-nik = Mohon ketik NIK.\n", encoding="utf-8-sig")
    assert Wording(tmp_path).text("ask-nik") == "Mohon ketik NIK."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ask-nik = Mohon { ketik NIK\n", "ask-nik is not Fluent"),
        ("ask-nic = Mohon ketik NIK.\n", "ask-nic: there is no such text"),
        ("ask-nik =\n    .note = x\n", "ask-nik: it is empty"),
        ("ask-nik = Mohon ketik { $nama }.\n", r"ask-nik: it uses \$nama"),
        ("data-as-of = Per { $hari }.\n", r"data-as-of: it uses \$hari; it may use: data"),
        ("ask-nik = { ask-anything }\n", "ask-nik: it refers to ask-anything"),
        ("ask-nik = { data-as-of }\n", r"ask-nik: it uses \$data"),
        ("ask-nik = { ask-nik }\n", "ask-nik: it refers to itself"),
        ("notice-printed = Sudah dicetak.\n", "notice-printed: it does not say GRATIS"),
        ("notice-printed = GRATIS, lihat dukcapil.example.go.id\n", "notice-printed: .*link"),
        ("notice-printed-sms = GRATIS, sebutkan NIK\n", "notice-printed-sms: .*NIK"),
        ("notice-printed-sms = GRATIS – { $k }\u2003ê\n", "notice-printed.*not one SMS"),
        (f"notice-resumed-sms = GRATIS {{ $k }} {'panjang ' * 20}\n", "notice-resumed.*not one SMS"),
        (f"notice-resumed = GRATIS {'panjang ' * 80}\n", "notice-resumed: it grows to"),
        ("-genuine = Jangan percaya siapa pun.\n", "notice-.*GRATIS"),
    ],
)
def test_a_broken_override_is_refused_with_file_and_text_named(tmp_path, text, reason):
    with pytest.raises(WordingError, match=reason) as refused:
        overridden(tmp_path, text)
    assert str(tmp_path / "id.ftl") in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "id.ftl").write_bytes(b"ask-nik = \xff\xfe\n")
    with pytest.raises(WordingError, match=r"id\.ftl cannot be read"):
        Wording(tmp_path)


def test_a_file_for_no_language_is_refused_rather_than_ignored(tmp_path):
    with pytest.raises(WordingError, match=r"kantor\.ftl: the name must begin with a language"):
        overridden(tmp_path, "ask-nik = Mohon ketik NIK.\n", "kantor.ftl")


def test_a_folder_that_does_not_exist_is_refused_with_the_setting_named(tmp_path):
    with pytest.raises(WordingError, match="KABAR_WORDING"):
        Wording(tmp_path / "none")
