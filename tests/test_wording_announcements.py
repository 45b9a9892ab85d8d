"""What is announced fits a phone and one SMS with the longest names of the country, and cannot pass for a fraud."""

from datetime import time

import pytest

from core.rules.announcements import BROUGHT_ALONG, Announcement, Form
from core.rules.answer import Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords
from core.rules.typed_places import LONGEST_PLACE
from core.wording import Wording, languages
from core.wording.announcements import usual_place
from core.wording.gsm import fits_one_sms
from core.wording.notices import sms_text, telegram_text
from core.wording.places import region_name
from core.wording.promises import broken_promises
from core.wording.rehearsal import LONGEST_PLACES
from core.wording.samples.kinds import LONGEST_LONG_DAY, LONGEST_SHORT_DAY, TYPICAL_DAY
from core.wording.samples.offices import LONGEST_OFFICE, TYPICAL_OFFICE

W = Wording()
PAJENG = Place(
    kind=PlaceKind.VILLAGE,
    regency="Kabupaten Bojonegoro",
    district="Gondang",
    village="Pajeng",
    village_kind=VillageKind.DESA,
)


def said(form: Form, *, place: Place | None = PAJENG, day=TYPICAL_DAY, where: str = "Balai Desa Pajeng") -> NoticeWords:
    announcement = Announcement(form=form, day=day, hours=(time(8), time(12)), place=where, services=BROUGHT_ALONG)
    return NoticeWords(kind=Kind.ANNOUNCED, announcement=announcement, place=place)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("day", [LONGEST_LONG_DAY, LONGEST_SHORT_DAY])
@pytest.mark.parametrize("place", [*LONGEST_PLACES, None])
def test_every_form_fits_with_the_longest_names(language, form, day, place):
    w = Wording(language=language)
    words = said(form, place=place, day=day, where="W" * LONGEST_PLACE)
    telegram, sms = telegram_text(w, LONGEST_OFFICE, words), sms_text(w, LONGEST_OFFICE, words)
    assert len(telegram) <= 600
    assert fits_one_sms(sms)
    assert broken_promises(telegram) == broken_promises(sms) == ()


def test_a_service_day_by_sms_says_all_that_counts():
    assert sms_text(W, TYPICAL_OFFICE, said(Form.SERVICE_DAY)) == (
        "Dukcapil Bojonegoro: pengumuman Desa Pajeng: Selasa 12/5 08.00-12.00 di Balai Desa Pajeng: "
        "perekaman, suket, pengambilan. GRATIS"
    )


def test_where_the_village_does_not_fit_it_gives_way():
    sms = sms_text(W, TYPICAL_OFFICE, said(Form.SERVICE_DAY, place=LONGEST_PLACES[0], where="W" * LONGEST_PLACE))
    assert "pengumuman: " in sms


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        (Form.HOURS_CHANGED, "Mulai Selasa, 12 Mei 2026, jam layanan KTP-el berubah: pukul 08.00-12.00."),
        (Form.PLACE_CHANGED, "Mulai Selasa, 12 Mei 2026, tempat pengambilan KTP-el pindah ke: Balai Desa Pajeng."),
        (Form.GENERAL_REMINDER, "membawa resi dan KK"),
    ],
)
def test_each_form_says_what_was_filled_in_and_for_whom(form, holds):
    text = telegram_text(W, TYPICAL_OFFICE, said(form))
    assert holds in text
    assert "Untuk warga Desa Pajeng, Kec. Gondang." in text
    assert text.startswith("PENGUMUMAN LAYANAN KTP-EL")


def test_a_region_is_called_as_people_call_it():
    regency = Place(kind=PlaceKind.OFFICE, regency="Kabupaten Bojonegoro")
    district = Place(kind=PlaceKind.DISTRICT, regency="Kabupaten Bojonegoro", district="Gondang")
    assert [region_name(W, place, short=True) for place in (regency, district, PAJENG, None)] == [
        "Kabupaten Bojonegoro",
        "Kec. Gondang",
        "Desa Pajeng",
        "",
    ]


def test_a_place_offered_by_a_button_fits_the_form():
    assert usual_place(W, PAJENG, longest=LONGEST_PLACE) == "Balai Desa Pajeng Kec. Gondang"
    assert usual_place(W, LONGEST_PLACES[0], longest=LONGEST_PLACE) is None
