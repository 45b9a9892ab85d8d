"""Large offices for measuring, filled through the bare drivers: 100,000 people in a few seconds.

    with founded("sqlite") as place:          # or "postgresql": a server of its own, which confirms to the disk
        people(place, 100_000)                # all wait for printing, all on Telegram
        with open_office(place.home, place.address) as office: ...

Addresses and NIKs are really sealed and indexed, because senders open the ones and questions look for the others; a
name is one sealed value for all. All NIKs are of district 99, which is nobody's.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from core.regions import Level, regions_of
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.store.engine import DATABASE
from core.store.sealing import Seal, read_key_file
from tests.offices import MORNING, found
from tests.postgres import Postgres

REGENCY = "35.22"
_BIRTHDAYS = [
    f"{day:02}{month:02}{year:02}" for year in range(40, 100) for month in range(1, 13) for day in range(1, 29)
]
_ROWS_AT_ONCE = 20_000
_REASONS, _ONE_IN_ELDERLY = ("first", "replacement", "unknown"), 7
_RESIDENT = "id, nik_index, nik_sealed, name_sealed, village"
_CARD = (
    "id, resident_id, stage, stage_since, siak_status, siak_as_of, siak_since, reason, elderly, applied_on, "
    "recorded_on, queued_on"
)
_CONTACT = (
    "id, resident_id, channel, address_index, address_sealed, proof, added_at, "
    "consent_at, consent_by, consent_how, consent_text"
)
_COLUMNS = {"resident": _RESIDENT, "card": _CARD, "contact": _CONTACT}

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office is: its home folder, and the address of its database unless that is the file in the home."""

    home: Path
    address: str | None = None


@contextmanager
def founded(backend: str) -> Iterator[Place]:
    """An office without residents, in a folder that is thrown away; backend: sqlite or postgresql."""
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as folder:
        home = Path(folder) / "home"
        if backend == "sqlite":
            found(home)
            yield Place(home)
            return
        (data := Path(folder) / "pg").mkdir()
        Path(folder).chmod(0o755)  # the server runs as somebody else
        with Postgres(data, durable=True) as server:
            address = server.create("office")
            found(home, address)
            yield Place(home, address)


def nik(number: int) -> str:
    """The NIK of the resident with this id: neighbours share no birthday, which the throttles would remark."""
    serial, birthday = divmod(number, len(_BIRTHDAYS))
    return f"352299{_BIRTHDAYS[birthday]}{serial + 1:04}"


def chat(number: int) -> str:
    """The Telegram account of the resident with this id."""
    return str(900_000_000 + number)


def phone(number: int) -> str:
    """The phone of the resident with this id."""
    return f"+62812{number:08}"


def people(
    place: Place,
    count: int,
    *,
    stages: Sequence[Stage] = (Stage.PRINT_READY,),
    told_every: int = 1,
    telegram_share: float = 1.0,
) -> range:
    """Add residents with one card each; return their ids, which go on from those that are there.

    stages: of their cards, in turn. told_every: each so manieth has a contact with consent; 0: nobody has.
    telegram_share: of these contacts; the others are phones.
    """
    crowd = _Crowd(place, tuple(stages), told_every, telegram_share)
    with _bulk(place) as (first, take):
        numbers = range(first, first + count)
        for start in range(0, count, _ROWS_AT_ONCE):
            some = numbers[start : start + _ROWS_AT_ONCE]
            take("resident", [crowd.resident(number) for number in some])
            take("card", [crowd.card(number) for number in some])
            take("contact", [crowd.contact(number) for number in some if crowd.is_told(number)])
    return numbers


class _Crowd:
    """The rows of residents, by their ids; cards and contacts have their resident's id."""

    def __init__(self, place: Place, stages: tuple[Stage, ...], told_every: int, telegram_share: float) -> None:
        self._seal = Seal(read_key_file(place.home / "office.key"), REGENCY)
        self._stages = stages
        self._told_every = told_every
        self._telegram_share = telegram_share
        self._name = self._seal.seal("SITI AMINAH")
        self._villages = [region.code for region in regions_of(REGENCY) if region.level is Level.VILLAGE]
        self._recorded = [(MORNING - timedelta(days=days)).date() for days in range(400)]
        self._moment: object = MORNING if place.address else _sqlite_moment(MORNING)

    def resident(self, number: int) -> Row:
        whose = nik(number)
        village = self._villages[number % len(self._villages)]
        return number, self._seal.index("nik", whose), self._seal.seal(whose), self._name, village

    def card(self, number: int) -> Row:
        stage = self._stages[number % len(self._stages)].value
        recorded = self._recorded[number % len(self._recorded)]
        today = MORNING.date()
        reason, is_elderly = _REASONS[number % len(_REASONS)], number % _ONE_IN_ELDERLY == 0
        last = (reason, is_elderly, recorded, recorded, recorded)
        return number, number, stage, self._moment, "PRR", today, today, *last

    def is_told(self, number: int) -> bool:
        return bool(self._told_every) and number % self._told_every == 0

    def contact(self, number: int) -> Row:
        nth, share = number // self._told_every, self._telegram_share
        by_telegram = int((nth + 1) * share) > int(nth * share)
        channel, address = (Channel.TELEGRAM, chat(number)) if by_telegram else (Channel.SMS, phone(number))
        index, sealed = self._seal.index(channel, address), self._seal.seal(address)
        now = self._moment
        consent = (now, "resident", "telegram", "2026-1")
        return number, number, channel.value, index, sealed, "receipt", now, *consent


Take = Callable[[str, Sequence[Row]], None]


@contextmanager
def _bulk(place: Place) -> Iterator[tuple[int, Take]]:
    """The first free id, and how to insert many rows into a table; all of it in one transaction."""
    with _bulk_postgres(place.address) if place.address else _bulk_sqlite(place.home / DATABASE) as bulk:
        yield bulk


@contextmanager
def _bulk_sqlite(path: Path) -> Iterator[tuple[int, Take]]:
    with closing(sqlite3.connect(path)) as connection:
        for pragma in ("synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")

        def take(table: str, rows: Sequence[Row]) -> None:
            marks = ", ".join("?" * len(_COLUMNS[table].split(",")))
            statement = f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({marks})"  # noqa: S608  # our own words
            connection.executemany(statement, map(_plain, rows))

        with connection:
            [first] = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM resident").fetchone()
            yield first, take
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # and no ANALYZE: no office ever ran one


@contextmanager
def _bulk_postgres(address: str) -> Iterator[tuple[int, Take]]:
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys are not looked up row by row

        def take(table: str, rows: Sequence[Row]) -> None:
            with cursor.copy(f"COPY {table} ({_COLUMNS[table]}) FROM STDIN") as copy:
                copy.write("".join(map(_line, rows)))

        found = cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM resident").fetchone()
        yield int(found[0]) if found else 1, take
        for table in _COLUMNS:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )
        connection.commit()
        connection.autocommit = True
        cursor.execute("VACUUM ANALYZE")


def _plain(row: Row) -> Row:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


def _line(row: Row) -> str:
    """A row as COPY reads it; none of our values needs escaping."""
    return "\t".join(rf"\\x{value.hex()}" if isinstance(value, bytes) else str(value) for value in row) + "\n"


def _sqlite_moment(moment: datetime) -> str:
    """As SQLAlchemy keeps it there."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
