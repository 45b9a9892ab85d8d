"""What is read for a whole tick at once is decided for each as if she were alone."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from core.actions.batches import cancel_batch, end_cancelled, go_on_with_batch, pause_batch
from core.actions.contacts import add_contact, close_contact
from core.actions.outcomes import record_outcome
from core.actions.sending import Turn, start_messages
from core.questions.cards import resident_by_nik
from core.rules.delivery import Channel, Outgoing, Sent, TryLater, Unsure
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Contact
from core.store.words import NoticeState
from tests.offices import BUDI, JOKO, SITI, WATI, Clock, act, ask
from tests.senders import terms
from tests.test_sending import link, notices, ready

pytestmark = pytest.mark.both_databases

CHAT, BATCH = "900000001", "import:1"


def start(office: OpenOffice, clock: Clock, *, slots: int = 8, held: frozenset[str] = frozenset()) -> list[Outgoing]:
    rules = {"slots": slots, "held": held, "turn": Turn(), "now": clock(), "terms": terms(office)}
    return act(office, start_messages, Channel.TELEGRAM, **rules)


def change(office: OpenOffice, notice_id: int, **values: object) -> None:
    def change(session) -> None:  # type: ignore[no-untyped-def]
        session.execute(update(Notice).where(Notice.id == notice_id).values(**values))

    office.write(change)


def states(office: OpenOffice) -> list[NoticeState]:
    return [notice.state for notice in notices(office)]


@pytest.fixture
def begun(office: OpenOffice, clock: Clock) -> Outgoing:
    """Siti's card, moved by hand, and Budi's, of an import, told in one chat by one message."""
    for nik in (SITI, BUDI):
        link(office, nik, CHAT, clock)
        ready(office, nik, clock)
    change(office, notices(office)[1].id, batch=BATCH)
    [outgoing] = start(office, clock)
    assert "2 KTP-el" in outgoing.text
    return outgoing


def comes_back(office: OpenOffice, outgoing: Outgoing, outcome: TryLater | Unsure | Sent, clock: Clock) -> None:
    act(office, record_outcome, outgoing.attempt_id, outcome, now=clock(), jitter=0)


def test_nothing_of_a_batch_that_waits_goes_along_with_a_message_that_is_tried_again(
    office: OpenOffice, clock: Clock, begun: Outgoing
) -> None:
    comes_back(office, begun, TryLater("429", after_seconds=0, throttled=True), clock)
    act(office, pause_batch, BATCH, now=clock(), by="operator")
    [again] = start(office, clock)
    assert "2 KTP-el" not in again.text
    assert states(office) == [NoticeState.SENDING, NoticeState.WAITING]
    comes_back(office, again, Sent("7"), clock)
    act(office, go_on_with_batch, BATCH, now=clock(), by="operator")
    clock.move(seconds=1)
    [later] = start(office, clock)
    assert later.message_id != begun.message_id
    comes_back(office, later, Sent("8"), clock)
    assert states(office) == [NoticeState.TOLD, NoticeState.TOLD]


def test_what_may_have_left_before_its_batch_was_cancelled_ends_in_doubt(
    office: OpenOffice, clock: Clock, begun: Outgoing
) -> None:
    comes_back(office, begun, Unsure("timeout"), clock)
    act(office, cancel_batch, BATCH, now=clock(), by="operator")
    assert start(office, clock)
    act(office, end_cancelled, now=clock())
    assert states(office) == [NoticeState.SENDING, NoticeState.IN_DOUBT]


def test_each_greeting_at_a_chat_goes_before_what_its_owner_is_told(office: OpenOffice, clock: Clock) -> None:
    contacts = []
    for nik in (SITI, BUDI):
        resident = ask(office, resident_by_nik, nik)
        assert resident is not None
        rules = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "operator"}
        contacts.append(act(office, add_contact, resident.id, Channel.TELEGRAM, CHAT, welcome=True, **rules))
    ready(office, BUDI, clock)
    _, second, _ = notices(office)
    change(office, second.id, due_at=clock() + timedelta(minutes=1))  # tried, and to be tried again

    def not_hers(session) -> None:  # type: ignore[no-untyped-def]
        close_contact(session, session.get_one(Contact, contacts[0].id), why="not-mine", now=clock(), by="resident")

    office.write(not_hers)
    assert not start(office, clock)
    assert states(office)[2] is NoticeState.WAITING
    clock.move(minutes=1)
    [greeting] = start(office, clock)
    assert greeting.message_id and "siap diambil" not in greeting.text.lower()


def test_a_chat_that_has_to_wait_keeps_nobody_of_its_batch_waiting(office: OpenOffice, clock: Clock) -> None:
    people = (SITI, BUDI, WATI, JOKO)
    for number, nik in enumerate(people):
        link(office, nik, CHAT if number < 2 else f"90000000{number}", clock)
        ready(office, nik, clock)
    for notice in notices(office)[:3]:
        change(office, notice.id, batch="import:1")
    change(office, notices(office)[3].id, batch="import:2", due_at=clock() + timedelta(hours=1))
    assert [one.address for one in start(office, clock, slots=2, held=frozenset({CHAT}))] == ["900000002"]


def test_who_had_to_wait_a_moment_is_told_when_it_is_over_and_not_after_her_whole_batch(
    office: OpenOffice, clock: Clock
) -> None:
    for number, nik in enumerate((SITI, BUDI, WATI, JOKO)):
        link(office, nik, f"90000000{number}", clock)
        ready(office, nik, clock)
        change(office, notices(office)[number].id, batch=BATCH)
    [siti] = start(office, clock, slots=1)
    comes_back(office, siti, TryLater("429", after_seconds=3, throttled=True), clock)
    clock.move(seconds=2)
    [budi] = start(office, clock, slots=1)
    comes_back(office, budi, Sent("7"), clock)
    clock.move(seconds=1)
    assert [one.address for one in start(office, clock, slots=1)] == [siti.address]


def test_one_notice_that_cannot_even_be_read_keeps_nobody_else_waiting(office: OpenOffice, clock: Clock) -> None:
    link(office, SITI, CHAT, clock)
    link(office, WATI, "900000002", clock)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    change(office, notices(office)[0].id, card_id=None)  # as no act of ours leaves it
    assert [one.address for one in start(office, clock)] == ["900000002"]
    assert states(office)[1] is NoticeState.SENDING
    assert ask(office, lambda session: session.get_one(Card, 1)) is not None
