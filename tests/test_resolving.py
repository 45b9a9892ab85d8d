"""An operator says what became of a message in doubt: nobody is told twice for it, and nobody is forgotten."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from core.actions.batches import cancel_batch
from core.actions.cards import move_card_of
from core.actions.contacts import close_address
from core.actions.facts import Happened
from core.actions.outcomes import note_look, record_outcome
from core.actions.resolving import Resolution, arrived_after_all, resolve_notice
from core.actions.restoring import hold_what_waited
from core.errors import NotFound, Overtaken, Refused
from core.questions.doubts import in_doubt
from core.rules.card import Stage
from core.rules.delivery import Channel, Outgoing, Sent, TryLater, Unsure
from core.rules.notices import Answer
from core.store.delivery_tables import Message, Notice
from core.store.office import OpenOffice
from core.store.tables import Contact, Fact
from core.store.words import MessageState, NoticeState
from tests.offices import SITI, SITI_PHONE, Clock, Import, act, ask
from tests.test_receipts import WRONG, receipt, start
from tests.test_sending import notices, ready

pytestmark = pytest.mark.both_databases

SISTER = "3522995506900009"
_SISTER_ROW = f"{SISTER};SITI RUKMINI;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;BJN-000009-K07"
SENT, AGAIN = Resolution.SENT, Resolution.AGAIN


def lose(office: OpenOffice, outgoing: Outgoing, clock: Clock) -> None:
    """The answer about an SMS is lost, and no look at the provider's list finds it."""
    act(office, record_outcome, outgoing.attempt_id, Unsure("timeout"), now=clock(), jitter=0)
    for _ in range(3):
        clock.move(minutes=30)
        act(office, note_look, outgoing.message_id, [], now=clock())
    assert {notice.state for notice in notices(office)} == {NoticeState.IN_DOUBT}


@pytest.fixture
def doubted(office: OpenOffice, clock: Clock) -> OpenOffice:
    """An office in which nobody knows whether Siti has her SMS: notice 1, message 1."""
    ready(office, SITI, clock)
    outgoing = start(office, clock())
    assert outgoing is not None
    lose(office, outgoing, clock)
    return office


def resolve(office: OpenOffice, as_: Resolution, clock: Clock, notice: int = 1) -> list[int]:
    return act(office, resolve_notice, notice, as_, now=clock(), by="operator")


def the_notice(office: OpenOffice) -> Notice:
    [notice] = notices(office)
    return notice


def test_what_an_operator_found_at_the_provider_counts_as_told(doubted: OpenOffice, clock: Clock) -> None:
    ended = the_notice(doubted).ended_at
    clock.move(hours=1)
    assert resolve(doubted, SENT, clock) == [1]
    notice = the_notice(doubted)
    assert (notice.state, notice.why, notice.ended_at) == (NoticeState.TOLD, "resolved: sent", ended)
    assert start(doubted, clock()) is None


def test_what_she_says_is_to_be_sent_again_is_written_anew_and_sent_once(doubted: OpenOffice, clock: Clock) -> None:
    assert resolve(doubted, AGAIN, clock) == [1]
    again = start(doubted, clock())
    assert again is not None
    assert again.message_id == 2
    act(doubted, record_outcome, again.attempt_id, Sent("SM2"), now=clock(), jitter=0)
    assert the_notice(doubted).state is NoticeState.TOLD
    assert start(doubted, clock()) is None


def test_who_said_it_is_noted_with_all_that_moved(doubted: OpenOffice, clock: Clock) -> None:
    resolve(doubted, AGAIN, clock)
    query = select(Fact.by, Fact.details).where(Fact.kind == Happened.NOTICE_RESOLVED)
    assert ask(doubted, lambda session: session.execute(query).one()) == ("operator", {"as": "again", "notices": [1]})


# What cannot be


def _sms_closed(office: OpenOffice, clock: Clock) -> None:
    act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="operator")


def _erased(office: OpenOffice, clock: Clock) -> None:
    _sms_closed(office, clock)
    office.write(lambda session: session.execute(update(Contact).values(address_sealed=b"", address_index=b"")))


