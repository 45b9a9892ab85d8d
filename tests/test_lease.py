"""One sender for an office in a database server: whoever has the lease, by the server's own clock."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.actions.lease import HeldByAnother, Holder, renew_lease, take_lease
from core.actions.sending import Turn, start_messages
from core.errors import Overtaken
from core.jobs.tenure import FRESH_SECONDS, Tenure
from core.rules.delivery import Channel
from core.store.delivery_tables import Attempt, Lease, Message
from core.store.office import OpenOffice
from core.store.words import NoticeState
from notifier.pace import Pace
from tests.offices import SITI, WATI, Clock, act, ask
from tests.senders import FakeChannel, a_sender, at_work, terms
from tests.test_sending import notices, ready

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

HERE, THERE = Holder("here", 17, "a lock"), Holder("there", 17, "another lock")


@dataclass
class Seconds:
    """A process's own clock."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def lapse(office: OpenOffice) -> None:
    """Fifteen seconds without a word of the holder."""

    def past(session) -> None:  # type: ignore[no-untyped-def]
        until = session.scalars(select(Lease.until)).one()
        session.execute(update(Lease).values(until=until - timedelta(seconds=16)))

    act(office, past)


@pytest.fixture
def ours(office: OpenOffice) -> Iterator[Tenure]:
    tenure = Tenure(office, HERE, clock=Seconds())
    assert tenure.take() is None
    yield tenure


def test_while_one_holds_the_office_another_waits_and_hears_who_it_is(office: OpenOffice, ours: Tenure) -> None:
    another = act(office, take_lease, THERE)
    assert isinstance(another, HeldByAnother)
    assert another.who == "here:17"
    ours.renew()
    lapse(office)
    assert act(office, take_lease, THERE) is None


def test_who_ends_well_leaves_the_office_free_at_once(office: OpenOffice, ours: Tenure) -> None:
    ours.release()
    assert act(office, take_lease, THERE) is None


def test_who_is_started_again_in_the_same_home_need_not_wait_for_the_dead_one(office: OpenOffice, ours: Tenure) -> None:
    assert act(office, take_lease, Holder("here", 18, "a lock")) is None
    assert not act(office, renew_lease, HERE)


def test_a_home_without_a_lock_that_is_known_waits_like_everybody_else(office: OpenOffice) -> None:
    assert act(office, take_lease, Holder("here", 17)) is None
    assert act(office, take_lease, Holder("here", 18)) is not None


def test_who_was_asleep_while_another_took_over_learns_it_and_ends(office: OpenOffice, ours: Tenure) -> None:
    lapse(office)
    assert act(office, take_lease, THERE) is None
    with pytest.raises(Overtaken, match="another process"):
        ours.renew()


def test_a_lease_that_lapsed_while_the_server_was_away_is_kept_by_whoever_comes_first(
    office: OpenOffice, ours: Tenure
) -> None:
    lapse(office)
    ours.renew()
    assert act(office, take_lease, THERE) is not None


def test_who_waits_takes_over_when_it_is_free_and_rests_for_a_second_first(office: OpenOffice, ours: Tenure) -> None:
    heard: list[str] = []
    stopped = threading.Event()
    next_one = Tenure(office, THERE)

    def waiting(another: HeldByAnother) -> None:
        heard.append(another.who)
        ours.release()
        stopped.set()  # tests wait for nothing

    next_one.wait_for(waiting, stopped=stopped)
    assert heard == ["here:17"]
    assert next_one.take() is None


async def test_a_sender_whose_lease_was_taken_starts_nothing(office: OpenOffice, clock: Clock, ours: Tenure) -> None:
    sms = FakeChannel(Channel.SMS)
    async with at_work(a_sender(office, sms, now=clock, tenure=ours)) as sender:
        await sender.idle()
        lapse(office)
        act(office, take_lease, THERE)
        ready(office, SITI, clock)
    assert not sms.given
    assert notices(office)[0].state is NoticeState.WAITING


async def test_what_waited_for_its_turn_while_the_process_slept_is_not_sent_and_waits_again(
    office: OpenOffice, clock: Clock
) -> None:
    seconds = Seconds()
    ours = Tenure(office, HERE, clock=seconds)
    ours.take()

    async def falls_asleep_once(for_seconds: float) -> None:
        seconds.now += for_seconds if seconds.now > 1000 else FRESH_SECONDS

    sms = FakeChannel(Channel.SMS)
    pace = Pace(per_second=1, per_chat_seconds=0, clock=seconds, sleep=falls_asleep_once)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    async with at_work(a_sender(office, sms, now=clock, pace=pace, tenure=ours)) as sender:
        await sender.idle()
        assert len(sms.given) == 1
        ours.renew()
    assert len(sms.given) == 2
    outcomes = ask(office, lambda session: session.scalars(select(Attempt.outcome).order_by(Attempt.id)).all())
    assert outcomes == ["Sent", "TryLater", "Sent"]
    assert ask(office, lambda session: set(session.scalars(select(Message.failures)))) == {0}


async def test_who_lost_the_lease_before_its_first_tick_adopts_nothing(office: OpenOffice, clock: Clock) -> None:
    ready(office, SITI, clock)
    asleep = Tenure(office, HERE)
    asleep.take()
    lapse(office)
    act(office, take_lease, THERE)
    rules = {"slots": 8, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
    assert act(office, start_messages, Channel.SMS, **rules), "the successor's"
    sender = a_sender(office, FakeChannel(Channel.SMS), now=clock, tenure=asleep)
    running = asyncio.create_task(sender.run())
    for _ in range(20):
        await asyncio.to_thread(ask, office, lambda session: session.scalars(select(Attempt.outcome)).all())
    sender.stop()
    await running
    assert ask(office, lambda session: session.scalars(select(Attempt.outcome)).all()) == [None]
