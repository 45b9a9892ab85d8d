"""One PostgreSQL database, one schema per office: none sees another, whatever is done to it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from core.errors import SetupError
from core.questions.databases import database_state
from core.settings import Settings
from core.store.engine import database_url
from core.store.office import SCHEMA, OpenOffice, open_office
from core.store.tables import Resident
from migrations import migrate
from tests.cli_world import Terminal
from tests.offices import ROWS, Import, ask, found
from tests.postgres import Postgres
from tests.rows import everything
from tests.safekeeping import back_up, new_home, postgres_programs, put_back


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    yield postgres.create("shared")
    postgres.drop("shared")


def address(database: str, schema: str) -> str:
    known = Settings(database_url=database, database_schema=schema).database_address
    assert known is not None
    return known


def an_office(home: Path, address: str, *rows: str) -> OpenOffice:
    found(home, address)
    office = open_office(home, address)
    Import(office, home)(*rows)
    return office


def people(office: OpenOffice) -> int:
    return ask(office, lambda session: session.scalar(select(func.count(Resident.id))) or 0)


def test_two_offices_in_one_database_do_not_see_each_other(database: str, tmp_path: Path) -> None:
    here, there = address(database, "k3522"), address(database, "k3509")
    with an_office(tmp_path / "one", here, *ROWS) as one, an_office(tmp_path / "other", there, ROWS[0]) as other:
        assert (people(one), people(other)) == (4, 1)
        before = everything(other)
        Import(one, tmp_path)(ROWS[0].replace("PRR", "CARD_PRINTED"), as_of=date(2017, 9, 27))
        assert everything(other) == before
    assert database_state(database_url(database, tmp_path)).schema is None, "the default schema holds nothing"


def test_one_goes_down_and_up_and_the_other_stays_as_it_is(database: str, tmp_path: Path) -> None:
    here, there = address(database, "k3522"), address(database, "k3509")
    an_office(tmp_path / "one", here, *ROWS).close()
    with an_office(tmp_path / "other", there, *ROWS) as other:
        before = everything(other)
        url = database_url(here, tmp_path)
        migrate(url, "base")
        assert database_state(url).schema is None
        assert everything(other) == before
        migrate(url)
        assert database_state(url).schema == SCHEMA
        assert everything(other) == before


def test_a_backup_of_one_is_put_back_into_its_own_schema_beside_others(
    database: str, tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres_programs(monkeypatch)
    here, there = address(database, "k3522"), address(database, "k3509")
    with an_office(tmp_path / "one", here, *ROWS) as one, an_office(tmp_path / "other", there, ROWS[0]) as other:
        before, others = everything(one), everything(other)
        made = back_up(one, tmp_path / "one", tmp_path / "backups", here)
        elsewhere = new_home(tmp_path / "elsewhere", tmp_path / "one")
        with pytest.raises(SetupError, match="KABAR_DATABASE_SCHEMA=k3522"):
            put_back(made.path, elsewhere, address(postgres.create("second"), "k9999"))
        second = address(postgres.address("second"), "k3522")
        put_back(made.path, elsewhere, second, send_again=True)
        with open_office(elsewhere, second) as restored:
            assert everything(restored) == before
        postgres.drop("second")
        assert everything(other) == others


def test_an_operator_names_the_schema_in_a_setting(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kabar = Terminal(tmp_path, monkeypatch, capsys)
    for schema in ("k3522", "k3509"):
        kabar.set(home=schema, database_url=database, database_schema=schema)
        assert kabar("init", "--regency", "35.22" if schema == "k3522" else "35.09").code == 0
    kabar.set(home="k3522", database_schema="k3522")
    assert kabar("import", kabar.export(*ROWS), "--as-of", "26-09-2017").code == 0
    findings = {finding["name"]: finding for finding in json.loads(kabar("doctor", "--json").out)}
    assert findings["database"]["said"].startswith(f"postgresql, schema {SCHEMA}")
    assert "4 residents" in findings["office"]["said"]
    migrate(database_url(address(database, "k3522"), tmp_path), "-1")
    assert "went from schema" in kabar("migrate").out
    kabar.set(home="k3509", database_schema="k3509")
    assert "nothing to do" in kabar("migrate").out
    assert "Jember" in kabar("doctor").out


@pytest.mark.parametrize("schema", ["K3522", "pg_office", "3522", "a b", "k;drop", "k" * 64])
def test_what_cannot_be_a_schema_is_refused_at_start(schema: str) -> None:
    with pytest.raises(ValueError, match="small letters, digits and _"):
        Settings(database_url="postgresql://kabar@localhost/kabar", database_schema=schema)


@pytest.mark.parametrize("url", [None, "postgresql://kabar@localhost/kabar?options=-cwork_mem=1MB"])
def test_a_schema_needs_a_database_to_be_in(url: str | None) -> None:
    with pytest.raises(ValueError, match="needs KABAR_DATABASE_URL"):
        Settings(database_url=url, database_schema="k3522")


def test_a_user_who_may_not_create_schemas_uses_the_one_made_for_her(
    database: str, tmp_path: Path, postgres: Postgres
) -> None:
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("CREATE ROLE clerk LOGIN")
        admin.execute("CREATE SCHEMA k3522 AUTHORIZATION clerk")
    try:
        clerk = address(database.replace("postgres@", "clerk@"), "k3522")
        with an_office(tmp_path / "one", clerk, *ROWS) as office:
            assert people(office) == 4
    finally:
        with psycopg.connect(database, autocommit=True) as admin:
            admin.execute("DROP SCHEMA k3522 CASCADE")
            admin.execute("DROP ROLE clerk")
