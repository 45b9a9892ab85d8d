"""How offices are shared out among workers: each its part, none left alone, and no office handed to and fro.

A part is the offices divided by the workers; of what is left over each has one at most, whoever holds least first.
"""

from collections.abc import Sequence

from notifier.roster import Other

#: What stays free for so long is anybody's who has room: those who should take it cannot.
GRACE_SECONDS = 4.0


def part_of(offices: int, others: Sequence[Other]) -> int:
    """Return how many offices are each worker's at least; who holds none and has no room gets no part."""
    taking_part = [other for other in others if other.held or other.has_room]
    return offices // (len(taking_part) + 1)


def may_take(*, held: int, part: int, others: Sequence[Other], free_seconds: float) -> bool:
    """Whether a worker that has room, and holds so many, takes an office that was seen free for so long."""
    return held < part or free_seconds >= GRACE_SECONDS or (held == part and held <= _least(others, held))


def surplus(*, held: int, part: int, others: Sequence[Other]) -> int:
    """Return how many offices to hand over, because others have room for them and hold less."""
    if held - _least(others, held) < 2:
        return 0
    return max(held - part - 1, 1)


def _least(others: Sequence[Other], held: int) -> int:
    """What the poorest of the others holds that has room; ours where nobody has."""
    return min((other.held for other in others if other.has_room), default=held)
