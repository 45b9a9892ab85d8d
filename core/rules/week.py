"""What an operator is told of the office's week, and from when on."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.rules.delivery import Channel

#: Operators are told in the morning, when the office opens.
MORNING = time(8)


@dataclass(frozen=True, slots=True)
class LastImport:
    """ended_at: when it was done. as_of: the day its data is of. rows: in all; moved: cards that went a stage on."""

    ended_at: datetime
    as_of: date
    rows: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """sms, in_doubt, unreachable: within the last seven days; all others as they are now.

    unreachable: people. halted: channels that stopped. overdue: suspensions, by number, whose promised day is past.
    """

    last_import: LastImport | None
    last_backup: datetime | None
    sms: int
    set_aside: int
    in_doubt: int
    unreachable: int
    waiting: int
    on_desk: int
    halted: tuple[Channel, ...]
    overdue: tuple[int, ...]


def week_to_tell(now: datetime, zone: ZoneInfo) -> str | None:
    """Return the week that is told of from Monday morning on, as in 2026-W47; None in the small hours of a Monday."""
    local = now.astimezone(zone)
    year, week, weekday = local.isocalendar()
    return None if weekday == 1 and local.time() < MORNING else f"{year}-W{week:02}"


def is_morning(now: datetime, zone: ZoneInfo) -> bool:
    """Whether this day's morning has come."""
    return now.astimezone(zone).time() >= MORNING
