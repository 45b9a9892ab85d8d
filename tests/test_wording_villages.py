"""The country's real names: every SMS about a place is one segment in each of the 83,762 villages."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from core.regions import Region, all_villages, regions_of, village_kind
from core.rules.answer import LetterKind, Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords
from core.wording import Wording, languages
from core.wording.gsm import fits_one_sms, fold, septets
from core.wording.notices import sms_text, telegram_text
from core.wording.places import place_names
from core.wording.promises import broken_promises
from core.wording.rehearsal import LONGEST_HOURS, LONGEST_OFFICE, LONGEST_PLACES
from core.wording.samples.kinds import LONGEST_SHORT_DAY

W = Wording()


@cache
def regions() -> dict[str, Region]:
    """Every district and village of the country by code."""
    regencies = sorted({village.code[:5] for village in all_villages()})
    return {region.code: region for regency in regencies for region in regions_of(regency)}


def villages() -> list[tuple[VillageKind, str, str]]:
    """Kind, name and district's name of each."""
    known = regions()
    return [(village_kind(code), known[code].name, known[code[:8]].name) for code in known if len(code) == 13]


@cache
def shapes() -> Counter[tuple[VillageKind, int, int]]:
    """How many villages there are of each kind, length of name and length of the district's name.

    All that a name changes in an SMS is its septets, which the test below shows to be its length.
    """
    return Counter((kind, len(fold(name.strip())), len(fold(district.strip()))) for kind, name, district in villages())


def of_shape(kind: VillageKind, name_length: int, district_length: int) -> Place:
    return Place(
        kind=PlaceKind.VILLAGE,
        regency=LONGEST_OFFICE.regency,
        district="k" * district_length,
        village="d" * name_length,
        village_kind=kind,
    )


def words(kind: Kind, place: Place, count: int) -> NoticeWords:
    tails, numbers = (("R81",), (347,)) if count == 1 else ((), (347, 349, 351, 353, 355, 357))
    letter = LetterKind.SUKET
    plain = NoticeWords(kind=kind, place=place, count=count, receipt_tails=tails, pickup_numbers=numbers, letter=letter)
    return replace(plain, hours=LONGEST_HOURS, pickup_on=LONGEST_SHORT_DAY) if kind is Kind.CALLED else plain


def test_the_region_data_is_all_there():
    assert len(villages()) == 83_762


def test_every_name_in_the_country_is_plain_gsm_once_folded():
    assert [region.name for region in regions().values() if septets(fold(region.name)) != len(fold(region.name))] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [Kind.PRINTED, Kind.READY, Kind.CALLED, Kind.LETTER_READY])
@pytest.mark.parametrize("count", [1, 6])
def test_every_village_gets_its_news_in_one_sms(language, kind, count):
    w = Wording(language=language)
    for shape in shapes():
        assert fits_one_sms(sms_text(w, LONGEST_OFFICE, words(kind, of_shape(*shape), count)))


@pytest.mark.parametrize("language", languages())
def test_nineteen_villages_in_twenty_are_named_with_their_district_and_nearly_all_by_name(language):
    w, told = Wording(language=language), Counter[str]()
    for shape, how_many in shapes().items():
        place = of_shape(*shape)
        text = sms_text(w, LONGEST_OFFICE, words(Kind.READY, place, 1))
        named = "k" * shape[2] in text, "d" * shape[1] in text
        told["district" if all(named) else "name" if any(named) else "neither"] += how_many
    assert told["district"] >= 0.95 * 83_762
    assert told["neither"] == 0


def test_the_names_that_overrides_are_rehearsed_with_are_no_shorter_than_any_real_place():
    longest = max(len(name) + len(district) for _, name, district in villages())
    rehearsed = LONGEST_PLACES[0]
    assert len(rehearsed.village or "") + len(rehearsed.district or "") >= longest
    assert len(rehearsed.village or "") == max(len(name) for _, name, _ in villages())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [Kind.PRINTED, Kind.READY, Kind.CALLED, Kind.LETTER_READY])
def test_the_longest_real_places_fit_a_telegram_text(language, kind):
    w = Wording(language=language)
    for place in LONGEST_PLACES:
        for count in (1, 6):
            assert len(telegram_text(w, LONGEST_OFFICE, words(kind, place, count))) <= 600


def test_no_village_name_turns_into_a_link():
    for region in regions().values():
        assert broken_promises(f"di Balai Desa {region.name} Kec. GRATIS") == (), region.name


def test_a_curly_apostrophe_in_a_villages_name_does_not_double_the_price():
    place = Place(
        kind=PlaceKind.VILLAGE,
        regency="Kabupaten Sabu Raijua",
        district="Sabu Barat",
        village="Regapu’u",
        village_kind=VillageKind.DESA,
    )
    assert "Regapu'u" in sms_text(W, LONGEST_OFFICE, words(Kind.READY, place, 1))
    assert place_names(W, place)[1] == "Balai Desa Regapu’u"
