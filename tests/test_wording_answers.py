"""What people are told when they ask."""

from datetime import date
from itertools import product

import pytest

from core.rules.answer import CardAnswer, LetterKind, PlaceKind
from core.rules.card import WAY, Stage
from core.rules.expectation import TOO_YOUNG, Expectation, Unit, Wait
from core.rules.nik import NikFault
from core.rules.notices import OfficeWords
from core.rules.print_queue import Line
from core.rules.siak import SHORT_FORMS, Siak
from core.rules.stock import PublicStock
from core.rules.suspension import Cause, Service, SuspensionNote
from core.wording import Wording, languages
from core.wording.answers import (
    card_answer,
    locked,
    malformed,
    not_found,
    receipt_needed,
    status_code,
    throttled,
)
from core.wording.rehearsal import LONGEST_OFFICE, LONGEST_PLACES
from core.wording.stock import stock_report

W = Wording()
OFFICE = OfficeWords(
    name="Dispendukcapil Kabupaten Bojonegoro",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Bojonegoro",
    hours="Senin-Jumat 08.00-15.00",
)
SINCE, DATA = date(2017, 9, 5), date(2017, 9, 27)
LONGEST_DAY = date(2017, 9, 29)
SECRETS = ("Pajeng", "347", "R81", "DUP", "lebih dari satu", "uket sudah siap")


def card(stage: Stage, **given) -> CardAnswer:
    return CardAnswer(stage=stage, **({"since": SINCE, "data_as_of": DATA, "place_kind": PlaceKind.VILLAGE} | given))


def answer(stage: Stage, **given) -> str:
    return card_answer(W, OFFICE, card(stage, **given))


def stopped(*services: Service, until: date | None = date(2017, 10, 2), cause: Cause = Cause.SERVER) -> SuspensionNote:
    return SuspensionNote(services=services, cause=cause, since=date(2017, 9, 25), expected_until=until)


def everything_known(stage: Stage, *, proven: bool, trouble: str = "DUPLICATE_RECORD") -> CardAnswer:
    return card(
        stage,
        since=LONGEST_DAY,
        data_as_of=LONGEST_DAY,
        proven=proven,
        trouble=trouble,
        place=LONGEST_PLACES[1],
        pickup_number=347,
        receipt_tail="R81",
        letter_ready=LetterKind.SUKET,
    )


@pytest.mark.parametrize(("stage", "proven"), list(product(Stage, (True, False))))
def test_every_stage_has_an_answer_that_says_when_the_data_is_from_and_that_it_is_free(stage, proven):
    assert answer(stage, proven=proven).endswith("Data per 27 September 2017. Layanan ini GRATIS.")


@pytest.mark.parametrize(("step", "stage"), list(enumerate(WAY[:-1], start=1)))
def test_an_answer_begins_with_its_step_of_six_and_since_when(step, stage):
    lines = answer(stage).split("\n")
    assert lines[0].startswith(f"Langkah {step} dari 6: ")
    assert lines[1] == "Sejak 5 September 2017"


@pytest.mark.parametrize("stage", list(Stage))
def test_nobody_learns_a_secret_from_a_nik_alone(stage):
    text = card_answer(W, OFFICE, everything_known(stage, proven=False))
    assert not [secret for secret in (*SECRETS, LONGEST_PLACES[1].village) if secret in text]


def test_unknown_closed_and_handed_over_are_the_same_answer():
    unknown = not_found(W, OFFICE, DATA)
    assert answer(Stage.CLOSED) == answer(Stage.CLOSED, proven=True) == answer(Stage.HANDED_OVER) == unknown


def test_before_the_first_import_an_answer_has_no_date():
    assert not_found(W, OFFICE, None).endswith("dengan membawa KK.\n\nLayanan ini GRATIS.")


def test_every_trouble_looks_the_same_without_proof():
    assert len({answer(Stage.NEEDS_OFFICER, trouble=status) for status in Siak}) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("DUPLICATE_RECORD", "lebih dari satu perekaman"),
        ("ENROLL_FAILURE_AT_CENTRAL", "merekam ulang"),
        ("ENROLL_FAILURE_AT_REGIONAL", "merekam ulang"),
        ("SENT_FOR_ENROLLMENT", "sudah tercatat di pusat"),
        ("SEARCH_FAILURE_AT_CENTRAL", "mencocokkan"),
        ("ADJUDICATE_RECORD", "mirip"),
        ("ADJUDICATE_IN_PROCESS", "mirip"),
        ("REQUEST_VALIDATION", "dipastikan"),
        ("SOMETHING_NEW", "belum kami kenali"),
        (None, "belum kami kenali"),
    ],
)
def test_with_proof_the_trouble_is_explained(status, said):
    assert said in answer(Stage.NEEDS_OFFICER, proven=True, trouble=status)


