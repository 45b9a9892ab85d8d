"""The migrations: they make what the models say, and take rows up and down on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, func, inspect, select

import migrations
from core.store.base import Base
from core.store.engine import database_url, writer_engine
from core.store.office import SCHEMA
from migrations import migrate
from tests.postgres import Postgres
from tests.rows import TABLES, a_row_in_every_table

HERE = Path(migrations.__file__).parent

pytestmark = pytest.mark.both_databases


@pytest.fixture
def url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[URL]:
    """An empty database."""
    if backend == "sqlite":
        yield database_url(None, tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    yield database_url(server.create("migrated"), tmp_path)
    server.drop("migrated")


@pytest.fixture
def engine(url: URL) -> Iterator[Engine]:
    engine = writer_engine(url)
    yield engine
    engine.dispose()


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


def test_the_migrations_make_exactly_what_the_models_say(url: URL, engine: Engine) -> None:
    migrate(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_office_asks_for_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_every_table_takes_a_row_and_goes_down_with_it_and_comes_up_again(url: URL, engine: Engine) -> None:
    migrate(url)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    assert set(rows(engine).values()) == {1}
    migrate(url, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate(url)
    assert set(rows(engine).values()) == {0}


#: What the newest migration brought; going down again takes only that along.
_OF_THE_NEWEST = {"list_part"}


def test_one_step_down_and_up_keeps_the_rows_of_all_older_tables(url: URL, engine: Engine) -> None:
    migrate(url)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    migrate(url, "-1")
    migrate(url)
    assert {name for name, count in rows(engine).items() if count == 0} == _OF_THE_NEWEST


def test_migrating_twice_changes_nothing(url: URL, engine: Engine) -> None:
    migrate(url)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    migrate(url)
    assert set(rows(engine).values()) == {1}


_LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    with op.batch_alter_table("resident", recreate="{recreate}") as table:
        table.add_column(sa.Column("later", sa.Integer()))
"""


def test_rows_that_point_to_a_table_stay_when_a_later_migration_rebuilds_it(
    url: URL, engine: Engine, tmp_path: Path
) -> None:
    """On SQLite it is copied and dropped, which must not take the rows along that point to it."""
    migrate(url)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    recreate = "always" if url.get_backend_name() == "sqlite" else "never"
    (tmp_path / "later.py").write_text(_LATER.format(head=SCHEMA, recreate=recreate))
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", f"{HERE / 'versions'}:{tmp_path}")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
    assert set(rows(engine).values()) == {1}
    with engine.connect() as connection:
        assert "later" in {column["name"] for column in inspect(connection).get_columns("resident")}
