"""Who is at work on an office, by its lock or its lease; what would pull it from under them waits until they end."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from cli.edge import is_running
from cli.holding import hold_if_free
from core.actions.lease import Holder
from core.errors import SetupError
from core.jobs.tenure import Tenure
from core.settings import read_settings
from core.store.engine import database_url, writer_engine
from core.store.moved import freeze
from core.store.office import open_office
from migrations import migrate
from tests.cli_world import Terminal
from tests.postgres import Postgres

SOMEBODY = Holder("server-2", 4711, "a lock")


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def served(kabar: Terminal, postgres: Postgres) -> Iterator[Terminal]:
    """An office in a database server, in the list."""
    address = postgres.create("held")
    (kabar.folder / "offices.toml").write_text(f'[all]\ndatabase_url = "{address}"\n')
    (kabar.folder / "offices.toml").chmod(0o600)
    kabar.set(offices="offices.toml")
    assert kabar("office", "add", "35.22").code == 0
    kabar.set(database_url=address, database_schema="k3522", home=str(kabar.folder / "35.22"))
    yield kabar
    postgres.drop("held")


def hold_there() -> None:
    settings = read_settings()
    with open_office(settings.home, settings.database_address) as office:
        assert Tenure(office, SOMEBODY).take() is None


def step_back(schema: str) -> None:
    settings = read_settings()
    migrate(database_url(settings.database_address, settings.home), schema)


def lapse() -> None:
    settings = read_settings()
    engine = create_engine(database_url(settings.database_address, settings.home))
    with engine.begin() as connection:
        connection.execute(text("UPDATE lease SET until = until - interval '16 seconds'"))
    engine.dispose()


def without_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KABAR_OFFICES")


@pytest.mark.parametrize("command", [("migrate",), ("office", "migrate", "--all")])
def test_a_worker_elsewhere_is_named_before_its_database_is_changed(
    served: Terminal, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    listed = command[0] == "office"
    if not listed:
        without_list(monkeypatch)
    with monkeypatch.context() as alone:
        alone.delenv("KABAR_OFFICES", raising=False)
        hold_there()
        step_back("-1")
    said = served(*command)
    assert said.code == 1
    assert "server-2:4711 works for this office" in said.flat
    assert "a lock" not in said.flat
    with monkeypatch.context() as alone:
        alone.delenv("KABAR_OFFICES", raising=False)
        lapse()
    assert served(*command).code == 0


def test_a_schema_from_before_there_were_leases_is_nobodys(served: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    without_list(monkeypatch)
    step_back("-4")
    assert "from schema 0002" in served("migrate").flat


def test_the_list_names_who_is_at_work(served: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(r"35\.22 .* nobody", served("office", "list").flat)
    with monkeypatch.context() as alone:
        without_list(alone)
        hold_there()
        assert "at work: server-2:4711 since" in served("watch", "--once").flat
        assert "server-2:4711 is at work on it" in served("doctor").flat
    assert re.search(r"35\.22 .* server-2:4711 ", served("office", "list").flat)


def test_an_office_in_a_file_is_a_workers_too_while_its_home_is_locked(kabar: Terminal) -> None:
    kabar("init", "--regency", "35.22")
    settings = read_settings()
    with open_office(settings.home) as office:
        hold = hold_if_free(office, settings)
        assert hold
        assert "kabar worker, is at work" in kabar("run").flat
        assert "kabar worker, is at work" in kabar("move-database", "postgresql://nobody@/nothing").flat
    migrate(database_url(None, settings.home), "-1")
    assert "a process of this machine works for this office" in kabar("migrate").flat
    hold.release()
    assert kabar("migrate").code == 0


def test_a_worker_that_had_the_file_open_when_it_was_moved_holds_it_no_more(kabar: Terminal) -> None:
    kabar("init", "--regency", "35.22")
    settings = read_settings()
    with open_office(settings.home) as office:
        engine = writer_engine(database_url(None, settings.home))
        with engine.begin() as connection:
            freeze(connection)
        engine.dispose()
        with pytest.raises(SetupError, match="was moved into a database server"):
            hold_if_free(office, settings)
        assert not is_running(settings.home)
