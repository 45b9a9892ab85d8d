"""What waits, lane by lane, and that looking at it reads no more than the indexes of what waits."""

from datetime import timedelta

import pytest

from core.actions.batches import cancel_batch, pause_batch
from core.actions.notices import Debt, owe
from core.questions.health import health_of
from core.questions.lanes import Lane, lanes
from core.questions.vital_signs import vital_signs
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.office import OpenOffice
from tests.offices import SITI, Clock, act, ask
from tests.statements import statements
from tests.test_receipts import start
from tests.test_sending import link, ready

both = pytest.mark.both_databases


def put(office: OpenOffice, clock: Clock, batch: str | None) -> None:
    """Owe Siti one more notice."""
    act(office, owe, [Debt(kind=Kind.REGISTERED, resident_id=1)], now=clock(), batch=batch)


def waiting(office: OpenOffice, clock: Clock) -> dict[tuple[Channel, Lane], tuple[int, float]]:
    """How much waits, and how long the oldest does, where something does."""
    found = ask(office, lanes, now=clock())
    assert len(found) == len(Channel) * len(Lane)
    return {(one.channel, one.lane): (one.waiting, one.oldest_seconds(clock())) for one in found if one.waiting}


@both
def test_each_lane_says_how_much_waits_and_how_long_the_oldest_does(office: OpenOffice, clock: Clock) -> None:
    assert waiting(office, clock) == {}
    for batch in ("call:1", "call:1", "call:2", "call:3", None):
        put(office, clock, batch)
        clock.move(seconds=10)
    act(office, pause_batch, "call:2", now=clock(), by="operator")
    act(office, cancel_batch, "call:3", now=clock(), by="operator")
    link(office, SITI, "900000001", clock)
    put(office, clock, None)
    assert waiting(office, clock) == {
        (Channel.SMS, Lane.BATCH): (2, 50),
        (Channel.SMS, Lane.PAUSED): (1, 30),
        (Channel.SMS, Lane.CANCELLED): (1, 20),
        (Channel.SMS, Lane.SINGLE): (1, 10),
        (Channel.TELEGRAM, Lane.SINGLE): (1, 0),
    }


@both
def test_what_is_not_due_yet_waits_but_is_not_old(office: OpenOffice, clock: Clock) -> None:
    put(office, clock, None)
    clock.now -= timedelta(minutes=5)
    assert waiting(office, clock) == {(Channel.SMS, Lane.SINGLE): (1, 0)}


@both
def test_what_is_on_its_way_is_open_though_it_waits_no_more(office: OpenOffice, clock: Clock) -> None:
    ready(office, SITI, clock)
    assert ask(office, health_of).notices_open == 1
    assert start(office, clock()) is not None
    assert ask(office, health_of).notices_open == 1
    assert waiting(office, clock) == {}


@pytest.mark.parametrize("question", [vital_signs, health_of])
def test_no_figure_is_read_by_going_through_all_notices(office: OpenOffice, clock: Clock, question: object) -> None:
    put(office, clock, "call:1")
    terms = {"now": clock()} if question is vital_signs else {}
    with statements() as asked:
        ask(office, question, **terms)  # type: ignore[arg-type]
    plans = {one: office.read(lambda session, one=one: _plan(session, one)) for one in asked if " notice" in one}
    assert len(plans) > 1
    for one, steps in plans.items():
        for step in steps:
            cheap = any(index in step for index in ("ix_notice_next", "ix_notice_in_doubt", "INTEGER PRIMARY KEY"))
            assert cheap or "notice" not in step.replace("message_notice", ""), (one, step)


def _plan(session, statement: str) -> list[str]:  # type: ignore[no-untyped-def]
    connection = session.connection().connection.driver_connection
    values = ["telegram"] * statement.count("?")
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
