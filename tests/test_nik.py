"""The NIK: what is one, what is wrong with one that is not, and finding one in what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.nik import (
    NikError,
    NikFault,
    find_niks,
    malformed_nik,
    mask,
    prefix,
    read_nik,
    registered_district,
)

GOOD = "3522990101800001"


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        "3522 9901 0180 0001",
        "352299.010180.0001",
        "352299-010180-0001",
        "\ufeff'3522990101800001",
        "3522\u00a09901\u00a00180\u00a00001",
        " 3522990101800001\r\n",
    ],
)
def test_a_nik_is_read_however_it_is_spaced(written):
    assert read_nik(written) == GOOD


@pytest.mark.parametrize(
    "nik",
    ["3522994101800001", "3522997112800001", "3522992902000001", "3522996902040001", "9105990101800001"],
)
def test_women_leap_days_and_abolished_regions_are_niks(nik):
    assert read_nik(nik) == nik


@pytest.mark.parametrize(
    ("written", "fault", "digits"),
    [
        ("", NikFault.LENGTH, 0),
        ("352299010180000", NikFault.LENGTH, 15),
        ("35229901018000011", NikFault.LENGTH, 17),
        ("352299O101800001", NikFault.CHARACTERS, 15),
        ("٣٥٢٢٩٩٠١٠١٨٠٠٠٠١", NikFault.CHARACTERS, 0),
        ("3.52299E+15", NikFault.SCIENTIFIC, 8),
        ("3,52E+15", NikFault.SCIENTIFIC, 5),
        ("3522990113800001", NikFault.MONTH, 16),
        ("3522990100800001", NikFault.MONTH, 16),
        ("3522993201800001", NikFault.DAY, 16),
        ("3522990001800001", NikFault.DAY, 16),
        ("3522994001800001", NikFault.DAY, 16),
        ("3522997201800001", NikFault.DAY, 16),
        ("3522993002800001", NikFault.DATE, 16),
        ("3522992902810001", NikFault.DATE, 16),
        ("3522997104800001", NikFault.DATE, 16),
        ("3522990101800000", NikFault.SERIAL, 16),
    ],
)
def test_each_fault_of_a_nik_is_named(written, fault, digits):
    with pytest.raises(NikError) as caught:
        read_nik(written)
    assert (caught.value.fault, caught.value.digits) == (fault, digits)
    assert caught.value.reason in str(caught.value)
    assert caught.value.fix in str(caught.value)


def test_a_serial_of_zeros_is_explained_as_what_spreadsheets_do():
    with pytest.raises(NikError, match="16th digit into 0"):
        read_nik("3522990101800000")


@given(st.text(alphabet="0123456789 .-'EO+", max_size=24))
def test_no_refusal_repeats_the_nik(written):
    try:
        read_nik(written)
    except NikError as error:
        longest = max((run for run in written.split() if len(run) > 4), key=len, default=None)
        assert longest is None or longest not in str(error)


@given(
    st.dates(),
    st.booleans(),
    st.integers(min_value=1, max_value=9999),
)
def test_every_birthday_of_every_century_makes_a_nik(born, woman, serial):
    nik = f"352299{born.day + 40 * woman:02}{born:%m}{born.year % 100:02}{serial:04}"
    assert read_nik(nik) == nik
    assert find_niks(f"NIK:{nik}.") == [nik]
    assert malformed_nik(f"NIK:{nik}.") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mbak ktp 3522 9901 0180 0001 sdh jadi blm?", [GOOD]),
        ("NIK:3522990101800001.", [GOOD]),
        ("ktp3522990101800001sdh", [GOOD]),
        ("1. 3522990101800001\n2. 3522994101800001", [GOOD, "3522994101800001"]),
        ("3522990101800001 3522990101800001", [GOOD]),
        ("3522990101800001 3522994101800001 tolong", [GOOD, "3522994101800001"]),
        ("3522990101800001 BJN-000001-V87", [GOOD]),
        ("081200007996 3522990101800001", [GOOD]),
        ("0812 0000 7996 3522 9901 0180 0001", [GOOD]),
        ("35229901018000011", []),
        ("13522990101800001", []),
        ("3522990101\n800001", []),
        ("081200007996", []),
        ("sudah jadi?", []),
        ("", []),
        ("٣٥٢٢٩٩٠١٠١٨٠٠٠٠١", []),
    ],
)
def test_a_nik_is_found_wherever_people_write_it(text, found):
    assert find_niks(text) == found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nik saya 352299010180000", NikFault.LENGTH),
        ("3522 9901 0180 0001 7", None),
        ("35229901018000011", NikFault.LENGTH),
        ("nik 3522993201800001 hp 081200007996", NikFault.DAY),
        ("hp 081200007996", None),
        ("hp +6281200007996", None),
        ("BJN-000001-V87", None),
        ("apa kabar", None),
    ],
)
def test_a_number_meant_as_a_nik_is_told_what_is_wrong_with_it(text, fault):
    error = malformed_nik(text)
    assert (error.fault if error else None) == fault


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_searched_for_a_nik(text):
    assert all(read_nik(nik) == nik for nik in find_niks(text))
    malformed_nik(text)


def test_a_shown_nik_hides_birthday_and_sex():
    assert mask(GOOD) == "3522••••••••0001"


def test_the_prefix_and_the_district_of_registration():
    assert prefix(GOOD) == "352299010180"
    assert registered_district(GOOD) == "35.22.99"
