"""A word through Redis that something waits for an office, to whoever holds it.

Nothing depends on it: who hears nothing looks by itself a little later. So a Redis that is away, emptied or started
again costs some hundred milliseconds, and what is said here holds the office's code and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger("kabar.redis")

_CHANNEL = "kabar:wake"
#: Nobody waits longer for a Redis that does not answer: the word is only a hint.
_PATIENCE_SECONDS = 0.5
#: After Redis was away.
_AGAIN_SECONDS = 1.0


class Wakes:
    """Says and hears which office to look at. address: of Redis; None: nobody says or hears anything."""

    def __init__(self, address: str | None) -> None:
        self._redis = Redis.from_url(address, socket_connect_timeout=_PATIENCE_SECONDS) if address else None

    async def wake(self, office: str) -> None:
        """Say it once; a Redis that is away hears nothing, and that is no matter."""
        if self._redis is None:
            return
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._redis.publish(_CHANNEL, office)
        except (RedisError, OSError, TimeoutError):
            return

    async def listen(self, on_wake: Callable[[str], None]) -> None:
        """Call `on_wake` with the code of each office that is named, until cancelled."""
        while self._redis is not None:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(_CHANNEL)
                    async for message in heard.listen():
                        on_wake(message["data"].decode())
            except (RedisError, OSError) as error:
                log.warning("Redis is away; offices are looked at instead", extra={"error": type(error).__name__})
            await asyncio.sleep(_AGAIN_SECONDS)

    async def close(self) -> None:
        """Let the connections go."""
        if self._redis is not None:
            await self._redis.aclose()