def test_only_unreadable_biometrics_are_an_advice_to_record_again():
    for status in set(Siak) - {Siak.ENROLL_FAILURE_AT_CENTRAL, Siak.ENROLL_FAILURE_AT_REGIONAL}:
        assert "JANGAN merekam ulang" in answer(Stage.NEEDS_OFFICER, proven=True, trouble=status)


def test_a_status_word_nobody_knows_is_not_repeated():
    assert "SOMETHING" not in answer(Stage.NEEDS_OFFICER, proven=True, trouble="SOMETHING_NEW")


def test_whoever_proves_the_receipt_learns_place_and_number():
    text = card_answer(W, OFFICE, everything_known(Stage.READY_FOR_PICKUP, proven=True))
    assert "Nomor ambil 347 (resi berakhiran R81)" in text
    assert f"Tempat: Balai Desa {LONGEST_PLACES[1].village}" in text
    assert "Waktu: Senin-Jumat 08.00-15.00" in text


def test_a_proven_card_without_number_or_receipt_reads_well():
    assert "sudah dapat diambil.\n\nTempat: kantor desa/kelurahan" in answer(Stage.READY_FOR_PICKUP, proven=True)


def test_a_pickup_number_is_mentioned_only_where_there_is_one():
    assert "nomor" not in answer(Stage.READY_FOR_PICKUP, proven=True).lower()
    assert "nomor ambil bila ada" in answer(Stage.READY_FOR_PICKUP)


def test_a_letter_that_is_ready_is_told_only_to_its_owner():
    ready = {"letter_ready": LetterKind.SUKET}
    assert "Suket sudah siap diambil" in answer(Stage.PRINT_READY, proven=True, **ready)
    assert "Suket sudah siap diambil" not in answer(Stage.PRINT_READY, **ready)


def test_only_strangers_are_invited_to_be_told():
    assert "Kabari Saya" in answer(Stage.RECORDED)
    assert "Kabari Saya" not in answer(Stage.RECORDED, proven=True)


@pytest.mark.parametrize(
    ("stage", "service", "said"),
    [
        (Stage.RECORDED, Service.CENTRE, "Pengiriman data ke pusat sedang berhenti sejak 25 September 2017"),
        (Stage.AT_CENTRE, Service.CENTRE, "Pengiriman data ke pusat sedang berhenti sejak 25 September 2017"),
        (Stage.PRINT_READY, Service.PRINTING, "Pencetakan sedang berhenti sejak 25 September 2017 karena gangguan"),
        (Stage.READY_FOR_PICKUP, Service.PICKUP, "Pengambilan sedang berhenti sejak 25 September 2017"),
        (Stage.RECORDED, Service.LETTERS, "Pembuatan suket sedang berhenti"),
        (Stage.AT_CENTRE, Service.LETTERS, "Pembuatan suket sedang berhenti"),
        (Stage.PRINT_READY, Service.LETTERS, "Pembuatan suket sedang berhenti"),
    ],
)
def test_a_suspension_is_told_to_those_it_touches(stage, service, said):
    assert said in answer(stage, suspensions=(stopped(service),))
    assert said not in answer(stage)


def test_nobody_is_sent_for_a_letter_or_a_card_that_cannot_be_had():
    assert "petugas loket dapat membantu" not in answer(Stage.AT_CENTRE, suspensions=(stopped(Service.LETTERS),))
    assert "diambil pada jam kerja" not in answer(Stage.READY_FOR_PICKUP, suspensions=(stopped(Service.PICKUP),))


def test_who_must_record_again_hears_that_recording_is_suspended():
    suspended = {"suspensions": (stopped(Service.RECORDING),), "proven": True}
    assert "Perekaman sedang berhenti" in answer(Stage.NEEDS_OFFICER, trouble="ENROLL_FAILURE_AT_CENTRAL", **suspended)


