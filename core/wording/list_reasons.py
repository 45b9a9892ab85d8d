"""Why a list or a row of it is refused, in the words of whoever sent it: the reasons of the readers are English.

A table, first match first; what nobody thought of has a sentence of its own, never the English one.
"""

import re
from collections.abc import Sequence

from core.wording import Wording

_ROWS: Sequence[tuple[str, str]] = (
    ("last digit is lost|power of ten", "nik-lost"),
    (r"the NIK has \d+ digits|NIK holds something other", "nik-length"),
    ("in the NIK|end of the NIK", "nik-wrong"),
    ("is empty", "empty"),
    ("village|this regency", "village"),
    ("still to come", "future"),
    ("not a date|two digits, so the century|day number|month's name|the year is not|no such day|needs its day", "date"),
    ("would end before it was issued", "date"),
    ("more cells than the header|quotation mark", "shape"),
    ("no card is known|nobody is known", "card"),
    ("nothing says which card", "which"),
    ("a receipt has at least|no code of the office|no place of this", "code"),
    ("pickup number|no whole number|may take away", "number"),
    ("word is not known", "word"),
    ("another person's letter", "letter-number"),
    ("letters are suspended", "letters-stopped"),
    ("there would be", "stock"),
)
_FILES: Sequence[tuple[str, str]] = (
    ("password;", "locked"),
    ("far more cells", "huge"),
    ("is damaged|breaks off|cannot be read;|came only in part|not whole", "damaged"),
    ("looks like a list of", "foreign"),
    ("still to come", "future"),
    ("header row on", "sheets"),
    ("column headed", "columns"),
    ("is empty|header and no rows|no sheet with cells", "empty"),
    ("no spreadsheet|XML spreadsheet|web archive|archive or another|without a table|HTML", "format"),
    ("was changed while|not the list that was shown", "changed"),
    ("memory|before its time", "memory"),
    ("make room", "disk"),
)


def row_reason(w: Wording, english: str) -> str:
    """Why a row is refused."""
    return w.text(f"list-why-{_meant(_ROWS, english, 'other')}")


def file_fault(english: str) -> str:
    """Which fault a file has: the end of the name of a text."""
    return _meant(_FILES, english, "unknown")


def _meant(table: Sequence[tuple[str, str]], english: str, otherwise: str) -> str:
    return next((key for pattern, key in table if re.search(pattern, english)), otherwise)
