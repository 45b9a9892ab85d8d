"""An address is forgotten thirty days after its resident's card was handed over, as the consent promises."""

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_address
from core.actions.languages import choose_language
from core.actions.outcomes import note_look, record_outcome
from core.actions.retention import forget_finished_contacts, forget_texts, forget_what_is_over
from core.questions.held import held_at
from core.questions.languages import language_of
from core.questions.looks import due_looks
from core.rules.card import Stage
from core.rules.delivery import Channel, Outgoing, Sent, TryLater, Unsure
from core.rules.retention import TEXT_KEPT
from core.store.delivery_tables import Message
from core.store.office import OpenOffice, seal_of
from core.store.tables import Contact, Fact
from tests.offices import SITI, SITI_PHONE, SITI_RECEIPT, Clock, Import, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_erasing import CHAT, contacts, link, started

pytestmark = pytest.mark.both_databases


def siti_s_contact(office: OpenOffice) -> Contact:
    return ask(office, lambda session: session.scalars(select(Contact).order_by(Contact.id)).first())


def test_a_phone_is_kept_while_the_card_is_awaited(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=400)
    assert act(office, forget_finished_contacts, now=clock()) == 0


def test_thirty_days_after_the_hand_over_the_phone_is_erased_and_that_is_noted(
    office: OpenOffice, clock: Clock
) -> None:
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    before = siti_s_contact(office)
    clock.move(days=30)
    assert act(office, forget_finished_contacts, now=clock()) == 0
    clock.move(seconds=1)
    assert act(office, forget_finished_contacts, now=clock()) == 1
    after = siti_s_contact(office)
    assert (after.address_sealed, after.closed_why) == (b"", "forgotten")
    assert after.address_index != before.address_index
    assert ask(office, lambda session: session.scalars(select(Fact.details).order_by(Fact.id.desc())).first()) == {
        "channel": "sms",
        "why": "forgotten",
    }
    assert act(office, forget_finished_contacts, now=clock()) == 0


def forgotten(office: OpenOffice, clock: Clock, *, days: float = 31) -> int:
    """The card is handed over, and its month goes by."""
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    clock.move(days=days)
    return act(office, forget_finished_contacts, now=clock())


def index_of(office: OpenOffice, channel: Channel, address: str) -> bytes:
    return ask(office, lambda session: seal_of(session).index(channel, address))


def messages(office: OpenOffice) -> list[Message]:
    return ask(office, lambda session: list(session.scalars(select(Message).order_by(Message.id))))


def told_at(office: OpenOffice, channel: Channel, clock: Clock) -> Outgoing:
    outgoing = started(office, channel, clock)
    act(office, record_outcome, outgoing.attempt_id, Sent("7"), now=clock(), jitter=0)
    return outgoing


