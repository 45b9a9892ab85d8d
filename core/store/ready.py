"""Statements that are put together once, for what is done with every question that people ask.

Putting one together anew costs several times what SQLite needs to execute it. They speak of tables, not of classes, and
go past the Session's memory: they see what the database holds, and no object of the Session learns what they change.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Table
from sqlalchemy.orm import Session

from core.store.base import Base


def table_of(of: type[Base]) -> Table:
    """The table of a class."""
    return Base.metadata.tables[of.__tablename__]


def run(session: Session, ready: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement within the Session's transaction, after whatever the Session has not written yet."""
    session.flush()
    return session.connection().execute(ready, values)


def run_once(session: Session, ready: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows that nothing changes which asks for them: read once for all that is answered in one transaction."""
    read: dict[int, Sequence[Row[*tuple[Any, ...]]]] = session.info.setdefault("read", {})
    if id(ready) not in read:
        read[id(ready)] = run(session, ready).all()
    return read[id(ready)]


def run_all(session: Session, ready: Executable, rows: Sequence[dict[str, Any]]) -> CursorResult[*tuple[Any, ...]]:
    """The same for several rows at once, which costs little more than for one."""
    session.flush()
    return session.connection().execute(ready, rows)
