"""Erasing at the desk, while messages are on their way, and what a list may not bring back."""

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact
from core.actions.erasing import erase_account, erase_addresses, erase_closed_addresses
from core.actions.inbox import MOST_FAILURES, note_failure, store_updates
from core.actions.languages import choose_language
from core.actions.outcomes import note_look, record_outcome
from core.actions.sending import Turn, start_messages
from core.questions.inbox import waiting_updates
from core.questions.languages import language_of
from core.questions.looks import due_looks
from core.questions.residents import held_addresses, resident_view
from core.rules.card import Stage
from core.rules.delivery import Channel, Outgoing, Sent, TryLater, Unsure
from core.store.delivery_tables import Message, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice, seal_of
from core.store.tables import Contact
from core.store.words import NoticeState
from tests.offices import BUDI, SITI, SITI_PHONE, SITI_RECEIPT, Clock, Import, act, ask
from tests.senders import FakeChannel, send_all, terms

pytestmark = pytest.mark.both_databases

CHAT = 900000001


def contacts(office: OpenOffice) -> list[Contact]:
    query = select(Contact).where(Contact.resident_id == 1).order_by(Contact.id)
    return ask(office, lambda session: list(session.scalars(query)))


def link(office: OpenOffice, clock: Clock) -> None:
    proven = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
    act(office, add_contact, 1, Channel.TELEGRAM, str(CHAT), **proven)


