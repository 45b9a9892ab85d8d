"""`kabar watch`: look again each second, until q or Ctrl-C."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live
from sqlalchemy.exc import SQLAlchemyError

from cli.edge import Here, is_running, opened, utc_now
from cli.show import screen
from cli.watch.frame import Seen, frame
from cli.watch.keys import Keys
from cli.watch.sender import ask_sender
from core.questions.regions import office_words, office_zone
from core.questions.watching import Lately, lately, scene

_EVERY_SECONDS = 1.0
#: What hardly changes is read this rarely.
_LATELY_SECONDS = 30.0
_QUIT = frozenset("qQ")


def watch(once: Annotated[bool, typer.Option("--once", help="one look, and that is all")] = False) -> None:
    """See the office at work, second by second: what waits, what leaves, what stopped.

    It reads the database, so it works beside kabar run and without it, and
    asks the running office at KABAR_HTTP how fast it sends. q or Ctrl-C
    ends. Into a pipe or a file goes one look, as with --once.

    Examples:

      kabar watch
      kabar watch --once
    """
    with opened() as here:
        look = Look(here)
        console = screen()
        if once or not console.is_terminal:
            console.print(frame(look()))
            return
        try:
            with Keys(sys.stdin) as keys:
                _keep_looking(look, console, keys)
        except KeyboardInterrupt:
            return


class Look:
    """Looks at an office whenever it is called, and remembers the last look for when the database does not answer."""

    def __init__(
        self, here: Here, *, now: Callable[[], datetime] = utc_now, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._here = here
        self._now = now
        self._clock = clock
        self._zone = here.office.read(office_zone)
        self._name = here.office.read(office_words).name
        self._lately: tuple[float, Lately] | None = None
        self._last: Seen | None = None

    def __call__(self) -> Seen:
        """Return what is seen now; raise what the database says only if nothing was ever seen."""
        now = self._now()
        try:
            self._last = self._see(now)
        except SQLAlchemyError as error:
            if self._last is None:
                raise
            self._last = replace(self._last, now=now, trouble=type(error).__name__)
        return self._last

    def _see(self, now: datetime) -> Seen:
        settings = self._here.settings
        seen = self._here.office.read(partial(scene, now=now))
        sender = ask_sender(*settings.http_address)
        return Seen(
            office=self._name,
            zone=self._zone,
            now=now,
            window=settings.send_window,
            live=settings.live,
            scene=seen,
            lately=self._seldom(),
            at_work=bool(seen.signs.holders) or is_running(settings.home),
            sender=sender,
        )

    def _seldom(self) -> Lately:
        if self._lately is None or self._clock() - self._lately[0] >= _LATELY_SECONDS:
            self._lately = self._clock(), self._here.office.read(lately)
        return self._lately[1]


def _keep_looking(look: Look, console: Console, keys: Keys) -> None:
    with Live(frame(look(), lines=console.height), console=console, screen=True, auto_refresh=False) as live:
        while keys.pressed_within(_EVERY_SECONDS) not in _QUIT:
            live.update(frame(look(), lines=console.height), refresh=True)
