"""Texts are whole or refused, and every language has them all."""

import hashlib
from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import WordingError
from core.rules.answer import Place, PlaceKind, VillageKind
from core.wording import CONSENT_VERSION, Wording, languages
from core.wording.dates import clock_time, day_date, long_date, short_date
from core.wording.places import general_place, place_names, report_to
from core.wording.rehearsal import broken_notices
from core.wording.samples import filled
from core.wording.wordings import Wordings

W = Wording()


def village(kind: VillageKind, name: str = "Pajeng") -> Place:
    return Place(
        kind=PlaceKind.VILLAGE, regency="Kabupaten Bojonegoro", district="Gondang", village=name, village_kind=kind
    )


def test_indonesian_is_there():
    assert "id" in languages()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_text_and_no_other(language):
    keys = Wording(language=language).keys
    assert (sorted(W.keys - keys), sorted(keys - W.keys)) == ([], [])


@pytest.mark.parametrize("language", languages())
def test_a_text_says_the_same_things_in_every_language(language):
    w = Wording(language=language)
    differ = {
        key: w.variables(key) ^ W.variables(key) for key in W.keys & w.keys if w.variables(key) != W.variables(key)
    }
    assert differ == {}


@pytest.mark.parametrize("language", languages())
def test_every_kind_of_notice_fits_and_keeps_its_promises_in_every_language(language):
    assert broken_notices(Wording(language=language)) == []


@pytest.mark.parametrize("language", languages())
def test_no_label_means_two_buttons_whatever_the_language(language):
    wordings = Wordings()
    buttons = [key for key in W.keys if key.startswith("button-") and not W.variables(key)]
    meant = Counter(label for button in buttons for label in wordings.labels(button))
    assert [label for label, count in meant.items() if count > 1] == []


def test_a_language_nobody_wrote_is_refused_with_those_that_exist():
    with pytest.raises(WordingError, match=r"'xx'.*id"):
        Wording(language="xx")


def test_a_text_that_does_not_exist_is_named():
    with pytest.raises(WordingError, match="answer-nowhere"):
        W.text("answer-nowhere")


def test_a_missing_variable_is_named_and_nothing_half_rendered_comes_out():
    with pytest.raises(WordingError, match=r"'data-as-of'.*data"):
        W.text("data-as-of")


def test_a_line_without_anything_in_it_disappears():
    text = W.text(
        "notice-suspension-start", sebab="gangguan listrik", mulai="1 Mei", henti="cetak", buka="", pulih="", kantor="K"
    )
    assert "Berhenti sementara: cetak.\n\nBapak/Ibu" in text


def test_an_empty_word_takes_the_space_before_it_along():
    text = W.text("notice-printed-sms", k="Dukcapil", kartu="KTP-el", resi="", p="balai desa Anda")
    assert text.startswith("Dukcapil: KTP-el sudah dicetak")


def test_numbers_are_written_the_indonesian_way():
    assert W.text("queue-position", posisi=34800) == "Antrean: sekitar 34.800 KTP-el di depan."


def test_whoever_changes_the_consent_text_gives_it_a_new_version():
    texts = {w.language: filled(w, "consent") for w in Wordings().all()}
    prints = {language: hashlib.sha256(text.encode()).hexdigest()[:8] for language, text in texts.items()}
    assert (CONSENT_VERSION, prints) == ("2026-2", {"id": "3e0819a7", "en": "3c00d204"})