def test_what_was_sent_to_a_forgotten_address_cannot_be_found_by_it_either(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    told_at(office, Channel.TELEGRAM, clock)
    assert ask(office, held_at, Channel.TELEGRAM, str(CHAT)).messages == 1
    assert forgotten(office, clock) == 2
    known = {index_of(office, Channel.TELEGRAM, str(CHAT)), index_of(office, Channel.SMS, SITI_PHONE)}
    assert not known & {one.address_index for one in (*messages(office), *contacts(office))}
    assert [one.text_sealed for one in messages(office)] == [b""]
    assert ask(office, held_at, Channel.TELEGRAM, str(CHAT)).messages == 0


def test_an_account_that_stopped_leaves_nothing_to_know_it_by_after_its_time(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    act(office, close_address, Channel.TELEGRAM, str(CHAT), why="stopped", now=clock(), by="resident")
    forgotten(office, clock)
    account = contacts(office)[-1]
    assert (account.address_sealed, account.closed_why) == (b"", "stopped")
    assert account.address_index != index_of(office, Channel.TELEGRAM, str(CHAT))


def test_a_phone_that_stopped_is_still_known_when_a_list_brings_it_again(
    office: OpenOffice, clock: Clock, take: Import
) -> None:
    act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="operator")
    forgotten(office, clock)
    take(f"{SITI};SITI AMINAH B;35.22.15.2003;CARD_ISSUED;05/01/2017;{SITI_PHONE};YA;{SITI_RECEIPT}")
    assert [(one.address_sealed, one.closed_why) for one in contacts(office)] == [(b"", "stopped")]


def test_the_language_of_a_forgotten_number_goes_unless_it_is_somebody_elses_too(
    office: OpenOffice, clock: Clock
) -> None:
    link(office, clock)
    proven = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
    act(office, add_contact, 2, Channel.TELEGRAM, str(CHAT), **proven)
    for channel, address in ((Channel.SMS, SITI_PHONE), (Channel.TELEGRAM, str(CHAT))):
        act(office, choose_language, channel, address, "en", now=clock())
    forgotten(office, clock)
    assert ask(office, language_of, Channel.SMS, SITI_PHONE) is None
    assert ask(office, language_of, Channel.TELEGRAM, str(CHAT)) == "en"


def test_a_message_that_was_given_up_before_its_next_try_keeps_no_address(office: OpenOffice, clock: Clock) -> None:
    outgoing = started(office, Channel.SMS, clock)
    act(office, record_outcome, outgoing.attempt_id, TryLater("502"), now=clock(), jitter=0)
    assert forgotten(office, clock) == 1


def test_an_sms_in_doubt_keeps_its_number_only_while_it_is_looked_for(office: OpenOffice, clock: Clock) -> None:
    outgoing = started(office, Channel.SMS, clock)
    act(office, record_outcome, outgoing.attempt_id, Unsure("timeout"), now=clock(), jitter=0)
    assert forgotten(office, clock) == 0
    while ask(office, due_looks, [Channel.SMS], now=clock()):
        act(office, note_look, outgoing.message_id, [], now=clock())
        clock.move(days=1)
    assert act(office, forget_finished_contacts, now=clock()) == 1


# What messages said


def forget_old_texts(office: OpenOffice, clock: Clock) -> int:
    return act(office, forget_texts, now=clock())


def test_what_a_message_said_is_forgotten_after_its_time_and_that_it_was_sent_is_not(
    office: OpenOffice, clock: Clock
) -> None:
    told_at(office, Channel.SMS, clock)
    clock.now += TEXT_KEPT
    clock.move(seconds=-1)
    assert forget_old_texts(office, clock) == 0
    clock.move(seconds=1)
    assert forget_old_texts(office, clock) == 1
    assert [(one.text_sealed, one.state) for one in messages(office)] == [(b"", "sent")]
    assert forget_old_texts(office, clock) == 0
    act(office, forget_what_is_over, now=clock())


def test_an_sms_in_doubt_keeps_its_text_while_it_is_looked_for_by_it(office: OpenOffice, clock: Clock) -> None:
    outgoing = started(office, Channel.SMS, clock)
    act(office, record_outcome, outgoing.attempt_id, Unsure("timeout"), now=clock(), jitter=0)
    clock.now += TEXT_KEPT
    assert forget_old_texts(office, clock) == 0
    assert [look.text for look in ask(office, due_looks, [Channel.SMS], now=clock())] == [outgoing.text]
    act(office, note_look, outgoing.message_id, [Sent("SM1")], now=clock())
    assert forget_old_texts(office, clock) == 1


def test_a_message_on_its_way_keeps_its_text(office: OpenOffice, clock: Clock) -> None:
    started(office, Channel.SMS, clock)
    clock.now += TEXT_KEPT
    assert forget_old_texts(office, clock) == 0


async def test_a_message_whose_text_was_forgotten_is_written_anew_when_it_is_tried_again(
    office: OpenOffice, clock: Clock
) -> None:
    outgoing = started(office, Channel.SMS, clock)
    act(office, record_outcome, outgoing.attempt_id, TryLater("502"), now=clock(), jitter=0)
    clock.now += TEXT_KEPT
    assert forget_old_texts(office, clock) == 1
    clock.move(hours=-1)  # the office's clock was ahead: the notice is worth something after all
    sms = FakeChannel(Channel.SMS)
    await send_all(office, sms, now=clock)
    assert [again.text for again in sms.given] == [outgoing.text]


def test_texts_are_forgotten_in_bounded_steps(office: OpenOffice, clock: Clock) -> None:
    outgoing = told_at(office, Channel.SMS, clock)

    def many(session):  # type: ignore[no-untyped-def]
        message = session.get_one(Message, outgoing.message_id)
        columns = [column.name for column in Message.__table__.columns if column.name != "id"]
        row = {name: getattr(message, name) for name in columns}
        session.execute(Message.__table__.insert(), [row] * 449)

    act(office, many)
    clock.now += TEXT_KEPT
    assert [forget_old_texts(office, clock) for _ in range(4)] == [200, 200, 50, 0]
