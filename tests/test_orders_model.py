"""The outbox under anything that can happen to it, and an operator's word in between: her orders, and her resolving."""

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select, update

from core.actions.batches import cancel_batch, end_cancelled
from core.actions.resolving import Resolution, resolve_notice
from core.errors import Refused
from core.questions.batches import open_names
from core.rules.delivery import Channel, Unsure
from core.rules.retry import LOOKS
from core.store.delivery_tables import Notice
from core.store.words import NoticeState
from tests.conftest import FOUNDED
from tests.postgres import Postgres
from tests.test_outbox_model import Watched, _run


class Ordered(Watched):
    """An operator looks at the provider before she says what became of a message, so her word is true."""

    def _doubted(self) -> list[int]:
        query = select(Notice.id).where(Notice.state == NoticeState.IN_DOUBT).order_by(Notice.id)
        return list(self.office.read(lambda session: session.scalars(query).all()))

    @rule()
    def the_providers_answers_are_lost_for_hours(self) -> None:
        for _ in range(2):
            for channel in Channel:
                self._start(channel, 3)
            for outgoing in list(self.in_flight.values()):
                self._comes_back(outgoing, Unsure("timeout"))
        for _ in LOOKS:
            self.time_goes_by(31, found=False)

    @rule(number=st.integers(1, 3))
    def what_waits_came_by_one_import(self, number: int) -> None:
        waits = (Notice.state == NoticeState.WAITING, Notice.batch.is_(None))
        self.do(lambda session: session.execute(update(Notice).where(*waits).values(batch=f"import:{number}")))

    @precondition(lambda self: self._doubted())
    @rule(data=st.data())
    def an_operator_resolves(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(self._doubted()))
        mine = [attempt for attempt, notices in self.covered.items() if id_ in notices]
        there = [attempt for attempt in mine if attempt in self.accepted or attempt in self.reported]
        as_ = Resolution.SENT if there else Resolution.AGAIN
        try:
            moved = self.do(lambda session: resolve_notice(session, id_, as_, now=self.clock(), by="operator"))
        except Refused:
            assert as_ is Resolution.AGAIN
            return
        self.a_receipt_came = True  # somebody who may say so said what became of it
        if as_ is Resolution.AGAIN:
            self.surely_unsent |= {
                attempt
                for attempt, notices in self.covered.items()
                if notices & set(moved) and attempt not in self.accepted | self.reported
            }

    @precondition(lambda self: self.office.read(open_names))
    @rule(data=st.data(), most=st.integers(1, 5))
    def an_operator_cancels(self, data: st.DataObject, most: int) -> None:
        batch = data.draw(st.sampled_from(self.office.read(open_names)))
        self.do(lambda session: cancel_batch(session, batch, now=self.clock(), by="operator"))
        while self.do(lambda session: end_cancelled(session, now=self.clock(), most=most)):
            pass
        left = select(Notice.id).where(Notice.batch == batch, Notice.state == NoticeState.WAITING)
        assert not self.office.read(lambda session: session.scalars(left).all())


def test_with_an_operator_in_between_nobody_is_told_twice_and_nobody_is_forgotten(founded_home: Path) -> None:
    class OnSqlite(Ordered):
        founded = founded_home
        address = staticmethod(lambda: None)

    _run(OnSqlite, examples=15)


def test_nor_on_postgresql(founded_on_postgres: Path, postgres: Postgres) -> None:
    class OnPostgres(Ordered):
        founded = founded_on_postgres
        address = staticmethod(lambda: postgres.restore(FOUNDED))

    _run(OnPostgres, examples=3)
