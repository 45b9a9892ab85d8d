"""Many new rows at once, past the mapper and past SQLAlchemy's handling of values, which cost more than the database.

Rows hold text, bytes and whole numbers only: days as 2017-09-27, moments as `moment_text` says, truth as 0 and 1.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.store.base import Base
from core.store.office import OpenOffice
from core.store.per_database import is_sqlite

#: Pages that SQLite keeps, in KB, and may leave in its log, in pages, while many rows come in: the indexes of what is
#: keyed are hit everywhere at once, and each page would be read and written again and again.
_ROOM = ("cache_size=-49152", "wal_autocheckpoint=8000")
_USUAL = ("cache_size=-2000", "wal_autocheckpoint=1000")


def insert_rows(session: Session, table: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into these columns; on PostgreSQL by COPY. What raises holds none of the values."""
    if not rows:
        return
    session.flush()
    names = ", ".join(columns)
    if is_sqlite(session):
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608  # our own names
        session.connection().exec_driver_sql(statement, rows)
        return
    connection = session.connection()
    driver = connection.dialect.loaded_dbapi
    try:
        with connection.connection.cursor().copy(f"COPY {table.__tablename__} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        raise DBAPIError.instance("COPY", None, error, driver.Error, hide_parameters=True) from None


def moment_text(session: Session, moment: datetime) -> str:
    """An aware moment as the database reads it from text; in SQLite as SQLAlchemy keeps it, which is without a zone."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}{'' if is_sqlite(session) else '+00'}"


def json_text(value: dict[str, Any]) -> str:
    """What a column of JSON holds."""
    return json.dumps(value)


@contextmanager
def room_for_many(office: OpenOffice) -> Iterator[None]:
    """Give SQLite more memory for as long as many rows come in."""
    _set(office, _ROOM)
    try:
        yield
    finally:
        _set(office, _USUAL)


def _set(office: OpenOffice, pragmas: Iterable[str]) -> None:
    def pragma(session: Session) -> None:
        for one in pragmas:
            session.connection().exec_driver_sql(f"PRAGMA {one}")

    if office.backend == "sqlite":
        office.write(pragma)
