"""A SQLite file whose office lives in a database server now: nothing can be written into it, and it has another name.

Until a file is frozen it is the office; from then on it never is again, under whatever name it is found.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from sqlite3 import Error as SqliteError

from sqlalchemy import Connection, text

from core.store.base import Base
from core.store.snapshots import in_one_file
from core.whole_file import sync_folder

#: What the file is called once its office lives elsewhere.
_ASIDE = "moved"
_MARK = "moved_INSERT_office"
_GO_ON = "set KABAR_DATABASE_URL and KABAR_DATABASE_SCHEMA to where it is now, as kabar move-database was given them"
IS_FROZEN = (
    f"this file's office was moved into a database server; {_GO_ON}. "
    "If that command was cut off, run it once more: it sets this file aside"
)


def freeze(office: Connection) -> None:
    """Let nobody write into the file from the commit of this transaction on."""
    for table in Base.metadata.sorted_tables:
        for change in ("INSERT", "UPDATE", "DELETE"):
            office.exec_driver_sql(
                f'CREATE TRIGGER IF NOT EXISTS "moved_{change}_{table.name}" BEFORE {change} ON "{table.name}" '
                f"BEGIN SELECT RAISE(ABORT, 'this office was moved to another database'); END"
            )


def is_frozen(connection: Connection) -> bool:
    """Whether this database is a file that was frozen."""
    if connection.dialect.name != "sqlite":
        return False
    mark = text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    return connection.scalar(mark, {"name": _MARK}) is not None


def set_aside(file: Path, now: datetime) -> Path:
    """Whoever still has it open reads on, and writes nothing; what SQLite put beside it goes along."""
    with suppress(SqliteError):
        in_one_file(file)
    aside = file.with_name(f"{file.name}.{_ASIDE}-{now:%Y-%m-%d}")
    for ending in ("-wal", "-shm", ""):
        if (part := file.with_name(f"{file.name}{ending}")).exists():
            part.rename(aside.with_name(f"{aside.name}{ending}"))
    sync_folder(file.parent)
    return aside


def moved_away(file: Path) -> str | None:
    """Return what to say where this file is missing because its office was moved; None: it was not."""
    if file.exists() or not (aside := sorted(file.parent.glob(f"{file.name}.{_ASIDE}-????-??-??"))):
        return None
    return f"the office of {file.parent} was moved into a database server ({aside[-1].name} is no office now): {_GO_ON}"
