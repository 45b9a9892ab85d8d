"""How offices are shared out among workers: each its part, none left alone, and no office handed to and fro."""

import math
from collections.abc import Sequence

from notifier.roster import Other

#: What stays free for so long is anybody's who has room: those who should take it cannot.
GRACE_SECONDS = 4.0


def share_of(offices: int, others: Sequence[Other]) -> int:
    """Return how many offices are one worker's part; who holds none and has no room takes no part."""
    taking_part = [other for other in others if other.held or other.has_room]
    return math.ceil(offices / (len(taking_part) + 1))


def may_take(*, held: int, share: int, most: int, free_seconds: float) -> bool:
    """Whether a worker that holds so many takes one that was seen free for so long."""
    return held < most and (held < share or free_seconds >= GRACE_SECONDS)


def surplus(*, held: int, share: int, others: Sequence[Other]) -> int:
    """Return how many offices to hand over, to others who have room for them and hold less."""
    poorest = min((other.held for other in others if other.has_room), default=held)
    if held - poorest < 2:
        return 0
    return max(held - share, 1)
