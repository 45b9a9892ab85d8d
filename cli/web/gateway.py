"""The process of `kabar web`: listening for all offices until stopped."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from cli.collector import set_apart
from cli.edge import utc_now
from cli.offices import Offices
from cli.web.finding import Finder, Found
from cli.web.waking import Waking
from core.questions.health import newest_entry
from notifier.wakes import Wakes
from web.app import create_gateway
from web.gateway import Gateway
from web.serve import serve
from web.taken import Taken

#: For what is being stored at a stop: it takes some milliseconds, and whoever brought the rest brings it again.
_END_SECONDS = 1.0
#: Offices for which something was brought within this time are looked at by whoever asks how all is.
_LATELY_SECONDS = 300.0
_ANSWER_SECONDS = 3.0


class WebPart:
    """Takes in for all offices; answers and sends for none."""

    def __init__(
        self,
        offices: Offices,
        *,
        now: Callable[[], datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
        end_seconds: float = _END_SECONDS,
    ) -> None:
        """clock: in seconds. end_seconds: how long a stop waits for what is being stored."""
        self._now = now
        self._clock = clock
        self._end_seconds = end_seconds
        self._stopped = asyncio.Event()
        self._process = process = offices.process
        self._wakes = Wakes(process.redis_address)
        self._waking = Waking(self._wakes)
        self._finder = Finder(offices, now=now, on_stored=self._waking.wake, clock=clock)

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Listen until `stop`."""
        taken = Taken(offices_open=lambda: len(self._finder.open))
        gateway = Gateway(self._finder, taken, now=self._now, clock=self._clock)
        app = create_gateway(health=self.health, metrics=taken, gateway=gateway)
        host, port = self._process.http_address
        try:
            runner = await serve(app, host=host, port=port, end_seconds=self._end_seconds)
            try:
                set_apart()
                ready()
                await self._stopped.wait()
            finally:
                await runner.cleanup()
        finally:
            self._finder.close()
            await self._waking.close()

    def stop(self) -> None:
        """Take in nothing more, finish what is being stored, and let `run` return. Call it on the loop."""
        self._stopped.set()

    async def health(self) -> dict[str, object]:
        """ "ok" while it can store: of the offices that something was brought for lately, a database answers.

        One office's database must not take the way in from all others, so it is named, and is no reason for "not ok".
        """
        since = self._clock() - _LATELY_SECONDS
        lately = sorted(code for code, asked in self._finder.asked.items() if asked >= since)
        found = {code: self._finder.open.get(code) for code in lately}
        servers = {one.server: one for one in found.values() if one}
        answers = dict(zip(servers, await asyncio.gather(*map(_answers, servers.values())), strict=True))
        away = [code for code, one in found.items() if one is None or not answers[one.server]]
        redis = (await self._wakes.trouble() or "well") if self._process.redis_url else "off"
        return {"ok": not lately or len(away) < len(lately), "lately": len(lately), "away": away, "redis": redis}


async def _answers(found: Found) -> bool:
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await asyncio.to_thread(found.doors.office.read, newest_entry)
    except Exception:  # noqa: BLE001  # whatever it is, it is what whoever asks is told
        return False
    return True
