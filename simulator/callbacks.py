"""Requests that the simulator itself makes, to webhooks and receipt addresses: to this machine only."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp

TIMEOUT_SECONDS = 15


class ElsewhereError(ValueError):
    """The address is not on this machine."""


def is_loopback(host: str | None) -> bool:
    """Whether this names this machine and nothing else."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


class Callbacks:
    """Posts to loopback; a public address must be mapped to one first.

    `reached_at` maps the beginning of a public address, as the office's settings have it, to where it really listens,
    as a reverse proxy would: {"https://kabar.example.id": "http://127.0.0.1:8080"}.
    """

    def __init__(self, reached_at: Mapping[str, str]) -> None:
        self.reached_at = dict(reached_at)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Must run in the loop that posts."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=100))

    async def close(self) -> None:
        """Close what `open` opened."""
        if self._session:
            await self._session.close()

    def resolve(self, url: str) -> str:
        """Where this address is reached on this machine; ElsewhereError when it is not."""
        for public, local in self.reached_at.items():
            if url.startswith(public):
                url = local + url[len(public) :]
                break
        if not is_loopback(urlsplit(url).hostname):
            raise ElsewhereError("the simulator only calls addresses on this machine")
        return url

    async def post(self, url: str, headers: Mapping[str, str], **body: Any) -> int:
        """Post and return the status; 0 when there was no answer."""
        if self._session is None:
            return 0
        try:
            async with self._session.post(self.resolve(url), headers=dict(headers), **body) as answer:
                return answer.status
        except (TimeoutError, aiohttp.ClientError, ElsewhereError, ValueError):
            return 0