def test_a_suspension_that_does_not_touch_the_stage_is_not_told():
    assert answer(Stage.SHIPPED, suspensions=(stopped(Service.PRINTING),)) == answer(Stage.SHIPPED)


def test_of_two_suspensions_of_one_service_the_later_end_is_believed():
    early, late = stopped(Service.PRINTING), stopped(Service.PRINTING, until=None, cause=Cause.BLANKS)
    for suspensions in ((early, late), (late, early)):
        text = answer(Stage.PRINT_READY, suspensions=suspensions)
        assert "blangko habis. Perkiraan pulih belum diketahui." in text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("trouble", list(Siak))
def test_the_longest_answer_is_at_most_600_characters(language, trouble):
    w = Wording(language=language)
    every_stop = tuple(
        SuspensionNote(services=(service,), cause=Cause.CENTRE, since=LONGEST_DAY, expected_until=LONGEST_DAY)
        for service in Service
    )
    for stage, proven, suspensions in product(Stage, (True, False), ((), every_stop)):
        known = everything_known(stage, proven=proven, trouble=trouble)
        given = {name: getattr(known, name) for name in CardAnswer.__slots__} | {"suspensions": suspensions}
        assert len(card_answer(w, LONGEST_OFFICE, CardAnswer(**given))) <= 600


# The print queue

USUAL_LINES = (Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST)


def waiting(ahead: int, wait: Wait | None = None, **given) -> str:
    lines = USUAL_LINES if wait else ()
    expected = Expectation(ahead=ahead, wait=wait, pace_days=20 if wait else 0, lines=lines)
    return answer(Stage.PRINT_READY, expectation=expected, **given)


def test_a_place_and_a_range_stand_where_else_only_the_blanks_are_spoken_of():
    text = waiting(3_217, Wait(7, 8, Unit.DAYS))
    assert "Antrean: sekitar 3.200 KTP-el di depan.\n" in text
    assert "Perkiraan: 7 sampai 8 hari kerja lagi, dari hasil cetak 20 hari kerja terakhir. Ini bukan janji:" in text
    assert "Didahulukan: mendesak, pemohon pertama, lansia. Nomor antrean tidak dijual." in text
    assert "tidak dapat menjanjikan" not in text


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (Wait(14, 18, Unit.WEEKS), "Perkiraan: 14 sampai 18 minggu lagi"),
        (Wait(8, 8, Unit.DAYS), "Perkiraan: sekitar 8 hari kerja lagi"),
        (Wait(7, None, Unit.MONTHS), "Perkiraan: paling cepat 7 bulan lagi"),
    ],
)
def test_a_wait_is_said_in_days_weeks_or_months(wait, said):
    assert said in waiting(34_800, wait)


def test_english_knows_one_day_from_several():
    english = Wording(language="en")
    told = card(Stage.PRINT_READY, expectation=Expectation(ahead=3, wait=Wait(1, 1, Unit.DAYS), pace_days=20))
    assert "Estimate: about 1 working day more" in card_answer(english, OFFICE, told)


def test_who_is_next_is_told_so():
    assert "Antrean: giliran cetak berikutnya.\n" in waiting(0, Wait(1, 1, Unit.DAYS))


def test_where_nobody_goes_first_nobody_is_named():
    expected = Expectation(ahead=30, wait=Wait(2, 3, Unit.DAYS), pace_days=5)
    assert "hasil cetak 5 hari kerja terakhir. Ini bukan janji: blangko terbatas. Nomor antrean" in answer(
        Stage.PRINT_READY, expectation=expected
    )


def test_a_place_without_a_pace_keeps_the_sentence_about_the_blanks():
    text = waiting(3_217)
    assert "sekitar 3.200 KTP-el di depan.\nLama menunggu giliran cetak bergantung pada jumlah blangko" in text


def test_while_printing_is_suspended_the_place_stays_and_no_wait_is_told():
    text = waiting(3_217, suspensions=(stopped(Service.PRINTING),))
    assert "sekitar 3.200 KTP-el di depan.\nPencetakan sedang berhenti sejak 25 September 2017" in text
    assert "Urutan Bapak/Ibu tidak berubah." in text and "Perkiraan:" not in text


