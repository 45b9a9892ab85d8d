"""Rows by their keys, many at once: one statement where one each would cost more than all the rest of the work."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.store.base import Base

E = TypeVar("E", bound=Base)


def by_key(session: Session, table: type[E], keys: Iterable[Any], *, lock: bool = False) -> dict[Any, E]:
    """Return rows by their primary key, which is one column; what is None or not there is left out.

    While the result is kept, whoever asks for one of these rows in this transaction finds it without a statement.
    lock: nobody else changes them until the transaction ends.
    """
    wanted = {key for key in keys if key is not None}
    mapper = inspect(table)
    rows: dict[Any, E] = {}
    for key in () if lock else wanted:
        row: Any = session.identity_map.get(mapper.identity_key_from_primary_key((key,)))
        if row is not None:
            rows[key] = row
    if missing := wanted - rows.keys():
        name = mapper.primary_key[0].name
        query = select(table).where(getattr(table, name).in_(missing))
        asked = session.scalars(query.with_for_update() if lock else query)
        rows.update({getattr(row, name): row for row in asked})
    return rows
