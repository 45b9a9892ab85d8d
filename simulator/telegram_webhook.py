"""Delivering updates to a webhook: in order within a chat, chats side by side, again and again until a 2xx."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from simulator.callbacks import Callbacks
from simulator.telegram_updates import Update, UpdateQueue, chat_of

LONGEST_RETRY_SECONDS = 60.0


@dataclass(frozen=True, slots=True, repr=False)
class Webhook:
    """What setWebhook was told."""

    url: str
    secret: str
    connections: int


class WebhookDelivery:
    """One lane per chat: a failing update holds up its own chat and no other."""

    def __init__(
        self, updates: UpdateQueue, callbacks: Callbacks, *, now: Callable[[], datetime], retry_seconds: float
    ) -> None:
        self._updates = updates
        self._callbacks = callbacks
        self._now = now
        #: the first pause after a failure; it doubles up to LONGEST_RETRY_SECONDS
        self.retry_seconds = retry_seconds
        self.webhook: Webhook | None = None
        self.last_error: tuple[int, str] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._places = asyncio.Semaphore(40)
        self._lanes: dict[int, deque[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def set(self, webhook: Webhook) -> None:
        """Deliver there from now on, beginning with what is pending; call it in the loop."""
        self.stop()
        self._loop = asyncio.get_running_loop()
        self._places = asyncio.Semaphore(webhook.connections)
        self.webhook = webhook
        self.last_error = None
        self._updates.on_update = self._hand_over
        for update in list(self._updates.pending.values()):
            self._enqueue(update)

    def stop(self) -> None:
        """Deliver no more; what is pending stays."""
        self.webhook = None
        self._updates.on_update = None
        for worker in self._workers:
            worker.cancel()
        self._workers.clear()
        self._lanes.clear()

    def _hand_over(self, update: Update) -> None:
        # Called from whichever thread made the update.
        if self._loop:
            self._loop.call_soon_threadsafe(self._enqueue, update)

    def _enqueue(self, update: Update) -> None:
        if self.webhook is None or update["update_id"] not in self._updates.pending:
            return
        key = chat_of(update)
        if key in self._lanes:
            if update not in self._lanes[key]:
                self._lanes[key].append(update)
            return
        self._lanes[key] = deque([update])
        worker = asyncio.create_task(self._work(key, self.webhook))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, key: int, webhook: Webhook) -> None:
        lane = self._lanes[key]
        pause = self.retry_seconds
        while lane:
            async with self._places:
                status = await self._post(webhook, lane[0])
            if 200 <= status <= 299:
                self._updates.confirm(lane.popleft()["update_id"])
                pause = self.retry_seconds
                continue
            reason = f"Wrong response from the webhook: {status}" if status else "Connection refused"
            self.last_error = (int(self._now().timestamp()), reason)
            self._updates.announce()
            await asyncio.sleep(pause)
            pause = min(LONGEST_RETRY_SECONDS, pause * 2)
        del self._lanes[key]

    async def _post(self, webhook: Webhook, update: Update) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        return await self._callbacks.post(webhook.url, headers, json=update)
