"""In what state a database is, asked before an office can be opened: by `init`, `migrate` and `doctor`."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.orm import Session

from core.store.engine import reader_engine

_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """schema: the newest migration applied; regency and name: of the office it holds. None where there is none."""

    schema: str | None = None
    regency: str | None = None
    name: str | None = None


def database_state(url: URL) -> DatabaseState:
    """Return what the database holds; a SQLite file that is not there is not made."""
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return DatabaseState()
    engine = reader_engine(url)
    try:
        with engine.connect() as connection:
            return _state(connection)
    finally:
        engine.dispose()


def _state(connection: Connection) -> DatabaseState:
    tables = inspect(connection)
    if not tables.has_table("alembic_version"):
        return DatabaseState()
    schema = connection.scalar(text("SELECT version_num FROM alembic_version"))
    office = (
        connection.execute(text("SELECT regency, name FROM office")).first() if tables.has_table("office") else None
    )
    return DatabaseState(schema, *(office or (None, None)))


def lease_holder(url: URL) -> str | None:
    """Return whose lease on the office has not run out, by the database's own clock; None: nobody's. At any schema."""
    if url.get_backend_name() == "sqlite":
        return None  # the lock on its home says it there
    engine = reader_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("lease"):
                return None
            holder = connection.scalar(text("SELECT holder FROM lease WHERE until > clock_timestamp()"))
    finally:
        engine.dispose()
    return None if holder is None else str(holder).partition(" ")[0]


def sqlite_fault(url: URL, *, patience_seconds: float = _PATIENCE_SECONDS) -> str | None:
    """Return what is wrong with a SQLite file: locked, not writable, damaged. None: all is well."""
    try:
        connection = sqlite3.connect(str(url.database), timeout=patience_seconds, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error as error:
        return str(error)
    return None if said == "ok" else str(said).splitlines()[0]


def schema_name(session: Session) -> str:
    """Return the name of the PostgreSQL schema that this office's tables are in."""
    return str(session.scalar(text("SELECT current_schema()")))