def test_blanks_that_do_not_reach_are_counted_instead_of_a_wait():
    text = answer(Stage.PRINT_READY, expectation=Expectation(ahead=34_800, blanks=10_000))
    assert "tersedia, 10.000 keping, belum mencapai giliran Bapak/Ibu" in text
    assert "Perkiraan:" not in text


def test_who_is_too_young_is_told_from_when_on_without_a_date_or_a_place():
    text = answer(Stage.PRINT_READY, expectation=TOO_YOUNG)
    assert "KTP-el dicetak mulai umur 17 tahun, atau sesudah menikah." in text
    assert "Antrean:" not in text


def longest_expectations():
    first = [(Line.RECORDED_BEFORE, Line.URGENT, Line.FIRST, last) for last in (Line.ELDERLY_FIRST, Line.REPLACEMENT)]
    waits = [
        Wait(10, 15, Unit.DAYS),
        Wait(15, None, Unit.DAYS),
        Wait(24, 25, Unit.WEEKS),
        Wait(25, None, Unit.WEEKS),
        Wait(118, 120, Unit.MONTHS),
        Wait(120, None, Unit.MONTHS),
    ]
    for wait, lines in product(waits, first):
        yield Expectation(ahead=250_000, wait=wait, pace_days=20, lines=(*lines, Line.REPLACEMENT))
    yield from (TOO_YOUNG, Expectation(ahead=250_000), Expectation(ahead=250_000, blanks=36_000))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("services", [(), (Service.LETTERS,), (Service.PRINTING,), (Service.LETTERS, Service.PRINTING)])
def test_the_longest_place_in_the_queue_fits_too(language, services):
    w = Wording(language=language)
    stops = tuple(
        SuspensionNote(services=(service,), cause=Cause.CENTRE, since=LONGEST_DAY, expected_until=LONGEST_DAY)
        for service in services
    )
    for expected, proven in product(longest_expectations(), (True, False)):
        if Service.PRINTING in services and (expected.wait or expected.blanks is not None):
            continue  # neither is told then
        known = everything_known(Stage.PRINT_READY, proven=proven)
        given = {name: getattr(known, name) for name in CardAnswer.__slots__}
        text = card_answer(w, LONGEST_OFFICE, CardAnswer(**given | {"suspensions": stops, "expectation": expected}))
        assert len(text) <= 600


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("blanks", "planned"), [(None, 0), (36_000, 0), (36_000, 36_000)])
def test_the_longest_report_of_the_stock_fits(language, blanks, planned):
    w = Wording(language=language)
    for printed in (None, 90_000):
        stock = PublicStock(
            as_of=LONGEST_DAY,
            blanks=blanks,
            planned=planned,
            waiting=250_000,
            last_day=LONGEST_DAY,
            printed_last_day=12_000,
            printed=printed,
            urgent=10_000,
            suspensions=(stopped(Service.PRINTING, until=LONGEST_DAY, cause=Cause.CENTRE),),
        )
        text = stock_report(w, stock)
        assert len(text) <= 600 and "GRATIS" in text


@pytest.mark.parametrize("fault", [*NikFault, "family-card"])
def test_every_fault_of_a_nik_is_explained(fault):
    text = malformed(W, fault, digits=15)
    assert text.startswith("Mohon maaf, itu belum dapat kami baca sebagai NIK: ")
    assert len(text) <= 600


def test_a_wrong_length_says_how_many_digits_were_found():
    assert "angkanya ada 15, seharusnya 16" in malformed(W, NikFault.LENGTH, digits=15)


def test_a_waiting_asker_hears_when_to_come_back():
    assert "mulai pukul 14.05" in throttled(W, OFFICE, "14.05")


@pytest.mark.parametrize("reply", [receipt_needed, locked])
def test_who_cannot_be_answered_hears_where_to_ask(reply):
    text = reply(W, LONGEST_OFFICE)
    assert LONGEST_OFFICE.hours in text and len(text) <= 600 and "GRATIS" in text


@pytest.mark.parametrize("status", list(Siak))
def test_every_status_word_of_the_national_system_is_explained(status):
    assert status_code(W, status.lower()).startswith("Arti kode ")


@pytest.mark.parametrize("short", list(SHORT_FORMS))
def test_a_short_form_from_a_letter_is_explained(short):
    assert status_code(W, short.lower()).startswith(f"Arti kode {short}: ")


def test_an_unknown_code_is_not_repeated():
    assert "XYZ" not in status_code(W, "XYZ")
