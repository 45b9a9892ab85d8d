"""Engines for the two databases, with the one way each of them is opened here.

SQLite: WAL, `synchronous=FULL` (a power cut must not forget that an SMS was started), foreign keys on,
`BEGIN IMMEDIATE` for writers because a plain BEGIN loses updates there, plain `BEGIN` for readers.
PostgreSQL: READ COMMITTED for writers, who lock the rows that they decide by; one snapshot for readers.
Readers cannot write on either.
"""

import math
import re
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.schema import CreateSchema

from core.errors import SetupError

#: What it is called in the home, when it is SQLite.
DATABASE = "kabar.sqlite3"
_BUSY_MILLISECONDS = 15_000
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MILLISECONDS}")
#: PostgreSQL connections for writers; SQLite has one writer.
WRITERS = 4
READERS = 4
#: A writer that was stopped in the middle, or whose machine is gone, must not keep its locks: the server ends it while
#: whoever takes the lease over (core/actions/lease.py) still waits. And whoever asks a server whose machine is gone
#: must learn it, not wait a quarter of an hour for an answer.
_IDLE_SECONDS = 10
_SOON_GONE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": _IDLE_SECONDS * 1000,
}
#: A connection that was used so lately is believed to stand.
_TRUSTED_SECONDS = 1.0
#: How the settings put an office's schema into the address: libpq then keeps to it on every connection.
_SEARCH_PATH = re.compile(r"-csearch_path=(\w+)")
#: Where connections that many offices share look for tables by themselves: in no schema that there is.
_NOWHERE = "-csearch_path=kabar_no_office"
_BAD_ADDRESS = (
    "KABAR_DATABASE_URL is not the address of a database; give postgresql://USER:PASSWORD@HOST/NAME, "
    "or leave it empty for one SQLite file in KABAR_HOME"
)


def database_url(address: str | None, home: Path) -> URL:
    """Return the address from the settings, or the one SQLite file in the home folder.

    Raises SetupError, which does not repeat the address: it holds a password.
    """
    if not address:
        return URL.create("sqlite", database=str(home / DATABASE))
    try:
        url = make_url(address)
    except ArgumentError:
        raise SetupError(_BAD_ADDRESS) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("postgresql+psycopg", "sqlite") or not url.database:
        raise SetupError(_BAD_ADDRESS)
    return url


def schema_of(url: URL) -> str | None:
    """Return the schema that the address names, if it names one."""
    named = _SEARCH_PATH.search(str(url.query.get("options", "")))
    return named[1] if named else None


def without_schema(url: URL) -> URL:
    """Return the address of the same database for connections that find no table until a schema is named."""
    others = _SEARCH_PATH.sub("", str(url.query.get("options", ""))).strip()
    return url.update_query_dict({"options": f"{others} {_NOWHERE}".strip()})


def ensure_schema(url: URL) -> None:
    """Make the schema that the address names, if it names one and it is not there yet."""
    schema = schema_of(url)
    if schema is None:
        return
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            # Asked first: to create one that is there is refused to whoever may not create any.
            there = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
            if connection.scalar(there, {"name": schema}) is None:
                connection.execute(CreateSchema(schema, if_not_exists=True))
    finally:
        engine.dispose()


def writer_engine(url: URL, *, connections: int = WRITERS) -> Engine:
    """Return the engine that changes things; on SQLite it holds a single connection."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, begin="BEGIN IMMEDIATE", connections=1)
    engine = create_engine(url, pool_size=connections, max_overflow=0, hide_parameters=True, connect_args=_SOON_GONE)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
        connection.commit()

    _ask_who_rested(engine)
    return engine


def reader_engine(url: URL, *, connections: int = READERS) -> Engine:
    """Return the engine that only asks."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, begin="BEGIN", connections=connections, pragmas=("query_only=ON",))
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        connect_args=_SOON_GONE,
    )
    _ask_who_rested(engine)
    return engine.execution_options(postgresql_readonly=True)


def _ask_who_rested(engine: Engine) -> None:
    """Ask the server whether a connection still stands, but not one that was just used: half of all would be asking.

    Where a server ended since, one transaction fails, as any does in the middle of which that happens.
    """

    @event.listens_for(engine, "checkin")
    def given_back(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _: Any) -> None:
        if time.monotonic() - record.info.get("used_at", math.inf) < _TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None


def _sqlite(url: URL, *, begin: str, connections: int, pragmas: tuple[str, ...] = ()) -> Engine:
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
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
