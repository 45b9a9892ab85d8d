"""Who keeps the office at work: starts it again a moment after each death, as systemd does."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection

from tests.chaos.houses import kill
from tests.killing import KILLED, Child

#: Between a death and the next start.
RESTART_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0
#: Whoever falls over so often is not made better by being started again.
_MOST_OWN_ENDS = 100
#: Well, or before it knew how.
ASKED_TO_END = (0, -signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class OwnEnd:
    """The office ended without having been killed or asked to. said: the last line of what it wrote."""

    code: int
    said: str


class Keeper:
    """One office, kept at work from `begin` to `end`."""

    def __init__(self, start: Callable[[], Child]) -> None:
        self._start = start
        self._ending = threading.Event()
        self._changed = threading.Condition()
        self._child: Child | None = None
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._failed: BaseException | None = None
        #: when each start was, by a clock that never jumps
        self.starts: list[float] = []
        #: every process there was
        self.pids: list[int] = []
        #: those that were told to stop, to be followed by the next
        self._drained: set[int] = set()
        self.killed = 0
        #: how the last one ended
        self.last_code: int | None = None
        #: it fell over by itself
        self.own_ends: list[OwnEnd] = []

    def begin(self) -> "Keeper":
        self._thread.start()
        return self

    def pid(self) -> int:
        """The office at work; waits for its start."""
        with self._changed:
            alive = self._changed.wait_for(lambda: self._child is not None or self._failed, _PATIENCE_SECONDS)
            if self._failed:
                raise self._failed
            assert alive and self._child, "the office is not started again"
            return int(self._child.process.pid)

    def gone(self, pid: int) -> None:
        """Wait until this one, which was killed, is known to be dead."""
        with self._changed:
            self._changed.wait_for(lambda: self._child is None or self._child.process.pid != pid, _PATIENCE_SECONDS)

    def drain(self) -> int:
        """Ask this one to end, and start the next one when it did; return which that is."""
        pid = self.pid()
        self._drained.add(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        return pid

    def end(self) -> None:
        """Ask the office to end, and start no more; it has to end well."""
        self.pid()  # one that is being started would not hear it
        self._stop(signal.SIGTERM)

    def cut(self) -> None:
        """Kill the office, and start no more."""
        self._stop(signal.SIGKILL)

    def _stop(self, how: signal.Signals) -> None:
        self._ending.set()
        with self._changed:
            child = self._child
        if child is not None:
            kill(child.process.pid) if how is signal.SIGKILL else child.terminate()
        if self._thread.ident is not None:
            self._thread.join(_PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the office does not end"
        if self._failed:
            raise self._failed

    def _keep(self) -> None:
        try:
            while not self._ending.is_set():
                self._once()
                self._ending.wait(RESTART_SECONDS)
        except BaseException as error:  # noqa: BLE001  # told to whoever waits for the office
            self._failed = error
            self._ending.set()

    def _once(self) -> None:
        child = self._start().start()
        self.starts.append(time.monotonic())
        self.pids.append(child.process.pid)
        self._is(child)
        if self._ending.is_set():  # asked to end while it was being started
            kill(child.process.pid)
        connection.wait([child.process.sentinel])
        child.process.join()
        self._is(None)
        self.last_code = code = child.process.exitcode
        if code == KILLED:
            self.killed += 1
        elif code not in ASKED_TO_END or not (self._ending.is_set() or child.process.pid in self._drained):
            self.own_ends.append(OwnEnd(code, (child.said.splitlines() or [""])[-1]))
            assert len(self.own_ends) < _MOST_OWN_ENDS, f"the office cannot be kept at work: {self.own_ends[-1]}"

    def _is(self, child: Child | None) -> None:
        with self._changed:
            self._child = child
            self._changed.notify_all()
