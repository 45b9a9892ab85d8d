"""Restoring an office from a backup: checked whole before any of it is put in its place.

Until then it is a file under another name (SQLite), or tables without the mark by which a database is known to be
usable (PostgreSQL). Killed anywhere, there is no office yet, and the same command begins anew. What waited when the
backup was made is held in the same step that puts it in its place, so that nobody is told twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.orm import Session

from core.actions.restoring import Held, hold_what_waited, make_usable
from core.errors import InputError, Refused, SetupError
from core.jobs.backing_up import MEGABYTE, Progress
from core.questions.databases import database_state, schema_name
from core.store.engine import database_url, ensure_schema
from core.store.office import SCHEMA, office_at
from core.store.postgres_tools import dumped_schema, load_dump
from core.store.sealed_file import open_sealed
from core.store.sealing import Seal, read_key_file
from core.store.snapshots import fault_of, in_one_file, schema_of
from core.whole_file import sync_folder, whole_file

#: Ends what waited, in the transaction that makes the office usable; None: it stays as it was.
Hold = Callable[[Session, str], Held | None]

_CONTENT = "restored"
_BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")
_SQLITE_BEGINS, _DUMP_BEGINS = b"SQLite format 3\0", b"PGDMP"


@dataclass(frozen=True, slots=True)
class Restored:
    """name: the office's. schema: the newest migration of its data. held: None when all is sent as it was owed."""

    name: str
    schema: str
    held: Held | None


def restore(
    backup: Path, home: Path, address: str | None, *, send_again: bool, now: datetime, by: str, progress: Progress
) -> Restored:
    """Put a backup in place, in a home that holds its key file and no data. address: as in the settings.

    send_again: what waited when the backup was made is sent, as if no time had passed.
    Raises Refused when there is data already; InputError and SetupError say what is wrong with the backup, the key or
    this program. Then nothing was changed.
    """
    url = database_url(address, home)
    sqlite = url.get_backend_name() == "sqlite"
    if any(map(Path.exists, _beside(Path(str(url.database))))) if sqlite else database_state(url).schema is not None:
        raise Refused(f"there is data in {home if sqlite else 'this database'} already; restore to another place")

    def hold(session: Session, schema: str) -> Held | None:
        return None if send_again else hold_what_waited(session, schema=schema, now=now, by=by)

    master = read_key_file(home / "office.key")
    with _opened(backup, home, master, progress) as content:
        with content.open("rb") as file:
            begins = file.read(len(_SQLITE_BEGINS))
        if not begins.startswith(_SQLITE_BEGINS if sqlite else _DUMP_BEGINS):
            raise SetupError(_other_kind(sqlite=sqlite))
        return (_put_sqlite if sqlite else _put_postgresql)(content, url, master, hold)


def _other_kind(*, sqlite: bool) -> str:
    if sqlite:
        return "this is a backup of an office on PostgreSQL; set KABAR_DATABASE_URL to an empty database for it"
    return "this is a backup of an office on SQLite; leave KABAR_DATABASE_URL empty"


@contextmanager
def _opened(backup: Path, home: Path, master: bytes, progress: Progress) -> Iterator[Path]:
    """What the backup holds, as a file in the home; it and what SQLite puts beside it go afterwards."""
    content = home / _CONTENT
    size = backup.stat().st_size // MEGABYTE
    _forget(content)  # of a restore that was killed: its log must not get into this one
    try:
        with backup.open("rb") as source, whole_file(content) as target:
            open_sealed(source, target, master, progress=lambda done: progress("opening", done // MEGABYTE, size))
        yield content
    finally:
        _forget(content)


def _put_sqlite(content: Path, url: URL, master: bytes, hold: Hold) -> Restored:
    if fault := fault_of(content):
        raise InputError(f"this backup is damaged ({fault}); nothing was changed: take another one")
    schema = _usable(schema_of(content))
    state = database_state(url.set(database=str(content)))
    with office_at(url.set(database=str(content)), Seal(master, str(state.regency))) as office:
        held = office.write(lambda session: hold(session, schema))
    in_one_file(content)
    target = Path(str(url.database))
    content.rename(target)
    sync_folder(target.parent)
    return Restored(str(state.name), schema, held)


def _put_postgresql(content: Path, url: URL, master: bytes, hold: Hold) -> Restored:
    name, version = dumped_schema(content)
    schema = _usable(version)
    ensure_schema(url)
    _same_schema(url, master, name)
    load_dump(url, content, name, replace=database_state(url).regency is not None)
    state = database_state(url)

    def put(session: Session) -> Held | None:
        make_usable(session, schema)
        return hold(session, schema)

    with office_at(url, Seal(master, str(state.regency))) as office:
        return Restored(str(state.name), schema, office.write(put))


def _same_schema(url: URL, master: bytes, name: str) -> None:
    with office_at(url, Seal(master, "")) as database:
        here = database.read(schema_name)
    if here != name:
        raise SetupError(f"this backup is of the schema {name}, and this is {here}; set KABAR_DATABASE_SCHEMA={name}")


def _usable(schema: str) -> str:
    if schema > SCHEMA:
        raise SetupError(f"this backup is of schema {schema}, newer than this program ({SCHEMA}); install the newest")
    return schema


def _forget(content: Path) -> None:
    for path in _beside(content):
        path.unlink(missing_ok=True)


def _beside(database: Path) -> list[Path]:
    return [database.with_name(database.name + ending) for ending in _BESIDE_SQLITE]
