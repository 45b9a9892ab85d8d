"""GSM-7, the alphabet in which an SMS holds 160 characters instead of 70 (3GPP TS 23.038)."""

ONE_SMS_SEPTETS = 160

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

#: Typographic marks -> their GSM-7 twins: one of them would halve the length of an SMS.
_TWINS = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−•", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\u2066\u2067\u2068\u2069\ufeff")
    | {"…": "..."}
)


def septets(text: str) -> int | None:
    """How many septets the text takes, extension characters counted two; None if it is not GSM-7."""
    used = set(text)
    extended = used - _BASIC
    if not extended:
        return len(text)
    if not extended <= _EXTENDED:
        return None
    return len(text) + sum(map(text.count, extended))


def foreign_to_gsm(text: str) -> str:
    """The characters that GSM-7 does not have, each once."""
    return "".join(dict.fromkeys(sign for sign in text if sign not in _BASIC and sign not in _EXTENDED))


def sms_size(text: str) -> tuple[str, int, int]:
    """In which alphabet the text would be sent, how many characters count, and in how many SMS."""
    count = septets(text)
    alphabet, whole, part = ("GSM-7", ONE_SMS_SEPTETS, 153) if count is not None else ("UCS-2", 70, 67)
    length = count if count is not None else len(text.encode("utf-16-le")) // 2
    return alphabet, length, 1 if length <= whole else -(-length // part)


def fold(text: str) -> str:
    """The text with curly quotes, dashes and unusual spaces replaced by what GSM-7 has."""
    return text if text.isascii() and "`" not in text and "\t" not in text else text.translate(_TWINS)


def fits_one_sms(text: str) -> bool:
    count = septets(text)
    return count is not None and count <= ONE_SMS_SEPTETS
