"""Backups of PostgreSQL by its own programs: missing ones, passwords, schemas, and a load that was not finished."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from cli.doctor.safekeeping import look_at_safekeeping
from core.errors import SetupError
from core.settings import Settings
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office
from core.store.postgres_tools import dumped_schema, load_dump
from tests.offices import MORNING, copy_office
from tests.postgres import PASSWORD, Postgres
from tests.rows import everything
from tests.safekeeping import back_up, inside, new_home, postgres_programs, put_back


@pytest.fixture
def address(founded_on_postgres: Path, postgres: Postgres) -> str:
    return postgres.restore("founded")


@pytest.fixture
def empty(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    postgres_programs(monkeypatch)
    yield postgres.create("emptied")
    postgres.drop("emptied")


@pytest.fixture
def office(founded_on_postgres: Path, home: Path, address: str) -> Iterator[OpenOffice]:
    with copy_office(founded_on_postgres, home, address) as office:
        yield office


def test_without_the_programs_it_says_what_to_install(
    office: OpenOffice, home: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="apt install postgresql-client"):
        back_up(office, home, tmp_path / "backups", address)
    assert not list((tmp_path / "backups").iterdir())


def test_a_program_that_fails_leaves_no_backup_and_shows_no_password(
    office: OpenOffice, home: Path, address: str, empty: str, tmp_path: Path
) -> None:
    secret = address.replace("postgres@", "nobody_here:s3cret@")
    with pytest.raises(SetupError, match="pg_dump could not do it") as refusal:
        back_up(office, home, tmp_path / "backups", secret)
    assert "s3cret" not in str(refusal.value)
    assert not list((tmp_path / "backups").iterdir())


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PostgreSQL's programs as ever, and what everybody on the machine can see of them."""
    postgres_programs(monkeypatch)
    real, seen = os.environ["PATH"], tmp_path / "seen"
    (tmp_path / "bin").mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\necho "$0 $*" >> {seen}\nexec {real}/{name} "$@"\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{real}")
    return seen


@pytest.mark.parametrize("where", ["before the host", "in the query"])
def test_a_database_with_a_password_is_backed_up_and_restored_and_nobody_sees_it(
    office: OpenOffice, home: Path, postgres: Postgres, empty: str, shown: Path, tmp_path: Path, where: str
) -> None:
    def with_password(database: str) -> str:
        bare, written = postgres.guarded_address(database), quote(PASSWORD, safe="")
        return bare.replace("@", f":{written}@") if where == "before the host" else f"{bare}&password={written}"

    with pytest.raises(SetupError, match="pg_dump could not do it"):
        back_up(office, home, tmp_path / "backups", postgres.guarded_address("founded"))
    before = everything(office)
    made = back_up(office, home, tmp_path / "backups", with_password("founded")).path
    elsewhere = new_home(tmp_path / "elsewhere", home)
    put_back(made, elsewhere, with_password("emptied"), send_again=True)
    with open_office(elsewhere, empty) as restored:
        assert everything(restored) == before
    seen = unquote(shown.read_text())
    assert "pg_dump" in seen
    assert "dbname=postgresql://guarded@/emptied" in seen
    assert PASSWORD not in seen
    assert "*" not in seen


def test_a_secret_that_cannot_be_hidden_is_refused_and_not_repeated(
    office: OpenOffice, home: Path, address: str, empty: str, shown: Path, tmp_path: Path
) -> None:
    with pytest.raises(SetupError, match="the sslpassword in KABAR_DATABASE_URL; take it out") as refusal:
        back_up(office, home, tmp_path / "backups", f"{address}&sslpassword=s3cret")
    assert "s3cret" not in str(refusal.value)
    assert not list((tmp_path / "backups").iterdir())
    assert not shown.exists()


def test_what_a_restore_killed_halfway_left_is_no_office_and_is_loaded_anew(
    office: OpenOffice, home: Path, address: str, empty: str, tmp_path: Path
) -> None:
    before = everything(office)
    made = back_up(office, home, tmp_path / "backups", address).path
    plain = inside(made, home, tmp_path / "plain")
    schema, version = dumped_schema(plain)
    assert (schema, len(version)) == ("public", 4)
    url = database_url(empty, home)
    load_dump(url, plain, schema, replace=False)
    elsewhere = new_home(tmp_path / "elsewhere", home)
    with pytest.raises(SetupError, match="restore into this database was not finished"):
        open_office(elsewhere, empty)
    put_back(made, elsewhere, empty, send_again=True)
    with open_office(elsewhere, empty) as restored:
        assert everything(restored) == before


def test_the_doctor_misses_the_program_before_the_first_night_does(
    office: OpenOffice, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = Settings(database_url=address, home=tmp_path, backup_folder=tmp_path / "backups")
    assert "pg_dump" in [finding.name for finding in look_at_safekeeping(office, settings, MORNING)]
    postgres_programs(monkeypatch)
    assert "pg_dump" not in [finding.name for finding in look_at_safekeeping(office, settings, MORNING)]
