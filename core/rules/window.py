"""The hours in which we may speak first. No legal hours were found; 08.00 to 18.00 local time is our rule."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` to `closes` every day in the office's zone; both None means always."""

    opens: time | None
    closes: time | None

    @classmethod
    def read(cls, text: str) -> "Window":
        """Read `08:00-18:00` or `always`; raise ValueError otherwise."""
        if text.strip().lower() == "always":
            return cls(None, None)
        try:
            opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
        except ValueError:
            raise ValueError("must be HH:MM-HH:MM, as in 08:00-18:00, or: always") from None
        if opens >= closes:
            raise ValueError("must open before it closes")
        return cls(opens, closes)

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether a message may leave at this moment."""
        if self.opens is None or self.closes is None:
            return True
        return self.opens <= now.astimezone(zone).time() < self.closes

    def end(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the window that is open now closes; None when it never does."""
        if self.closes is None:
            return None
        return datetime.combine(now.astimezone(zone).date(), self.closes, zone)

    def next_opening(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment at or after now from which a message may leave."""
        if self.opens is None or self.is_open(now, zone):
            return now
        local = now.astimezone(zone)
        day = local.date() + timedelta(days=local.time() >= self.opens)
        return datetime.combine(day, self.opens, zone)
