"""Power cuts, imitated: what an office was told is durable is there afterwards; what only seemed so is found out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from core.actions.facts import Happened, append_fact
from core.store.engine import DATABASE
from core.store.office import OpenOffice, open_office
from core.store.tables import Fact
from tests.chaos import power
from tests.offices import MORNING, act, ask


@contextmanager
def in_a_house_without_power(home: Path) -> Iterator[Callable[[], None]]:
    """Every sync inside is shadowed; call what is given to note what is durable, and close all before leaving."""
    shadow = home.with_name("shadow")
    durable: dict[str, bytes] = {}
    power.keep_all(home / DATABASE, shadow)
    with power.shadowed(shadow):
        yield lambda: durable.update(power.snapshot(home / DATABASE, shadow))
    power.cut(home / DATABASE, durable)


@contextmanager
def less_careful(synchronous: str) -> Iterator[None]:
    """An engine that forgets to have its commits synced."""

    def set_up(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")

    event.listen(Pool, "checkout", set_up)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", set_up)


def note_something(session: Session) -> None:
    append_fact(session, Happened.CARD_MOVED, now=MORNING, by="operator", resident_id=1, card_id=1, details={})


def facts(office: OpenOffice) -> int:
    return ask(office, lambda session: session.scalar(select(func.count(Fact.id))) or 0)


def noted_before_the_cut(home: Path, times: int) -> tuple[int, int]:
    """How many facts were promised to be durable, and how many are there afterwards."""
    with in_a_house_without_power(home) as power_fails, open_office(home) as office:
        before = facts(office)
        for _ in range(times):
            act(office, note_something)
        power_fails()
    with open_office(home) as office:
        return before + times, facts(office)


@pytest.mark.parametrize(
    "times", [1, 3, 400]
)  # 400 fill the write-ahead log, so that it is written back and begun anew
def test_what_was_committed_survives_a_power_cut(office: OpenOffice, home: Path, times: int) -> None:
    office.close()
    promised, kept = noted_before_the_cut(home, times)
    assert kept == promised


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_an_office_that_does_not_sync_each_commit_is_found_out(
    office: OpenOffice, home: Path, synchronous: str
) -> None:
    office.close()
    with less_careful(synchronous):
        promised, kept = noted_before_the_cut(home, 3)
    assert kept < promised


def test_nothing_is_shadowed_any_more_afterwards(tmp_path: Path) -> None:
    shadow = tmp_path / "shadow"
    with power.shadowed(shadow):
        pass
    sqlite3.connect(tmp_path / "one.sqlite3").execute("CREATE TABLE t (n)").connection.close()
    assert not list(shadow.iterdir())
