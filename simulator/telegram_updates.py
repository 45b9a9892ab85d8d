"""The updates that wait for the bot: numbered upwards from a random start, kept until confirmed."""

import random
import threading
from collections.abc import Callable
from typing import Any

from simulator.changes import Signal

Update = dict[str, Any]

#: What a bot gets that never said what it wants; the others must be asked for by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Pending updates in order of arrival, and which kinds the bot wants."""

    def __init__(self, lock: threading.RLock, changes: Signal, *, seed: int | None) -> None:
        self._lock = lock
        self._random = random.Random(seed)
        self._next_id = self._random.randrange(100_000_000, 900_000_000)
        self.pending: dict[int, Update] = {}
        #: None: everything but NOT_BY_DEFAULT
        self.allowed: list[str] | None = None
        #: apart from `changes`, so that a waiting poll is not woken by every message sent
        self.arrived = Signal(lock)
        self._changes = changes
        #: told each new update while a webhook is set
        self.on_update: Callable[[Update], None] | None = None
        #: told each new update, however the bot gets it
        self.on_made: Callable[[Update], None] | None = None
        #: told each update that the bot confirmed
        self.on_taken: Callable[[Update], None] | None = None

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of this kind and return its id; None if the bot does not want the kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        return self.inject({kind: content}) if wanted else None

    def inject(self, update: Update) -> int:
        """Queue a raw update as it is, with the next id unless it brings its own."""
        with self._lock:
            if "update_id" in update:
                number = int(update["update_id"])
            else:
                number = self._next_id
                update = {"update_id": number} | update
            self._next_id = max(self._next_id, number + 1)
            self.pending[number] = update
            if self.on_made:
                self.on_made(update)
            if self.on_update:
                self.on_update(update)
            self.announce()
            return number

    def renumber(self) -> None:
        """Go on from another random number, perhaps a lower one, as after a quiet week."""
        with self._lock:
            self._next_id = self._random.randrange(100_000_000, 900_000_000)

    def take(self, offset: int, limit: int) -> list[Update]:
        """Confirm what lies before the offset and show what follows; an offset beyond all ids counts as none."""
        with self._lock:
            if offset < 0:
                self._drop(list(self.pending)[:offset])
            elif offset <= self._next_id:
                self._drop([number for number in self.pending if number < offset])
            return [update for _, update in zip(range(limit), self.pending.values(), strict=False)]

    def confirm(self, number: int) -> None:
        """Forget one update: a webhook took it."""
        with self._lock:
            if number in self.pending:
                self._drop([number])
            self.announce()

    def clear(self) -> None:
        """Forget all: drop_pending_updates."""
        with self._lock:
            self.pending.clear()
            self.announce()

    def want(self, allowed: object) -> None:
        """Remember allowed_updates; leaving it out keeps what was remembered, an empty list means the default."""
        if isinstance(allowed, list) and all(isinstance(kind, str) for kind in allowed):
            self.allowed = list(allowed) or None

    def announce(self) -> None:
        """Wake a waiting poll and whoever watches the simulator."""
        self.arrived.announce()
        self._changes.announce()

    def _drop(self, numbers: list[int]) -> None:
        for number in numbers:
            update = self.pending.pop(number)
            if self.on_taken:
                self.on_taken(update)


def chat_of(update: dict[str, Any]) -> int:
    """The chat (or, without one, the user) whose order this update keeps."""
    content: dict[str, Any] = next((value for key, value in update.items() if key != "update_id"), {})
    place = content.get("chat") or content.get("message", {}).get("chat") or content.get("from") or {}
    return int(place.get("id", 0))
