"""How much one account may ask, and when everybody is asked for the receipt.

Serials begin at 0001 per birthday, sex and district, so five guesses find whoever has a known birthday: the throttles
count different NIKs, and a prefix that is being searched is closed to everybody without the receipt.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: (different NIKs, within): the limits for one chat.
PER_CHAT = ((5, timedelta(minutes=10)), (20, timedelta(days=1)))
#: Under one 12-digit prefix, from this many different NIKs on, asked by anyone within the time, the receipt is needed.
PREFIX_NIKS = 3
PREFIX_WITHIN = timedelta(days=30)
#: Wrong receipts for one NIK, or unknown links from one chat, that lock its proof, or that chat's links.
WRONG_TRIES = 5
#: Wrong receipts from one chat, whatever the NIKs, and at how many different NIKs, that lock receipts for that chat.
WRONG_TRIES_PER_CHAT = 10
NIKS_TRIED_PER_CHAT = 5
#: A lock counts the tries of a day, and lasts a day from the last of them.
LOCKED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Throttled:
    """The chat asked for too many different NIKs. again_at: when it may ask for another."""

    again_at: datetime


def is_locked(
    tries: Collection[tuple[datetime, bytes]], now: datetime, *, most: int, most_niks: int | None = None
) -> bool:
    """Whether so many wrong tries, or tries at so many different NIKs, fell within a day, the last less than a day ago.

    tries: (when, at which NIK, keyed), of the last two days at least.
    """
    last = max((at for at, _ in tries), default=None)
    if last is None or last <= now - LOCKED_FOR:
        return False
    niks = [nik for at, nik in tries if at > last - LOCKED_FOR]
    return len(niks) >= most or (most_niks is not None and len(set(niks)) >= most_niks)


def throttle(asked: Sequence[tuple[datetime, bytes]], nik: bytes, now: datetime) -> Throttled | None:
    """Whether a chat may ask for this NIK (keyed). asked: when it asked for which, within the last day."""
    waits = []
    for most, within in PER_CHAT:
        newest = {other: at for at, other in sorted(asked) if at > now - within}
        if nik not in newest and len(newest) >= most:
            waits.append(sorted(newest.values())[len(newest) - most] + within)
    return Throttled(max(waits)) if waits else None
