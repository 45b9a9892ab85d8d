"""A row in every table, and the content of every table, for tests that must not overlook one."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Time,
    insert,
    select,
)
from sqlalchemy.orm import Session

import core.store.delivery_tables
import core.store.desk_tables
import core.store.inbox_tables  # noqa: F401  (registers its tables)
from core.store.base import Base
from core.store.columns import Instant, Word
from core.store.office import OpenOffice, seal_of

TABLES = Base.metadata.sorted_tables
_SOME_DAY = date(2017, 9, 25)


def a_row_in_every_table(connection: Connection) -> None:
    """Insert row 1 of each table, pointing to row 1 of whatever it may point to."""
    for table in TABLES:
        connection.execute(insert(table).values({column.name: _value(column) for column in table.columns}))


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Word):
        return next(iter(kind.words))
    if isinstance(kind, Instant | DateTime):
        return datetime.combine(_SOME_DAY, datetime.min.time(), UTC)
    plain = {Integer: 1, Boolean: True, LargeBinary: b"\x01", Date: _SOME_DAY, Time: time(8), JSON: {"of": "note"}}
    return next((value for known, value in plain.items() if isinstance(kind, known)), "35.22")


def everything(office: OpenOffice, *, but: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; what is sealed is opened, because the same text never seals to the same bytes."""

    def read(session: Session) -> dict[str, list[dict[str, Any]]]:
        seal = seal_of(session)

        def plain(name: str, value: Any) -> Any:
            return seal.open(value) if value and name.endswith(("_sealed", "key_check")) else value

        return {
            table.name: [{name: plain(name, value) for name, value in row.items()} for row in _rows(session, table)]
            for table in TABLES
            if table.name not in but
        }

    return office.read(read)


def _rows(session: Session, table: Table) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [dict(row) for row in session.execute(query).mappings()]
