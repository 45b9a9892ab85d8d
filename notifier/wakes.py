"""A word through Redis to whoever holds an office, that something waits for it; or to all, that one is free.

Nothing depends on it: who hears nothing looks by itself a little later. So a Redis that is away, emptied or started
again costs some hundred milliseconds, and what is said here is the office's code and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.errors import SetupError

log = logging.getLogger("kabar.redis")

_WAITS, _FREE = "kabar:waits", "kabar:free"
#: Nobody waits longer for a Redis that does not answer: the word is only a hint.
_PATIENCE_SECONDS = 0.5
#: After Redis was away.
_AGAIN_SECONDS = 1.0


class Wakes:
    """Says and hears which office to look at."""

    def __init__(self, address: str | None) -> None:
        """address: of Redis; None: nobody says or hears anything. Raises SetupError for what is no such address."""
        try:
            self._redis = Redis.from_url(address, socket_connect_timeout=_PATIENCE_SECONDS) if address else None
        except ValueError:  # what it says could quote a password
            raise SetupError("KABAR_REDIS_URL is not the address of a Redis; give redis://HOST:6379/0") from None

    async def wake(self, office: str) -> None:
        """Say that something waits for it; a Redis that is away hears nothing, and that is no matter."""
        await self._say(_WAITS, office)

    async def trouble(self) -> str | None:
        """Ask Redis whether it is there; return the kind of error if it is not. Without an address all is well."""
        if self._redis is None:
            return None
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._redis.execute_command("PING")
        except (RedisError, OSError, TimeoutError) as error:
            return type(error).__name__
        return None

    async def is_free(self, office: str) -> None:
        """Say that nobody holds it now."""
        await self._say(_FREE, office)

    async def listen(self, *, on_wake: Callable[[str], None], on_free: Callable[[str], None]) -> None:
        """Hear the codes of offices that are named, until cancelled."""
        told: Mapping[bytes, Callable[[str], None]] = {_WAITS.encode(): on_wake, _FREE.encode(): on_free}
        away = False
        while self._redis is not None:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(_WAITS, _FREE)
                    if away:
                        log.info("Redis is back")
                    away = False
                    async for message in heard.listen():
                        told[message["channel"]](message["data"].decode())
            except (RedisError, OSError) as error:
                if not away:
                    log.warning("Redis is away; offices are looked at instead", extra={"error": type(error).__name__})
                away = True
            await asyncio.sleep(_AGAIN_SECONDS)

    async def close(self) -> None:
        """Let the connections go."""
        if self._redis is not None:
            await self._redis.aclose()

    async def _say(self, channel: str, office: str) -> None:
        if self._redis is None:
            return
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._redis.publish(channel, office)
        except (RedisError, OSError, TimeoutError):
            return
