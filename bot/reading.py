"""What a resident's text holds: NIKs in any digits, the receipt's code beside one, a word that asks for something."""

import re
import unicodedata

from core.rules.nik import find_niks

#: Longer texts are read for a NIK only.
LONGEST_READ = 1000
_LONGEST_RECEIPT = 40

_BETWEEN_WORDS = re.compile(r"[\s:;,=]+")
_CODE = re.compile(r"(?=(?:.*[0-9]){3})[A-Za-z0-9][A-Za-z0-9./_\u2010-\u2014-]{4,}[A-Za-z0-9]")
_ONLY_DIGITS = re.compile(r"[0-9.\u2010-\u2014-]+")
#: What people write around a NIK and a receipt code, and means neither.
_LABELS = frozenset(
    ("nik", "no", "nomor", "nomer", "resi", "kode", "bukti", "rekam", "perekaman", "ktp", "ktp-el", "dan", "saya")
)


def fold_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9: Arabic, Javanese, full-width."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def niks_in(text: str) -> list[str]:
    """Every NIK in the text."""
    return find_niks(fold_digits(text))


def receipt_beside_nik(text: str) -> str | None:
    """The receipt's code in a text that holds a NIK; None when it holds anything else besides."""
    words = [word.strip(".()\"'") for word in _BETWEEN_WORDS.split(fold_digits(text))]
    others = [word for word in words if word and not _ONLY_DIGITS.fullmatch(word) and word.lower() not in _LABELS]
    return others[0] if len(others) == 1 and _CODE.fullmatch(others[0]) else None


def maybe_receipt(text: str) -> str | None:
    """The text as a receipt's code, when that was asked for; None when it surely is none and must not cost a try."""
    folded = fold_digits(text).strip()
    short = 0 < len(folded) <= _LONGEST_RECEIPT
    return folded if short and any(sign in "0123456789" for sign in folded) else None


def command_word(text: str) -> str:
    """The command, or the only word, of a text, small and without slash and name: "/Help@x y" is help."""
    first, *rest = text.split(maxsplit=1) or [""]
    if first.startswith("/"):
        return first[1:].partition("@")[0].lower()
    return "" if rest else first.lower().rstrip(".!?")
