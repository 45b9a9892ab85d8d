"""Finding an office by its code: opened when first something is brought for it, and kept open."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.storing import UpdateStore
from cli.doors import telegram_door, twilio_door
from cli.offices import Offices
from core.errors import SetupError
from core.offices import code_at_end
from core.settings import Settings
from web.gateway import CannotOpen, Doors

log = logging.getLogger("kabar.web")

#: Between two tries to open one that cannot be opened: others are brought something too.
_AGAIN_SECONDS = 1.0
#: Between two looks at whether the list of offices changed.
_LOOK_SECONDS = 5.0
#: Each waits in a thread of its own for a database, which may be away.
_OPENING_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Found:
    """server: which database server it is in, never to be shown."""

    doors: Doors
    server: str


class Finder:
    """Opens offices, each by itself: one that cannot be opened keeps no other waiting. Lives on one event loop."""

    def __init__(
        self,
        offices: Offices,
        *,
        now: Callable[[], datetime],
        on_stored: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """on_stored: called with an office's code when something is stored for it. clock: in seconds."""
        self._offices = offices
        self._now = now
        self._on_stored = on_stored
        self._clock = clock
        self._looked = clock()
        self._opening: dict[str, asyncio.Task[Found]] = {}
        self._places = asyncio.Semaphore(_OPENING_AT_ONCE)
        self._failed: dict[str, tuple[float, str]] = {}
        self.open: dict[str, Found] = {}
        #: when something was last brought for it, by the clock
        self.asked: dict[str, float] = {}

    async def __call__(self, code: str) -> Doors | None:
        """Return the office's doors; None if it is no office here. Raises CannotOpen."""
        self._look_at_the_list()
        if code not in self._offices.codes:
            return None
        self.asked[code] = self._clock()
        if code in self.open:
            return self.open[code].doors
        again, why = self._failed.get(code, (0.0, ""))
        if self._clock() < again:
            raise CannotOpen(why)
        if code not in self._opening:
            self._opening[code] = asyncio.create_task(self._open(code))
            self._opening[code].add_done_callback(_heard)
        # Whoever waits may give up; the office is opened all the same, for the next one.
        return (await asyncio.shield(self._opening[code])).doors

    def close(self) -> None:
        """Open no more."""
        for task in self._opening.values():
            task.cancel()

    async def _open(self, code: str) -> Found:
        try:
            async with self._places:
                found = await _in_a_thread(partial(self._found, code))
        except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
            why = type(error).__name__
            self._failed[code] = (self._clock() + _AGAIN_SECONDS, why)
            raise CannotOpen(why) from None
        else:
            self.open[code] = found
            return found
        finally:
            del self._opening[code]

    def _found(self, code: str) -> Found:
        settings = self._offices.settings(code)
        if settings.public_url and code_at_end(settings.public_url) != code:
            log.warning("an office's public address does not end with its code; nothing comes", extra={"office": code})
        office = self._offices.open(code)
        on_stored = partial(self._on_stored, code)
        store = UpdateStore(office, now=self._now, on_stored=on_stored)
        doors = Doors(
            office=office,
            telegram=telegram_door(office, settings, store=store),
            twilio=twilio_door(office, settings, now=self._now, on_stored=on_stored),
        )
        return Found(doors, _server(settings))

    def _look_at_the_list(self) -> None:
        if self._clock() - self._looked < _LOOK_SECONDS:
            return
        self._looked = self._clock()
        try:
            self._offices.refresh()
        except SetupError:
            log.error("the list of offices changed and cannot be used; the old one holds (see kabar office list)")


def _heard(opening: "asyncio.Task[Found]") -> None:
    """Who waited for it may have given up; then nobody else asks how it ended."""
    if not opening.cancelled():
        opening.exception()


def _server(settings: Settings) -> str:
    return settings.database_url.get_secret_value() if settings.database_url else str(settings.home)


async def _in_a_thread(work: Callable[[], Found]) -> Found:
    """In one that ends with the process: a server that does not answer must not hold up a stop."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Found] = loop.create_future()

    def report(result: Found | None, error: Exception | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        elif result is not None:
            done.set_result(result)

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001  # it is raised where it is waited for
            failure = error
        with suppress(RuntimeError):  # the loop ended meanwhile
            loop.call_soon_threadsafe(report, result, failure)

    threading.Thread(target=run, name="opening", daemon=True).start()
    return await done
