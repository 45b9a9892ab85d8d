"""Who drives the office's side: what the page offers for it, and how it is done, without knowing any office."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from simulator.bodies import Upload

Values = Mapping[str, str | Upload]


class Refusal(Exception):
    """What was asked of the page cannot be done; the text says why, and is shown as it is."""


class PageClock(Protocol):
    """The clock of everything that is simulated."""

    @property
    def runs(self) -> bool:
        """Whether it goes on by itself."""

    def __call__(self) -> datetime: ...

    def forward(self, step: timedelta) -> None:
        """Jump ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """options: (value, label) to choose from, or to suggest for a text; sample: an example of the file asked for."""

    name: str
    label: str
    kind: Literal["text", "select", "date", "file"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    sample: Callable[[], Upload] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, in a sentence or two. link: what a phone can now open; empty for nothing."""

    said: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the office can do; `run` may take long."""

    name: str
    label: str
    about: str
    fields: tuple[Field, ...]
    run: Callable[[Values], Done]


@dataclass(frozen=True, slots=True)
class Desk:
    """What only a person at the office can settle. tasks: (key, in words), oldest first; settle: takes a key."""

    tasks: Callable[[], Sequence[tuple[str, str]]]
    settle: Callable[[str], Done]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A phone to be seen first, and whose it is.

    phone: "t" and a chat id, or "s" and a number. hints: (label, text) of what can be typed there; synthetic, as
    everything here.
    """

    phone: str
    name: str
    hints: tuple[tuple[str, str], ...] = ()


class Director:
    """What the page needs of an office; `status` and the desk's tasks are asked for every second.

    refusals: errors whose text may be shown, and what is said before it; of several kinds the narrowest counts.
    """

    def __init__(
        self,
        *,
        actions: Sequence[Action],
        cast: Sequence[Role] = (),
        status: Callable[[], Sequence[tuple[str, str]]] = tuple,
        clock: PageClock | None = None,
        desk: Desk | None = None,
        refusals: Mapping[type[Exception], str] | None = None,
    ) -> None:
        self.actions = {action.name: action for action in actions}
        self.cast = tuple(cast)
        self.clock = clock
        self._status = status
        self._desk = desk
        self._refusals = refusals or {}
        self._turn, self._look = threading.Lock(), threading.Lock()
        self._over = False

    def status(self) -> list[tuple[str, str]]:
        """How the office is: (label, value); nothing once it is over."""
        with self._look:
            return [] if self._over else list(self._status())

    def tasks(self) -> list[tuple[str, str]]:
        """What waits at the desk: (key, in words); nothing once it is over."""
        with self._look:
            return [] if self._over or self._desk is None else list(self._desk.tasks())

    def act(self, name: str, values: Values) -> Done:
        """Do one thing after another, and say what came of it; Refusal when it cannot be done."""
        action = self.actions.get(name)
        if action is None:
            raise Refusal("Tindakan ini tidak ada.")
        for field in action.fields:
            if not field.optional and not values.get(field.name):
                raise Refusal(f"Isilah dahulu: {field.label}.")
        return self._in_turn(lambda: action.run(values))

    def settle(self, key: str) -> Done:
        """Settle one of the desk's tasks; Refusal when it cannot be done."""
        desk = self._desk
        if desk is None:
            raise Refusal("Di simulasi ini tidak ada loket.")
        return self._in_turn(lambda: desk.settle(key))

    def _in_turn(self, run: Callable[[], Done]) -> Done:
        with self._turn:
            if self._over:
                raise Refusal("Simulasi ini sudah ditutup.")
            try:
                return run()
            except tuple(self._refusals) as refused:
                words = next(self._refusals[kind] for kind in type(refused).__mro__ if kind in self._refusals)
                raise Refusal(f"{words} ({refused})") from None

    def end(self) -> None:
        """Let what is being done finish, and do nothing more: its office is about to close."""
        with self._turn, self._look:
            self._over = True
