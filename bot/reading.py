"""What a resident's message holds: NIKs in any digits, the receipt's code beside one, a word that asks for more."""

import re
import unicodedata
from typing import Any

from aiogram.types import Message

from core.rules.invites import LINK_MARK
from core.rules.nik import find_niks, malformed_nik
from core.rules.receipt import read_slip_code

#: What may show an identity card, a receipt, or whose phone it is: photos are sent as files and filmed, too.
_SHOWN = ("animation", "contact", "document", "photo", "video", "video_note")
#: Longer texts are read for a NIK only.
LONGEST_READ = 1000
_LONGEST_RECEIPT = 40
#: A longer text is a letter, not a question.
_MOST_WORDS_ASKED = 12

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_WORDS = re.compile(r"[\s:;,=]+")
_CODE = re.compile(r"(?=(?:.*[0-9]){3})[A-Za-z0-9][A-Za-z0-9./_\u2010-\u2014-]{4,}[A-Za-z0-9]")
_ONLY_DIGITS = re.compile(r"[0-9.\u2010-\u2014-]+")
#: A slip's code as it is printed, or without its dashes, or with spaces for them.
_SLIP_CODE = re.compile(r"(?<![^\W_])(?=([^\W_]{3}[ .\u2010-\u2014-]?[^\W_]{4}[ .\u2010-\u2014-]?[^\W_]{3})(?![^\W_]))")
_LINK_SECRET = re.compile(r"/start(?:@\w+)?\s+r_([A-Za-z0-9_-]+)\s*", re.ASCII)
_INVITE_SECRET = re.compile(rf"/start(?:@\w+)?\s+{LINK_MARK}([A-Za-z0-9_-]+)\s*", re.ASCII)
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
    """The receipt's code in a text that holds a NIK; None when it holds anything else besides, and no slip's code."""
    if slip_code := slip_code_in(text):
        return slip_code
    words = [word.strip(".()\"'") for word in _BETWEEN_WORDS.split(fold_digits(text))]
    others = [word for word in words if word and not _ONLY_DIGITS.fullmatch(word) and word.lower() not in _LABELS]
    return others[0] if len(others) == 1 and _CODE.fullmatch(others[0]) else None


def slip_code_in(text: str) -> str | None:
    """The first code of a slip in the text."""
    codes = map(read_slip_code, _SLIP_CODE.findall(fold_digits(text[:LONGEST_READ])))
    return next((code for code in codes if code), None)


def link_secret_in(text: str) -> str | None:
    """The secret of a slip's link, as Telegram sends it when the link is opened."""
    found = _LINK_SECRET.fullmatch(text)
    return found[1] if found else None


def invite_secret_in(text: str) -> str | None:
    """The secret of an invitation's link, as Telegram sends it when the link is opened."""
    found = _INVITE_SECRET.fullmatch(text)
    return found[1] if found else None


def must_not_stay(message: Message) -> bool:
    """Whether a message must leave the chat: for what it says, or because a paper or a number may be seen in it."""
    text = message.text or message.caption or ""
    shows = any(getattr(message, kind) is not None for kind in _SHOWN)
    return shows or _holds_a_secret(text)


def must_not_stay_unread(message: dict[str, Any]) -> bool:
    """The same for a message as it came, which no handler reads: nor whether it was forwarded, or a code asked for."""
    text = message.get("text") or message.get("caption") or ""
    shows = any(message.get(kind) is not None for kind in (*_SHOWN, "forward_origin"))
    return shows or (isinstance(text, str) and (_looks_like_a_receipt(text) or _holds_a_secret(text)))


def _looks_like_a_receipt(text: str) -> bool:
    code = maybe_receipt(text)
    return code is not None and any(_CODE.fullmatch(word) for word in _BETWEEN_WORDS.split(code))


def _holds_a_secret(text: str) -> bool:
    mistyped = malformed_nik(fold_digits(text))
    return bool(niks_in(text) or mistyped or slip_code_in(text) or link_secret_in(text) or invite_secret_in(text))


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


def words_in(text: str) -> frozenset[str]:
    """The words of a short text, in small letters; none of a long one, which asks for more than one thing."""
    words = _WORD.findall(text.casefold()) if len(text) <= LONGEST_READ else []
    return frozenset(words) if len(words) <= _MOST_WORDS_ASKED else frozenset()
