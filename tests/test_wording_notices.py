"""What residents are told when we speak first."""

from datetime import date

import pytest

from core.errors import WordingError
from core.rules.answer import LetterKind, Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.wording import Wording, languages
from core.wording.gsm import fits_one_sms
from core.wording.notices import sms_text, telegram_text
from core.wording.promises import broken_promises
from core.wording.rehearsal import LONGEST_OFFICE, longest_notices

W = Wording()
OFFICE = OfficeWords(
    name="Dispendukcapil Kabupaten Bojonegoro",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Bojonegoro",
    hours="Senin-Jumat 08.00-15.00",
)
PAJENG = Place(
    kind=PlaceKind.VILLAGE,
    regency="Kabupaten Bojonegoro",
    district="Gondang",
    village="Pajeng",
    village_kind=VillageKind.DESA,
)
FLOOD = SuspensionNote(
    services=(Service.PRINTING, Service.LETTERS),
    cause=Cause.SERVER,
    since=date(2017, 9, 25),
    expected_until=date(2017, 10, 2),
)


def ready(**given) -> NoticeWords:
    return NoticeWords(kind=Kind.READY, place=PAJENG, **given)


def both(words: NoticeWords, w: Wording = W) -> tuple[str, str]:
    return telegram_text(w, OFFICE, words), sms_text(w, OFFICE, words)


def test_every_kind_is_rehearsed():
    assert {words.kind for words in longest_notices()} == set(Kind)


@pytest.mark.parametrize("language", languages())
def test_the_longest_of_every_kind_fits_the_phone_and_keeps_its_promises(language):
    w = Wording(language=language)
    for words in longest_notices():
        telegram, sms = telegram_text(w, LONGEST_OFFICE, words), sms_text(w, LONGEST_OFFICE, words)
        assert len(telegram) <= 600
        assert fits_one_sms(sms)
        assert broken_promises(telegram) == broken_promises(sms) == ()


@pytest.mark.parametrize("language", languages())
def test_nothing_of_the_template_is_left_in_a_notice(language):
    w = Wording(language=language)
    for words in longest_notices():
        for text in both(words, w):
            assert not set("{}$\x7f") & set(text)
            assert "  " not in text and " ." not in text and " ," not in text
            assert "\n\n\n" not in text and text == text.strip() and "\n " not in text


def test_a_card_in_the_village_comes_with_place_hours_and_number():
    telegram, sms = both(ready(receipt_tails=("R81",), pickup_numbers=(347,)))
    assert telegram.startswith(
        "KTP-el SIAP DIAMBIL\nNomor ambil 347 (resi berakhiran R81)\n\nTempat: Balai Desa Pajeng"
    )
    assert "Waktu: Senin-Jumat 08.00-15.00" in telegram
    assert sms == (
        "Dukcapil Bojonegoro: KTP-el siap diambil di Balai Desa Pajeng Kec. Gondang pada jam kerja."
        " No. ambil 347/R81. Bawa resi & KK. GRATIS"
    )


def test_without_a_receipt_the_pickup_number_stands_alone():
    telegram, sms = both(ready(pickup_numbers=(347,)))
    assert "SIAP DIAMBIL\nNomor ambil 347\n\n" in telegram
    assert "pada jam kerja. No. ambil 347. Bawa" in sms


def test_without_a_pickup_number_the_receipt_stands_alone():
    telegram, sms = both(ready(receipt_tails=("R81",)))
    assert "SIAP DIAMBIL\nResi berakhiran R81\n\n" in telegram
    assert "pada jam kerja. Resi R81. Bawa" in sms


def test_without_either_the_text_still_reads_well():
    telegram, sms = both(ready())
    assert telegram.startswith("KTP-el SIAP DIAMBIL\n\nTempat:")
    assert "pada jam kerja. Bawa resi" in sms


def test_a_family_with_one_phone_gets_one_text_about_all_cards():
    telegram, sms = both(ready(count=2, receipt_tails=("R81", "K07"), pickup_numbers=(347, 348)))
    assert telegram.startswith("2 KTP-el SIAP DIAMBIL\nNomor ambil 347 (resi R81), 348 (resi K07)\n")
    assert "2 KTP-el siap diambil" in sms and "No. ambil 347-348." in sms


def test_numbers_that_do_not_follow_each_other_are_not_written_as_a_range():
    assert "No. ambil 347-348, 351." in sms_text(W, OFFICE, ready(count=3, pickup_numbers=(351, 347, 348)))


def test_a_receipt_that_an_sms_cannot_hold_is_left_out():
    telegram, sms = both(ready(receipt_tails=("Ж81",), pickup_numbers=(347,)))
    assert "Ж" not in telegram + sms
    assert "No. ambil 347. Bawa" in sms


def test_who_hears_that_a_card_is_printed_is_told_not_to_come():
    telegram, sms = both(NoticeWords(kind=Kind.PRINTED, receipt_tails=("R81",), place=PAJENG))
    assert "Mohon belum datang" in telegram
    assert "KTP-el (resi R81) sudah dicetak" in sms and "Mohon belum datang" in sms


