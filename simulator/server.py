"""The simulator: both APIs and the phones page on one loopback port, the world behind, and one lock around it all."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage

from simulator.bodies import LARGEST_BODY
from simulator.bots import Bots, World
from simulator.callbacks import Callbacks, is_loopback
from simulator.changes import Signal, T
from simulator.exchange import Fortune, json_response
from simulator.faults import Faults, telegram_error
from simulator.journal import Journal
from simulator.ledger import Ledger
from simulator.limits import Limits
from simulator.page import PATH, Page
from simulator.page.guards import stranger
from simulator.sms_receipts import ReceiptPost
from simulator.sms_state import API_VERSION, SmsNetwork
from simulator.telegram_state import Telegram
from simulator.twilio_api import TwilioApi
from simulator.weather import Weather

ACCOUNT_SID = "AC" + "51" * 16
AUTH_TOKEN = "simulator-not-a-real-auth-token0"
DEFAULT_LIMITS = Limits()


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class Simulator:
    """Telegram and Twilio on this machine; `telegram`, `sms` and `faults` may be used from any thread."""

    bot_token = Bots.first_token
    bot_username = Bots.first_username
    account_sid = ACCOUNT_SID
    auth_token = AUTH_TOKEN

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        host: str = "127.0.0.1",
        also_at: Sequence[str] = (),
        port: int = 0,
        limits: Limits = DEFAULT_LIMITS,
        seed: int | None = None,
        webhook_retry_seconds: float = 1.0,
        reached_at: Mapping[str, str] | None = None,
        keep_ledger: bool = False,
        bot_number: int = 0,
    ) -> None:
        """`now` dates everything, `monotonic` measures limits, port 0 is a free one, `seed` fixes what is random.

        also_at: further loopback addresses; by the one that a request came to, the ledger tells who made it.
        keep_ledger: write down every request and every message taken, without end. bot_number: for one of several
        simulators side by side, each the whole world of one office's bot.
        """
        for one in (host, *also_at):
            if not is_loopback(one):
                raise ValueError(f"the simulator listens on this machine only: {one!r} is not a loopback address")
        lock = threading.RLock()
        self._host, self._also_at, self._port = host, also_at, port
        self._changes = Signal(lock)
        self._callbacks = Callbacks(reached_at or {})
        journal = Journal()
        self.faults = Faults(lock, seed=seed)
        self.weather = Weather(seed)
        self.ledger = Ledger(lock, now, keep_ledger)
        fortune = Fortune(self.faults, self.weather, self.ledger)
        world = World(
            lock=lock,
            changes=self._changes,
            now=now,
            monotonic=monotonic,
            limits=limits,
            seed=seed,
            fortune=fortune,
            callbacks=self._callbacks,
            webhook_retry_seconds=webhook_retry_seconds,
        )
        self._bots = Bots(world, journal, number=bot_number)
        self.telegram = self._bots.first
        self.bot_token = self.telegram.token
        self.bot_username = self.telegram.bot["username"]
        self.sms = SmsNetwork(
            lock=lock, changes=self._changes, journal=journal, now=now, account_sid=ACCOUNT_SID, seed=seed
        )
        self._twilio_api = TwilioApi(self.sms, fortune, account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN)
        self._receipts = ReceiptPost(self.sms, self._callbacks, self._changes, self.weather, auth_token=AUTH_TOKEN)
        self.page = Page(self.telegram, self.sms, self.faults)
        self._runner: web.ServerRunner | None = None

    @property
    def page_url(self) -> str:
        """Where a browser on this machine sees the phones."""
        return f"{self.telegram_url}{PATH}"

    @property
    def telegram_url(self) -> str:
        """The base address: f"{telegram_url}/bot{token}/sendMessage"."""
        return f"http://{self._host}:{self._port}"

    @property
    def twilio_url(self) -> str:
        """The base address: client.api.base_url = twilio_url."""
        return self.telegram_url

    def add_bot(self) -> Telegram:
        """One more bot, with a token, people and updates of its own; the phones page shows the first one's only."""
        return self._bots.add()

    async def start(self) -> None:
        """Listen; OSError when the port is taken. After a stop, the same port again, and everybody still there."""
        server = web.Server(self._answer, request_factory=_large_request, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        for host in self._also_at:
            await web.TCPSite(self._runner, host, self._port).start()
        await self._callbacks.open()
        self._bots.open()
        self._receipts.open()
        self.page.open()

    async def stop(self) -> None:
        """Let waiting polls go and close everything."""
        self._bots.close()
        await self.page.close()
        await self._receipts.close()
        await self._callbacks.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def wait_until(self, predicate: Callable[[], T], timeout_seconds: float = 20.0) -> T:
        """Wait until the predicate gives something true, and return that; looked at after each change."""
        return await self._changes.wait_async(predicate, timeout_seconds)

    def wait_in_thread(self, predicate: Callable[[], T], timeout_seconds: float = 20.0) -> T:
        """The same from another thread than the simulator's, blocking it."""
        return self._changes.wait(predicate, timeout_seconds)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if refused := stranger(request):
            return refused
        path = request.raw_path.partition("?")[0]
        if path.startswith("/bot"):
            return await self._bots.answer(request, path)
        if path.startswith("/file/bot"):
            return await self._bots.download(path)
        if path.startswith(f"/{API_VERSION}/"):
            return await self._twilio_api.answer(request, path)
        if path == PATH or path.startswith(f"{PATH}/"):
            return await self.page.answer(request, path)
        return json_response(404, telegram_error(404, "Not Found"))


def _large_request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: "asyncio.Task[None]",
) -> web.BaseRequest:
    # aiohttp's own factory stops at 1 MB, less than the documents a bot may send.
    return web.BaseRequest(message, payload, protocol, writer, task, task.get_loop(), client_max_size=LARGEST_BODY)
