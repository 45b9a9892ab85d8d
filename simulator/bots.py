"""Every bot: each with a token, people and updates of its own, as if no other were there."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from aiohttp import web

from simulator.callbacks import Callbacks
from simulator.changes import Signal
from simulator.exchange import Fortune
from simulator.journal import Journal
from simulator.limits import Limits, Throttle
from simulator.telegram_api import TelegramApi
from simulator.telegram_receiving import Receiving
from simulator.telegram_state import Telegram
from simulator.telegram_webhook import WebhookDelivery

_FIRST_ID = 99000001


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What all bots have in common."""

    lock: threading.RLock
    changes: Signal
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    limits: Limits
    seed: int | None
    fortune: Fortune
    callbacks: Callbacks
    webhook_retry_seconds: float


class Bots:
    """The first is there from the start."""

    #: In the shape of a real token, and to be told from one at a glance.
    first_token = f"{_FIRST_ID}:SIMULATOR-not-a-real-token-000000000"
    first_username = "kabar_simulator_bot"

    def __init__(self, world: World, journal: Journal, *, number: int = 0) -> None:
        """journal: of the first bot's chats, which the phones page shows. number: of the first bot; 0 is the usual."""
        self._world = world
        self._first_number = number
        self._apis: dict[str, TelegramApi] = {}
        self._receiving: list[Receiving] = []
        self.first = self._add(journal)

    def add(self) -> Telegram:
        """One more bot, with a limit of speed of its own; nobody has spoken to it."""
        with self._world.lock:
            return self._add(Journal())

    def open(self) -> None:
        """Let polls wait (again)."""
        for receiving in self._receiving:
            receiving.open()

    def close(self) -> None:
        """Let waiting polls go, and deliver no more."""
        for receiving in self._receiving:
            receiving.close()

    def api(self, path: str) -> TelegramApi:
        """Who answers at …/bot<token>/…: for a token that is nobody's the first, which refuses it."""
        token = unquote(path.partition("/bot")[2].partition("/")[0])
        return self._apis.get(token, self._apis[self.first.token])

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer a request to /bot<token>/<method>."""
        return await self.api(path).answer(request, path)

    async def download(self, path: str) -> web.Response:
        """Answer a request to /file/bot<token>/<path>."""
        return await self.api(path).download(path)

    def _add(self, journal: Journal) -> Telegram:
        world, number = self._world, self._first_number + len(self._apis)
        username = f"{self.first_username}{number or ''}"
        telegram = Telegram(
            lock=world.lock,
            changes=world.changes,
            journal=journal,
            now=world.now,
            throttle=Throttle(world.limits, world.monotonic),
            bot={"id": _FIRST_ID + number, "is_bot": True, "first_name": "Kabar KTP (simulator)", "username": username},
            token=self.first_token.replace(f"{_FIRST_ID}:", f"{_FIRST_ID + number}:"),
            seed=None if world.seed is None else world.seed + len(self._apis),
            ledger=world.fortune.ledger,
        )
        delivery = WebhookDelivery(
            telegram.updates, world.callbacks, now=world.now, retry_seconds=world.webhook_retry_seconds
        )
        receiving = Receiving(telegram.updates, delivery, world.callbacks.resolve)
        self._receiving.append(receiving)
        self._apis[telegram.token] = TelegramApi(telegram, receiving, world.fortune)
        return telegram
