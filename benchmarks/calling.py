"""How long a call to 3,000 people at one point takes until all have a day and a notice, and what others wait meanwhile.

An office of 100,000 residents, of whom 3,000 wait at one point; one in ten shares a phone. As `kabar run` does it: the
official's press makes the call, and a chore gives the days, a chunk at a time. Small writes come every 20 ms, through
the writer of the same process and from another one; first for a while in which nobody calls, to know the disk.
"""

import argparse
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from datetime import time as clock_time
from functools import partial

import psycopg
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.offices import Place, founded, people
from benchmarks.putting import writing, writing_elsewhere
from core.actions.calls import cancel_call, change_call, make_call
from core.jobs.calling import carry_on_calls
from core.questions.call_plans import call_plan
from core.questions.calls import call_view
from core.rules.calls import CallTerms
from core.rules.card import Stage
from core.store.delivery_tables import Notice
from core.store.engine import DATABASE
from core.store.office import OpenOffice, open_office
from core.store.tables import Card

LIMIT_SECONDS, LIMIT_DELAY, LIMIT_LOOK = 2.0, 0.1, 0.3
CALLED, OTHERS = 3_000, 97_000
POINT = "35.22.15.2003"
_NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday morning
_TERMS = CallTerms(point=POINT, first_day=date(2026, 11, 25), opens=clock_time(8), closes=clock_time(12), per_day=100)
_QUIET_SECONDS = 3.0
#: Who waits there; of each ten one has the phone of the one before.
_WAIT_THERE = f"""
    UPDATE card SET pickup_point = '{POINT}', pickup_number = CASE WHEN id % 4 = 0 THEN id / 4 END
    WHERE stage = 'READY_FOR_PICKUP'
"""  # noqa: S608  # our own words
_SHARE = f"""
    UPDATE contact SET address_index = (SELECT one.address_index FROM contact AS one WHERE one.id = contact.id - 1)
    WHERE id % 10 = 0 AND id > {OTHERS + 10}
"""  # noqa: S608  # likewise
_AT_POINT = (_WAIT_THERE, _SHARE)

Row = tuple[str, str, str, str]


def rows(called: int = CALLED) -> Iterator[Row]:
    """What the table of benchmarks/README.md says, on SQLite and on PostgreSQL."""
    for backend in ("sqlite", "postgresql"):
        with founded(backend) as place:
            people(place, OTHERS, stages=(Stage.PRINT_READY, Stage.HANDED_OVER), told_every=2)
            people(place, called, stages=(Stage.READY_FOR_PICKUP,))
            _bring(place)
            yield from _measured(backend, place, called)


def _measured(backend: str, place: Place, called: int) -> Iterator[Row]:
    with open_office(place.home, place.address) as office, writing_elsewhere(place) as others, writing(office) as own:
        time.sleep(_QUIET_SECONDS)
        quiet = own(), others()
        looked = _timed(lambda: office.read(partial(call_plan, terms=_TERMS, now=_NOW)))
        yield _row(f"{backend}: the preview", looked, LIMIT_LOOK)
        own(), others()
        began = time.perf_counter()
        call_id = office.write(partial(make_call, terms=_TERMS, now=_NOW, by="official:1"))
        made = time.perf_counter() - began
        carry_on_calls(office, now=lambda: _NOW)
        seconds = time.perf_counter() - began
        delays = own(), others()
        _check(office, called)
        yield _row(f"{backend}: the press", made, LIMIT_DELAY)
        yield _row(f"{backend}: all have a day and a notice", seconds, LIMIT_SECONDS)
        for who, before, meanwhile in zip(("the same", "another"), quiet, delays, strict=True):
            yield _row(f"{backend}: longest write of {who} process", meanwhile, LIMIT_DELAY, quiet=before)
        yield _row(
            f"{backend}: how it stands", _timed(lambda: office.read(partial(call_view, call_id=call_id))), LIMIT_LOOK
        )
        fewer = CallTerms(
            point=POINT, first_day=date(2026, 11, 26), opens=clock_time(8), closes=clock_time(12), per_day=50
        )
        for name, act in (
            ("changed", partial(change_call, call_id=call_id, terms=fewer, now=_NOW, by="official:1")),
            ("called off", partial(cancel_call, call_id=call_id, now=_NOW, by="official:1")),
        ):
            own(), others()
            pressed = _timed(lambda act=act: office.write(act))
            seconds = pressed + _timed(lambda: carry_on_calls(office, now=lambda: _NOW))
            yield _row(f"{backend}: the press that has it {name}", pressed, LIMIT_DELAY)
            yield _row(f"{backend}: until it is {name}", seconds, LIMIT_SECONDS)
            yield _row(f"{backend}: longest write of another process", max(own(), others()), LIMIT_DELAY)


def _row(name: str, took: float, limit: float, *, quiet: float | None = None) -> Row:
    beside = "" if quiet is None else f" ({quiet * 1000:.0f} ms while nobody calls)"
    return name, f"{took:.3f} s", f"limit {limit:.1f} s{beside}", f"{took / limit:.2f}"


def _bring(place: Place) -> None:
    """Have those whose cards are ready wait at one point."""
    if place.address:
        with psycopg.connect(place.address, autocommit=True) as postgres:
            for statement in _AT_POINT:
                postgres.execute(statement.encode())
            postgres.execute("VACUUM ANALYZE")
        return
    with closing(sqlite3.connect(place.home / DATABASE)) as sqlite, sqlite:
        for statement in _AT_POINT:
            sqlite.execute(statement)


def _check(office: OpenOffice, called: int) -> None:
    def count(session: Session) -> tuple[int, int]:
        days = session.scalar(select(func.count()).select_from(Card).where(Card.pickup_on.is_not(None)))
        return days or 0, session.scalar(select(func.count(Notice.card_id.distinct()))) or 0

    if office.read(count) != (called, called):
        raise RuntimeError(f"not all {called:,} have a day and a notice: {office.read(count)}")


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def main() -> None:
    """Print the table of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=CALLED)
    called = parser.parse_args().people
    print(f"| a call to {called:,} people at one point | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(called):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
