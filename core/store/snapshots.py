"""A consistent copy of a SQLite office while others write to it, and the proof that a copy is sound.

VACUUM INTO reads one snapshot: writers go on, and what was erased does not come along in free pages.
"""

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError, Refused, SetupError

_MEGABYTE = 1_000_000
#: What an office at work may need while its copy is made.
_ROOM_LEFT = 50 * _MEGABYTE
_STEPS_BETWEEN_LOOKS = 200_000


@contextmanager
def snapshot(
    database: Path, copy: Path, *, emptied: Collection[str], stopped: Callable[[], bool]
) -> Iterator[BinaryIO]:
    """Yield a sound copy, which is deleted afterwards. stopped: looked at now and then; True ends the copying.

    emptied: tables whose rows do not come along.
    """
    needed = database.stat().st_size
    free = shutil.disk_usage(copy.parent).free
    if free < needed + _ROOM_LEFT:
        raise SetupError(
            f"a backup needs {needed / _MEGABYTE:,.0f} MB in {copy.parent} for a while, and "
            f"{free / _MEGABYTE:,.0f} MB are free; make room"
        )
    copy.unlink(missing_ok=True)  # of a run that was killed
    copy.touch(mode=0o600)
    try:
        connection = sqlite3.connect(database, isolation_level=None)
        try:
            connection.set_progress_handler(stopped, _STEPS_BETWEEN_LOOKS)
            connection.execute("VACUUM INTO ?", (str(copy),))
        except sqlite3.OperationalError:
            if stopped():
                raise Refused("the backup was stopped; nothing of it stays") from None
            raise
        finally:
            connection.close()
        _empty(copy, emptied)
        if fault := fault_of(copy):
            raise SetupError(f"the database is damaged ({fault}), so no backup was made of it; see: kabar doctor")
        with copy.open("rb") as file:
            yield file
    finally:
        copy.unlink(missing_ok=True)


def _empty(copy: Path, tables: Collection[str]) -> None:
    connection = sqlite3.connect(copy, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete=ON")  # nothing of them in free pages either
        for table in tables:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
    finally:
        connection.close()


def fault_of(database: Path) -> str | None:
    """Return what is wrong inside a SQLite file that nobody else uses; None: all is well."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok":
            return str(said).splitlines()[0]
        loose = connection.execute("PRAGMA foreign_key_check").fetchone()
        return f"a row of {loose[0]} points to a row that is not there" if loose else None
    finally:
        connection.close()


def in_one_file(database: Path) -> None:
    """Take into a SQLite file what SQLite put beside it, so that the file alone can be moved."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def schema_of(database: Path) -> str:
    """Return the newest migration that was applied to a SQLite file; raise InputError when it is no office's."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError):
        raise InputError("this backup holds no office; take another one") from None
    finally:
        connection.close()
