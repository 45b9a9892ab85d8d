"""The simulator in a thread of its own, for tests and demos that are not asynchronous."""

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from simulator.changes import T
from simulator.server import Simulator
from simulator.telegram_state import Telegram


class SimulatorThread:
    """Takes what Simulator takes; start() returns when both APIs listen."""

    bot_token = Simulator.bot_token
    bot_username = Simulator.bot_username
    account_sid = Simulator.account_sid
    auth_token = Simulator.auth_token

    def __init__(self, **options: Any) -> None:
        self._simulator = Simulator(**options)
        self.bot_token = self._simulator.bot_token
        self.bot_username = self._simulator.bot_username
        self.telegram = self._simulator.telegram
        self.sms = self._simulator.sms
        self.faults = self._simulator.faults
        self.weather = self._simulator.weather
        self.ledger = self._simulator.ledger
        self.page = self._simulator.page

    @property
    def telegram_url(self) -> str:
        """The base address: f"{telegram_url}/bot{token}/sendMessage"."""
        return self._simulator.telegram_url

    @property
    def twilio_url(self) -> str:
        """The base address: client.api.base_url = twilio_url."""
        return self._simulator.twilio_url

    @property
    def page_url(self) -> str:
        """Where a browser on this machine sees the phones."""
        return self._simulator.page_url

    def add_bot(self) -> Telegram:
        """One more bot; see Simulator."""
        return self._simulator.add_bot()

    def start(self) -> None:
        """Listen; OSError when the port is taken. After a stop, the same port again, and everybody still there."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._simulator.start(), self._loop).result()
        except BaseException:
            self._end()
            raise

    def stop(self) -> None:
        """Close everything and end the thread."""
        asyncio.run_coroutine_threadsafe(self._simulator.stop(), self._loop).result()
        self._end()

    def wait_until(self, predicate: Callable[[], T], timeout_seconds: float = 20.0) -> T:
        """Block until the predicate gives something true, and return that; TimeoutError after the time."""
        return self._simulator.wait_in_thread(predicate, timeout_seconds)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)  # answers that were held back longer than anybody waited for them
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
