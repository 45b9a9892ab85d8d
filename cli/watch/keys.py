"""Single key presses, without Return; the terminal is left as it was found."""

import os
import select
import termios
import time
import tty
from types import TracebackType
from typing import Any, Self, TextIO


class Keys:
    """A context manager around the terminal; where standard input is none, nobody presses anything."""

    def __init__(self, stream: TextIO) -> None:
        self._file = stream.fileno() if stream.isatty() else None
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        if self._file is not None:
            self._before = termios.tcgetattr(self._file)
            tty.setcbreak(self._file)
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._file is not None:
            termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def pressed_within(self, seconds: float) -> str:
        """Wait so long for a key; return it, or nothing."""
        if self._file is None:
            time.sleep(seconds)
            return ""
        ready, _, _ = select.select([self._file], [], [], seconds)
        return os.read(self._file, 1).decode("utf-8", "replace") if ready else ""
