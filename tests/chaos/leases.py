"""Who held each office when, written down by the database itself: held against who spoke for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg

#: In the office's own schema: whoever takes, keeps or gives back the lease writes here in the same transaction.
_WATCH = """
CREATE TABLE lease_log (number serial PRIMARY KEY, at timestamptz NOT NULL, holder text NOT NULL);
CREATE FUNCTION log_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO lease_log (at, holder) VALUES (clock_timestamp(), NEW.holder);
    RETURN NULL;
END $$;
CREATE TRIGGER log_lease AFTER UPDATE ON lease FOR EACH ROW EXECUTE FUNCTION log_lease();
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One process held the office from then on, until the next turn. began: by a clock that never jumps."""

    pid: int
    began: float


def watch(address: str) -> None:
    """Have everything written down from now on."""
    with psycopg.connect(address) as connection:
        connection.execute(_WATCH)


def turns(address: str, *, clock_began: float) -> list[Turn]:
    """Every turn so far. clock_began: when the steady clock was at 0, by the calendar."""
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT at, holder FROM lease_log ORDER BY number").fetchall()
    return list(_turns([(at.timestamp() - clock_began, _pid(holder)) for at, holder in rows]))


def holder(address: str) -> int | None:
    """The process that has it at this moment."""
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT holder FROM lease WHERE until > now()").fetchone()
    return _pid(row[0]) if row else None


def held_at(log: Sequence[Turn], at: float) -> Turn | None:
    """The turn of that moment."""
    return next((turn for turn in reversed(log) if turn.began <= at), None)


def followed(log: Sequence[Turn], turn: Turn) -> Turn | None:
    """The turn after this one."""
    place = log.index(turn) + 1
    return log[place] if place < len(log) else None


def _turns(rows: Sequence[tuple[float, int]]) -> Iterator[Turn]:
    before = None
    for at, pid in rows:
        if pid != before:
            yield Turn(pid, at)
        before = pid


def _pid(name: str) -> int:
    return int(name.partition(" ")[0].rpartition(":")[2])
