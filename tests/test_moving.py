"""An office outgrows its one file: it is moved into a schema of a database server, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.actions.bot_name import keep_bot_name
from core.actions.cards import move_card
from core.errors import Refused, SetupError
from core.jobs.moving import Moved, move_database
from core.questions.cards import current_card
from core.rules.card import Stage
from core.store.engine import database_url, ensure_schema
from core.store.office import OpenOffice, open_office
from migrations import migrate
from tests.cli_world import Terminal
from tests.offices import MORNING, SITI, act
from tests.postgres import Postgres
from tests.rows import a_row_in_every_table, everything


@pytest.fixture
def home(tmp_path: Path, founded_home: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(founded_home, home)
    return home


@pytest.fixture
def address(postgres: Postgres) -> Iterator[str]:
    yield postgres.create("moving")
    postgres.drop("moving")


@pytest.fixture
def source(home: Path) -> URL:
    return database_url(None, home)


@pytest.fixture
def target(address: str, home: Path) -> URL:
    url = database_url(f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3Dk3522", home)
    ensure_schema(url)
    migrate(url)
    return url


def moved(source: URL, target: URL, look: Callable[..., None] = lambda *_: None) -> Moved:
    return move_database(source, target, now=MORNING, by="operator", progress=look)


def opened_there(home: Path, target: URL) -> OpenOffice:
    return open_office(home, target.render_as_string(hide_password=False))


def print_card(session: Session, nik: str, *, now: datetime) -> None:
    card = current_card(session, nik)
    assert card is not None
    move_card(session, card, Stage.PRINTED, now=now, by="operator")


def test_every_row_of_every_table_arrives_and_the_file_is_set_aside(home: Path, source: URL, target: URL) -> None:
    with open_office(home) as office:
        before = everything(office, but={"fact"})
        facts = len(everything(office)["fact"])
    done = moved(source, target)
    assert sum(done.rows.values()) == facts + sum(map(len, before.values()))
    assert not (home / "kabar.sqlite3").exists()
    assert done.aside.name == "kabar.sqlite3.moved-2017-09-26"
    with opened_there(home, target) as office:
        assert everything(office, but={"fact"}) == before
        assert [fact["kind"] for fact in everything(office)["fact"]][facts:] == ["office-moved"]
    with pytest.raises(SetupError, match=r"was moved into a database server .* set KABAR_DATABASE_URL"):
        open_office(home)
    with pytest.raises(Refused, match="was moved"):
        moved(source, target)


def test_a_row_of_every_kind_is_the_same_on_both_sides(tmp_path: Path, source: URL, target: URL) -> None:
    source = database_url(None, tmp_path)
    migrate(source)
    engine = create_engine(source)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    engine.dispose()
    assert set(moved(source, target).rows.values()) == {1}


class PowerCutError(Exception):
    """In the middle of everything."""


@pytest.mark.parametrize("at", range(0, 75, 7))
def test_stopped_anywhere_and_done_again_it_ends_the_same(home: Path, source: URL, target: URL, at: int) -> None:
    with open_office(home) as office:
        before = everything(office, but={"fact"})
    steps = iter(range(at))

    def stop(*_: object) -> None:
        if next(steps, None) is None:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        moved(source, target, stop)
    with open_office(home) as office:
        assert everything(office, but={"fact"}) == before
        act(office, keep_bot_name, "bojonegoro_bot")  # it is the office still, and people work in it
        act(office, keep_bot_name, before["office"][0]["bot_name"])
    assert sum(moved(source, target).rows.values()) > 0
    with opened_there(home, target) as office:
        assert everything(office, but={"fact"}) == before


def test_a_database_that_is_not_empty_is_refused(home: Path, source: URL, target: URL) -> None:
    engine = create_engine(target)
    with engine.begin() as connection:
        a_row_in_every_table(connection)
    with pytest.raises(Refused, match="another office"):
        moved(source, target)
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE office"))
    engine.dispose()
    with pytest.raises(Refused, match="not empty"):
        moved(source, target)
    open_office(home).close()


def test_while_it_is_moved_nobody_can_work_for_the_part_that_is_there(home: Path, source: URL, target: URL) -> None:
    came: list[str] = []

    def look(phase: str, done: int, total: int) -> None:
        if phase == "comparing" and done == total:
            with pytest.raises(SetupError, match="no office yet"):
                opened_there(home, target)
            came.append(phase)

    moved(source, target, look)
    assert came
    opened_there(home, target).close()


@pytest.mark.parametrize("begun", [False, True], ids=["before it begins there", "after"])
def test_cut_off_when_the_file_is_frozen_it_is_the_office_no_more_and_the_same_command_ends_it(
    home: Path, source: URL, target: URL, begun: bool
) -> None:
    with open_office(home) as office:
        before = everything(office, but={"fact"})
    moved(source, target).aside.rename(home / "kabar.sqlite3")
    if not begun:
        engine = create_engine(target)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM fact WHERE kind = 'office-moved'"))
            connection.execute(text("DELETE FROM office"))
        engine.dispose()
    with pytest.raises(SetupError, match=r"set KABAR_DATABASE_URL .* run it once more"):
        open_office(home)
    moved(source, target)
    with opened_there(home, target) as office:
        assert everything(office, but={"fact"}) == before
        assert [fact["kind"] for fact in everything(office)["fact"]].count("office-moved") == 1
    assert not (home / "kabar.sqlite3").exists()


def test_a_frozen_file_goes_nowhere_but_where_it_went(home: Path, source: URL, target: URL) -> None:
    moved(source, target).aside.rename(home / "kabar.sqlite3")
    other = target.update_query_dict({"options": "-csearch_path=other"})
    ensure_schema(other)
    migrate(other)
    with pytest.raises(Refused, match="moved into another database"):
        moved(source, other)


def test_a_row_that_differs_keeps_the_file_the_office(home: Path, source: URL, target: URL) -> None:
    engine = create_engine(target)

    def falsify(phase: str, done: int, total: int) -> None:
        if phase == "resident" and done == total:
            with engine.begin() as connection:
                connection.execute(text("UPDATE resident SET village = '35.22.01.2002' WHERE id = 1"))

    with pytest.raises(SetupError, match="resident is not the same"):
        moved(source, target, falsify)
    engine.dispose()
    with open_office(home) as office:
        act(office, keep_bot_name, "bojonegoro_bot")


def test_who_still_has_the_file_open_writes_nothing_into_it_any_more(home: Path, source: URL, target: URL) -> None:
    with open_office(home) as office:
        act(office, keep_bot_name, "bojonegoro_bot")
        moved(source, target)
        with pytest.raises(IntegrityError, match="was moved"):
            act(office, keep_bot_name, "another_bot")


def test_who_writes_while_it_is_moved_waits(home: Path, source: URL, target: URL) -> None:
    refused: list[str] = []

    def write(*_: object) -> None:
        if refused:
            return
        writer = sqlite3.connect(home / "kabar.sqlite3", timeout=0, isolation_level=None)
        try:
            writer.execute("UPDATE resident SET village = '35.22.01.2002'")
        except sqlite3.OperationalError as error:
            refused.append(str(error))
        finally:
            writer.close()

    moved(source, target, write)
    assert refused == ["database is locked"]


def test_new_rows_get_ids_after_the_old_ones(home: Path, source: URL, target: URL) -> None:
    moved(source, target)
    with opened_there(home, target) as office:
        office.write(partial(print_card, nik=SITI, now=MORNING))


def test_the_operator_is_told_what_to_set(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    founded_home: Path,
    address: str,
) -> None:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    said = kabar("move-database", "-", "--schema", "k3522", typed=f"{address}\n")
    assert said.code == 0
    assert "all are the same" in said.flat
    assert "KABAR_DATABASE_SCHEMA=k3522" in said.out
    kabar.set(database_url=address, database_schema="k3522")
    assert kabar("status", SITI).code == 0
    kabar.set(database_url="", database_schema="")
    for command in (("status", SITI), ("run",), ("init", "--regency", "35.22"), ("move-database", address)):
        told = kabar(*command)
        assert told.code != 0, command
        assert "was moved into a database server" in told.flat, command
    assert "run: kabar init" not in kabar("doctor").flat
    kabar.set(database_url=address, database_schema="k3522")
    assert "in a database server already" in kabar("move-database", "-", typed=f"{address}\n").flat


def test_a_file_is_no_place_to_move_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], founded_home: Path
) -> None:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    assert "give the address of a PostgreSQL database" in kabar("move-database", "sqlite:///other.db").flat
