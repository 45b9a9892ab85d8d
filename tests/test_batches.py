"""Orders about batches: wait, go on, never mind; and what each batch is about, and how far."""

from datetime import date

import pytest
from sqlalchemy import select

from core.actions.batches import cancel_batch, end_cancelled, go_on_with_batch, pause_batch
from core.actions.broadcasts import prepare_some
from core.actions.facts import Happened
from core.actions.notices import Debt, owe
from core.actions.outcomes import record_outcome
from core.actions.sending import Turn, start_messages
from core.actions.suspensions import suspend
from core.errors import InputError, NotFound, Refused
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.batches import batch_by_name, newest_batches, open_batches, open_names
from core.questions.health import unprepared
from core.rules.delivery import Channel, Outgoing, Sent, Unsure
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import BatchOrder, Broadcast
from core.store.office import OpenOffice
from core.store.tables import Fact
from core.store.words import BatchOrderWord, BroadcastState, NoticeState
from tests.offices import JOKO, SITI, WATI, Clock, Import, act, ask
from tests.senders import terms
from tests.test_sending import link, notices

both = pytest.mark.both_databases
STOP = "broadcast:1"


@pytest.fixture
def stopped(office: OpenOffice, clock: Clock) -> OpenOffice:
    """Everything stopped, and three residents with Telegram are owed the news of it."""
    for number, nik in enumerate((SITI, WATI, JOKO), start=1):
        link(office, nik, f"90000000{number}", clock)
    begin(office, clock)
    prepare_broadcasts(office, now=clock)
    assert states(office) == [NoticeState.WAITING] * 3
    return office


def begin(office: OpenOffice, clock: Clock) -> None:
    act(office, suspend, tuple(Service), cause=Cause.POWER, now=clock(), by="operator")


