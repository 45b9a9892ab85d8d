"""What the provider says later: in any order, repeated, early; a message only ever moves forward."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.cards import move_card_of
from core.actions.outcomes import note_look, record_outcome
from core.actions.receipts import note_receipt
from core.actions.sending import Turn, start_messages
from core.questions.cards import current_card
from core.questions.sending import may_start
from core.rules.card import Stage
from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, Outcome, Outgoing, Sent, TryLater, Unsure
from core.store.delivery_tables import Attempt, Message, Notice
from core.store.office import OpenOffice
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState
from tests.offices import SITI, Clock, act, ask, copy_office
from tests.senders import terms

both = pytest.mark.both_databases

SMS = "SM1"
LATER = TryLater("30003", after_seconds=4 * 3600)
WRONG = GiveUp("30005")


def start(office: OpenOffice, now: datetime) -> Outgoing | None:
    """Start the one SMS that is due, if it is."""
    started = act(
        office, start_messages, Channel.SMS, slots=1, held=frozenset(), turn=Turn(), now=now, terms=terms(office)
    )
    return started[0] if started else None


def ready_and_started(office: OpenOffice, clock: Clock) -> Outgoing:
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    outgoing = start(office, clock())
    assert outgoing is not None
    return outgoing


def record(office: OpenOffice, outgoing: Outgoing, outcome: Outcome, clock: Clock) -> None:
    act(office, record_outcome, outgoing.attempt_id, outcome, now=clock(), jitter=0.5)


def receipt(
    office: OpenOffice, clock: Clock, rank: int, outcome: Outcome | None = None, *, sid: str = SMS,
    resends: int | None = None, message: int = 1,
) -> bool:  # fmt: skip
    terms = {"provider_id": sid, "rank": rank, "outcome": outcome or Sent(sid), "resends": resends, "now": clock()}
    return act(office, note_receipt, message, **terms)


def state(office: OpenOffice) -> tuple[MessageState, NoticeState]:
    return ask(
        office,
        lambda session: (session.scalars(select(Message.state)).one(), session.scalars(select(Notice.state)).one()),
    )


# In any order, repeated, early


class _Undone(Exception):
    """The example is over."""


@pytest.fixture(scope="module")
def started(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenOffice, Outgoing]]:
    """An office with one SMS on its way; each example runs in a transaction that is taken back."""
    with copy_office(founded_home, tmp_path_factory.mktemp("receipts") / "home") as office:
        yield office, ready_and_started(office, Clock())


Story = Sequence[tuple[int, Outcome]]


def ends_as(started: tuple[OpenOffice, Outgoing], story: Story, own_at: int) -> tuple[str, str, int]:
    """Where message and notice end when receipts come like this and our own record at this place among them."""
    office, outgoing = started
    now = Clock()()
    end: list[tuple[str, str, int]] = []

    def play(session: Session) -> None:
        rank = 0
        for place in range(len(story) + 1):
            if place == own_at:
                record_outcome(session, outgoing.attempt_id, Sent(SMS), now=now, jitter=0)
            if place < len(story):
                new_rank, outcome = story[place]
                note_receipt(session, 1, provider_id=SMS, rank=new_rank, outcome=outcome, resends=0, now=now)
            message = session.get_one(Message, 1)
            assert message.rank >= rank
            rank = message.rank
        contact = session.get_one(Contact, message.contact_id)
        notice = session.scalars(select(Notice)).one()
        end.append((message.state, notice.state, contact.closed_why is None))
        raise _Undone

    with pytest.raises(_Undone):
        office.write(play)
    return end[0]


def stories(last: Outcome) -> st.SearchStrategy[Story]:
    """Receipts of one message that ended so: any of them missing but the last, in any order, any number of times."""
    sent = st.sampled_from([(1, Sent(SMS)), (2, Sent(SMS)), (3, Sent(SMS)), (0, Sent(SMS))])
    return st.lists(sent, max_size=6).flatmap(lambda some: st.permutations([*some, (4, last), (4, last)]))


@settings(max_examples=50)
@given(stories(Sent(SMS)), st.integers(0, 8))
def test_delivered_is_delivered_however_we_hear_of_it(
    started: tuple[OpenOffice, Outgoing], story: Story, own_at: int
) -> None:
    assert ends_as(started, story, min(own_at, len(story))) == (MessageState.DELIVERED, NoticeState.TOLD, True)


@settings(max_examples=50)
@given(stories(WRONG), st.integers(0, 8))
def test_a_wrong_number_is_a_wrong_number_however_we_hear_of_it(
    started: tuple[OpenOffice, Outgoing], story: Story, own_at: int
) -> None:
    end = ends_as(started, story, min(own_at, len(story)))
    assert end == (MessageState.FAILED, NoticeState.UNREACHABLE, False)


@settings(max_examples=50)
@given(stories(OptedOut("30004")), st.integers(0, 8))
def test_who_opted_out_has_however_we_hear_of_it(
    started: tuple[OpenOffice, Outgoing], story: Story, own_at: int
) -> None:
    end = ends_as(started, story, min(own_at, len(story)))
    assert end == (MessageState.FAILED, NoticeState.UNREACHABLE, False)


@settings(max_examples=50)
@given(stories(LATER), st.integers(0, 8))
def test_a_phone_that_stayed_off_leaves_the_number_open(
    started: tuple[OpenOffice, Outgoing], story: Story, own_at: int
) -> None:
    end = ends_as(started, story, min(own_at, len(story)))
    assert end == (MessageState.FAILED, NoticeState.UNREACHABLE, True)


# What they do


@both
def test_a_receipt_for_a_message_that_is_not_ours_changes_nothing(office: OpenOffice, clock: Clock) -> None:
    assert receipt(office, clock, 4, message=99) is False


@both
def test_a_receipt_may_be_quicker_than_our_own_record(office: OpenOffice, clock: Clock) -> None:
    outgoing = ready_and_started(office, clock)
    assert receipt(office, clock, 4)
    record(office, outgoing, Sent(SMS), clock)
    assert state(office) == (MessageState.DELIVERED, NoticeState.TOLD)


@both
def test_a_doubt_is_resolved_by_a_receipt(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), Unsure("timeout"), clock)
    assert receipt(office, clock, 1)
    assert state(office) == (MessageState.SENT, NoticeState.TOLD)


@both
def test_a_doubt_that_went_to_the_operator_is_resolved_by_a_late_receipt(office: OpenOffice, clock: Clock) -> None:
    outgoing = ready_and_started(office, clock)
    record(office, outgoing, Unsure("timeout"), clock)
    for _ in range(3):
        act(office, note_look, outgoing.message_id, [], now=clock.move(minutes=31))
    assert state(office) == (MessageState.UNSURE, NoticeState.IN_DOUBT)
    assert receipt(office, clock, 4)
    assert state(office) == (MessageState.DELIVERED, NoticeState.TOLD)


@both
def test_an_unreachable_phone_is_tried_again_hours_later_and_not_more_often_than_is_worth_it(
    office: OpenOffice, clock: Clock
) -> None:
    outgoing: Outgoing | None = ready_and_started(office, clock)
    for number in range(1, 4):
        assert outgoing is not None
        record(office, outgoing, Sent(f"SM{number}"), clock)
        receipt(office, clock, 4, LATER, sid=f"SM{number}", resends=2)
        assert start(office, clock()) is None
        clock.move(hours=4)
        outgoing = start(office, clock())
    assert outgoing is None
    assert state(office) == (MessageState.FAILED, NoticeState.UNREACHABLE)


@both
def test_connections_that_failed_before_do_not_count_as_sent_again(office: OpenOffice, clock: Clock) -> None:
    outgoing: Outgoing | None = ready_and_started(office, clock)
    for _ in range(3):
        assert outgoing is not None
        record(office, outgoing, TryLater("connect"), clock)
        clock.move(minutes=11)
        outgoing = start(office, clock())
    assert outgoing is not None
    record(office, outgoing, Sent(SMS), clock)
    receipt(office, clock, 4, LATER, resends=1)
    assert state(office) == (MessageState.WAITING, NoticeState.WAITING)


@both
def test_a_repeated_word_about_an_earlier_try_does_not_fail_the_new_one(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), Sent("SM1"), clock)
    receipt(office, clock, 4, LATER, sid="SM1", resends=1)
    clock.move(hours=4)
    second = start(office, clock())
    assert second is not None
    assert receipt(office, clock, 4, LATER, sid="SM1", resends=1) is False
    record(office, second, Sent("SM2"), clock)
    assert receipt(office, clock, 4, sid="SM1") is False
    assert state(office) == (MessageState.SENT, NoticeState.TOLD)
    assert receipt(office, clock, 4, sid="SM2")
    assert state(office) == (MessageState.DELIVERED, NoticeState.TOLD)


@both
def test_every_try_keeps_what_it_became_at_the_provider(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), Unsure("timeout"), clock)
    receipt(office, clock, 4, LATER, sid="SM1", resends=1)
    clock.move(hours=4)
    second = start(office, clock())
    assert second is not None
    record(office, second, Sent("SM2"), clock)
    kept = ask(office, lambda session: session.scalars(select(Attempt.provider_id).order_by(Attempt.id)).all())
    assert kept == ["SM1", "SM2"]


@both
def test_what_was_told_and_then_proven_not_to_have_arrived_moves_again(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), Sent(SMS), clock)
    assert state(office) == (MessageState.SENT, NoticeState.TOLD)
    assert receipt(office, clock, 4, WRONG)
    assert state(office) == (MessageState.FAILED, NoticeState.UNREACHABLE)
    assert receipt(office, clock, 4) is False


@both
def test_a_failure_of_our_own_configuration_stops_the_channel_and_fails_nobody(
    office: OpenOffice, clock: Clock
) -> None:
    record(office, ready_and_started(office, clock), Sent(SMS), clock)
    receipt(office, clock, 4, Halt("30002", "x" * 500))
    assert state(office) == (MessageState.WAITING, NoticeState.WAITING)
    assert ask(office, may_start, Channel.SMS) == 0
    assert start(office, clock()) is None


@both
def test_a_card_that_was_collected_meanwhile_is_not_announced_again(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), Sent(SMS), clock)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    receipt(office, clock, 4, LATER, resends=2)
    clock.move(hours=4)
    assert start(office, clock()) is None
    assert state(office)[1] is NoticeState.OVERTAKEN
    assert ask(office, current_card, SITI) is not None


@both
def test_a_providers_word_of_any_length_fits(office: OpenOffice, clock: Clock) -> None:
    record(office, ready_and_started(office, clock), GiveUp("x" * 500), clock)
    assert state(office) == (MessageState.FAILED, NoticeState.UNREACHABLE)
