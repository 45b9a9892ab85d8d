"""Many offices for tests: each in a schema of one database, with a bot and a world of its own, and workers for all."""

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import Any

from cli.founding import found_at
from core.regions.lookup import regions_of
from core.regions.region import Level
from core.rules.answer import PlaceKind
from core.store.engine import DATABASE, database_url, ensure_schema
from core.store.office import OpenOffice, open_office
from simulator import Person, SimulatorThread
from tests.killed_jobs import command
from tests.killing import Child
from tests.offices import MORNING, Import

CODES = ("35.01", "35.02", "35.03", "35.04", "35.05", "35.06")
#: Between two looks at what processes say.
LOOK_SECONDS = 0.02
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Branch:
    """One office of the fleet. residents: their NIKs; her phone is the number behind it."""

    code: str
    home: Path
    address: str
    simulator: SimulatorThread
    residents: dict[str, str] = field(default_factory=dict)

    def open(self) -> OpenOffice:
        """Open it beside whatever works for it."""
        return open_office(self.home, self.address)

    def section(self) -> str:
        """What the list says of it."""
        world = self.simulator
        settings = {
            "home": str(self.home),
            "database_url": self.address,
            "telegram_token": world.bot_token,
            "telegram_api": world.telegram_url,
            "twilio_account_sid": world.account_sid,
            "twilio_auth_token": world.auth_token,
            "twilio_api": world.twilio_url,
            "sms_sender": f"OFFICE{self.code.replace('.', '')}",
        }
        return "\n".join([f'["{self.code}"]', *(f"{name} = {json.dumps(value)}" for name, value in settings.items())])

    def asks(self, person: Person, nik: str = "") -> None:
        """Somebody asks where a card is."""
        person.say(nik or next(iter(self.residents)))


@dataclass
class Fleet:
    """The offices, the list of them, and the workers that were begun. shared: what holds for all of them."""

    folder: Path
    branches: dict[str, Branch]
    shared: dict[str, Any]
    workers: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = ["[all]", *(f"{name} = {json.dumps(value)}" for name, value in self.shared.items())]
        self.list.write_text("\n".join([*lines, *(branch.section() for branch in self.branches.values())]) + "\n")
        self.list.chmod(0o600)

    @property
    def list(self) -> Path:
        return self.folder / "offices.toml"

    def begin(self, *words: str, **settings: str) -> Child:
        """Start a process that works for all of them; it listens on a port of its own."""
        number = len(self.workers)
        port = free_port()
        chosen = {"offices": str(self.list), "http": f"127.0.0.1:{port}", **settings}
        child = Child(self.folder / f"process-{number}", command, (self.folder, words), settings=chosen, watched=False)
        child.port = port  # type: ignore[attr-defined]
        child.folder.with_suffix(".said").write_text("")
        self.workers.append(child)
        child.start()
        return child

    def worker(self, *words: str, **settings: str) -> Child:
        """Start a worker, and return when it works."""
        child = self.begin("worker", *words, **settings)
        until(child, lambda: "works for" in child.said)
        return child

    def held_by(self, worker: Child) -> set[str]:
        """The offices that it says it works for."""
        return set(health(worker.port)[1].get("offices", {}))  # type: ignore[attr-defined]

    def until_held(self, *workers: Child) -> None:
        """Wait until each office is worked for by one of these."""
        for worker in workers:
            until(worker, lambda: set().union(*map(self.held_by, workers)) == set(self.branches))

    def end(self) -> None:
        """End what still runs."""
        for worker in self.workers:
            if worker.process.is_alive():
                worker.kill()


def until(child: Child, happened: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Look again and again while the child lives; a look that finds it dead says what it said."""
    for _ in range(round(seconds / LOOK_SECONDS)):
        if happened():
            return
        assert not connection.wait([child.process.sentinel], LOOK_SECONDS), child.said
    raise AssertionError(f"nothing happened: {child.said}")


def health(port: int) -> tuple[int, dict[str, Any]]:
    """What a process says of itself."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_SECONDS) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_fleet(folder: Path, database: str | None, codes: Sequence[str], **shared: Any) -> Iterator[Fleet]:
    """Found offices in schemas of the database with this address, each with a world of its own; end what was begun.

    Without an address each is in a file of its own.
    """
    usual = {"live": True, "send_window": "always", "centre_days": 3650}
    with ExitStack() as worlds:
        branches = {}
        for number, code in enumerate(codes, start=1):
            world = worlds.enter_context(SimulatorThread(bot_number=number))
            home, schema = folder / code, f"k{code.replace('.', '')}"
            file = f"sqlite:///{home / DATABASE}"
            address = f"{database}&options=-csearch_path%3D{schema}" if database else file
            branches[code] = _founded(Branch(code, folder / code, address, world))
        fleet = Fleet(folder, branches, usual | shared)
        worlds.callback(fleet.end)
        yield fleet


def _founded(branch: Branch) -> Branch:
    url = database_url(branch.address, branch.home)
    ensure_schema(url)
    name = f"Dispendukcapil {branch.code}"
    found_at(
        branch.home,
        url,
        branch.code,
        name=name,
        short_name=f"Dukcapil {branch.code}",
        hours="Senin-Jumat 08.00-15.00",
        pickup=PlaceKind.VILLAGE,
        now=MORNING,
    )
    village = next(region.code for region in regions_of(branch.code) if region.level is Level.VILLAGE)
    regency = branch.code.replace(".", "")
    rows = []
    for number in range(1, 5):
        nik, phone = f"{regency}99{number:02}069000{number:02}", f"+62812{regency}000{number}"
        branch.residents[nik] = phone
        rows.append(f"{nik};WARGA {number};{village};CARD_PRINTED;05/01/2017;{phone};YA;BJN-00000{number}-V87")
    with branch.open() as office:
        Import(office, branch.home)(*rows)
    return branch
