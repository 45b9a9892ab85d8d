"""Reserving ids, so that bulk inserts into several tables can point at each other without asking row by row."""

from collections.abc import Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.store.base import Base


def reserve_ids(session: Session, table: type[Base], count: int) -> Sequence[int]:
    """Return `count` ids of a table that nobody else will get.

    SQLite: the transaction is the only writer, so the next free ids are ours until it ends.
    PostgreSQL: each is drawn from the table's sequence.
    """
    if session.get_bind().dialect.name == "sqlite":
        last: int = session.scalar(select(func.max(table.__table__.c.id))) or 0
        return range(last + 1, last + 1 + count)
    draw = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return session.scalars(draw, {"name": table.__tablename__, "count": count}).all()
