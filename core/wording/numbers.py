"""Pickup numbers and the ends of receipts, for one card or for several on a shared phone; either may be missing."""

from collections.abc import Sequence
from itertools import pairwise

from core.wording import Wording
from core.wording.gsm import fold, septets

#: More than this many are not listed: a phone stands at six residents at most.
_LISTED = 6
_TAIL_LENGTH = 3


def number_line(w: Wording, numbers: Sequence[int], tails: Sequence[str]) -> str:
    """Telegram's line: Nomor ambil 347 (resi R81), 348 (resi K07). Empty if there is neither."""
    tails = _plain(tails)
    if not numbers:
        return receipt_line(w, tails)
    if len(tails) != len(numbers):
        return w.text("numbers-only", nomor=_listed(w, [str(number) for number in numbers]))
    if len(numbers) == 1:
        return w.text("number-and-receipt", nomor=str(numbers[0]), resi=tails[0])
    pairs = [
        w.text("number-with-receipt", nomor=str(number), resi=tail) for number, tail in zip(numbers, tails, strict=True)
    ]
    return w.text("numbers-only", nomor=_listed(w, pairs))


def receipt_line(w: Wording, tails: Sequence[str]) -> str:
    """Resi berakhiran R81, K07. Empty if there is none."""
    tails = _plain(tails)
    return w.text("receipts-only", resi=_listed(w, tails)) if tails else ""


def number_sms(w: Wording, numbers: Sequence[int], tails: Sequence[str]) -> str:
    """No. ambil 347/R81. or, for several, No. ambil 347-351."""
    tails = _plain(tails)
    if len(numbers) == 1 and len(tails) == 1:
        return w.text("number-and-receipt-sms", nomor=str(numbers[0]), resi=tails[0])
    if numbers:
        return w.text("numbers-only-sms", nomor=_listed(w, _runs(numbers)))
    return w.text("receipts-only-sms", resi=_listed(w, tails)) if tails else ""


def receipt_sms(w: Wording, tails: Sequence[str]) -> str:
    """(resi R81) for one card; several are too many for an SMS without a pickup number."""
    tails = _plain(tails)
    return w.text("receipt-aside-sms", resi=tails[0]) if len(tails) == 1 else ""


def _plain(tails: Sequence[str]) -> list[str]:
    """The ends that an SMS can hold; a receipt code comes from an office's file and may be anything."""
    folded = [fold(tail) for tail in tails]
    return [tail for tail in folded if tail and septets(tail) == len(tail) <= _TAIL_LENGTH]


def _runs(numbers: Sequence[int]) -> list[str]:
    ordered = sorted(set(numbers))
    breaks = [at for at, (left, right) in enumerate(pairwise(ordered), start=1) if right != left + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    runs = [(ordered[start], ordered[end - 1]) for start, end in zip(starts, ends, strict=True)]
    return [str(first) if first == last else f"{first}-{last}" for first, last in runs]


def _listed(w: Wording, items: Sequence[str]) -> str:
    listing = ", ".join(items[:_LISTED])
    return w.text("and-others", daftar=listing) if len(items) > _LISTED else listing
