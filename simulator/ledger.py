"""What the providers took, in order, and what every request met: held against an office's own books afterwards.

It stands beside the screens, which forget: in the process that asks, so that it outlives whatever office is killed.
"""

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime

from simulator.faults import Fault

#: The request that is being processed, so that what it puts on a screen can be told from what others do.
_REQUEST: ContextVar[int] = ContextVar("request", default=0)


@dataclass(slots=True, repr=False)
class Request:
    """One request as it came. fault: what it met; None when it was processed and answered. accepted: provider's id.

    sender: the bot's id, or what an SMS is from. line: the address of ours that it came to; seconds: as in Accepted.
    """

    number: int
    service: str
    method: str
    to: str | None
    sender: str
    line: str
    seconds: float
    fault: Fault | None = None
    accepted: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Accepted:
    """One message that a provider took. at: by the simulator's clock; seconds: by one that never jumps.

    sender: the bot's id, or what an SMS is from.
    """

    request: int
    service: str
    to: str
    text: str
    provider_id: str
    at: datetime
    seconds: float
    sender: str


@dataclass(frozen=True, slots=True)
class Written:
    """One update that somebody made: what is to be answered. kind: as in the Bot API, like `message`. bot: its id."""

    update_id: int
    kind: str
    chat_id: int
    bot: str


@dataclass(slots=True, repr=False)
class Ledger:
    """Everything since the start; off unless asked for, because it never forgets."""

    lock: threading.RLock
    now: Callable[[], datetime]
    kept: bool
    requests: list[Request] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def of(self, *senders: str) -> "Ledger":
        """What is written down here of these bots and senders alone, as it is now."""
        with self.lock:
            return replace(
                self,
                requests=[one for one in self.requests if one.sender in senders],
                accepted=[one for one in self.accepted if one.sender in senders],
                written=[one for one in self.written if one.bot in senders],
            )

    def came(self, service: str, method: str, to: str | None, *, sender: str, line: str) -> None:
        """A request came; what is noted in its task from now on belongs to it."""
        if not self.kept:
            return
        with self.lock:
            number = len(self.requests) + 1
            self.requests.append(Request(number, service, method, to, sender, line, time.monotonic()))
            _REQUEST.set(number)

    def met(self, fault: Fault | None) -> None:
        """What this task's request meets instead of a plain answer."""
        if self.kept:
            self.requests[_REQUEST.get() - 1].fault = fault

    def took(self, service: str, to: str, text: str, provider_id: str, *, sender: str) -> None:
        """A provider took a message."""
        if not self.kept:
            return
        with self.lock:
            number = _REQUEST.get()
            if number:
                self.requests[number - 1].accepted = provider_id
            at, seconds = self.now(), time.monotonic()
            self.accepted.append(Accepted(number, service, to, text, provider_id, at, seconds, sender))

    def wrote(self, update_id: int, kind: str, chat_id: int, *, bot: str) -> None:
        """Somebody made an update that this bot is to get."""
        if self.kept:
            with self.lock:
                self.written.append(Written(update_id, kind, chat_id, bot))
