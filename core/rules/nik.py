"""The NIK, a resident's number for life: 16 digits, RRRRRRDDMMYYSSSS (Kemendagri).

1. R is where it was first issued. It never changes, so region, birth date and sex in it may legally differ from the
   person's own: never route by it, never take an age from it.
2. DD is the day, plus 40 for women. The date must exist in some century, which YY alone does not tell.
3. The serial runs from 0001. There is no check digit.
4. The middle eight digits are never shown, and no error repeats any digit.
"""

import re
from enum import StrEnum

from core.rules.unreadable import Unreadable

LENGTH = 16

#: District code that is allotted nowhere, so that a synthetic NIK can be nobody's.
SYNTHETIC_DISTRICT = "99"

#: What people and spreadsheets put between or before the digits: spaces of every width, dots, dashes, quotes, a BOM.
SEPARATORS = " \t\r\n\u00a0\u2007\u2009\u202f\u200b\ufeff.-\u2010\u2011\u2012\u2013\u2014"
_FOLD = str.maketrans("", "", SEPARATORS + "'\u2018\u2019`")

_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LAST_DAY = {f"{month:02}": day for month, day in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1)}
_WOMEN = 40

#: Digits joined by at most one separator each; a line break never joins.
_RUN = re.compile(r"[0-9]+(?:[ \t\u00a0\u2007\u2009\u202f.\-\u2010-\u2014][0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_PHONE = re.compile(r"(?:0|62|620)8[0-9]{7,11}")
_MEANT_AS_NIK = range(12, 21)


class NikFault(StrEnum):
    LENGTH = "length"
    CHARACTERS = "characters"
    SCIENTIFIC = "scientific"
    MONTH = "month"
    DAY = "day"
    DATE = "date"
    SERIAL = "serial"


_FIXES = {
    NikFault.LENGTH: "type all 16 digits as printed on the receipt or the family card",
    NikFault.CHARACTERS: "type digits only; the letter O is not a zero",
    NikFault.SCIENTIFIC: "format the NIK column as text in the spreadsheet and fill it in again from the source",
    NikFault.MONTH: "compare digits 9 and 10 with the receipt",
    NikFault.DAY: "compare digits 7 and 8 with the receipt",
    NikFault.DATE: "compare digits 7 to 12 with the receipt",
    NikFault.SERIAL: "compare the last four digits with the receipt; a spreadsheet that keeps a NIK as a number"
    " turns the 16th digit into 0, so format the column as text and fill it in again from the source",
}


class NikError(Unreadable):
    """The text is not a NIK. digits: how many digits it has; none of them is kept or repeated."""

    def __init__(self, fault: NikFault, reason: str, *, digits: int) -> None:
        super().__init__(reason, _FIXES[fault])
        self.fault = fault
        self.digits = digits


def read_nik(text: str) -> str:
    """The 16 digits, once separators and a spreadsheet's text mark are folded away; NikError says what is wrong."""
    nik = text if len(text) == LENGTH and text.isdigit() else text.translate(_FOLD)
    if len(nik) != LENGTH or not (nik.isascii() and nik.isdigit()):
        raise _not_sixteen_digits(text.strip(), nik)
    _check_birth_digits(nik)
    if nik[12:] == "0000":
        raise NikError(NikFault.SERIAL, "the serial at the end of the NIK is 0000", digits=LENGTH)
    return nik


def _not_sixteen_digits(text: str, folded: str) -> NikError:
    digits = sum(character in "0123456789" for character in folded)
    if _SCIENTIFIC.fullmatch(text.lstrip("'")):
        return NikError(NikFault.SCIENTIFIC, "a spreadsheet turned the NIK into a power of ten", digits=digits)
    if digits != len(folded):
        return NikError(NikFault.CHARACTERS, "the NIK holds something other than the digits 0 to 9", digits=digits)
    return NikError(NikFault.LENGTH, f"the NIK has {digits} digits instead of {LENGTH}", digits=digits)


def _check_birth_digits(nik: str) -> None:
    last_day = _LAST_DAY.get(nik[8:10])
    if last_day is None:
        raise NikError(NikFault.MONTH, "the month in the NIK is not 01 to 12", digits=LENGTH)
    day = int(nik[6:8])
    day_of_month = day - _WOMEN if day > _WOMEN else day
    if not 1 <= day_of_month <= 31:
        raise NikError(NikFault.DAY, "the day in the NIK is not 01 to 31, or 41 to 71 for a woman", digits=LENGTH)
    # 29 February is real when YY is a multiple of four: 00 is 2000, a leap year, even if 1900 was none.
    if day_of_month > last_day or (last_day == 29 == day_of_month and int(nik[10:12]) % 4):
        raise NikError(NikFault.DATE, "the day and month in the NIK make no date of any century", digits=LENGTH)


def find_niks(text: str) -> list[str]:
    """Every valid NIK written in free text, in order, once each; digits that are part of a longer number do not count.

    Groups count as one number when a single space, dot or dash joins them: "3522 9901 0180 0001".
    """
    found = [nik for run in _RUN.findall(text) for nik in _niks_in_run(_GROUP.findall(run))]
    return list(dict.fromkeys(found))


def _niks_in_run(groups: list[str]) -> list[str]:
    found = []
    start = 0
    while start < len(groups):
        end = start + 1
        while end < len(groups) and len("".join(groups[start:end])) < LENGTH:
            end += 1
        nik = "".join(groups[start:end])
        # No province code begins with 0, but every phone number beside a NIK does.
        if nik[0] != "0" and _is_nik(nik):
            found.append(nik)
            start = end
        else:
            start += 1
    return found


def _is_nik(digits: str) -> bool:
    try:
        read_nik(digits)
    except NikError:
        return False
    return True


def malformed_nik(text: str) -> NikError | None:
    """What is wrong with the number in `text` most likely meant as a NIK; None if there is none, or a valid one.

    Meant as a NIK: 12 to 20 digits that are not a mobile number; the number nearest to 16 digits is judged.
    """
    if find_niks(text):
        return None
    numbers = ["".join(_GROUP.findall(run)) for run in _RUN.findall(text)]
    meant = [number for number in numbers if len(number) in _MEANT_AS_NIK and not _PHONE.fullmatch(number)]
    if not meant:
        return None
    try:
        read_nik(min(meant, key=lambda number: abs(len(number) - LENGTH)))
    except NikError as error:
        return error
    return None


def mask(nik: str) -> str:
    """The NIK as it may be shown: birth date and sex hidden."""
    return f"{nik[:4]}••••••••{nik[12:]}"


def prefix(nik: str) -> str:
    """The first 12 digits: all that one birthday, sex and district have in common."""
    return nik[:12]


def registered_district(nik: str) -> str:
    """The dotted code of the district of first registration: "35.22.15". Nobody's domicile, and maybe abolished."""
    return f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}"
