"""Places of a plan as they are typed: 7,31,40-42."""

import re
from collections.abc import Iterator

from core.errors import InputError

_PART = re.compile(r"([0-9]{1,6})(?:\s*-\s*([0-9]{1,6}))?")
#: No plan has so many; a slip of the finger is not to make a list of them.
_MOST = 100_000


def typed_places(text: str) -> frozenset[int]:
    """Return the places of a list of numbers and ranges; InputError when one of them is none. Empty: none at all."""
    return frozenset(place for part in text.split(",") if part.strip() for place in _places(part.strip()))


def _places(part: str) -> Iterator[int]:
    found = _PART.fullmatch(part)
    if found is None:
        raise InputError(f"{part[:20]!r} is no place of a plan; write places like 7,31,40-42")
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last < _MOST:
        raise InputError(f"{part!r} is no range of places; write the lower one first, as in 40-42")
    yield from range(first, last + 1)


def shown_places(places: frozenset[int]) -> str:
    """The same as text again, with ranges where places follow each other."""
    parts: list[list[int]] = []
    for place in sorted(places):
        if parts and parts[-1][-1] == place - 1:
            parts[-1][1:] = [place]
        else:
            parts.append([place])
    return ",".join("-".join(map(str, part)) for part in parts)