def _collected(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")


def _too_late(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=31)


def _answered(office: OpenOffice, clock: Clock) -> None:
    office.write(lambda session: session.execute(update(Notice).values(answer=Answer.COMING)))


def _cancelled(office: OpenOffice, clock: Clock) -> None:
    office.write(lambda session: session.execute(update(Notice).values(batch="import:1")))
    act(office, cancel_batch, "import:1", now=clock(), by="operator")


def _resolved_sent(office: OpenOffice, clock: Clock) -> None:
    resolve(office, SENT, clock)


def _resolved_again(office: OpenOffice, clock: Clock) -> None:
    resolve(office, AGAIN, clock)


@pytest.mark.parametrize(
    ("meanwhile", "as_", "refusal"),
    [
        (_sms_closed, AGAIN, "address for sms is closed or erased"),
        (_erased, AGAIN, "address for sms is closed or erased"),
        (_collected, AGAIN, "true no longer"),
        (_too_late, AGAIN, "too late"),
        (_answered, AGAIN, "she pressed coming below it"),
        (_cancelled, AGAIN, "its batch import:1 was cancelled"),
        (_resolved_sent, AGAIN, "notice 1 is told, not in doubt"),
        (_resolved_sent, SENT, "notice 1 is told, not in doubt"),
        (_resolved_again, AGAIN, "notice 1 is waiting, not in doubt"),
        (_resolved_again, SENT, "notice 1 is waiting, not in doubt"),
    ],
)
def test_what_would_be_in_vain_or_twice_is_refused_with_the_fix(
    doubted: OpenOffice,
    clock: Clock,
    meanwhile: Callable[[OpenOffice, Clock], None],
    as_: Resolution,
    refusal: str,
) -> None:
    meanwhile(doubted, clock)
    before = the_notice(doubted).state
    with pytest.raises(Refused, match=refusal):
        resolve(doubted, as_, clock)
    assert the_notice(doubted).state is before


@pytest.mark.parametrize("meanwhile", [_sms_closed, _erased, _collected, _too_late, _answered, _cancelled])
def test_that_it_was_sent_can_be_said_whatever_happened_since(
    doubted: OpenOffice, clock: Clock, meanwhile: Callable[[OpenOffice, Clock], None]
) -> None:
    meanwhile(doubted, clock)
    resolve(doubted, SENT, clock)
    assert the_notice(doubted).state is NoticeState.TOLD


def test_a_notice_that_is_not_there_is_said(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(NotFound, match="no notice 99"):
        resolve(office, SENT, clock, notice=99)


def test_of_two_who_resolve_it_at_once_the_second_is_refused(doubted: OpenOffice, clock: Clock) -> None:
    def behind(session) -> None:  # type: ignore[no-untyped-def]
        seen = session.get_one(Notice, 1)  # seen in doubt, and then the other one is quicker
        change = update(Notice).values(state=NoticeState.TOLD)
        session.execute(change.execution_options(synchronize_session=False))
        assert seen.state is NoticeState.IN_DOUBT
        resolve_notice(session, 1, AGAIN, now=clock(), by="operator")

    with pytest.raises(Overtaken, match="notice 1"):
        doubted.write(behind)


# What is heard of the old message afterwards


def test_a_receipt_after_it_was_said_to_be_sent_only_confirms_it(doubted: OpenOffice, clock: Clock) -> None:
    resolve(doubted, SENT, clock)
    assert receipt(doubted, clock, 4)
    assert the_notice(doubted).state is NoticeState.TOLD
    assert start(doubted, clock()) is None


def test_a_failure_of_the_old_message_moves_nothing_that_was_sent_again(doubted: OpenOffice, clock: Clock) -> None:
    resolve(doubted, AGAIN, clock)
    again = start(doubted, clock())
    assert again is not None
    receipt(doubted, clock, 4, TryLater("30003", after_seconds=60), resends=2)
    assert the_notice(doubted).state is NoticeState.SENDING
    act(doubted, record_outcome, again.attempt_id, Sent("SM2"), now=clock(), jitter=0)
    receipt(doubted, clock, 4, WRONG, sid="SM1")
    assert (the_notice(doubted).state, the_notice(doubted).message_id) == (NoticeState.TOLD, 2)
    clock.move(hours=5)
    assert start(doubted, clock()) is None


def test_what_arrived_after_all_is_not_sent_again(doubted: OpenOffice, clock: Clock) -> None:
    resolve(doubted, AGAIN, clock)

    def heard(session) -> int:  # type: ignore[no-untyped-def]
        return arrived_after_all(session, session.get_one(Message, 1), now=clock())

    assert doubted.write(heard) == 1
    notice = the_notice(doubted)
    assert (notice.state, notice.why, notice.message_id) == (NoticeState.TOLD, None, 1)
    assert start(doubted, clock()) is None


def test_what_left_again_before_the_old_one_was_heard_of_goes_on(doubted: OpenOffice, clock: Clock) -> None:
    resolve(doubted, AGAIN, clock)
    assert start(doubted, clock()) is not None
    assert doubted.write(lambda session: arrived_after_all(session, session.get_one(Message, 1), now=clock())) == 0
    assert the_notice(doubted).state is NoticeState.SENDING


# One message for several, and what a restore left


@pytest.fixture
def family(office: OpenOffice, clock: Clock, take: Import) -> OpenOffice:
    """Two sisters on one phone; the one SMS about both cards is in doubt."""
    take(_SISTER_ROW)
    ready(office, SITI, clock)
    ready(office, SISTER, clock)
    outgoing = start(office, clock())
    assert outgoing is not None
    assert "2 KTP-el" in outgoing.text
    lose(office, outgoing, clock)
    return office


def test_what_is_said_of_one_sister_holds_for_the_other_who_stood_in_the_same_message(
    family: OpenOffice, clock: Clock
) -> None:
    [first, second] = [notice.id for notice in notices(family)]
    assert resolve(family, AGAIN, clock, notice=second) == [second, first]
    again = start(family, clock())
    assert again is not None
    assert "2 KTP-el" in again.text
    assert start(family, clock()) is None


def test_a_sister_who_collected_hers_meanwhile_is_not_told_again(family: OpenOffice, clock: Clock) -> None:
    [_, second] = [notice.id for notice in notices(family)]
    _collected(family, clock)
    assert resolve(family, AGAIN, clock, notice=second) == [second]
    again = start(family, clock())
    assert again is not None
    assert "2 KTP-el" not in again.text
    assert [notice.state for notice in notices(family)] == [NoticeState.IN_DOUBT, NoticeState.SENDING]


@pytest.mark.parametrize("tried", [False, True])
@pytest.mark.parametrize("as_", [SENT, AGAIN])
def test_what_a_restore_left_in_doubt_is_resolved_with_a_message_or_without(
    office: OpenOffice, clock: Clock, tried: bool, as_: Resolution
) -> None:
    ready(office, SITI, clock)
    if tried:
        assert start(office, clock()) is not None
    act(office, hold_what_waited, schema="0003", now=clock(), by="operator")
    [doubt] = ask(office, in_doubt, now=clock(), most=10)
    assert (doubt.why, len(doubt.tries), doubt.looks) == ("restored from a backup", int(tried), 0)
    resolve(office, as_, clock)
    assert (start(office, clock()) is not None) is (as_ is AGAIN)


# The list


def test_the_list_says_all_that_is_known_to_decide_by(doubted: OpenOffice, clock: Clock) -> None:
    [doubt] = ask(doubted, in_doubt, now=clock(), most=10)
    assert (doubt.id, doubt.channel, doubt.looks, doubt.receipt, doubt.against) == (1, Channel.SMS, 3, False, None)
    assert [(one.outcome, one.code) for one in doubt.tries] == [("Unsure", "timeout")]
    _collected(doubted, clock)
    [doubt] = ask(doubted, in_doubt, now=clock(), most=10)
    assert "true no longer" in (doubt.against or "")


def test_a_message_is_unsure_no_more_once_somebody_said_that_it_was_sent(doubted: OpenOffice, clock: Clock) -> None:
    states = select(Message.state)
    assert ask(doubted, lambda session: session.scalars(states).one()) is MessageState.UNSURE
    resolve(doubted, SENT, clock)
    assert ask(doubted, lambda session: session.scalars(states).one()) is MessageState.SENT