def start_telegram(office: OpenOffice, clock: Clock) -> Outgoing:
    """Start the next Telegram message."""
    terms_ = {"slots": 1, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
    [outgoing] = act(office, start_messages, Channel.TELEGRAM, **terms_)
    return outgoing


def states(office: OpenOffice) -> list[NoticeState]:
    return [notice.state for notice in notices(office)]


def order(office: OpenOffice, give: object, clock: Clock, batch: str = STOP) -> bool:
    return act(office, give, batch, now=clock(), by="operator")  # type: ignore[arg-type]


def standing(office: OpenOffice) -> list[tuple[str, BatchOrderWord]]:
    query = select(BatchOrder.batch, BatchOrder.order)
    return ask(office, lambda session: [tuple(row) for row in session.execute(query)])


def facts(office: OpenOffice) -> list[str]:
    query = select(Fact.kind).where(Fact.kind.like("batch-%")).order_by(Fact.id)
    return ask(office, lambda session: list(session.scalars(query)))


# Orders


@both
def test_a_pause_stands_until_it_is_taken_back_and_each_is_noted_once(stopped: OpenOffice, clock: Clock) -> None:
    assert order(stopped, pause_batch, clock)
    assert not order(stopped, pause_batch, clock)
    assert standing(stopped) == [(STOP, BatchOrderWord.PAUSED)]
    assert order(stopped, go_on_with_batch, clock)
    assert not order(stopped, go_on_with_batch, clock)
    assert standing(stopped) == []
    assert facts(stopped) == [Happened.BATCH_PAUSED, Happened.BATCH_RESUMED]


@both
@pytest.mark.parametrize("paused_before", [False, True])
def test_a_cancel_is_final(stopped: OpenOffice, clock: Clock, paused_before: bool) -> None:
    if paused_before:
        order(stopped, pause_batch, clock)
    assert order(stopped, cancel_batch, clock)
    assert not order(stopped, cancel_batch, clock)
    assert standing(stopped) == [(STOP, BatchOrderWord.CANCELLED)]
    for give in (pause_batch, go_on_with_batch):
        with pytest.raises(Refused, match="was cancelled"):
            order(stopped, give, clock)
    query = select(Fact.details).where(Fact.kind == Happened.BATCH_CANCELLED)
    details = ask(stopped, lambda session: session.scalars(query).one())
    assert details == {"batch": STOP, "waiting": 3, "reached": 0}


@both
@pytest.mark.parametrize("name", ["broadcast:99", "import:99", "broadcast:1x", "nonsense", ""])
def test_an_order_about_no_batch_is_refused(stopped: OpenOffice, clock: Clock, name: str) -> None:
    for give in (pause_batch, go_on_with_batch, cancel_batch):
        with pytest.raises(NotFound, match="kabar batches"):
            order(stopped, give, clock, name)
    assert standing(stopped) == []


# What a cancel ends


@both
def test_what_waits_in_a_cancelled_batch_ends_in_chunks_and_nothing_else_does(
    stopped: OpenOffice, clock: Clock, take: Import
) -> None:
    act(stopped, owe, [Debt(kind=Kind.RESUMED, resident_id=1)], now=clock())
    assert act(stopped, end_cancelled, now=clock()) == 0
    order(stopped, cancel_batch, clock)
    assert [act(stopped, end_cancelled, now=clock(), most=2) for _ in range(3)] == [2, 1, 0]
    ended = [(notice.batch, notice.state, notice.why) for notice in notices(stopped)]
    assert ended == [(STOP, NoticeState.CANCELLED, "cancelled")] * 3 + [(None, NoticeState.WAITING, None)]


@both
def test_what_is_paused_ends_only_when_it_is_cancelled(stopped: OpenOffice, clock: Clock) -> None:
    order(stopped, pause_batch, clock)
    assert act(stopped, end_cancelled, now=clock()) == 0
    assert states(stopped) == [NoticeState.WAITING] * 3


@both
def test_what_may_have_left_before_the_cancel_is_in_doubt_and_what_left_is_told(
    stopped: OpenOffice, clock: Clock
) -> None:
    for outcome in (Sent("1"), Unsure("timeout")):
        outgoing = start_telegram(stopped, clock)
        act(stopped, record_outcome, outgoing.attempt_id, outcome, now=clock(), jitter=0)
    order(stopped, cancel_batch, clock)
    assert act(stopped, end_cancelled, now=clock()) == 2
    assert sorted(states(stopped)) == [NoticeState.CANCELLED, NoticeState.IN_DOUBT, NoticeState.TOLD]


@both
def test_what_is_in_flight_at_the_cancel_ends_as_its_provider_says(stopped: OpenOffice, clock: Clock) -> None:
    outgoing = start_telegram(stopped, clock)
    order(stopped, cancel_batch, clock)
    assert act(stopped, end_cancelled, now=clock()) == 2
    act(stopped, record_outcome, outgoing.attempt_id, Sent("1"), now=clock(), jitter=0)
    assert sorted(states(stopped)) == [NoticeState.CANCELLED, NoticeState.CANCELLED, NoticeState.TOLD]


@both
def test_an_audience_that_was_being_prepared_is_left_incomplete(office: OpenOffice, clock: Clock) -> None:
    link(office, SITI, "900000001", clock)
    begin(office, clock)
    assert ask(office, open_names) == [STOP]
    order(office, cancel_batch, clock)
    state = ask(office, lambda session: session.scalars(select(Broadcast.state)).one())
    assert state is BroadcastState.CANCELLED
    assert ask(office, unprepared) == []
    assert act(office, prepare_some, 1, now=clock()) is None
    assert states(office) == []


@both
def test_what_somebody_still_put_who_was_preparing_at_the_cancel_ends_too(stopped: OpenOffice, clock: Clock) -> None:
    order(stopped, cancel_batch, clock)
    while act(stopped, end_cancelled, now=clock()):
        pass
    act(stopped, owe, [Debt(kind=Kind.SUSPENDED, resident_id=1)], now=clock(), batch=STOP)
    assert states(stopped) == [NoticeState.CANCELLED] * 3 + [NoticeState.WAITING]
    assert act(stopped, end_cancelled, now=clock()) == 1


# What a batch is about, and how far it is


@both
def test_a_batch_says_what_it_is_about_and_how_far_it_is(stopped: OpenOffice, clock: Clock, take: Import) -> None:
    outgoing = start_telegram(stopped, clock)
    act(stopped, record_outcome, outgoing.attempt_id, Sent("1"), now=clock(), jitter=0)
    order(stopped, pause_batch, clock)
    [batch] = ask(stopped, newest_batches)
    assert (batch.name, batch.order, batch.preparing, batch.begun) == (STOP, BatchOrderWord.PAUSED, False, clock())
    assert (batch.ended, batch.total, batch.waiting, batch.reached, batch.is_open) == (1, 3, 2, 1, True)
    assert (batch.about.kind, batch.about.services) == (Kind.SUSPENDED, tuple(Service))


@both
def test_an_import_says_of_which_day_and_those_that_began_last_come_first(
    stopped: OpenOffice, clock: Clock, take: Import
) -> None:
    take(f"{JOKO};JOKO;35.22.01.2001;CARD_PRINTED;21/09/2017;;;BJN-000004-Z12", as_of=date(2017, 9, 27))
    [newest, older] = ask(stopped, newest_batches)
    assert (newest.name, newest.about.as_of, newest.states.total()) == ("import:2", date(2017, 9, 27), 1)
    assert older.name == STOP
    assert [batch.name for batch in ask(stopped, newest_batches, most=1)] == ["import:2"]


@both
def test_what_has_ended_is_not_open_and_what_is_being_put_is(stopped: OpenOffice, clock: Clock) -> None:
    begin(stopped, clock)
    assert [batch.name for batch in ask(stopped, open_batches)] == ["broadcast:2", STOP]
    order(stopped, cancel_batch, clock)
    act(stopped, end_cancelled, now=clock())
    order(stopped, cancel_batch, clock, "broadcast:2")
    assert ask(stopped, open_names) == []
    assert [batch.is_open for batch in ask(stopped, newest_batches)] == [False]


@both
def test_a_batch_is_known_by_its_number_alone_if_no_other_has_it(stopped: OpenOffice, clock: Clock) -> None:
    assert ask(stopped, batch_by_name, "1").name == STOP
    assert ask(stopped, batch_by_name, " Broadcast:1 ").name == STOP
    act(stopped, owe, [Debt(kind=Kind.PRINTED, resident_id=1, card_id=1)], now=clock(), batch="import:1")
    with pytest.raises(InputError, match="broadcast:1, import:1"):
        ask(stopped, batch_by_name, "1")
    for unknown in ("7", "import:7", "x"):
        with pytest.raises(NotFound, match="no such batch"):
            ask(stopped, batch_by_name, unknown)
