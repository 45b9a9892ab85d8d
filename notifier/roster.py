"""Who works beside us, by heartbeats in Redis, so that workers share the offices out evenly.

Only how evenly depends on it: who holds an office is said by its lease alone. With a Redis that is away, emptied or
started again the workers keep what they have, and whoever has room takes what stays free.
"""

import json
from contextlib import suppress
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

_PREFIX = "kabar:worker:"
#: A worker that says nothing for so long is not counted any more.
_GONE_SECONDS = 10
_PATIENCE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Other:
    """Another worker. held: offices. has_room: whether it could take one more."""

    held: int
    has_room: bool


class Roster:
    """One worker's place among the others. name: of this worker, its machine and process."""

    def __init__(self, address: str | None, name: str) -> None:
        """address: of Redis; None: this worker knows of no other."""
        self._redis = (
            Redis.from_url(address, socket_connect_timeout=_PATIENCE_SECONDS, socket_timeout=_PATIENCE_SECONDS)
            if address
            else None
        )
        self._key = f"{_PREFIX}{name}"
        self._others: list[Other] = []

    async def beat(self, *, held: int, has_room: bool) -> list[Other]:
        """Say how many offices we hold; return the others, as they were seen last if Redis does not answer."""
        if self._redis is None:
            return []
        try:
            await self._redis.set(self._key, json.dumps([held, has_room]), ex=_GONE_SECONDS)
            keys = [key async for key in self._redis.scan_iter(match=f"{_PREFIX}*", count=1000)]
            others = [key for key in keys if key.decode() != self._key]
            said = await self._redis.mget(others) if others else []
            self._others = [Other(*json.loads(one)) for one in said if one is not None]
        except (RedisError, OSError, TimeoutError):
            return self._others  # that Redis is away is said elsewhere (notifier/wakes.py)
        return self._others

    async def leave(self) -> None:
        """Be counted no more, and let the connection go."""
        if self._redis is None:
            return
        with suppress(RedisError, OSError, TimeoutError):  # it is forgotten in some seconds
            await self._redis.delete(self._key)
        await self._redis.aclose()
