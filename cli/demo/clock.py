"""The demo's clock: it stands still while the story is told, and goes on by itself once everybody may play."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

#: Of both stories: East Java.
ZONE = ZoneInfo("Asia/Jakarta")


class DemoClock:
    """Stands still until it is moved, or `run`; never goes back."""

    def __init__(self, begins: datetime) -> None:
        self._at = begins
        self._running_since: float | None = None

    def __call__(self) -> datetime:
        if self._running_since is None:
            return self._at
        return self._at + timedelta(seconds=time.monotonic() - self._running_since)

    @property
    def runs(self) -> bool:
        """Whether it goes on by itself."""
        return self._running_since is not None

    def run(self) -> None:
        """Go on from this moment, as clocks do."""
        self._running_since = self._running_since or time.monotonic()

    def forward(self, step: timedelta) -> None:
        """Jump ahead."""
        if step < timedelta(0):
            raise ValueError("this clock never goes back")
        self._at += step

    def move_to(self, day: int, month: int, hour: int, minute: int = 0) -> None:
        """Move on to a moment of 2017, local time."""
        moment = datetime(2017, month, day, hour, minute, tzinfo=ZONE)
        if moment < self():
            raise ValueError("the story only goes forward")
        self._at = moment
