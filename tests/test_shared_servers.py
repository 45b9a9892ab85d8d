"""Many offices of one database server share a process's connections; none ever sees another's rows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.actions.facts import Happened, append_fact
from core.store import engine
from core.store.connections import SharedServers
from core.store.engine import database_url, ensure_schema
from core.store.office import OpenOffice, open_office
from core.store.tables import Fact
from tests.offices import MORNING, found
from tests.postgres import Postgres

SCHEMAS = [f"k35{number}" for number in range(10, 14)]


@pytest.fixture(scope="module")
def address(postgres: Postgres) -> Iterator[str]:
    yield postgres.create("shared")
    postgres.drop("shared")


@pytest.fixture(scope="module")
def homes(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    homes = {}
    for schema in SCHEMAS:
        homes[schema] = tmp_path_factory.mktemp(schema) / "home"
        ensure_schema(database_url(in_schema(address, schema), homes[schema]))
        found(homes[schema], in_schema(address, schema))
    return homes


def in_schema(address: str, schema: str) -> str:
    return f"{address}&options=-csearch_path%3D{schema}"


@pytest.fixture
def offices(address: str, homes: dict[str, Path]) -> Iterator[dict[str, OpenOffice]]:
    with SharedServers() as servers:
        yield {schema: open_office(home, in_schema(address, schema), servers=servers) for schema, home in homes.items()}


def noted(office: OpenOffice) -> set[str]:
    query = select(Fact.by).where(Fact.kind == Happened.PERSONAL_DATA_SHOWN)
    return office.read(lambda session: set(session.scalars(query)))


def note(office: OpenOffice, by: str) -> None:
    office.write(lambda session: append_fact(session, Happened.PERSONAL_DATA_SHOWN, now=MORNING, by=by))


def test_what_many_offices_write_at_once_each_finds_in_its_own_schema(offices: dict[str, OpenOffice]) -> None:
    def busy(number: int) -> None:
        schema = SCHEMAS[number % len(SCHEMAS)]
        note(offices[schema], schema)
        assert noted(offices[schema]) == {schema}

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(busy, range(200)))
    assert {schema: noted(office) for schema, office in offices.items()} == {schema: {schema} for schema in SCHEMAS}


def test_what_fails_in_one_office_leaves_the_connection_to_the_next_one(offices: dict[str, OpenOffice]) -> None:
    first, second, *_ = offices.values()
    with pytest.raises(ProgrammingError):
        first.write(lambda session: session.execute(text("SELECT no_such_column FROM fact")))
    note(second, "after a failure")
    assert "after a failure" in noted(second)
    assert "after a failure" not in noted(first)


def test_a_transaction_that_names_no_office_finds_nothing(address: str, offices: dict[str, OpenOffice]) -> None:
    note(offices["k3510"], "k3510")
    with SharedServers() as servers:
        shared = servers.connections(database_url(in_schema(address, "k3510"), Path()))
        assert shared is not None
        with pytest.raises(ProgrammingError, match="does not exist"), shared.reader.connect() as connection:
            connection.execute(text("SELECT * FROM fact"))


def test_they_keep_to_one_pool_for_all(address: str) -> None:
    with SharedServers() as servers:
        pools = {id(servers.connections(database_url(in_schema(address, schema), Path()))) for schema in SCHEMAS}
        assert len(pools) == 1
        assert servers.connections(database_url(None, Path())) is None


def test_a_connection_that_rested_is_asked_before_it_is_used(
    offices: dict[str, OpenOffice], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = next(iter(offices.values()))
    before = noted(office)
    monkeypatch.setattr(engine, "_TRUSTED_SECONDS", 0.0)
    _end_all(address)
    assert noted(office) == before


def test_one_that_was_just_used_may_fail_once(
    offices: dict[str, OpenOffice], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = next(iter(offices.values()))
    before = noted(office)
    monkeypatch.setattr(engine, "_TRUSTED_SECONDS", 1e9)
    _end_all(address)
    with pytest.raises(OperationalError):
        noted(office)
    assert noted(office) == before


def _end_all(address: str) -> None:
    """As a server does that is started again."""
    with psycopg.connect(address) as connection:
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
        connection.execute(others, (connection.info.dbname, connection.info.backend_pid))
