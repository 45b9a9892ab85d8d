"""What the page asks for over HTTP: its files, the stream of changes, deeds on phones, acts of the office."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from simulator.bodies import BodyError, Params, read_params
from simulator.exchange import json_response
from simulator.faults import Faults
from simulator.page.assets import asset, download
from simulator.page.deeds import Deeds
from simulator.page.director import Director, Done, Refusal, Values
from simulator.page.guards import HEADERS, plain, refused_post
from simulator.page.phones import Phones
from simulator.page.status import Scene, greeting, status_of
from simulator.page.watcher import Watcher
from simulator.sms_state import SmsNetwork
from simulator.telegram_messages import Json
from simulator.telegram_state import Telegram

PATH = "/phones"
_LARGEST_DEED = 64 * 1024
_LARGEST_ACT = 32 * 1024 * 1024
#: Changes that come close together are sent together.
_GATHER_SECONDS = 0.04
#: How often the clock, the faults and the office are looked at when no phone changed.
_LOOK_SECONDS = 1.0
#: A stop waits this long for the streams to end by themselves.
_FAREWELL_SECONDS = 2.0
#: After so many quiet looks a line is sent all the same, by which a browser that went away is noticed.
_QUIET_LOOKS = 15


class Page:
    """`show` may be called from any thread; everything else belongs to the simulator's own."""

    def __init__(self, telegram: Telegram, sms: SmsNetwork, faults: Faults) -> None:
        self._telegram = telegram
        self._faults = faults
        self._phones = Phones(telegram, sms)
        self._deeds = Deeds(telegram, self._phones, faults)
        self._scene = Scene()
        self._office_seen_at = 0.0
        self._watchers: dict[str, Watcher] = {}
        self._streams: set[asyncio.Task[Any]] = set()
        self._closing = False

    def show(self, *, caption: str | None = None, locked: str | None = None, director: Director | None = None) -> None:
        """Say what is going on, why nobody may touch anything (""; they may), or who drives the office from now on."""
        with self._telegram.lock:
            scene = self._scene
            scene.caption = scene.caption if caption is None else caption
            scene.locked = scene.locked if locked is None else locked
            if director:
                scene.director = director
                for role in director.cast:
                    self._phones.names[role.phone] = role.name
                    self._telegram.journal.note(role.phone)
            self._nudge()

    def open(self) -> None:
        """Let browsers listen (again)."""
        self._closing = False

    async def close(self) -> None:
        """Let those who listen go: the simulator stops."""
        self._closing = True
        self._nudge()
        if self._streams:
            await asyncio.wait(self._streams, timeout=_FAREWELL_SECONDS)

    async def answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer a request to /phones…."""
        place, _, rest = path.removeprefix(PATH).removeprefix("/").partition("/")
        if request.method == "POST":
            return await self._post(request, place)
        if request.method != "GET":
            return plain(405, "GET or POST")
        if place == "":
            return asset("index.html")
        if place == "events":
            return await self._stream(request)
        return self._file(place, rest)

    def _file(self, place: str, rest: str) -> web.Response:
        director = self._scene.director
        action, _, name = rest.partition("/")
        if place == "static":
            return asset(rest)
        if place == "file" and (file := self._telegram.files.by_id(rest)):
            return download(file.name, file.content)
        if place == "sample" and director and action in director.actions:
            for field in director.actions[action].fields:
                if field.name == name and field.sample:
                    sample = field.sample()
                    return download(sample.name, sample.content)
        return plain(404, "there is no such thing")

    async def _post(self, request: web.BaseRequest, place: str) -> web.Response:
        largest = _LARGEST_ACT if place in ("act", "document") else _LARGEST_DEED
        if refused := refused_post(request, largest=largest):
            return refused
        try:
            params = await read_params(request)
        except BodyError as unreadable:
            return plain(400, str(unreadable))
        try:
            return json_response(200, await self._done(place, params))
        except Refusal as refusal:
            # Not an error of HTTP: a rule that says no is no trouble in the browser's console.
            return json_response(200, {"refused": str(refusal)})

    async def _done(self, place: str, params: Params) -> Json:
        if place == "watch":
            return self._watch(params)
        if self._scene.locked:
            raise Refusal(self._scene.locked)
        if place == "deed":
            return self._deed(params.values)
        if place == "document":
            return self._document(params)
        if place == "act":
            values: Values = {**{name: str(value) for name, value in params.values.items()}, **params.uploads}
            return await self._by_office(lambda director: director.act(params.text("action"), values))
        if place == "settle":
            return await self._by_office(lambda director: director.settle(params.text("task")))
        raise Refusal("Alamat ini tidak ada.")

    def _watch(self, params: Params) -> Json:
        watcher = self._watchers.get(params.text("watcher"))
        phones = params.values.get("phones")
        if watcher is None or not isinstance(phones, list):
            raise Refusal("Halaman ini sudah terputus; muat ulang.")
        with self._telegram.lock:
            watcher.watch([str(phone) for phone in phones])
            self._nudge()
        return {}

    def _deed(self, given: dict[str, Any]) -> Json:
        director = self._scene.director
        with self._telegram.lock:
            phone = self._deeds.do(str(given.get("deed")), given, clock=director.clock if director else None)
            self._nudge()
        return {"phone": phone}

    def _document(self, params: Params) -> Json:
        with self._telegram.lock:
            self._deeds.send_document(params.values, params.uploads.get("file"))
            self._nudge()
        return {}

    async def _by_office(self, act: Callable[[Director], Done]) -> Json:
        director = self._scene.director
        if director is None:
            raise Refusal("Tidak ada kantor di balik simulator ini.")
        try:
            done = await asyncio.to_thread(act, director)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001  # shown by its kind only: its text may quote a row
            raise Refusal(f"Terjadi sesuatu yang tak terduga ({type(error).__name__}).") from None
        finally:
            self._office_seen_at = 0.0
            self._nudge()
        return {"said": done.said, "link": done.link}

    async def _stream(self, request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        watcher = Watcher(self._phones, self._telegram.journal)
        self._watchers[watcher.name] = watcher
        if task := asyncio.current_task():
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)
        try:
            await _tell(response, {"hello": greeting(self._telegram) | {"watcher": watcher.name}})
            await self._tell_news(response, watcher)
        except ConnectionResetError:
            pass  # the browser went away
        finally:
            del self._watchers[watcher.name]
        return response

    async def _tell_news(self, response: web.StreamResponse, watcher: Watcher) -> None:
        quiet = 0
        while not self._closing:
            await self._look_at_office()
            with self._telegram.lock:
                news = watcher.news(status_of(self._scene, self._telegram, self._faults))
            quiet = 0 if news else quiet + 1
            if news or quiet % _QUIET_LOOKS == 0:
                await _tell(response, news)
            await self._until_news(watcher)

    async def _until_news(self, watcher: Watcher) -> None:
        def some() -> bool:
            return self._telegram.journal.version != watcher.version or self._closing

        try:
            await self._telegram.changes.wait_async(some, _LOOK_SECONDS)
        except TimeoutError:
            return
        await asyncio.sleep(_GATHER_SECONDS)

    async def _look_at_office(self) -> None:
        """Ask the office how it is, at most once a second however many look."""
        director, now = self._scene.director, time.monotonic()
        if director is None or now - self._office_seen_at < _LOOK_SECONDS:
            return
        self._office_seen_at = now
        try:
            self._scene.office = await asyncio.to_thread(director.status)
            self._scene.tasks = await asyncio.to_thread(director.tasks)
        except Exception as error:  # noqa: BLE001  # an office that cannot answer now must not end the page
            self._scene.office = [("Kantor", f"tidak menjawab ({type(error).__name__})")]

    def _nudge(self) -> None:
        """Have every page look again at once; the empty name is no phone's."""
        with self._telegram.lock:
            self._telegram.journal.note("")
            self._telegram.changes.announce()


async def _tell(response: web.StreamResponse, news: Json) -> None:
    await response.write(f"data: {json.dumps(news)}\n\n".encode())
