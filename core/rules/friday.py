"""The Friday card: what came to a pickup point in the last seven days, what was taken, and what still waits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.rules.week import MORNING

LOOKS_BACK = timedelta(days=7)
_FRIDAY = 5
#: Whoever hears it only in the afternoon has no working day left in which to do anything about it.
_NOT_AFTER = time(15)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWeek:
    """Of one pickup point, or of several together.

    arrived, taken: in the last seven days; told, unreached: of those that arrived then. taken_ever: in all. taken and
    taken_ever: by the word for who took them; "" where nobody noted it. waiting: now; waiting_told, waiting_unreached:
    of these. oldest_since: since when the oldest of them waits.
    """

    code: str
    arrived: int = 0
    told: int = 0
    unreached: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    taken_ever: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    waiting_told: int = 0
    waiting_unreached: int = 0
    oldest_since: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of: nothing happened, and nothing waits."""
        return not (self.arrived or self.taken or self.waiting)


def together(code: str, points: Iterable[PointWeek]) -> PointWeek:
    """Return several points as one."""
    points = list(points)
    since = [point.oldest_since for point in points if point.oldest_since]
    return PointWeek(
        code=code,
        arrived=sum(point.arrived for point in points),
        told=sum(point.told for point in points),
        unreached=sum(point.unreached for point in points),
        taken=sum((point.taken for point in points), Counter()),
        taken_ever=sum((point.taken_ever for point in points), Counter()),
        waiting=sum(point.waiting for point in points),
        waiting_told=sum(point.waiting_told for point in points),
        waiting_unreached=sum(point.waiting_unreached for point in points),
        oldest_since=min(since, default=None),
    )


def week_begins(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the midnight, by the office's clock, from which a card of this day counts."""
    day = now.astimezone(zone).date() - LOOKS_BACK
    return datetime.combine(day, time(), zone)


def friday_to_tell(now: datetime, zone: ZoneInfo) -> str | None:
    """Return the day whose card is due at this moment, as in 2026-11-27; None outside the hours of a Friday."""
    local = now.astimezone(zone)
    due = local.isoweekday() == _FRIDAY and MORNING <= local.time() < _NOT_AFTER
    return local.date().isoformat() if due else None
