"""What every message that we start must keep, so that people can tell it from a fraud (domain.md, residents).

No link, no word NIK, no number that could be one, and GRATIS in every one.
"""

import re

_LINK = re.compile(r"://|\b(?i:www)\.\S|\w@\w|\w\.[a-z]{2}")
_NIK = re.compile(r"\bNIK\b", re.IGNORECASE)
_SIXTEEN_DIGITS = re.compile(r"\d(?:[ .-]?\d){15}")

_MUST_NOT_HOLD = (
    (_LINK, "it holds what a phone may turn into a link"),
    (_NIK, "it holds the word NIK"),
    (_SIXTEEN_DIGITS, "it holds sixteen digits in a row"),
)


def broken_promises(text: str) -> tuple[str, ...]:
    """What the text must not have, or lacks; nothing if it keeps every promise."""
    broken = [f"{said}: {found[0]!r}" for pattern, said in _MUST_NOT_HOLD if (found := pattern.search(text))]
    return ("it does not say GRATIS", *broken) if "GRATIS" not in text else tuple(broken)
