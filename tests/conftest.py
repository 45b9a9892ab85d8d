"""What every test may ask for: an event loop, and an office of its own with four residents.

A test marked `both_databases` that asks for an office runs twice: on SQLite, and on a real PostgreSQL.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.store.office import OpenOffice, open_office
from tests.offices import ROWS, Clock, Import, copy_office, found
from tests.postgres import Postgres
from tests.thrift import save_work

FOUNDED = "founded"


# How fast something is belongs to the benchmarks: a test that is timed fails when the machine is busy.
settings.register_profile("kabar", deadline=None)
settings.load_profile("kabar")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")


def pytest_collection_finish() -> None:
    save_work()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("backend", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # In a folder of its own: the path of a socket must be short, and pytest keeps its own folders to one user.
    with tempfile.TemporaryDirectory(prefix="kabar-pg-") as folder, Postgres(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with four residents; copied, never changed."""
    return _founded(tmp_path_factory.mktemp("founded") / "home", None)


@pytest.fixture(scope="session")
def founded_on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Path:
    """The same office with its data in PostgreSQL; its home holds the key file only."""
    home = _founded(tmp_path_factory.mktemp("founded-on-postgres") / "home", postgres.create(FOUNDED))
    postgres.remember(FOUNDED)
    return home


def _founded(home: Path, address: str | None) -> Path:
    found(home, address)
    with open_office(home, address) as office:
        Import(office, home)(*ROWS)
    return home


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """The database that this test's office lives in."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def address(backend: str, request: pytest.FixtureRequest) -> str | None:
    """What KABAR_DATABASE_URL would say for this test's office; None for the file in its home."""
    if backend == "sqlite":
        return None
    request.getfixturevalue("founded_on_postgres")
    server: Postgres = request.getfixturevalue("postgres")
    return server.restore(FOUNDED)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where this test's own office is, once it is opened."""
    return tmp_path / "home"


@pytest.fixture
def office(address: str | None, home: Path, request: pytest.FixtureRequest) -> Iterator[OpenOffice]:
    template = request.getfixturevalue("founded_on_postgres" if address else "founded_home")
    with copy_office(template, home, address) as office:
        yield office


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def take(office: OpenOffice, tmp_path: Path) -> Import:
    """Import rows: take("row", "row", as_of=...)."""
    return Import(office, tmp_path)
