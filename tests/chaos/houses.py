"""Where the office's data lives, and how that breaks: one SQLite file, or a real PostgreSQL."""

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from cli.founding import found_at
from core.rules.answer import PlaceKind
from core.store.engine import DATABASE, database_url, ensure_schema
from core.store.office import OpenOffice, open_office
from tests.chaos import power
from tests.offices import MORNING, found
from tests.postgres import Postgres

#: No file of the office grows beyond this: enough for its log, and for nothing in its database.
_LAST_BYTES = 65_536
#: Where every tick, every answer and every update has to write.
_FULL_TABLES = ("attempt", "message", "inbox_update", "notice")
_REFUSE = """
CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$
"""


class House(Protocol):
    """One office's data."""

    home: Path
    address: str | None

    def open(self) -> OpenOffice:
        """Open the office, as a command would."""

    @contextmanager
    def full_disk(self, pid: int) -> Iterator[None]:
        """No room for whatever that process writes."""


class OnSqlite:
    """One file in the home, whose power can be cut."""

    address = None

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.shadow = folder / "shadow"
        found(self.home)

    def open(self) -> OpenOffice:
        return open_office(self.home)

    @contextmanager
    def full_disk(self, pid: int) -> Iterator[None]:
        soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LAST_BYTES, hard))
        try:
            yield
        finally:
            try:
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))
            except ProcessLookupError:
                return  # a full disk ended it: it is started again with room

    def keep_all(self) -> None:
        """All there is now is durable; nobody may have it open."""
        power.keep_all(self.home / DATABASE, self.shadow)

    def snapshot(self) -> dict[str, bytes]:
        """What would be left if the power failed now."""
        return power.snapshot(self.home / DATABASE, self.shadow)

    def cut(self, durable: dict[str, bytes]) -> None:
        """Leave nothing but that; nobody may have it open."""
        power.cut(self.home / DATABASE, durable)


class OnPostgres:
    """A schema of a real server, whose whole machine can fail. The home holds the key only."""

    def __init__(self, folder: Path, server: Postgres) -> None:
        self.home = folder / "home"
        self.server = server
        self.address = server.create(f"storm{os.getpid()}_{folder.name.replace('-', '_')}")
        found(self.home, self.address)
        with psycopg.connect(self.address) as connection:
            connection.execute(_REFUSE)

    def open(self) -> OpenOffice:
        return open_office(self.home, self.address)

    @contextmanager
    def full_disk(self, pid: int) -> Iterator[None]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            for table in _FULL_TABLES:
                connection.execute(
                    f"CREATE TRIGGER disk_is_full BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION disk_is_full()"
                )
            yield
            for table in _FULL_TABLES:
                connection.execute(f"DROP TRIGGER disk_is_full ON {table}")


class InSchema(OnPostgres):
    """A schema of a server that many offices share; by code of its regency."""

    def __init__(self, folder: Path, server: Postgres, database: str, code: str) -> None:
        self.home = folder / code
        self.server = server
        self.schema = f"k{code.replace('.', '')}"
        self.address = f"{database}&options=-csearch_path%3D{self.schema}"
        url = database_url(self.address, self.home)
        ensure_schema(url)
        found_at(
            self.home,
            url,
            code,
            name=f"Dispendukcapil {code}",
            short_name=short_name_of(code),
            hours="Senin-Jumat 08.00-15.00",
            pickup=PlaceKind.VILLAGE,
            now=MORNING,
        )
        with psycopg.connect(self.address) as connection:
            connection.execute(_REFUSE)


def short_name_of(code: str) -> str:
    """What its messages call an office: none is part of another's."""
    return f"Dukcapil {code.replace('.', '-')}"


@contextmanager
def a_house(folder: Path, *, sqlite: bool) -> Iterator[OnSqlite | OnPostgres]:
    """A newly founded office."""
    if sqlite:
        yield OnSqlite(folder)
        return
    with tempfile.TemporaryDirectory(prefix="kabar-pg-") as place, Postgres(Path(place), durable=True) as server:
        yield OnPostgres(folder, server)


def kill(pid: int) -> None:
    """By SIGKILL; who is dead already stays so."""
    _signal(pid, signal.SIGKILL)


def halt(pid: int) -> None:
    """Stop it where it stands."""
    _signal(pid, signal.SIGSTOP)


def go_on(pid: int) -> None:
    """Let it go on as if nothing had been."""
    _signal(pid, signal.SIGCONT)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
