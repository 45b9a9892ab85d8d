"""Making a call to Telegram as it was kept.

aiogram would build it anew and read the answer into objects, for which nobody asks here; both cost as much as all else
that sending takes. A refusal is left to aiogram, so that it is told by the same errors everywhere.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile
from aiohttp import ClientError, ClientTimeout

from bot.connection import REQUEST_SECONDS
from bot.papers import Paper
from bot.replies import from_json

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TIMEOUT = ClientTimeout(total=REQUEST_SECONDS)
_UPLOAD_SECONDS = 60
_GOOD = '{"ok":true'
_OK = 200


async def upload(bot: Bot, kept: Mapping[str, Any], paper: Paper) -> None:
    """The same of a document; drawing one takes so much longer that aiogram may build it."""
    if isinstance(paper, str):
        await call(bot, {"method": SendMessage.__api_method__, "chat_id": kept["chat_id"], "text": paper})
        return
    name, content = paper
    document = BufferedInputFile(content, filename=name)
    await bot.send_document(kept["chat_id"], document, caption=kept.get("caption"), request_timeout=_UPLOAD_SECONDS)


async def call(bot: Bot, kept: Mapping[str, Any]) -> None:
    """Raises AiogramError, also when the answer was lost."""
    session = bot.session
    assert isinstance(session, AiohttpSession)  # noqa: S101  # what bot/connection.py gives it
    client = await session.create_session()
    url = session.api.api_url(token=bot.token, method=kept["method"])
    form = {name: _as_field(value) for name, value in kept.items() if name != "method"}
    try:
        async with client.post(url, data=urlencode(form).encode(), headers=_FORM, timeout=_TIMEOUT) as answer:
            said = await answer.text()
    except (TimeoutError, ClientError) as error:
        raise TelegramNetworkError(_method(kept), type(error).__name__) from None
    if answer.status != _OK or not said.startswith(_GOOD):
        session.check_response(bot, _method(kept), answer.status, said)


def _method(kept: Mapping[str, Any]) -> TelegramMethod[Any]:
    method: TelegramMethod[Any] = from_json(kept)
    return method


def _as_field(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
