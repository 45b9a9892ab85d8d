"""Telegram, for speaking first: python-telegram-bot over our own aiohttp request.

Refusals are read by Telegram's own words before the library turns them into exceptions: there `BadRequest` is a
`NetworkError`, and an answer that is no JSON is logged in full.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any

from aiohttp import ClientSession
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from core.rules.delivery import Channel, Halt, Outcome, Outgoing, Sent, TryLater
from notifier.exchange import TOTAL_SECONDS, UNREADABLE, ExchangeError, Failure, exchange, open_session
from notifier.telegram_words import meaning

#: What the library raises when it trips over an answer of another shape; by then the message has left.
ANOTHER_SHAPE = (AttributeError, KeyError, TypeError, ValueError)

_NO_PREVIEW = json.dumps({"is_disabled": True})
#: Encoded by the library itself: aiohttp's own way through its form objects takes longer than the rest of a request.
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class TelegramAdapter:
    """The channel of one bot token."""

    channel = Channel.TELEGRAM

    def __init__(
        self, *, token: str, api_base: str = "https://api.telegram.org", total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._request = _AiohttpRequest(total_seconds)
        base = api_base.rstrip("/")
        self._bot = _SilentBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def open(self) -> None:
        """Not `Bot.initialize`: that calls getMe, and so fails while Telegram is down."""
        await self._request.initialize()

    async def close(self) -> None:
        await self._request.shutdown()

    async def send(self, outgoing: Outgoing) -> Outcome:
        try:
            message = await self._bot.send_message(
                chat_id=outgoing.address,
                text=outgoing.text,
                disable_notification=outgoing.silent,
                api_kwargs=_as_json(outgoing),
            )
            return Sent(str(message.message_id))
        except TelegramError as error:
            return _failure(error)
        except ANOTHER_SHAPE:
            return UNREADABLE

    async def probe(self) -> Halt | TryLater | None:
        try:
            await self._bot.get_me()
        except TelegramError as error:
            failure = _failure(error)
            return failure if isinstance(failure, Halt | TryLater) else TryLater(failure.code)
        except ANOTHER_SHAPE:
            return TryLater(UNREADABLE.code)
        return None

    async def find(self, outgoing: Outgoing) -> Sequence[Sent] | TryLater:
        """A bot cannot read what it sent."""
        return ()


def _as_json(outgoing: Outgoing) -> dict[str, str]:
    """What would be objects of the library: its way from those to JSON takes as long as sending them."""
    if not outgoing.buttons:
        return {"link_preview_options": _NO_PREVIEW}
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in outgoing.buttons]
    return {"link_preview_options": _NO_PREVIEW, "reply_markup": json.dumps({"inline_keyboard": rows})}


def _failure(error: TelegramError) -> Failure:
    """The library wraps what its request raises; anything but ours is a mistake of this program, and stays loud."""
    if isinstance(error.__cause__, ExchangeError):
        return error.__cause__.outcome
    raise error


class _SilentBot(Bot):
    """At DEBUG the library's logger writes the token, and the chat id and text of every message."""

    __slots__ = ()
    # Outside the tree of loggers, so that no configuration can switch it on.
    _LOGGER = logging.Logger("telegram.silent", level=logging.CRITICAL + 1)


class _AiohttpRequest(BaseRequest):
    """The library over aiohttp: several times cheaper than over its httpx, and bounded in time as a whole."""

    __slots__ = ("_session", "_total_seconds")

    def __init__(self, total_seconds: float) -> None:
        self._total_seconds = total_seconds
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._total_seconds

    async def initialize(self) -> None:
        if self._session is None:
            self._session = open_session(total_seconds=self._total_seconds, reuse_connections=True)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Timeouts of a single call are ignored: every call has the session's."""
        if self._session is None:
            raise RuntimeError("the Telegram adapter is not open: call open() first")
        form = request_data.url_encoded_parameters().encode() if request_data else None
        status, body = await exchange(self._session, method=method, url=url, data=form, headers=_FORM)
        if status >= 400:
            raise ExchangeError(meaning(status, body))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Without a log: the library's own writes down a payload that it cannot parse."""
        return dict(json.loads(payload))
