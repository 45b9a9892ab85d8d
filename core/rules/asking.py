"""How much one account may ask, and when everybody is asked for the receipt.

Serials begin at 0001 per birthday, sex and district, so five guesses find whoever has a known birthday: the throttles
count different NIKs, and a prefix that is being searched is closed to everybody without the receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: (different NIKs, within): the limits for one chat.
PER_CHAT = ((5, timedelta(minutes=10)), (20, timedelta(days=1)))
#: Under one 12-digit prefix, from this many different NIKs on, asked by anyone within the time, the receipt is needed.
PREFIX_NIKS = 3
PREFIX_WITHIN = timedelta(days=30)
#: Wrong receipts for one NIK before its proof is locked, and for how long.
WRONG_TRIES = 5
LOCKED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Throttled:
    """The chat asked for too many different NIKs. again_at: when it may ask for another."""

    again_at: datetime


def throttle(asked: Sequence[tuple[datetime, bytes]], nik: bytes, now: datetime) -> Throttled | None:
    """Whether a chat may ask for this NIK (keyed). asked: when it asked for which, within the last day."""
    waits = []
    for most, within in PER_CHAT:
        newest = {other: at for at, other in sorted(asked) if at > now - within}
        if nik not in newest and len(newest) >= most:
            waits.append(sorted(newest.values())[len(newest) - most] + within)
    return Throttled(max(waits)) if waits else None
