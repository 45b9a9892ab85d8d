"""Moving an office from its SQLite file into an empty PostgreSQL schema.

1. Nobody writes to the file meanwhile: the move holds SQLite's write lock, and the caller the home's.
2. Tables go in the order in which they point to each other, rows in the order of their keys, in chunks that are
   committed one by one. What is there already after a kill is a beginning of the same rows, so they are counted and
   the rest follows.
3. Every table is then counted and summed on both sides, whatever order they keep strings in. Only when all agree is
   the file frozen, in the transaction that held it: whoever waited to write is told that the office was moved.
4. The office's own row comes after that, so that nobody can begin to work for a part of it: until then the new
   database holds no office. Last, the file is set aside (core/store/moved.py). Killed anywhere, the same command does
   what is left.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, URL, Column, Connection, Engine, Table, func, insert, select, text
from sqlalchemy.exc import OperationalError

import core.store.delivery_tables
import core.store.desk_tables
import core.store.inbox_tables
import core.store.tables  # noqa: F401  (registers their tables)
from core.actions.facts import Happened
from core.errors import Refused, SetupError
from core.questions.databases import database_state
from core.store.base import Base
from core.store.engine import writer_engine
from core.store.moved import freeze, is_frozen, moved_away, set_aside
from core.store.office import SCHEMA
from core.store.tables import Fact, Office

CHUNK = 10_000
_MODULUS = 2**128
_OFFICE = Base.metadata.tables[Office.__tablename__]

#: What is being done, how far it is, and of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """rows: by table. went_on: rows that an earlier try had brought. aside: where the file is now."""

    rows: Mapping[str, int]
    went_on: int
    aside: Path


@dataclass(frozen=True, slots=True)
class _Sum:
    """Of a table: how many rows, and the sum of what each of them hashes to."""

    rows: int
    value: int


def move_database(source: URL, target: URL, *, now: datetime, by: str, progress: Progress) -> Moved:
    """Move the office; the schema of the target must be there, with the newest tables in it.

    Raises Refused when the target holds anything but a beginning of this very office, SetupError when both sides do
    not agree at the end; the file stays the office then.
    """
    file = Path(str(source.database))
    if said := moved_away(file):
        raise Refused(said)
    _check_schemas(source, target)
    with _both(source, target) as (office, there), office.connect() as held:
        _hold(held)
        went_on = _same_beginning(held, there)
        if is_frozen(held):
            rows = {table.name: _count(held, table) for table in _tables()}
        else:
            rows = {table.name: _copy(held, there, table, progress) for table in _tables()}
            _compare(held, there, rows, progress)
            _make_ready(there)
            freeze(held)
            held.commit()  # from here on the file is no office any more
        _begin_there(held, there, rows, now=now, by=by)
    return Moved({_OFFICE.name: 1, **rows}, went_on, set_aside(file, now))


def _tables() -> Sequence[Table]:
    """All but the office's own row, which makes the rest usable."""
    return [table for table in Base.metadata.sorted_tables if table is not _OFFICE]


def _check_schemas(source: URL, target: URL) -> None:
    for url, what in ((source, "the office's file"), (target, "the new database")):
        schema = database_state(url).schema
        if schema != SCHEMA:
            raise SetupError(f"{what} is at schema {schema}, this program needs {SCHEMA}; run: kabar migrate")


@contextmanager
def _both(source: URL, target: URL) -> Iterator[tuple[Engine, Engine]]:
    engines = writer_engine(source), writer_engine(target)
    try:
        yield engines
    finally:
        for engine in engines:
            engine.dispose()


def _hold(office: Connection) -> None:
    """BEGIN IMMEDIATE: whoever else writes waits, and then gives up with a locked database."""
    try:
        office.execute(select(1))
    except OperationalError:
        raise Refused("somebody writes to the office at this moment; let that end, then move it") from None


