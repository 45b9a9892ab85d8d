"""What every test may ask for: an event loop, and an office of its own with four residents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.office import OpenOffice, open_office
from tests.offices import ROWS, Clock, Import, copy_office, found


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with four residents; copied, never changed."""
    home = tmp_path_factory.mktemp("founded") / "home"
    found(home)
    with open_office(home) as office:
        Import(office, home)(*ROWS)
    return home


@pytest.fixture
def home(founded_home: Path, tmp_path: Path) -> Path:
    """Where this test's own office is, once it is opened."""
    return tmp_path / "home"


@pytest.fixture
def office(founded_home: Path, home: Path) -> Iterator[OpenOffice]:
    with copy_office(founded_home, home) as office:
        yield office


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def take(office: OpenOffice, tmp_path: Path) -> Import:
    """Import rows: take("row", "row", as_of=...)."""
    return Import(office, tmp_path)
