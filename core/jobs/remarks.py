"""Remarks about the rows of a list, those of one sort together: a list of a million may earn a million of them."""

import re
from bisect import insort
from typing import NamedTuple

#: Rows named for each sort of remark.
_NAMED = 5
_ROW_NUMBER = re.compile(r"\brow \d+")


class Sort(NamedTuple):
    """Remarks of one sort: how many, the first rows, the column and what is said of it."""

    rows_in_all: int
    rows: list[int]
    column: str
    why: str


class Remarks:
    """Counts them; nothing in it repeats a cell."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[int]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, number: int, column: str, why: str) -> None:
        """Note a remark about a row; two that differ only in another row's number are of one sort."""
        sort = column, _ROW_NUMBER.sub("another row", why)
        rows = self._rows.setdefault(sort, [])
        self._counts[sort] = self._counts.get(sort, 0) + 1
        if len(rows) < _NAMED or number < rows[-1]:
            insort(rows, number)
            del rows[_NAMED:]

    def __len__(self) -> int:
        return sum(self._counts.values())

    def sorts(self) -> list[Sort]:
        """Return each sort, the most frequent first."""
        found = [Sort(self._counts[sort], rows, *sort) for sort, rows in self._rows.items()]
        return sorted(found, key=lambda one: -one.rows_in_all)