def _same_beginning(office: Connection, there: Engine) -> int:
    """How many rows an earlier try brought."""
    with there.connect() as target:
        ours, theirs = (one.execute(select(Office.regency, Office.key_check)).first() for one in (office, target))
        rows = {table.name: _count(target, table) for table in _tables()}
        same = theirs is not None or all(_is_beginning(office, target, table, rows[table.name]) for table in _tables())
    if theirs is not None and tuple(theirs) != tuple(ours or ()):
        raise Refused("the new database holds another office; give an empty one, or another KABAR_DATABASE_SCHEMA")
    if theirs is not None and not is_frozen(office):
        raise Refused("the new database holds this office already: it is at work there, or was")
    if not same:
        raise Refused("the new database is not empty; give an empty one, or another KABAR_DATABASE_SCHEMA")
    if theirs is None and is_frozen(office) and not any(rows.values()):
        raise Refused("this office was moved into another database than this one, which is empty; give that one")
    return sum(rows.values())


def _is_beginning(office: Connection, target: Connection, table: Table, count: int) -> bool:
    """Whether the last of so many rows is the same on both sides; what is sealed in it is no other office's."""
    if count == 0:
        return True
    keys = list(table.primary_key.columns)
    ours = office.execute(select(table).order_by(*keys).offset(count - 1).limit(1)).first()
    if ours is None:
        return False
    its = [key == value for key, value in zip(keys, _values(ours, table, keys), strict=True)]
    theirs = target.execute(select(table).where(*its)).first()
    return theirs is not None and tuple(theirs) == tuple(ours)


def _values(row: Any, table: Table, columns: Sequence[Column[Any]]) -> list[Any]:
    places = list(table.columns)
    return [row[places.index(column)] for column in columns]


def _copy(office: Connection, there: Engine, table: Table, progress: Progress) -> int:
    with there.connect() as target:
        done = _count(target, table)
    total = _count(office, table)
    progress(table.name, done, total)
    query = select(table).order_by(*table.primary_key.columns).offset(done)
    rows = office.execute(query, execution_options={"yield_per": CHUNK})
    for chunk in rows.partitions(CHUNK):
        with there.begin() as target:
            _put(target, table, chunk)
        done += len(chunk)
        progress(table.name, done, total)
    return done


def _put(target: Connection, table: Table, rows: Sequence[Any]) -> None:
    columns = list(table.columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    driver = target.connection.cursor()
    with driver.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_as_kept(column, value) for column, value in zip(columns, row, strict=True)])


def _as_kept(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.dumps(value)
    return value.value if isinstance(value, Enum) else value


def _compare(office: Connection, there: Engine, rows: Mapping[str, int], progress: Progress) -> None:
    total, done = sum(rows.values()), 0
    for table in _tables():
        with there.connect() as target:
            sums = _sum(office, table), _sum(target, table)
        if sums[0] != sums[1]:
            raise SetupError(
                f"{table.name} is not the same on both sides ({sums[0].rows:,} rows here, {sums[1].rows:,} there); "
                "the file is still the office. Empty the new database and move it again"
            )
        done += rows[table.name]
        progress("comparing", done, total)


def _sum(connection: Connection, table: Table) -> _Sum:
    value = count = 0
    rows = connection.execute(select(table), execution_options={"yield_per": CHUNK})
    for row in rows:
        plain = [json.dumps(one, sort_keys=True) if isinstance(one, dict) else one for one in row]
        digest = hashlib.blake2b(repr(plain).encode(), digest_size=16).digest()
        value, count = (value + int.from_bytes(digest)) % _MODULUS, count + 1
    return _Sum(count, value)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _make_ready(there: Engine) -> None:
    """Ids go on after the highest, and the planner knows what it has."""
    with there.begin() as target:
        for table in _tables():
            sequence = target.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": table.name, "column": next(iter(table.primary_key.columns)).name},
            )
            if sequence:
                highest = select(func.max(next(iter(table.primary_key.columns)))).scalar_subquery()
                target.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))
    with there.connect().execution_options(isolation_level="AUTOCOMMIT") as target:
        target.execute(text("ANALYZE"))


def _begin_there(office: Connection, there: Engine, rows: Mapping[str, int], *, now: datetime, by: str) -> None:
    """From here on the new database is the office, unless it was already."""
    moved = {"at": now, "kind": Happened.OFFICE_MOVED, "by": by, "details": {"rows": sum(rows.values())}}
    with there.begin() as target:
        if _count(target, _OFFICE) == 0:
            _put(target, _OFFICE, office.execute(select(_OFFICE)).all())
            target.execute(insert(Fact).values(moved))
