"""One HTTP request to a provider: either its answer, or what the missing answer means.

Three rules, because a message sent twice costs money and trust:
- what failed before a connection stood was surely not sent; whatever failed later may have been;
- a request is never repeated here: aiohttp repeats only idempotent methods when a reused connection turns out closed,
  never the POST that both providers send with, and redirects are not followed, because a 307 repeats a POST;
- no error text leaves this file: aiohttp's carry the URL, and Telegram's URL carries the token.
"""

from collections.abc import Mapping

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)

from core.rules.delivery import GiveUp, Halt, OptedOut, TryLater, Unsure

#: Every way an attempt can end but Sent.
Failure = TryLater | GiveUp | OptedOut | Unsure | Halt

#: Seconds for a whole exchange, and so the longest that one send can take.
TOTAL_SECONDS = 20.0

#: Both providers answered, but with nothing we can read: it may have been sent.
UNREADABLE = Unsure("unreadable-answer")


class ExchangeError(Exception):
    """A request that did not succeed, with what that means for the message it carried."""

    def __init__(self, outcome: Failure) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


def open_session(*, total_seconds: float, reuse_connections: bool) -> ClientSession:
    """A session for one provider; needs a running event loop.

    Connecting (waiting for a free connection included) gets a quarter of the time: were it bounded by the total only,
    a timeout could not tell "never left" from "answer lost".
    """
    return ClientSession(
        connector=TCPConnector(limit=100, force_close=not reuse_connections),
        timeout=ClientTimeout(total=total_seconds, connect=total_seconds / 4),
        cookie_jar=DummyCookieJar(),
    )


async def exchange(
    session: ClientSession,
    *,
    method: str,
    url: str,
    params: Mapping[str, str] | None = None,
    data: Mapping[str, str] | bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """The HTTP status and body. Raises ExchangeError without a whole answer, and for a 5xx or 3xx."""
    try:
        async with session.request(
            method, url, params=params, data=data, headers=headers, allow_redirects=False
        ) as response:
            status, body = response.status, await response.read()
    except (ClientConnectorError, ConnectionTimeoutError, InvalidURL):
        raise ExchangeError(TryLater("no-connection")) from None
    except TimeoutError:
        raise ExchangeError(Unsure("timeout")) from None
    except (ClientError, OSError):
        raise ExchangeError(Unsure("connection-lost")) from None
    if status >= 500 or 300 <= status < 400:
        raise ExchangeError(Unsure(f"http-{status}"))
    return status, body
