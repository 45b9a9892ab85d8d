"""How fast a bot may speak: a strict sliding second for the bot and for each chat, a sliding minute for each group.

The real limits are soft and undocumented; these are what a careful sender must survive.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """None switches a limit off."""

    bot_per_second: int | None = 30
    chat_per_second: int | None = 1
    group_per_minute: int | None = 20


UNTHROTTLED = Limits(bot_per_second=None, chat_per_second=None, group_per_minute=None)


class Window:
    """At most so many events in any stretch of so many seconds."""

    __slots__ = ("most", "seconds", "times")

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self.times: deque[float] = deque(maxlen=most)

    def wait_seconds(self, at: float) -> float:
        """How long until one more fits; 0 or less means now."""
        return self.times[0] + self.seconds - at if len(self.times) == self.most else 0.0


class Throttle:
    """Lets a message through or says how long to wait; refused messages are not counted."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.set(limits)

    def set(self, limits: Limits) -> None:
        """Change the limits at any time; what was counted so far is forgotten."""
        self.limits = limits
        self._bot = [Window(limits.bot_per_second, 1.0)] if limits.bot_per_second else []
        self._chats: dict[int, list[Window]] = {}

    def wait_seconds(self, chat_id: int, *, is_group: bool) -> float:
        """Count one message to this chat and return 0, or return the seconds after which it would be let through."""
        if self.limits == UNTHROTTLED:
            return 0.0
        at = self._monotonic()
        windows = self._bot + self._chat_windows(chat_id, is_group=is_group)
        wait = max((window.wait_seconds(at) for window in windows), default=0.0)
        if wait > 0:
            return wait
        for window in windows:
            window.times.append(at)
        self._forget_quiet_chats(at)
        return 0.0

    def _chat_windows(self, chat_id: int, *, is_group: bool) -> list[Window]:
        windows = self._chats.pop(chat_id, None)
        if windows is None:
            windows = []
            if self.limits.chat_per_second:
                windows.append(Window(self.limits.chat_per_second, 1.0))
            if is_group and self.limits.group_per_minute:
                windows.append(Window(self.limits.group_per_minute, 60.0))
        self._chats[chat_id] = windows
        return windows

    def _forget_quiet_chats(self, at: float) -> None:
        # Chats stand in the order of their last message, so only the oldest need a look.
        while len(self._chats) > 1:
            oldest = next(iter(self._chats))
            windows = self._chats[oldest]
            if any(window.times and window.times[-1] + window.seconds > at for window in windows):
                return
            del self._chats[oldest]
