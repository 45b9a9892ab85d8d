"""Phone numbers in the habits of people and spreadsheets."""

from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.rules.phone import PhoneError, mask_phone, read_phone

GOOD = "+6281200007996"


@pytest.mark.parametrize(
    "written",
    [
        "081200007996",
        "0812 0000 7996",
        "0812-0000-7996",
        "0812.0000.7996",
        "(0812) 0000 7996",
        "+6281200007996",
        "+62 812-0000-7996",
        "6281200007996",
        "81200007996",
        "'081200007996",
        "0812\u00a00000\u00a07996",
        "+62 (0) 812 0000 7996",
        "HP 081200007996",
        "WA: 0812-0000-7996",
        "０８１２００００７９９６",
    ],
)
def test_a_mobile_is_read_in_every_habit(written):
    assert read_phone(written) == GOOD


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "not a phone number"),
        ("-", "not a phone number"),
        ("tidak ada", "not a phone number"),
        ("12345", "not a complete mobile number"),
        ("0353881526", "not a complete mobile number"),
        ("08001234567", "not a complete mobile number"),
        ("081200007996/081300001111", "write one number"),
        ("+60123456789", "not Indonesian"),
        ("6.2812E+12", "power of ten"),
        ("081200007996 ibu", "letters"),
        ("0812ABCDEFG", "letters"),
    ],
)
def test_what_no_sms_can_reach_is_refused_with_the_reason(written, reason):
    with pytest.raises(PhoneError, match=reason) as caught:
        read_phone(written)
    assert len(written) < 2 or written not in str(caught.value)


def _judged_by_the_numbering_plan(text):
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 62 or phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(st.from_regex(r"(\+?62|0)?[ .-]?\(?8[0-9]{1,3}\)?[ .-]?[0-9]{2,5}[ .-]?[0-9]{2,5}", fullmatch=True))
@example("62812345678")
@example("812345678901")
@example("0812345678")
def test_the_quick_way_agrees_with_the_numbering_plan(written):
    try:
        ours = read_phone(written)
    except PhoneError:
        ours = None
    assert ours == _judged_by_the_numbering_plan(written)


@given(st.text(max_size=40))
def test_any_text_at_all_is_a_phone_or_refused(text):
    with suppress(PhoneError):
        assert read_phone(text).startswith("+628")


def test_a_shown_phone_keeps_its_operator_and_three_digits():
    assert mask_phone(GOOD) == "+62812••••996"
