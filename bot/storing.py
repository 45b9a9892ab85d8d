"""Into the inbox: raw updates are stored, sealed and unique by their number, before they are confirmed."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.connection import log
from bot.updates import LARGEST_UPDATE, Update, as_kept, person_of, stub_of_head
from core.actions.inbox import store_updates
from core.store.office import OpenOffice


class UpdateStore:
    """Stores an office's updates, for whoever holds the office to answer. `on_stored` is called when some are there."""

    def __init__(self, office: OpenOffice, *, now: Callable[[], datetime], on_stored: Callable[[], None]) -> None:
        self._office = office
        self._now = now
        self._on_stored = on_stored

    async def __call__(self, updates: Sequence[Update]) -> None:
        """Return when they are durable; raises whatever the database raises."""
        if not updates:
            return
        rows = [(update["update_id"], person_of(update), as_kept(update)) for update in updates]
        await asyncio.wrap_future(self._office.submit(partial(store_updates, raw=rows, now=self._now())))
        self._on_stored()

    async def take(self, raw: bytes) -> None:
        """Store one that a webhook brought, or a too large one's stub; when it raises, Telegram brings it again."""
        try:
            update = json.loads(raw)
            number = int(update["update_id"])
        except (ValueError, TypeError, KeyError):
            update = stub_of_head(raw) if len(raw) > LARGEST_UPDATE else None
            if update is None:
                # The caller knew our secrets, so this is no stranger; but kept back it would hold up a chat for a day.
                log.error("a webhook brought something that is no update; dropped")
                return
            number = update["update_id"]
        await self([{**update, "update_id": number}])
