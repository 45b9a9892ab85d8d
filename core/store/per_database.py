"""What SQLite and PostgreSQL each say in words of their own."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, cast, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.store.base import Base

_KEY_BYTES = 8


def insert_or(session: Session, table: type[Base]) -> sqlite_dialect.Insert | postgresql.Insert:
    """Return an INSERT that may say what happens when the row is there already: `on_conflict_do_…`."""
    return insert_into(table, sqlite=is_sqlite(session))


def insert_into(table: type[Base], *, sqlite: bool) -> sqlite_dialect.Insert | postgresql.Insert:
    """The same for a statement that is put together once for each database."""
    return sqlite_dialect.insert(table) if sqlite else postgresql.insert(table)


def is_sqlite(session: Session) -> bool:
    """Which of the two databases a session works on."""
    return session.get_bind().dialect.name == "sqlite"


def alone_with(session: Session, index: bytes) -> None:
    """Wait until nobody else is busy with whatever this keyed index names; it is ours until the transaction ends.

    For what no row stands for yet. SQLite has one writer, who is always alone.
    """
    if not is_sqlite(session):
        key = int.from_bytes(index[:_KEY_BYTES], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def alone_with_each(session: Session, indexes: Iterable[bytes]) -> None:
    """The same with many of one kind at once, always in one order, so that no two who do this wait for each other."""
    if not is_sqlite(session):
        keys = sorted({int.from_bytes(index[:_KEY_BYTES], signed=True) for index in indexes})
        session.execute(
            text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key"), {"keys": keys}
        )


def by_index(session: Session) -> None:
    """Say that all this transaction asks for is found by an index.

    Of a table that was empty when a connection first spoke of it, PostgreSQL would keep the plan to read all of it.
    """
    if not is_sqlite(session):
        session.execute(text("SET LOCAL enable_seqscan = off"))


def database_now(session: Session) -> datetime:
    """Return the time by the clock that all who use this database share: its server's, or this machine's."""
    if is_sqlite(session):
        return datetime.now(UTC)
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    return now


def day_of(session: Session, at: InstrumentedAttribute[Any], zone: ZoneInfo) -> ColumnElement[date]:
    """The day of a moment in a zone; SQLite knows no zones, and Indonesia's have had one offset since 1964."""
    if is_sqlite(session):
        hours = (datetime.now(zone).utcoffset() or timedelta()) // timedelta(hours=1)
        return func.date(at, f"{hours:+d} hours", type_=Date)
    return cast(func.timezone(zone.key, at), Date)
