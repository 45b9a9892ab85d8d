"""The HTTP client under Twilio's library: bounded in time, never repeating, and silent.

The library's own ignores its timeout, re-POSTs on a 5xx when asked to retry, and logs the address of every request,
which for a list of messages holds a phone number.
"""

import logging
from collections.abc import Mapping

from aiohttp import ClientSession, encode_basic_auth
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from notifier.exchange import exchange, open_session


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]
    """Raises ExchangeError when there is no answer, or one that leaves open whether the message was taken."""

    def __init__(self, total_seconds: float) -> None:
        super().__init__(logger=logging.getLogger(__name__), is_async=True)
        self._total_seconds = total_seconds
        self._session: ClientSession | None = None

    def open(self) -> None:
        """A fresh connection for every message: a reused one that Twilio had closed would leave a paid one in doubt."""
        if self._session is None:
            self._session = open_session(total_seconds=self._total_seconds, reuse_connections=False)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the library passes it by this name
        allow_redirects: bool = False,
    ) -> Response:
        """`timeout` and `allow_redirects` of a single call are ignored: every call has the session's bounds."""
        if self._session is None:
            raise RuntimeError("the SMS adapter is not open: call open() first")
        status, body = await exchange(
            self._session,
            method=method,
            url=uri,
            params=_texts(params),
            data=_texts(data),
            headers=dict(headers or {}) | ({"Authorization": encode_basic_auth(*auth)} if auth else {}),
        )
        return Response(status, body.decode("utf-8", "replace"))


def _texts(fields: Mapping[str, object] | None) -> dict[str, str] | None:
    return {name: str(value) for name, value in fields.items()} if fields else None
