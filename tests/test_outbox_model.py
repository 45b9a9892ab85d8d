"""The outbox under anything that can happen to it, in any order: nobody is told twice, nobody is forgotten."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.rules.delivery import Channel, Sent
from core.store.delivery_tables import Attempt, Message, Notice
from core.store.words import MessageState, NoticeState
from tests.conftest import FOUNDED
from tests.outbox import Outbox, sid
from tests.postgres import Postgres

OPEN = (NoticeState.WAITING, NoticeState.SENDING)
FINISHED = (MessageState.DELIVERED, MessageState.FAILED)
#: What a receipt may still change about an ended notice: it was not so, or the doubt is over.
ENDED_BUT_NOT_SURE = (NoticeState.TOLD, NoticeState.IN_DOUBT)


class Watched(Outbox):
    """An outbox that is looked at after every step, and brought to its end."""

    def teardown(self) -> None:
        try:
            self.everything_comes_to_an_end()
        finally:
            super().teardown()

    @invariant()
    def an_ended_notice_stays_ended(self) -> None:
        now = dict(self.office.read(lambda session: session.execute(select(Notice.id, Notice.state)).all()))
        for id_, before in self.seen.items():
            if before not in OPEN and now[id_] is not before:
                assert self.a_receipt_came, f"{before} became {now[id_]}"
                assert before in ENDED_BUT_NOT_SURE
        self.seen, self.a_receipt_came = now, False

    @invariant()
    def a_finished_message_never_moves(self) -> None:
        now = dict(self.office.read(lambda session: session.execute(select(Message.id, Message.state)).all()))
        for id_, before in self.messages.items():
            assert before not in FINISHED or now[id_] is before, f"{before} became {now[id_]}"
        self.messages = now

    @invariant()
    def a_message_is_tried_once_at_a_time(self) -> None:
        query = select(Attempt.message_id).where(Attempt.ended_at.is_(None))
        tried = Counter(self.office.read(lambda session: session.scalars(query).all()))
        assert not tried or max(tried.values()) == 1

    @invariant()
    def every_notice_ends_or_is_due(self) -> None:
        def check(session: Session) -> None:
            flying = set(session.scalars(select(Attempt.message_id).where(Attempt.ended_at.is_(None))))
            for notice in session.scalars(select(Notice)):
                if notice.state is NoticeState.WAITING:
                    assert notice.channel is not None
                    assert notice.ended_at is None
                elif notice.state is NoticeState.SENDING:
                    message = session.get_one(Message, notice.message_id)
                    looked_for = message.state is MessageState.UNSURE and message.check_at is not None
                    assert looked_for or message.id in flying, "nobody will ever hear of it again"
                else:
                    assert notice.ended_at is not None

        self.office.read(check)

    @invariant()
    def what_is_told_was_told_once(self) -> None:
        told = Counter(notice for attempt in self.accepted for notice in self.covered[attempt])
        assert not told or max(told.values()) == 1

    def everything_comes_to_an_end(self) -> None:
        """Whatever happened: with a provider that works again every notice ends, and within its time."""
        self.the_sender_is_killed_and_started_again()
        self._all_leaves()
        self.time_goes_by(24 * 60, found=False)  # who was told on Telegram and did not answer gets an SMS too
        self._all_leaves()
        self.time_goes_by(31 * 24 * 60, found=False)
        self.an_ended_notice_stays_ended()
        self.what_is_told_was_told_once()
        assert not [state for state in self.seen.values() if state in OPEN]

    def _all_leaves(self) -> None:
        for _ in range(10):
            for channel in Channel:
                self._start(channel, 3)
            for outgoing in list(self.in_flight.values()):
                self._comes_back(outgoing, Sent(sid(outgoing)))
            self.time_goes_by(31, found=False)


def test_whatever_happens_nobody_is_told_twice_and_nobody_is_forgotten(founded_home: Path) -> None:
    class OnSqlite(Watched):
        founded = founded_home
        address = staticmethod(lambda: None)

    _run(OnSqlite, examples=20)


def test_on_postgresql_neither(founded_on_postgres: Path, postgres: Postgres) -> None:
    class OnPostgres(Watched):
        founded = founded_on_postgres
        address = staticmethod(lambda: postgres.restore(FOUNDED))

    _run(OnPostgres, examples=3)


def _run(watched: type[Watched], *, examples: int) -> None:
    run_state_machine_as_test(
        watched,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
