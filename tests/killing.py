"""Killing real processes: a job runs in a child that dies by SIGKILL just before the step that a test chose.

A step is each SQL statement of a writer, each commit (just before it, and just after it, when nobody was told yet), and
each file opened for writing, renamed or removed and each folder made below the job's own. A request is a step too, but
of the simulator's: it stands in the test's process, survives, and kills from there, as a request comes and as it is
answered. Children are forked from a server that has everything imported, so that one costs little.
"""

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from multiprocessing import connection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

from simulator import SimulatorThread

#: A function of a module, and what it is called with.
Job = Callable[..., object]

KILLED = -signal.SIGKILL

#: Nothing here takes a tenth of it; what does, hangs.
PATIENCE_SECONDS = 30.0

_ROOT = Path(__file__).parent.parent
_IMPORTED_ONCE = (
    "cli.backup",
    "cli.embedded",
    "cli.importing",
    "cli.init",
    "cli.official.command",
    "cli.official.page",
    "cli.restore",
    "cli.run",
    "cli.slip.printing",
    "cli.web.gateway",
    "cli.worker.command",
    "rich.progress",
    "tests.chaos.child",
    "tests.killed_jobs",
    "tests.killing",
)
_NOTHING_CHANGED = ["BEGIN IMMEDIATE", "commit", "committed"]
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(list(_IMPORTED_ONCE))


class Steps:
    """Notes each step of this process before it is taken, in a file that outlives it, and dies at the chosen one."""

    def __init__(self, folder: Path, note: int, *, die_before: int | None) -> None:
        self._folder = str(folder)
        self._note = note
        self._die_before = die_before
        self._count = 0

    def begin(self) -> None:
        """Watch every engine and every file of this process from now on, to its end."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        event.listen(Pool, "checkin", self._given_back)
        sys.addaudithook(self._audit)

    def _step(self, name: str) -> None:
        self._count += 1
        os.write(self._note, f"{name}\n".encode())
        if self._count == self._die_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(self, conn: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("BEGIN"):
            conn.info["writes"] = statement == "BEGIN IMMEDIATE"
        if conn.info.get("writes"):
            self._step(" ".join(statement.split()[:3]))

    def _commit(self, conn: Connection) -> None:
        if conn.info.get("writes"):
            self._step("commit")

    def _given_back(self, _dbapi_connection: Any, record: Any) -> None:
        if record.info.pop("writes", False):
            self._step("committed")

    def _audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name not in ("open", "os.rename", "os.remove", "os.mkdir") or not isinstance(arguments[0], str | Path):
            return
        path = os.path.abspath(arguments[0])  # noqa: PTH100  # a Path would be slow here, where every file comes by
        if path.startswith(self._folder) and (name != "open" or arguments[2] & _WRITES):
            self._step(f"{name} {path.removeprefix(self._folder)}")


@dataclass
class Child:
    """A process at work in a folder. Its steps (if they are watched) and what it says are kept beside that folder."""

    folder: Path
    job: Job
    arguments: Sequence[object] = ()
    die_before: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    watched: bool = True
    process: Any = field(init=False)

    def __post_init__(self) -> None:
        job = partial(self.job, *self.arguments, **self.settings)
        arguments = (_ROOT, self.folder, self.die_before, job, self.watched)
        self.process = _FORKS.Process(target=_live, args=arguments, daemon=True)

    def start(self) -> "Child":
        self.process.start()
        return self

    def end(self) -> int:
        """Wait for its end, and return its exit code; -9 when it was killed."""
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode is not None, f"{self.job} hangs: {self.said}"
        return int(self.process.exitcode)

    def run(self) -> int:
        return self.start().end()

    def die(self) -> None:
        """Run until it is killed; one whose acts shared more commits this time may be done before that step."""
        code = self.run()
        done = code == 0 and self.die_before is not None and len(self.steps) < self.die_before
        assert code == KILLED or done, f"{code}: {self.said}"

    def finish(self) -> None:
        """Run to a good end."""
        code = self.run()
        assert code == 0, f"{code}: {self.said}"

    def kill(self) -> None:
        """Kill it, and return when it is dead."""
        self.process.kill()
        connection.wait([self.process.sentinel], PATIENCE_SECONDS)

    def terminate(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self.process.terminate()

    @property
    def steps(self) -> list[str]:
        """What it was about to do, step by step; it died before the last one, if it was killed by its own count."""
        return self.folder.with_suffix(".steps").read_text().splitlines()

    @property
    def said(self) -> str:
        return self.folder.with_suffix(".said").read_text()


def _live(root: Path, folder: Path, die_before: int | None, job: Job, watched: bool) -> None:
    os.chdir(root)
    said = os.open(folder.with_suffix(".said"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if not watched:
        job()
        return
    note = os.open(folder.with_suffix(".steps"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    Steps(folder, note, die_before=die_before).begin()
    job()


class Executioner:
    """Stands beside the simulator: kills a child by what it asks for, and keeps what was processed, by whomever."""

    def __init__(self, simulator: SimulatorThread) -> None:
        self._simulator = simulator
        #: the method of every request that was processed, in order
        self.processed: list[str] = []

    def watch(
        self,
        child: Child | None = None,
        *,
        method: str = "",
        nth: int = 1,
        processed: bool = False,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """From now on kill the child at its nth request for a method: as that is answered, or as it comes and is lost.

        meanwhile: what people do whenever something was processed, before anybody is killed for it.
        """
        came: list[str] = []
        faults = self._simulator.faults

        def at_request(service: Any, name: str) -> None:
            came.append(name)
            if child and not processed and name == method and came.count(name) == nth:
                faults.drop_before(service, method=method)
                child.kill()

        def at_answer(_service: str, name: str) -> None:
            self.processed.append(name)
            meanwhile()
            if child and processed and name == method and came.count(name) == nth:
                child.kill()

        faults.on_request, faults.on_answered = at_request, at_answer

    def hear_out(self) -> None:
        """Return when all that the dead one sent is processed: what comes over another line now is behind it."""
        host, port = self._simulator.telegram_url.removeprefix("http://").split(":")
        line = HTTPConnection(host, int(port), timeout=PATIENCE_SECONDS)
        line.request("GET", f"/bot{self._simulator.bot_token}/getMyCommands")
        line.getresponse().read()
        line.close()


def chosen(steps: Sequence[str], boundaries: tuple[str, ...], *, sample: int) -> list[int]:
    """The numbers (from 1) of the steps at a boundary and right behind one, and a few of all the others."""
    at = {number for number, step in enumerate(steps, start=1) if step.startswith(boundaries)}
    at -= {number for number in at if steps[number - 3 : number] == _NOTHING_CHANGED}
    at |= {number + 1 for number in at if number < len(steps)}
    others = sorted(set(range(1, len(steps) + 1)) - at)
    return sorted(at | set(random.Random(2017).sample(others, min(sample, len(others)))))