def test_a_printed_card_whose_place_is_not_known_yet_is_told_without_one():
    telegram, sms = both(NoticeWords(kind=Kind.PRINTED))
    assert "dikirim ke tempat pengambilan." in telegram
    assert "dikirim ke tempat pengambilan." in sms


def test_a_letter_waits_at_the_office_unless_a_place_is_given():
    telegram, sms = both(NoticeWords(kind=Kind.LETTER_READY, receipt_tails=("R81",), letter=LetterKind.BIODATA_WNI))
    assert "Biodata WNI sudah selesai.\nResi berakhiran R81" in telegram
    assert "Surat berlaku" not in telegram
    assert "\nMohon disimpan baik-baik" in telegram
    assert "(resi R81) siap diambil di Kantor Dukcapil Kabupaten Bojonegoro pada jam kerja" in sms


def test_a_letters_last_day_is_told():
    words = NoticeWords(kind=Kind.LETTER_READY, letter=LetterKind.SUKET, letter_valid_until=date(2018, 3, 27))
    assert "Surat berlaku sampai 27 Maret 2018." in telegram_text(W, OFFICE, words)


def test_who_needs_an_officer_is_not_told_of_a_duplicate():
    for text in both(NoticeWords(kind=Kind.NEEDS_OFFICER, receipt_tails=("R81",))):
        assert "petugas" in text.lower()
        assert "DUP" not in text and "EFAC" not in text


def test_a_suspension_says_what_stops_what_goes_on_why_and_until_when():
    telegram, sms = both(NoticeWords(kind=Kind.SUSPENDED, suspension=FLOOD))
    assert "Karena gangguan server, sejak 25 September 2017:" in telegram
    assert "Berhenti sementara: cetak, suket.\nTetap buka: perekaman, pengambilan.\nPerkiraan pulih: 2 Okt" in telegram
    assert sms == (
        "Dukcapil Bojonegoro: layanan KTP-el berhenti sejak 25/9: cetak, suket (gangguan server)."
        " Buka: perekaman, pengambilan. Mohon tunggu kabar Senin 2/10. GRATIS"
    )


def test_a_suspension_without_an_end_promises_no_day():
    note = SuspensionNote(
        services=(Service.PRINTING,), cause=Cause.BLANKS, since=date(2017, 9, 25), expected_until=None
    )
    telegram, sms = both(NoticeWords(kind=Kind.SUSPENDED, suspension=note))
    assert "Perkiraan pulih belum diketahui." in telegram
    assert "Mohon tunggu kabar kami. GRATIS" in sms


def test_when_nothing_stays_open_nothing_is_said_to_be_open():
    note = SuspensionNote(services=tuple(Service), cause=Cause.POWER, since=date(2017, 9, 25), expected_until=None)
    telegram, sms = both(NoticeWords(kind=Kind.SUSPENDED, suspension=note))
    assert "buka" not in telegram.lower() + sms.lower()
    assert "semua layanan" in sms


def test_the_way_to_the_centre_is_never_listed_as_open():
    assert "pusat" not in telegram_text(W, OFFICE, NoticeWords(kind=Kind.SUSPENDED, suspension=FLOOD))


def test_a_moved_end_names_the_old_and_the_new_day():
    words = NoticeWords(kind=Kind.SUSPENSION_MOVED, suspension=FLOOD, was_expected=date(2017, 9, 29))
    telegram, sms = both(words)
    assert "Perkiraan baru: 2 Oktober 2017 (semula 29 September 2017)." in telegram
    assert "Perkiraan Senin 2/10 (semula 29/9). Belum perlu datang." in sms


def test_a_first_end_has_no_old_day():
    telegram, sms = both(NoticeWords(kind=Kind.SUSPENSION_MOVED, suspension=FLOOD))
    assert "semula" not in telegram + sms


def test_resumption_names_the_day_and_asks_people_to_wait_for_their_turn():
    telegram, sms = both(NoticeWords(kind=Kind.RESUMED, suspension=FLOOD, resumed_on=date(2017, 9, 27)))
    assert "Mulai 27 September 2017, layanan berikut berjalan lagi: cetak, suket." in telegram
    assert "buka lagi Rabu 27/9: cetak, suket. Urutan tetap." in sms


def test_who_was_registered_is_told_how_to_undo_it():
    telegram, sms = both(NoticeWords(kind=Kind.REGISTERED, receipt_tails=("R81",), place=PAJENG))
    assert "/berhenti" in telegram and "kantor desa" in telegram
    assert sms.endswith("Bukan Anda? Lapor ke kantor desa. GRATIS")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Kind.SUSPENDED, "suspension"),
        (Kind.SUSPENSION_MOVED, "suspension"),
        (Kind.RESUMED, "resumed_on"),
        (Kind.LETTER_READY, "letter"),
    ],
)
def test_a_notice_that_lacks_what_it_speaks_of_is_refused(kind, field):
    with pytest.raises(WordingError, match=f"{kind}.*{field}"):
        telegram_text(W, OFFICE, NoticeWords(kind=kind))


def test_an_office_name_that_no_sms_can_carry_is_refused_and_the_text_is_named():
    office = OfficeWords(name="x", short_name="Dispendukcapil " * 8, regency="x", hours="x")
    with pytest.raises(WordingError, match="notice-ready-sms"):
        sms_text(W, office, ready())
