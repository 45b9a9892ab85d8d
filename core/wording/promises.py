"""What every message that we start must keep, so that people can tell it from a fraud (domain.md, residents).

No link, no word NIK, no number that could be one, and GRATIS in every one.
"""

import re

_LINK = re.compile(r"://|\b(?i:www)\.\S|\w@\w|\w\.[a-z]{2}")
_NIK = re.compile(r"\bNIK\b", re.IGNORECASE)
_SIXTEEN_DIGITS = re.compile(r"\d(?:[ .-]?\d){15}")


def broken_promise(text: str) -> str | None:
    """What the text must not have, or lacks; None if it keeps every promise."""
    if "GRATIS" not in text:
        return "it does not say GRATIS"
    if _LINK.search(text):
        return "it holds what a phone may turn into a link"
    if _NIK.search(text):
        return "it holds the word NIK"
    if _SIXTEEN_DIGITS.search(text):
        return "it holds sixteen digits in a row"
    return None
