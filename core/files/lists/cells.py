"""The cells of one row by their columns, and the readers of what stands in them."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from core.files import lost_digits
from core.files.columns import C
from core.files.dates import read_date
from core.files.table import NumberCell
from core.rules.nik import LENGTH, read_nik
from core.rules.unreadable import Unreadable

_NOTHING = frozenset({"", "-", "--"})
_WHOLE = re.compile(r"[+-]?\d{1,7}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)

W = TypeVar("W", bound=StrEnum)


class CellError(Exception, Generic[C]):
    """This row cannot be taken, because of this column. cell: what to write back there instead of what it holds."""

    def __init__(self, column: C, error: Unreadable, *, cell: str | None = None) -> None:
        super().__init__(column)
        self.column, self.reason, self.fix, self.cell = column, error.reason, error.fix, cell


class Cells(Generic[C]):
    """One row. A column that the file lacks is empty."""

    def __init__(self, texts: Mapping[C, str], *, doubtful: bool) -> None:
        """texts: as written, without blanks around. doubtful: this file's NIKs that end in 0 lost their last digit."""
        self._texts = texts
        self._doubtful = doubtful

    def text(self, column: C) -> str:
        """What stands there; "-" is nothing."""
        text = self._texts.get(column, "")
        return "" if text in _NOTHING else text

    def needed(self, column: C, what: str) -> str:
        """What must stand there. what: it, in a word."""
        text = self.text(column)
        if not text:
            raise self.wrong(column, f"the {what} is empty", f"write the {what}")
        return text

    def nik(self, column: C) -> str:
        """A NIK all of whose digits are there."""
        text = self.needed(column, "NIK")
        is_number = isinstance(self._texts[column], NumberCell)
        if (is_number or (self._doubtful and text.endswith("0"))) and sum(map(str.isdecimal, text)) == LENGTH:
            raise CellError(column, Unreadable(lost_digits.REASON, lost_digits.FIX), cell=f"{text[:-1]}?")
        try:
            return read_nik(text)
        except Unreadable as error:
            raise CellError(column, error) from None

    def day(self, column: C) -> date | None:
        """A day, or none."""
        text = self.text(column)
        if not text:
            return None
        try:
            return read_date(text)
        except Unreadable as error:
            raise CellError(column, error) from None

    def whole(self, column: C, what: str) -> int:
        """A whole number, with or without dots between thousands."""
        text = self.needed(column, what)
        grouped = _GROUPED.fullmatch(text) is not None and not isinstance(self._texts[column], NumberCell)
        digits = re.sub("[.,]", "", text) if grouped else text
        if not _WHOLE.fullmatch(digits):
            raise self.wrong(column, f"the {what} is no whole number", "write digits only, like 450")
        return int(digits)

    def word(self, column: C, words: Mapping[str, W]) -> W:
        """One of some words, whatever its case, blanks and dashes."""
        text = self.needed(column, "word")
        found = words.get("".join(filter(str.isalnum, text)).upper())
        if found is None:
            raise self.wrong(column, "this word is not known here", f"write one of: {', '.join(words)}")
        return found

    def wrong(self, column: C, reason: str, fix: str) -> CellError[C]:
        """What to raise for a cell."""
        return CellError(column, Unreadable(reason, fix))
