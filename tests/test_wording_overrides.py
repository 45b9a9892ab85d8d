"""An office's own texts."""

import pytest

from core.errors import WordingError
from core.rules.answer import LetterKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.wording import Wording, languages
from core.wording.entries import source_of
from core.wording.notices import sms_text
from core.wording.overrides import put_in_front, report_on
from core.wording.wordings import Wordings

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
        ("ask-nik = Mohon { ketik NIK\n", "ask-nik: it is not Fluent"),
        ("ask-nic = Mohon ketik NIK.\n", "ask-nic: there is no such text"),
        ("ask-nik =\n    .note = x\n", "ask-nik: it is empty"),
        ("ask-nik = Mohon ketik { $nama }.\n", r"ask-nik: it uses \$nama"),
        ("data-as-of = Per { $hari }.\n", r"data-as-of: it uses \$hari; it may use: \$data"),
        ("ask-nik = { ask-anything }\n", "ask-nik: it refers to ask-anything"),
        ("ask-nik = { data-as-of }\n", r"ask-nik: it uses \$data"),
        ("ask-nik = { ask-nik }\n", "ask-nik: it refers to itself"),
        ("notice-printed = Sudah dicetak.\n", "notice-printed: it does not say GRATIS"),
        ("notice-printed = GRATIS, lihat dukcapil.example.go.id\n", "notice-printed: .*link"),
        ("notice-printed-sms = GRATIS, sebutkan NIK\n", "notice-printed-sms: .*NIK"),
        ("notice-printed-sms = GRATIS – { $k }\u2003ê\n", "notice-printed-sms: not one SMS: GSM-7 has no ê"),
        (
            f"notice-resumed-sms = GRATIS {{ $k }} {'panjang ' * 20}\n",
            "notice-resumed-sms: not one SMS: [0-9]+ over 160",
        ),
        (f"notice-resumed = GRATIS {'panjang ' * 80}\n", "notice-resumed: it grows to"),
        ("-genuine = Jangan percaya siapa pun.\n", "notice-.*GRATIS"),
        ("notice-printed = GRATIS 1234 5678 9012 3456\n", "notice-printed: it holds sixteen digits"),
        ("welcome = Selamat datang.\n", "welcome: it does not say GRATIS"),
        (f"welcome = GRATIS {'panjang ' * 80}\n", "welcome: it grows to"),
        (f"press-coming = {'Terima kasih. ' * 15}\n", "press-coming: it grows to 209 of 200"),
        ("running-centre = Tanya www.dukcapil\n", "running-centre: .*link: 'www.d'"),
        ("ask-nik = Satu.\nask-nik = Dua.\n", r"ask-nik: it stands in id\.ftl too"),
    ],
)
def test_a_broken_override_is_refused_with_file_and_text_named(tmp_path, text, reason):
    with pytest.raises(WordingError, match=reason) as refused:
        overridden(tmp_path, text)
    assert str(tmp_path / "id.ftl") in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "id.ftl").write_bytes(b"ask-nik = \xff\xfe\n")
    with pytest.raises(WordingError, match=r"id\.ftl: it cannot be read"):
        Wording(tmp_path)


def test_a_file_for_no_language_is_refused_rather_than_ignored(tmp_path):
    with pytest.raises(WordingError, match=r"kantor\.ftl: the name must begin with a language"):
        overridden(tmp_path, "ask-nik = Mohon ketik NIK.\n", "kantor.ftl")


def test_a_folder_that_does_not_exist_is_refused_with_the_setting_named(tmp_path):
    with pytest.raises(WordingError, match="KABAR_WORDING"):
        Wording(tmp_path / "none")


def test_an_english_file_is_checked_as_well_as_the_indonesian_one(tmp_path):
    with pytest.raises(WordingError, match="help: it does not say GRATIS"):
        overridden_all(tmp_path, "help = Ask us.\n", "en.ftl")
    assert overridden_all(tmp_path, "button-help = Help me\n", "en.ftl").of("en").text("button-help") == "Help me"


def overridden_all(folder, text: str, name: str) -> Wordings:
    (folder / name).write_text(text, encoding="utf-8")
    return Wordings(folder)


def test_everything_that_is_wrong_is_said_at_once_in_every_language(tmp_path):
    (tmp_path / "id.ftl").write_text("ask-nik = { $nama }\nask-nic = x\nwelcome = Hai.\nhelp = { x\n")
    (tmp_path / "en.loket.ftl").write_text(f"notice-ready-sms = GRATIS {{ $k }} {'long ' * 40}\n")
    (tmp_path / "jv.ftl").write_text("help = x\n")
    report = report_on(tmp_path)
    told = [(complaint.file.rpartition("/")[2], complaint.name) for complaint in report.complaints]
    assert sorted(told, key=str) == [
        ("en.loket.ftl", "notice-ready-sms"),
        ("id.ftl", "ask-nic"),
        ("id.ftl", "ask-nik"),
        ("id.ftl", "help"),
        ("id.ftl", "welcome"),
        ("jv.ftl", None),
    ]
    with pytest.raises(WordingError, match="and 4 more: kabar wording check"):
        Wording(tmp_path)


def test_a_sound_text_beside_a_broken_one_is_still_tried(tmp_path):
    (tmp_path / "id.ftl").write_text("ask-nic = x\nplace-office = Mal Pelayanan Publik { $wilayah }\n")
    w = Wording()
    own = put_in_front(w, tmp_path)
    assert [complaint.name for complaint in own.complaints] == ["ask-nic"]
    assert w.text("place-office", wilayah="Kota Batu") == "Mal Pelayanan Publik Kota Batu"


def test_what_is_allowed_but_has_a_price_is_remarked(tmp_path):
    (tmp_path / "id.ftl").write_text(
        "our-word-sms = dari kami\nplace-office = Kantor Dukcapil\nconsent = Setuju? GRATIS.\nbutton-help = Bantuan\n"
    )
    remarks = {remark.name: remark.what for remark in report_on(tmp_path).remarks if remark.name != "consent"}
    assert remarks == {
        "our-word-sms": "it is part of an SMS: register the changed format again with the operators",
        "place-office": "it leaves out $wilayah: residents will not be told",
    }
    assert any("keep each wording" in remark.what for remark in report_on(tmp_path).remarks)


@pytest.mark.parametrize("language", languages())
def test_the_texts_that_ship_are_sound_as_an_offices_own(language, tmp_path):
    shipped = Wording(language=language)
    every = "\n\n".join(source_of(key, shipped.entries) for key in shipped.entries)
    (tmp_path / f"{language}.ftl").write_text(every, encoding="utf-8")
    report = report_on(tmp_path)
    assert (report.texts, report.complaints, report.remarks) == (len(shipped.entries), (), ())