TALK = {
    "kantor": "Dispendukcapil Kabupaten Bojonegoro",
    "wilayah": "Kabupaten Bojonegoro",
    "jam_kantor": "Senin-Jumat 08.00-15.00",
    "akun": "990000001",
    "simpan": "30 hari",
    "n": 8,
}
CONVERSATION = [
    "welcome",
    "help",
    "ask-nik",
    "ask-receipt",
    "consent",
    "consent-thanks",
    "consent-declined",
    "stop-done",
    "stop-nothing",
    "group-refusal",
    "trial",
    "photo-received",
    "media-not-understood",
    "not-understood",
    "too-long",
    "edited",
    "forwarded",
    "apology",
    "answer-several-niks",
    "answer-wrong-receipt",
    "ask-nik-for-receipt",
    "link-unknown",
    "link-locked",
    "answer-locked",
    "answer-locked-here",
    "phone-proves-nothing",
    "contact-of-another",
    "my-cards-none",
    "too-many-cards",
    "say-cost",
    "say-thanks",
    "say-greeting",
]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", CONVERSATION)
def test_every_text_of_a_conversation_is_short_and_free(language, key):
    text = Wording(language=language).text(key, **TALK)
    assert len(text) <= 600
    assert "GRATIS" in text or key in ("ask-nik", "ask-nik-for-receipt", "ask-receipt", "trial")


def test_somebody_in_the_trial_can_tell_the_operator_her_account_number():
    assert "990000001" in W.text("trial", **TALK)


@pytest.mark.parametrize("language", languages())
def test_the_keyboard_has_the_words_that_the_answers_use(language):
    w = Wording(language=language)
    for button, key in (
        ("button-notify", "invitation"),
        ("button-notify", "help"),
        ("button-stop", "help"),
        ("button-help", "not-understood"),
        ("button-share-phone", "ask-receipt"),
        ("button-other-day", "notice-ready"),
        ("button-coming", "answer-other-day"),
        ("button-not-mine", "notice-registered"),
    ):
        assert w.text(button) in filled(w, key)


def test_dates_are_written_as_people_say_them():
    assert long_date(W, date(2017, 9, 27)) == "27 September 2017"
    assert day_date(W, date(2026, 12, 29)) == "Selasa 29/12"
    assert short_date(date(2026, 12, 29)) == "29/12"


def test_a_time_of_day_is_told_in_the_offices_zone():
    assert clock_time(datetime(2017, 9, 27, 7, 5, tzinfo=UTC), ZoneInfo("Asia/Jakarta")) == "14.05"
    assert clock_time(datetime(2017, 9, 27, 7, 5, tzinfo=UTC), ZoneInfo("Asia/Jayapura")) == "16.05"


def test_a_villages_hall_is_called_in_full_then_shorter_then_without_a_name():
    assert place_names(W, village(VillageKind.DESA)) == (
        "Balai Desa Pajeng Kec. Gondang",
        "Balai Desa Pajeng",
        "balai desa Anda",
    )


def test_a_kelurahan_has_an_office_and_no_village_hall():
    names = place_names(W, village(VillageKind.KELURAHAN))
    assert names[0] == "Kantor Kelurahan Pajeng Kec. Gondang"
    assert names[-1] == "kantor lurah Anda"


def test_a_desa_adat_is_not_called_desa_adat_twice():
    assert place_names(W, village(VillageKind.DESA_ADAT, "Desa Adat Yoboi"))[1] == "Balai Desa Adat Yoboi"


def test_a_district_and_an_office_hand_out_cards_too():
    district = Place(kind=PlaceKind.DISTRICT, regency="Kabupaten Bojonegoro", district="Gondang")
    office = Place(kind=PlaceKind.OFFICE, regency="Kabupaten Bojonegoro")
    assert place_names(W, district)[0] == "Kantor Kecamatan Gondang"
    assert place_names(W, office) == ("Kantor Dukcapil Kabupaten Bojonegoro", "kantor Dukcapil")


def test_anyone_may_know_only_the_kind_of_place():
    assert [general_place(W, kind) for kind in PlaceKind] == [
        "kantor Dukcapil",
        "kantor kecamatan",
        "kantor desa/kelurahan domisili",
    ]


def test_a_wrong_registration_is_reported_where_the_person_lives():
    assert report_to(W, village(VillageKind.KELURAHAN)) == "kantor lurah"
    assert report_to(W, None) == "kantor kami"
