"""The regions of the country, and finding an office's own among them."""

import subprocess
import sys
import time
from collections import Counter

import pytest

from core.errors import InputError, NotFound
from core.regions import (
    Level,
    Region,
    all_villages,
    find_regency,
    is_district,
    name_of,
    regency,
    regions_of,
    retired_district,
    timezone_of,
    village_kind,
)
from core.regions.lookup import all_regencies
from core.rules.answer import VillageKind


@pytest.mark.parametrize(("code", "districts", "villages"), [("35.22", 28, 430), ("35.09", 31, 248)])
def test_an_office_has_its_regency_with_all_districts_and_villages(code, districts, villages):
    regions = regions_of(code)
    assert regions[0] == regency(code)
    assert Counter(region.level for region in regions) == {
        Level.REGENCY: 1,
        Level.DISTRICT: districts,
        Level.VILLAGE: villages,
    }
    assert all(region.code.startswith(code) for region in regions)


def test_the_whole_country_is_there():
    assert sum(1 for _ in all_villages()) == 83_762
    regencies = [region.code for region in all_regencies()]
    assert len(regencies) == 514
    assert sum(len(regions_of(code)) for code in regencies) == 514 + 7_285 + 83_762


def test_names_are_as_the_ministry_writes_them():
    assert name_of("35") == "Jawa Timur"
    assert name_of("35.22") == "Kabupaten Bojonegoro"
    assert name_of("35.22.15.2003") == "Sukorejo"
    assert name_of("12.07.28.1007") == "Lubuk Pakam I,II"
    assert name_of("31.72") == "Kota Administrasi Jakarta Utara"


def test_a_region_knows_its_level_and_its_parent():
    village = Region("35.22.15.2003", "Sukorejo")
    assert (village.level, village.parent) == (Level.VILLAGE, "35.22.15")
    assert (Region("35", "Jawa Timur").level, Region("35", "Jawa Timur").parent) == (Level.PROVINCE, None)


@pytest.mark.parametrize("code", ["", "35", "99.99", "35.22.15", "3522", "35.2", "\n"])
def test_a_code_that_is_no_regency_is_refused_with_a_fix(code):
    with pytest.raises(NotFound, match=r"like 35\.22"):
        regency(code)


@pytest.mark.parametrize("code", ["35.22.99.2999", "35.22.15.", ""])
def test_an_unknown_region_has_no_name(code):
    with pytest.raises(NotFound):
        name_of(code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("35.22", "35.22"),
        ("3522", "35.22"),
        ("Bojonegoro", "35.22"),
        ("kab. bojonegoro", "35.22"),
        ("KABUPATEN BOJONEGORO", "35.22"),
        ("Kota Malang", "35.73"),
        ("Kab Malang", "35.07"),
        ("Kota Baru", "63.02"),
        ("Jakarta Utara", "31.72"),
        ("Kota Adm. Jakarta Utara", "31.72"),
    ],
)
def test_a_regency_is_found_by_code_or_name(written, code):
    assert find_regency(written).code == code


def test_a_name_that_two_regencies_share_names_both():
    with pytest.raises(InputError, match=r"35\.07 Kabupaten Malang, 35\.73 Kota Malang"):
        find_regency("Malang")


def test_a_misspelt_regency_is_answered_with_the_nearest():
    with pytest.raises(NotFound, match=r"35\.22 Kabupaten Bojonegoro"):
        find_regency("Bojonegro")


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("35.22", "Asia/Jakarta"),
        ("61.71", "Asia/Pontianak"),
        ("51", "Asia/Makassar"),
        ("91.03.01.1001", "Asia/Jayapura"),
    ],
)
def test_the_time_zone_goes_by_province(code, zone):
    assert timezone_of(code) == zone


def test_every_regency_has_a_time_zone():
    assert all(timezone_of(region.code).startswith("Asia/") for region in all_regencies())


def test_a_village_is_a_desa_or_a_kelurahan_by_its_code():
    assert village_kind("35.22.15.2003") is VillageKind.DESA
    assert village_kind("35.22.15.1001") is VillageKind.KELURAHAN
    with pytest.raises(NotFound):
        village_kind("35.22.15")


def test_districts_of_today_and_of_old_are_told_apart():
    assert is_district("35.22.15")
    assert not is_district("91.01.02")
    assert retired_district("91.01.02") == "Muting"
    assert retired_district("35.22.15") is None


def test_an_office_finds_its_own_regions_at_once():
    """Well under 150 ms in a fresh process; the bound leaves room for a busy machine."""
    code = "import time; t = time.process_time(); from core.regions import regions_of; regions_of('35.22')"
    best = min(
        float(subprocess.check_output([sys.executable, "-c", f"{code}; print(time.process_time() - t)"]))
        for _ in range(3)
    )
    assert best < 0.15
    started = time.process_time()
    regions_of("96.71")
    assert time.process_time() - started < 0.15