def started(office: OpenOffice, channel: Channel, clock: Clock) -> Outgoing:
    """A message that has just left for Siti, with the provider's answer still to come."""
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    rules = {"slots": 8, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
    [outgoing] = act(office, start_messages, channel, **rules)
    return outgoing


def erase_at_the_desk(office: OpenOffice, clock: Clock) -> None:
    act(office, erase_addresses, SITI, now=clock(), by="operator")


def sweep(office: OpenOffice, clock: Clock) -> int:
    return act(office, erase_closed_addresses, now=clock())


def sweep_all(office: OpenOffice, clock: Clock) -> None:
    clock.move(minutes=2)
    sweep(office, clock)


def test_the_desk_erases_a_phone_soon_and_a_chat_at_once(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    assert ask(office, held_addresses, SITI) == {Channel.SMS: 1, Channel.TELEGRAM: 1}
    erase_at_the_desk(office, clock)
    assert [(one.channel, bool(one.address_sealed)) for one in contacts(office)] == [
        (Channel.SMS, True),
        (Channel.TELEGRAM, False),
    ]
    assert sweep(office, clock) == 0
    clock.move(minutes=1)
    assert sweep(office, clock) == 1
    assert {(one.address_sealed, one.closed_why) for one in contacts(office)} == {(b"", "erased")}
    assert sweep(office, clock) == 0
    assert ask(office, held_addresses, SITI) == {}
    assert [view.address for view in ask(office, resident_view, SITI, now=clock()).contacts] == [None, None]


def test_no_list_brings_an_erased_phone_back_but_its_owner_may(office: OpenOffice, clock: Clock, take: Import) -> None:
    erase_at_the_desk(office, clock)
    clock.move(minutes=1)
    sweep(office, clock)
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;{SITI_RECEIPT}X")
    assert [one.closed_why for one in contacts(office)] == ["erased"]
    proven = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "operator"}
    act(office, add_contact, 1, Channel.SMS, SITI_PHONE, **proven)
    assert [one.closed_why for one in contacts(office)] == ["erased", None]


def test_a_phone_that_was_only_held_or_closed_for_another_reason_stays_closed(
    office: OpenOffice, clock: Clock, take: Import
) -> None:
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;+6281200000009;;{SITI_RECEIPT}")
    assert [one.closed_why for one in contacts(office)] == ["replaced by a newer list", None]
    erase_at_the_desk(office, clock)
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;{SITI_RECEIPT}Y")
    assert [one.closed_why for one in contacts(office)] == ["erased", "erased"]


def test_an_sms_in_doubt_keeps_its_number_until_it_is_found(office: OpenOffice, clock: Clock) -> None:
    outgoing = started(office, Channel.SMS, clock)
    erase_at_the_desk(office, clock)
    clock.move(minutes=2)
    assert sweep(office, clock) == 0
    act(office, record_outcome, outgoing.attempt_id, Unsure("timeout"), now=clock(), jitter=0)
    clock.move(minutes=2)
    assert sweep(office, clock) == 0
    [look] = ask(office, due_looks, [Channel.SMS], now=clock())
    assert look.address == SITI_PHONE
    act(office, note_look, outgoing.message_id, [Sent("SM1")], now=clock())
    assert sweep(office, clock) == 1


def test_a_chat_erased_while_its_message_is_on_the_way_was_told(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    outgoing = started(office, Channel.TELEGRAM, clock)
    assert act(office, erase_account, CHAT, now=clock(), by="resident") == 1
    act(office, record_outcome, outgoing.attempt_id, Sent("7"), now=clock(), jitter=0)
    assert ask(office, lambda session: set(session.scalars(select(Notice.state)))) == {NoticeState.TOLD}


async def test_a_chat_erased_while_its_message_waits_for_another_try_is_told_by_sms(
    office: OpenOffice, clock: Clock
) -> None:
    link(office, clock)
    outgoing = started(office, Channel.TELEGRAM, clock)
    act(office, erase_account, CHAT, now=clock(), by="resident")
    act(office, record_outcome, outgoing.attempt_id, TryLater("502"), now=clock(), jitter=0)
    clock.move(minutes=20)
    telegram, sms = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.SMS)
    await send_all(office, telegram, sms, now=clock)
    assert (telegram.given, len(sms.given)) == ([], 1)


def test_a_number_that_telegram_gives_the_chat_meanwhile_goes_too(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    outgoing = started(office, Channel.TELEGRAM, clock)
    act(office, erase_account, CHAT, now=clock(), by="resident")
    act(office, record_outcome, outgoing.attempt_id, TryLater("moved", moved_to="900000002"), now=clock(), jitter=0)
    clock.move(days=1)
    sweep(office, clock)
    chat = contacts(office)[-1]
    moved = ask(office, lambda session: seal_of(session).index(Channel.TELEGRAM, "900000002"))
    assert (chat.address_sealed, chat.address_index != moved) == (b"", True)


def test_what_was_sent_there_can_no_longer_be_found_by_the_account(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    outgoing = started(office, Channel.TELEGRAM, clock)
    act(office, record_outcome, outgoing.attempt_id, Sent("7"), now=clock(), jitter=0)
    act(office, erase_account, CHAT, now=clock(), by="resident")
    index = ask(office, lambda session: seal_of(session).index(Channel.TELEGRAM, str(CHAT)))
    assert index not in ask(office, lambda session: set(session.scalars(select(Message.address_index))))
    assert ask(office, lambda session: set(session.scalars(select(Message.text_sealed)))) == {b""}


def test_messages_whose_contact_was_forgotten_before_are_found_by_the_account(office: OpenOffice, clock: Clock) -> None:
    link(office, clock)
    outgoing = started(office, Channel.TELEGRAM, clock)
    act(office, record_outcome, outgoing.attempt_id, Sent("7"), now=clock(), jitter=0)
    index = ask(office, lambda session: seal_of(session).index(Channel.TELEGRAM, str(CHAT)))

    def forget_as_it_once_was(session) -> None:  # type: ignore[no-untyped-def]
        contact = session.scalars(select(Contact).where(Contact.address_index == index)).one()
        contact.address_index, contact.address_sealed, contact.closed_at = b"nobody", b"", clock()

    act(office, forget_as_it_once_was)
    assert act(office, erase_account, CHAT, now=clock(), by="resident") == 0
    assert index not in ask(office, lambda session: set(session.scalars(select(Message.address_index))))


def test_what_an_account_wrote_and_we_could_not_answer_goes_with_it_and_nobody_elses(
    office: OpenOffice, clock: Clock
) -> None:
    raw = [(number, str(CHAT + number), f'{{"text": "{SITI}"}}') for number in (0, 1)]
    act(office, store_updates, raw, now=clock())
    for waiting in ask(office, waiting_updates):
        for _ in range(MOST_FAILURES):
            act(office, note_failure, waiting.inbox_id, now=clock())
    act(office, erase_account, CHAT, now=clock(), by="resident")
    kept = select(InboxUpdate.body_sealed).order_by(InboxUpdate.id)
    bodies = ask(office, lambda session: session.scalars(kept).all())
    assert [bool(body) for body in bodies] == [False, True]


def test_the_language_noted_for_an_erased_phone_goes_with_it_unless_a_neighbour_is_told_there(
    office: OpenOffice, clock: Clock
) -> None:
    proven = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "operator"}
    neighbour = act(office, add_contact, 2, Channel.SMS, SITI_PHONE, **proven)
    act(office, choose_language, Channel.SMS, SITI_PHONE, "en", now=clock())
    erase_at_the_desk(office, clock)
    sweep_all(office, clock)
    assert ask(office, language_of, Channel.SMS, SITI_PHONE) == "en"
    assert neighbour.closed_at is None
    act(office, erase_addresses, BUDI, now=clock(), by="operator")
    sweep_all(office, clock)
    assert ask(office, language_of, Channel.SMS, SITI_PHONE) is None


def test_an_sms_that_nobody_looks_for_any_more_keeps_no_number(office: OpenOffice, clock: Clock) -> None:
    outgoing = started(office, Channel.SMS, clock)
    act(office, record_outcome, outgoing.attempt_id, Unsure("timeout"), now=clock(), jitter=0)
    erase_at_the_desk(office, clock)
    clock.move(days=1)
    while ask(office, due_looks, [Channel.SMS], now=clock()):
        act(office, note_look, outgoing.message_id, [], now=clock())
        clock.move(days=1)
    assert sweep(office, clock) == 1
