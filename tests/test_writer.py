"""Who commits: acts that share a commit do not share their failures, and nobody is told before it is durable."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.store.engine import database_url, writer_engine
from core.store.office import OpenOffice, open_office
from core.store.tables import Fact, Resident
from core.store.writer import Writer
from tests.offices import MORNING

pytestmark = pytest.mark.both_databases


def note(by: str) -> Callable[[Session], int]:
    return lambda session: append_fact(session, Happened.PERSONAL_DATA_SHOWN, now=MORNING, by=by)


def noted(office: OpenOffice) -> list[str]:
    query = select(Fact.by).where(Fact.kind == Happened.PERSONAL_DATA_SHOWN).order_by(Fact.id)
    return office.read(lambda session: list(session.scalars(query)))


def together(office: OpenOffice, *acts: Callable[[Session], Any]) -> list[Future[Any]]:
    """Queue acts while the writer is busy, so that on SQLite they share one commit; wait for all."""
    go_on = threading.Event()
    busy = [office.submit(lambda _: go_on.wait()) for _ in range(4)]
    futures = [office.submit(act) for act in acts]
    go_on.set()
    for future in (*busy, *futures):
        future.exception()
    return futures


def test_an_act_is_durable_when_its_caller_is_told(office: OpenOffice) -> None:
    office.write(note("siti"))
    assert noted(office) == ["siti"]


def test_an_act_that_fails_takes_nothing_of_the_others_with_it(office: OpenOffice) -> None:
    def half_done(session: Session) -> None:
        note("half done")(session)
        raise ValueError("no")

    first, failed, last = together(office, note("first"), half_done, note("last"))
    assert first.result() != last.result()
    assert isinstance(failed.exception(), ValueError)
    assert sorted(noted(office)) == ["first", "last"]


def test_an_act_that_ends_by_being_cancelled_does_not_end_the_writer(office: OpenOffice) -> None:
    def cancelled(_: Session) -> None:
        raise KeyboardInterrupt

    [future] = together(office, cancelled)
    assert isinstance(future.exception(), KeyboardInterrupt)
    office.write(note("after"))
    assert noted(office) == ["after"]


def test_an_act_that_is_withdrawn_before_its_turn_is_not_done(office: OpenOffice) -> None:
    go_on = threading.Event()
    busy = [office.submit(lambda _: go_on.wait()) for _ in range(4)]
    withdrawn = office.submit(note("withdrawn"))
    assert withdrawn.cancel()
    go_on.set()
    for future in busy:
        future.result()
    office.write(note("after"))
    assert noted(office) == ["after"]


def test_when_the_transaction_is_lost_on_the_way_nobody_of_it_is_told_done(office: OpenOffice) -> None:
    def lose(session: Session) -> None:
        """What SQLite does by itself on some failures of the disk, and PostgreSQL when it is stopped."""
        if office.backend == "sqlite":
            session.connection().connection.driver_connection.execute("ROLLBACK")
            raise OSError("disk failure")
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    futures = together(office, note("before"), lose, note("behind"))
    told = [by for by, future in zip(("before", "-", "behind"), futures, strict=True) if future.exception() is None]
    assert isinstance(futures[1].exception(), DatabaseError)
    assert sorted(noted(office)) == sorted(told)  # SQLite: nobody; PostgreSQL: each had a transaction of its own
    office.write(note("after"))
    assert "after" in noted(office)


def test_a_commit_that_fails_fails_all_that_it_held(office: OpenOffice) -> None:
    def owe_to_nobody(session: Session) -> None:
        """A foreign key that is checked at the commit only."""
        if office.backend == "sqlite":
            session.execute(text("PRAGMA defer_foreign_keys=ON"))
        else:
            session.execute(text("ALTER TABLE card ALTER CONSTRAINT fk_card_resident_id DEFERRABLE INITIALLY DEFERRED"))
        session.execute(text("UPDATE card SET resident_id = 999999 WHERE id = 1"))

    futures = together(office, note("before"), owe_to_nobody, note("behind"))
    told = [by for by, future in zip(("before", "-", "behind"), futures, strict=True) if future.exception() is None]
    assert isinstance(futures[1].exception(), DatabaseError)
    assert sorted(noted(office)) == sorted(told)


def test_nobody_else_sees_an_act_before_its_commit(office: OpenOffice) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        note("slow")(session)
        inside.set()
        go_on.wait()

    future = office.submit(slow)
    inside.wait()
    seen, told = noted(office), future.done()
    go_on.set()
    future.result()
    assert (seen, told, noted(office)) == ([], False, ["slow"])


def test_two_acts_that_need_the_same_residents_in_opposite_order_are_both_done(office: OpenOffice) -> None:
    """On PostgreSQL this is a deadlock, of which one is ended; it is simply tried again."""
    ready = threading.Barrier(2) if office.backend == "postgresql" else threading.Barrier(1)
    met = threading.Event()

    def take(session: Session, *ids: int) -> None:
        for id_ in ids:
            session.execute(update(Resident).where(Resident.id == id_).values(village="35.22.15.2004"))
            if not met.is_set():
                ready.wait()
                met.set()

    one = office.submit(lambda session: take(session, 1, 2))
    other = office.submit(lambda session: take(session, 2, 1))
    assert (one.result(), other.result()) == (None, None)


def test_a_question_sees_one_moment_only(office: OpenOffice) -> None:
    def ask_twice(session: Session) -> tuple[int, int]:
        before = len(session.scalars(select(Fact.id)).all())
        office.write(note("in between"))
        return before, len(session.scalars(select(Fact.id)).all())

    before, after = office.read(ask_twice)
    assert before == after


def test_a_question_cannot_change_anything(office: OpenOffice) -> None:
    with pytest.raises(DatabaseError):
        office.read(note("a question"))


def test_what_was_submitted_before_closing_is_done(home: Any, office: OpenOffice, address: str | None) -> None:
    with open_office(home, address) as second:
        future = second.submit(note("last"))
    assert future.done()
    assert noted(office) == ["last"]


@pytest.mark.parametrize(("seconds_an_act", "commits"), [(0.0, 2), (1.0, 4)])
def test_acts_share_a_commit_for_no_longer_than_others_can_wait(
    tmp_path: Path, seconds_an_act: float, commits: int
) -> None:
    engine = writer_engine(database_url(None, tmp_path))
    made: list[None] = []
    event.listen(engine, "commit", lambda _: made.append(None))
    readings = count()
    writer = Writer(engine, threads=1, clock=lambda: next(readings) * seconds_an_act)
    at_work, go_on = threading.Event(), threading.Event()
    busy = writer.submit(lambda _: at_work.set() or go_on.wait(), Session)
    at_work.wait()
    futures = [writer.submit(lambda session: session.scalar(text("SELECT 7")), Session) for _ in range(3)]
    go_on.set()
    writer.close()
    assert (busy.result(), [future.result() for future in futures], len(made)) == (True, [7, 7, 7], commits)
    engine.dispose()


def test_when_no_transaction_can_begin_everybody_is_told(tmp_path: Path) -> None:
    engine = writer_engine(database_url(None, tmp_path / "gone"))
    writer = Writer(engine, threads=1)
    futures = [writer.submit(lambda _: None, Session) for _ in range(3)]
    writer.close()
    assert all(isinstance(future.exception(), DatabaseError) for future in futures)
    engine.dispose()
