"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

from typing import Any
from urllib.parse import unquote

from aiohttp import web

from simulator.bodies import BodyError, Params, read_params
from simulator.exchange import Answer, Fortune, exchange, json_response
from simulator.faults import telegram_error
from simulator.telegram_chats import RefusalError
from simulator.telegram_messages import Json
from simulator.telegram_receiving import Receiving
from simulator.telegram_sending import Sending, bad_request
from simulator.telegram_state import Telegram

LARGEST_DOWNLOAD = 20 * 1024 * 1024


class TelegramApi:
    """Checks the token, finds the method, and wraps its result or refusal as Telegram does."""

    def __init__(self, telegram: Telegram, receiving: Receiving, fortune: Fortune) -> None:
        self._telegram = telegram
        self._receiving = receiving
        self._fortune = fortune
        self._methods = {
            "getme": self.get_me,
            "getfile": self.get_file,
            "setmycommands": telegram.commands.set,
            "getmycommands": telegram.commands.get,
            "deletemycommands": telegram.commands.delete,
            **Sending(telegram).methods,
            **receiving.methods,
        }

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer a request to /bot<token>/<method>; method names are taken in any case, as in reality."""
        token, _, method = path.removeprefix("/bot").partition("/")
        try:
            params = await read_params(request)
        except BodyError as unreadable:
            return json_response(400, telegram_error(400, f"Bad Request: {unreadable}"))

        async def process() -> Answer:
            return await self._process(unquote(token), method, params)

        with self._telegram.lock:
            self._telegram.requests[method] += 1
            self._telegram.changes.announce()
        to = params.text("chat_id") or None
        answer = await exchange(
            request,
            self._fortune,
            service="telegram",
            method=method,
            to=to,
            sender=self._telegram.bot_id,
            process=process,
        )
        if answer.status == 429:
            self._telegram.throttled += 1
        return answer

    async def download(self, path: str) -> web.Response:
        """Answer a request to /file/bot<token>/<path>."""
        token, _, file_path = path.removeprefix("/file/bot").partition("/")
        file = self._telegram.files.by_path(unquote(file_path)) if unquote(token) == self._telegram.token else None
        if file is None:
            return json_response(404, telegram_error(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _process(self, token: str, method: str, params: Params) -> Answer:
        if token != self._telegram.token:
            return 401, telegram_error(401, "Unauthorized")
        try:
            result = await self._result(method.lower(), params)
        except RefusalError as refusal:
            return refusal.status, refusal.body
        except BodyError as unreadable:
            return 400, telegram_error(400, f"Bad Request: {unreadable}")
        return 200, {"ok": True, "result": result}

    async def _result(self, method: str, params: Params) -> Any:
        if method == "getupdates":
            return await self._receiving.get_updates(params)
        handler = self._methods.get(method)
        if handler is None:
            raise RefusalError(404, "Not Found")
        with self._telegram.lock:
            result = handler(params)
            self._telegram.changes.announce()
        return result

    def get_me(self, _: Params) -> Json:
        """getMe."""
        return self._telegram.bot | {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def get_file(self, params: Params) -> Json:
        """getFile."""
        file = self._telegram.files.by_id(params.text("file_id"))
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return file.as_json()
