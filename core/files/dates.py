"""Dates as offices write them, day before month: 2017-01-05, 05/01/2017, 5.1.2017, 05 Januari 2017, 5 Jan 2017."""

import re
from datetime import date
from functools import lru_cache

from core.rules.unreadable import Unreadable

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "JANUARI JANUARY JAN",
            "FEBRUARI FEBRUARY PEBRUARI FEB PEB",
            "MARET MARCH MAR MRT",
            "APRIL APR",
            "MEI MAY",
            "JUNI JUNE JUN",
            "JULI JULY JUL",
            "AGUSTUS AUGUST AGUST AGU AGS AGT AUG",
            "SEPTEMBER SEPT SEP",
            "OKTOBER OCTOBER OKT OCT",
            "NOVEMBER NOPEMBER NOV NOP",
            "DESEMBER DECEMBER DES DEC",
        ),
        start=1,
    )
    for name in names.split()
}

#: A time of day behind the date says nothing here and is dropped.
_TIME = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}}|[A-Z]+)\2(\d{{4}}){_TIME}", re.ASCII)
_SHORT_YEAR = re.compile(rf"\d{{1,2}}[-/. ](?:\d{{1,2}}|[A-Z]+)[-/. ]\d{{2}}{_TIME}", re.ASCII)
_DAY_NUMBER = re.compile(r"\d{5}(?:[.,]0+)?", re.ASCII)
_TITLE_DATE = re.compile(r"\b(?:PER|TANGGAL|TGL)\b[ .:]*(\d{1,4}[-/. ](?:\d{1,2}|[A-Z]+)[-/. ]\d{1,4})\b", re.ASCII)

_OLDEST, _LATEST = 1900, 2100
_USUAL_FIX = "write it like 05/01/2017, the day first"


class DateError(Unreadable):
    """The text is no date, or could be several."""


@lru_cache(maxsize=32_768)
def read_date(text: str) -> date:
    """The date; DateError says what is wrong. Cached: an export repeats a year's dates and a century's birthdays."""
    folded = " ".join(text.upper().split())
    if match := _YEAR_FIRST.fullmatch(folded):
        return _date(match[1], match[3], day=match[4])
    if match := _DAY_FIRST.fullmatch(folded):
        return _date(match[4], match[3], day=match[1])
    if _SHORT_YEAR.fullmatch(folded):
        raise DateError("the year has two digits, so the century is a guess", "write all four digits of the year")
    if _DAY_NUMBER.fullmatch(folded):
        raise DateError("this is a spreadsheet's day number", "format the column as a date, or as text")
    raise DateError("this is not a date", _USUAL_FIX)


def _date(year: str, month: str, *, day: str) -> date:
    month_number = int(month) if month.isdecimal() else _MONTHS.get(month)
    if month_number is None:
        raise DateError("the month's name is unknown", _USUAL_FIX)
    if not _OLDEST <= int(year) < _LATEST:
        raise DateError(f"the year is not {_OLDEST} to {_LATEST - 1}", _USUAL_FIX)
    try:
        return date(int(year), month_number, int(day))
    except ValueError:
        raise DateError("there is no such day in the calendar", _USUAL_FIX) from None


def title_date(title: str) -> date | None:
    """The date that a title above the table says it is of: "DAFTAR PEREKAMAN … PER 27 SEPTEMBER 2017"."""
    for match in _TITLE_DATE.finditer(" ".join(title.upper().split())):
        try:
            return read_date(match[1])
        except DateError:
            continue
    return None
