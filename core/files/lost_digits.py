"""Whether the NIKs of a list have been numbers in a spreadsheet, which keeps 15 digits and puts 0 for the 16th.

Afterwards no single row shows it: 3522990101800012 has become the NIK of somebody else, or of nobody. The whole does:
serials begin at 0001 for each birthday, sex and district, so in a true list hardly one NIK in a hundred ends in 0.
"""

from collections.abc import Iterable

from core.rules.nik import LENGTH

REASON = "a spreadsheet kept the NIK as a number, which has 15 digits only: the last digit is lost (it reads 0)"
FIX = "format the NIK column as text and fill it in again from the source, or export it again"

#: Fewer would prove too little: ten true NIKs that all end in 0 are never met.
_FEWEST = 10
_NEARLY_ALL = 0.9


def last_digits_lost(niks: Iterable[str]) -> bool:
    """Whether nearly all of these, which stand as text, end in 0."""
    last = [nik[-1] for nik in niks if len(nik) == LENGTH and nik.isdecimal()]
    return len(last) >= _FEWEST and last.count("0") >= _NEARLY_ALL * len(last)
