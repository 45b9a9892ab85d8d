"""Phone numbers as people write them in Indonesia, read into E.164.

1. Only an Indonesian mobile is taken: an SMS needs a mobile, and the registered sender name is valid in Indonesia only.
   A landline, a service number or a number abroad is refused.
2. The usual habits (0812…, 62812…, +62812…, 812…, with spaces, dots, dashes, brackets) are read by plain string work;
   everything else asks `phonenumbers`, 30 µs a number and slow to import. Where both answer they agree.
3. A number is never guessed: one with letters after its first digit, or two in one cell, is refused.
"""

import re

from core.rules.unreadable import Unreadable

_FOLD = str.maketrans("", "", " \t\u00a0\u2007\u2009\u202f\u200b\ufeff.-\u2010\u2011\u2012\u2013\u2014()'\u2018\u2019")

#: An Indonesian mobile number, as in the numbering plan behind `phonenumbers`. Behind a bare 62 the short ones are
#: left to it: eleven digits from 628 are also a landline of North Sumatra.
_USUAL = re.compile(r"(?:(?:\+62|0)?(?=8.{8,11}$)|62(?=8.{9,11}$))(8[1-35-9][0-9]+)")
_LETTER_INSIDE = re.compile(r"[0-9].*[^\W\d_]")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")


class PhoneError(Unreadable):
    """The text is not one Indonesian mobile number; the text itself is not repeated."""


def read_phone(text: str) -> str:
    """The number in E.164, "+6281200007996"; PhoneError says what is wrong."""
    usual = _USUAL.fullmatch(text.translate(_FOLD))
    return f"+62{usual[1]}" if usual else _read_unusual(text)


def _read_unusual(text: str) -> str:
    """Read by `phonenumbers`, which is imported here because few commands ever meet such a number."""
    import phonenumbers

    if _SCIENTIFIC.fullmatch(text.strip()):
        raise PhoneError("a spreadsheet turned the phone number into a power of ten", "format the column as text")
    if _LETTER_INSIDE.search(text):
        raise PhoneError("the phone number holds letters", "write one number, digits only")
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        raise PhoneError(
            "this is not a phone number", "write one number like 0812-0000-0001, or leave it empty"
        ) from None
    if number.country_code != phonenumbers.country_code_for_region("ID"):
        raise PhoneError("the phone number is not Indonesian", "write an Indonesian mobile number, or leave it empty")
    if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE or number.extension:
        raise PhoneError(
            "the phone number is not a complete mobile number",
            "write one number like 0812-0000-0001, or leave it empty",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask_phone(e164: str) -> str:
    """The number as it may be shown: country, operator and the last three digits."""
    return f"{e164[:6]}••••{e164[-3:]}"
