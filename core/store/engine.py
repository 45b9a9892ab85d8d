"""Engines for the two databases, with the one way each of them is opened here.

SQLite: WAL, `synchronous=FULL` (a power cut must not forget that an SMS was started), foreign keys on,
`BEGIN IMMEDIATE` for writers because a plain BEGIN loses updates there, plain `BEGIN` for readers.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

_BUSY_MILLISECONDS = 15_000
#: PostgreSQL connections for writers; SQLite has one writer.
WRITERS = 4
_READERS = 4


def database_url(address: str | None, home: Path) -> URL:
    """Return the address from the settings, or the one SQLite file in the home folder."""
    if address:
        url = make_url(address)
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    return URL.create("sqlite", database=str(home / "kabar.sqlite3"))


def writer_engine(url: URL) -> Engine:
    """Return the engine that changes things; on SQLite it holds a single connection."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, begin="BEGIN IMMEDIATE", connections=1)
    return create_engine(url, pool_size=WRITERS, max_overflow=0, pool_pre_ping=True, hide_parameters=True)


def reader_engine(url: URL) -> Engine:
    """Return the engine that only asks."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, begin="BEGIN", connections=_READERS)
    return create_engine(url, pool_size=_READERS, max_overflow=0, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: URL, *, begin: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and too weak
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MILLISECONDS}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
