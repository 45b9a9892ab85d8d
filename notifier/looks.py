"""Asking providers: about messages in doubt, and whether a stopped channel works again. It never holds up a tick."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from core.actions.halts import note_probe
from core.actions.outcomes import note_look
from core.questions.looks import Inquiries, what_to_ask
from core.rules.delivery import Channel
from notifier.adapter import Adapter
from notifier.commit import Commit


class Looking:
    """One round at a time, in a task of its own: a provider that answers slowly keeps no message waiting."""

    def __init__(self, adapters: Mapping[Channel, Adapter], commit: Commit) -> None:
        self._adapters = adapters
        self._commit = commit
        self._round: asyncio.Task[None] | None = None

    def begin(self, now: datetime, ended: Callable[[bool], None]) -> None:
        """Ask what there is to ask, unless a round is still under way; `ended` hears whether there was anything."""
        if self._round is not None and not self._round.done():
            return

        async def ask() -> None:
            ended(await self._ask_all(now))

        self._round = asyncio.create_task(ask())

    async def stop(self) -> None:
        """Leave the rest for the next start: what was not noted is asked again."""
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)

    async def _ask_all(self, now: datetime) -> bool:
        inquiries = await self._commit.ask(partial(what_to_ask, channels=tuple(self._adapters), now=now))
        if inquiries is None:
            return False
        await self._look(inquiries, now)
        await self._probe(inquiries, now)
        return bool(inquiries.looks or inquiries.probes)

    async def _look(self, inquiries: Inquiries, now: datetime) -> None:
        for message in inquiries.looks:
            found = await self._adapters[message.channel].find(message)
            await self._commit(partial(note_look, message_id=message.message_id, found=found, now=now))

    async def _probe(self, inquiries: Inquiries, now: datetime) -> None:
        for channel in inquiries.probes:
            well = await self._adapters[channel].probe() is None
            await self._commit(partial(note_probe, channel=channel, well=well, now=now))
