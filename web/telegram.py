"""Telegram's webhook: an update is stored raw, and only then confirmed."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: Bytes of an update that are kept. What Telegram is refused, it brings again for a day, and holds that chat's others.
LARGEST_UPDATE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class TelegramUpdates:
    """path_secret: in the address given to setWebhook. header_secret: its secret_token.

    on_update: stores the raw update, or the beginning of one that is too large; when it raises, Telegram brings the
    update again.
    """

    path_secret: str = field(repr=False)
    header_secret: str = field(repr=False)
    on_update: Callable[[bytes], Awaitable[None]]

    async def receive(self, request: web.Request) -> web.Response:
        if not _same(request.match_info["path_secret"], self.path_secret):
            raise web.HTTPNotFound
        if not _same(request.headers.get(HEADER, ""), self.header_secret):
            raise web.HTTPForbidden
        await self.on_update(await _beginning(request))
        return web.Response()


async def _beginning(request: web.Request) -> bytes:
    """The body, or as much of it as is kept; the rest is read too, because Telegram listens when all is written."""
    kept = bytearray()
    async for part in request.content.iter_any():
        kept += part[: LARGEST_UPDATE - len(kept)]
    return bytes(kept)


def _same(given: str, secret: str) -> bool:
    """In constant time; an unset secret lets nobody in."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
