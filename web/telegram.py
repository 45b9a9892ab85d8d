"""Telegram's webhook: an update is stored raw, and only then confirmed."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, kw_only=True)
class TelegramUpdates:
    """path_secret: in the address given to setWebhook. header_secret: its secret_token.

    on_update: stores the raw update; when it raises, Telegram brings the update again.
    """

    path_secret: str = field(repr=False)
    header_secret: str = field(repr=False)
    on_update: Callable[[bytes], Awaitable[None]]

    async def receive(self, request: web.Request) -> web.Response:
        if not _same(request.match_info["path_secret"], self.path_secret):
            raise web.HTTPNotFound
        if not _same(request.headers.get(HEADER, ""), self.header_secret):
            raise web.HTTPForbidden
        await self.on_update(await request.read())
        return web.Response()


def _same(given: str, secret: str) -> bool:
    """In constant time; an unset secret lets nobody in."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
