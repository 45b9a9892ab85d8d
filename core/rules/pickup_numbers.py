"""Pickup numbers: of up to three digits, the smallest free ones, side by side for people who share a phone."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

#: Three digits are said, heard and written without mistakes; 000 is nobody's.
FIRST_NUMBER, LAST_NUMBER = 1, 999

T = TypeVar("T", bound=Hashable)


def assign_numbers(groups: Iterable[Sequence[T]], taken: Collection[int]) -> dict[T, int]:
    """Return a number for as many as there are free ones, those of the first groups first.

    groups: who shares a phone, in the order that decides who is left out. taken: numbers of open cards at the point.
    The largest groups choose first, so that whoever is alone fills the gaps between them; a group for which no run of
    free numbers is long enough gets the smallest ones.
    """
    free = sorted(set(range(FIRST_NUMBER, LAST_NUMBER + 1)).difference(taken))
    numbers: dict[T, int] = {}
    for group in sorted(_first(groups, len(free)), key=len, reverse=True):
        start = _run_of(free, len(group))
        chosen = free[start : start + len(group)]
        del free[start : start + len(group)]
        numbers.update(zip(group, chosen, strict=True))
    return numbers


def _first(groups: Iterable[Sequence[T]], room: int) -> list[Sequence[T]]:
    """The groups that fit; the last of them may be cut, because a number is worth more than a neighbour."""
    kept = []
    for group in groups:
        if room <= 0:
            break
        kept.append(group[:room])
        room -= len(group)
    return kept


def _run_of(free: Sequence[int], length: int) -> int:
    """Where the first run of so many neighbours begins; else where the smallest numbers are."""
    for start in range(len(free) - length + 1):
        if free[start + length - 1] - free[start] == length - 1:
            return start
    return 0
