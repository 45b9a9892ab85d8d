"""What is brought to many offices, each under its code: stored for whoever holds the office, answered by nobody here.

Who does not know an office's secrets cannot tell it from one that is not here: 404. An office that is here and cannot
store says 503, so that Telegram brings the update again, and no other office notices.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from core.store.office import OpenOffice
from web.metrics import in_text, of_offices
from web.taken import Taken, Thing
from web.telegram import TelegramUpdates
from web.twilio import TwilioReceipts

log = logging.getLogger("kabar.web")

#: Twilio waits 15 seconds for an answer; what hangs longer is better brought to another `kabar web`.
_LONGEST_SECONDS = 13.0
#: Between two lines about one office that stores nothing.
_SAY_SECONDS = 60.0


class CannotOpen(Exception):
    """An office that is here could not be opened."""

    def __init__(self, kind: str) -> None:
        """kind: of the error that it was; what that said could be somebody's."""
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Where one office, which is open, takes something in. None: it does not use that."""

    office: OpenOffice
    telegram: TelegramUpdates | None
    twilio: TwilioReceipts | None


#: Gives an office's doors by its code; None where it is not here. Raises CannotOpen.
Find = Callable[[str], Awaitable[Doors | None]]


class Gateway:
    """Every office's webhook and receipts."""

    def __init__(
        self,
        find: Find,
        taken: Taken,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        longest_seconds: float = _LONGEST_SECONDS,
    ) -> None:
        """clock: in seconds. longest_seconds: after which somebody who brought something is not kept waiting."""
        self._find = find
        self._taken = taken
        self._now = now
        self._clock = clock
        self._longest_seconds = longest_seconds
        self._said: dict[str, float] = {}

    async def update(self, request: web.Request) -> web.Response:
        """POST /CODE/telegram/SECRET"""
        return await self._noted(request, Thing.UPDATE)

    async def receipt(self, request: web.Request) -> web.Response:
        """POST /CODE/twilio/MESSAGE_ID"""
        return await self._noted(request, Thing.RECEIPT)

    async def scrape(self, request: web.Request) -> web.Response:
        """GET /CODE/metrics: what the office's database knows."""
        code = request.match_info["code"]
        try:
            async with asyncio.timeout(self._longest_seconds):
                doors = await self._find(code)
        except Exception as error:  # noqa: BLE001  # as for whoever brings something
            raise self._away(code, error) from None
        if doors is None:
            raise web.HTTPNotFound
        return in_text(await of_offices([(code, doors.office, None)], now=self._now()))

    async def _noted(self, request: web.Request, thing: Thing) -> web.Response:
        code, began = request.match_info["code"], self._clock()
        try:
            async with asyncio.timeout(self._longest_seconds):
                doors = await self._find(code)
                if doors is None:
                    raise web.HTTPNotFound
                response = await self._receive(doors, request, code, thing)
        except web.HTTPException:
            raise
        except Exception as error:  # noqa: BLE001  # a database that is away, a full disk: whoever called may try again
            self._taken.failed(code, thing)
            raise self._away(code, error) from None
        self._taken.stored(code, thing, self._clock() - began)
        return response

    async def _receive(self, doors: Doors, request: web.Request, code: str, thing: Thing) -> web.Response:
        door = doors.telegram if thing is Thing.UPDATE else doors.twilio
        try:
            if door is None:
                raise web.HTTPNotFound
            return await door.receive(request)
        except web.HTTPClientError as refusal:
            self._taken.refused(code, thing)
            if isinstance(refusal, web.HTTPForbidden):
                raise web.HTTPNotFound from None
            raise

    def _away(self, code: str, error: Exception) -> web.HTTPServiceUnavailable:
        if self._clock() - self._said.get(code, -_SAY_SECONDS) >= _SAY_SECONDS:
            self._said[code] = self._clock()
            hint = f"kabar --office {code} doctor"
            kind = error.kind if isinstance(error, CannotOpen) else type(error).__name__
            log.error("an office can store nothing", extra={"office": code, "error": kind, "hint": hint})
        return web.HTTPServiceUnavailable()
