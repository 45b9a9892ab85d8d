"""When the next backup is due, and which old ones are no longer needed.

Both are told from the backups that are there, so neither a restart nor a lost memory changes the answer.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: A quiet hour of the office's own night.
QUIET_HOUR = time(2)
#: So many of the newest are kept, whatever their age: the last good one is always among them.
KEPT_NEWEST = 14
#: Beyond those, the last one of each of so many months.
KEPT_MONTHS = 12


def is_due(made: Collection[datetime], *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether none was made since the last quiet hour; one that claims to come from the future counts for nothing."""
    quiet = datetime.combine(now.astimezone(zone).date(), QUIET_HOUR, zone)
    if now < quiet:
        quiet -= timedelta(days=1)
    return not any(quiet <= at <= now for at in made)


def superfluous(made: Collection[datetime]) -> set[datetime]:
    """Return those that are neither among the newest nor the last of a month that is kept."""
    newest_first = sorted(made, reverse=True)
    kept = set(newest_first[:KEPT_NEWEST])
    last_of: dict[int, datetime] = {}
    for at in newest_first:
        last_of.setdefault(at.year * 12 + at.month, at)
    kept |= {at for month, at in last_of.items() if max(last_of) - month < KEPT_MONTHS}
    return set(newest_first) - kept
