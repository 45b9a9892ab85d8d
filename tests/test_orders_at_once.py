"""Two operators give an order, or say what became of a message, at the same moment: one of them is first."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.actions.batches import cancel_batch, pause_batch
from core.actions.notices import Debt, owe
from core.actions.resolving import Resolution, resolve_notice
from core.errors import KabarError
from core.rules.notices import Kind
from core.store.delivery_tables import BatchOrder, Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Fact
from core.store.words import BatchOrderWord, NoticeState
from tests.offices import SITI, Clock, act, ask
from tests.test_sending import ready

pytestmark = pytest.mark.both_databases

_ROUNDS = 5


@pytest.fixture
def two(office: OpenOffice, home: Path, address: str | None) -> Iterator[tuple[OpenOffice, OpenOffice]]:
    """The same office, open twice."""
    with open_office(home, address) as other:
        yield office, other


def at_once(offices: tuple[OpenOffice, OpenOffice], first: Callable[..., object], second: Callable[..., object]) -> int:
    """Let both act as nearly at once as threads can; return how many were not refused."""
    gate, done = threading.Barrier(2), []

    def run(office: OpenOffice, act_: Callable[..., object]) -> None:
        gate.wait(20)
        try:
            done.append(office.write(act_))
        except KabarError:
            return

    threads = [threading.Thread(target=run, args=pair) for pair in zip(offices, (first, second), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return len(done)


def kinds(office: OpenOffice, like: str) -> list[str]:
    return ask(office, lambda session: list(session.scalars(select(Fact.kind).where(Fact.kind.like(like)))))


@pytest.mark.parametrize("other", [pause_batch, cancel_batch])
def test_of_two_orders_at_once_what_stands_is_what_was_noted_last(
    two: tuple[OpenOffice, OpenOffice], clock: Clock, other: Callable[..., bool]
) -> None:
    for number in range(_ROUNDS):
        batch = f"call:{number}"
        act(two[0], owe, [Debt(kind=Kind.REGISTERED, resident_id=1)], now=clock(), batch=batch)

        def order(session: object, give: Callable[..., bool], batch: str = batch) -> bool:
            return give(session, batch, now=clock(), by="operator")

        at_once(two, lambda session: order(session, cancel_batch), lambda session: order(session, other))
    standing = ask(two[0], lambda session: list(session.scalars(select(BatchOrder.order))))
    assert standing == [BatchOrderWord.CANCELLED] * _ROUNDS
    assert kinds(two[0], "batch-%").count("batch-cancelled") == _ROUNDS


def test_of_two_words_about_one_doubt_one_counts(two: tuple[OpenOffice, OpenOffice], clock: Clock) -> None:
    ready(two[0], SITI, clock)
    in_doubt = update(Notice).values(state=NoticeState.IN_DOUBT)

    def say(as_: Resolution) -> Callable[..., list[int]]:
        return lambda session: resolve_notice(session, 1, as_, now=clock(), by="operator")

    for number in range(1, _ROUNDS + 1):
        two[0].write(lambda session: session.execute(in_doubt))
        assert at_once(two, say(Resolution.SENT), say(Resolution.AGAIN)) == 1
        assert len(kinds(two[0], "notice-resolved")) == number
