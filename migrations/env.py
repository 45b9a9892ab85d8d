"""Alembic's entry: runs migrations on the engine that `migrations.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Engine

import core.store.delivery_tables
import core.store.desk_tables
import core.store.inbox_tables  # noqa: F401  (registers its tables)
from core.errors import SetupError
from core.store.base import Base
from core.store.columns import Instant, Word


def render_type(kind: str, column_type: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as the plain types they are, so that an old migration needs no code of ours."""
    if kind == "type" and isinstance(column_type, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column_type, Word):
        return "sa.String(32)"
    return False


engine: Engine = context.config.attributes["engine"]
with engine.connect() as connection:
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        # To change a table there it is copied and dropped, which must not take along the rows that point to it.
        # Past SQLAlchemy, which would begin a transaction first, and inside one this says nothing.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise SetupError("after the migration rows point to rows that are not there; restore the backup and report it")
