"""Pickup numbers as people type them: 12, or 40-42."""

import re
from collections.abc import Iterable

from core.errors import InputError
from core.rules.pickup_numbers import FIRST_NUMBER, LAST_NUMBER

_PART = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", re.ASCII)


def is_numbers(word: str) -> bool:
    """Whether this could be a number or a range of them."""
    return _PART.fullmatch(word.strip()) is not None


def typed_numbers(words: Iterable[str]) -> tuple[int, ...]:
    """Every number of these words, in order and each once; InputError names the word that is none."""
    parts = [part.strip() for word in words for part in word.split(",") if part.strip()]
    return tuple(dict.fromkeys(number for part in parts for number in _range(part)))


def _range(part: str) -> range:
    found = _PART.fullmatch(part)
    first = int(found[1]) if found else 0
    last = int(found[2]) if found and found[2] else first
    if not FIRST_NUMBER <= first <= last <= LAST_NUMBER:
        raise InputError(
            f"{part[:20]} is no pickup number; write them like 12,40-42, from {FIRST_NUMBER} to {LAST_NUMBER}"
        )
    return range(first, last + 1)
