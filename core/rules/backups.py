"""When the next nightly backup is due, and which old ones go.

Both are told from the nightly ones that are there, so neither a restart nor a lost memory changes the answer. One that
claims to come from the future counts for nothing and is left alone: the clock was wrong then, or is wrong now.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: A quiet hour of the office's own night.
QUIET_HOUR = time(2)
#: What the office forgets lives on in nightly backups for so many days and no longer; the texts of /hapus quote it.
KEPT_DAYS = 30
#: So many of the newest are kept, whatever their age: when no new one can be made, there is still one to go back to.
KEPT_NEWEST = 7


def is_due(made: Collection[datetime], *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether none was made since the last quiet hour."""
    quiet = datetime.combine(now.astimezone(zone).date(), QUIET_HOUR, zone)
    if now < quiet:
        quiet -= timedelta(days=1)
    return not any(quiet <= at <= now for at in made)


def superfluous(made: Collection[datetime], *, now: datetime) -> set[datetime]:
    """Return those that are too old and not among the newest."""
    newest_first = sorted((at for at in made if at <= now), reverse=True)
    return {at for at in newest_first[KEPT_NEWEST:] if now - at >= timedelta(days=KEPT_DAYS)}
