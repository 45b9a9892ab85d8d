"""Speaking first: who is told what, once, by which channel, and what becomes of it."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_address
from core.questions.cards import resident_by_nik
from core.rules.card import Stage
from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, TryLater, Unsure
from core.store.delivery_tables import Attempt, Message, Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Contact
from core.store.words import NoticeState
from notifier.pace import Pace
from tests.offices import BUDI, SITI, SITI_PHONE, WATI, WATI_PHONE, Clock, Import, act, ask
from tests.senders import FakeChannel, a_sender, send_all

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

SITI_CHAT = "900000001"


def link(office: OpenOffice, nik: str, address: str, clock: Clock, *, channel: Channel = Channel.TELEGRAM) -> None:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    act(
        office,
        add_contact,
        resident.id,
        channel,
        address,
        proof="receipt",
        how="telegram",
        text="2026-1",
        now=clock(),
        by="resident",
    )


def ready(office: OpenOffice, nik: str, clock: Clock) -> None:
    act(office, move_card_of, nik, Stage.READY_FOR_PICKUP, now=clock(), by="operator")


def notices(office: OpenOffice) -> list[Notice]:
    return ask(office, lambda session: list(session.scalars(select(Notice).order_by(Notice.id))))


def attempts(office: OpenOffice) -> list[str | None]:
    return ask(office, lambda session: list(session.scalars(select(Attempt.outcome).order_by(Attempt.id))))


async def test_who_has_only_a_phone_is_told_by_sms_that_her_card_is_ready(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    [message] = sms.given
    assert message.address == SITI_PHONE
    assert "siap diambil" in message.text
    assert "V87" in message.text
    assert notices(office)[0].state is NoticeState.TOLD


async def test_nothing_is_said_twice_however_often_the_sender_looks(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    await send_all(office, sms, now=clock)
    assert len(sms.given) == 1


async def test_telegram_comes_before_sms(office: OpenOffice, clock: Clock) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.SMS)
    link(office, SITI, SITI_CHAT, clock)
    ready(office, SITI, clock)
    await send_all(office, telegram, sms, now=clock)
    assert [message.address for message in telegram.given] == [SITI_CHAT]
    assert not sms.given


async def test_who_blocked_the_bot_gets_the_sms_and_no_more_telegrams(office: OpenOffice, clock: Clock) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM, OptedOut("blocked")), FakeChannel(Channel.SMS)
    link(office, SITI, SITI_CHAT, clock)
    ready(office, SITI, clock)
    await send_all(office, telegram, sms, now=clock)
    assert len(telegram.given) == len(sms.given) == 1
    closed = ask(
        office,
        lambda session: session.scalars(select(Contact.closed_why).where(Contact.channel == Channel.TELEGRAM)).all(),
    )
    assert closed == ["opted-out"]


async def test_who_has_no_address_is_on_the_list_of_people_to_visit(office: OpenOffice, clock: Clock) -> None:
    ready(office, BUDI, clock)
    [notice] = notices(office)
    assert notice.state is NoticeState.UNREACHABLE


async def test_a_wrong_number_closes_the_contact_and_she_is_to_be_visited(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, GiveUp("21211"))
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    [notice] = notices(office)
    assert (notice.state, notice.why) == (NoticeState.UNREACHABLE, "21211")


async def test_a_family_on_one_phone_gets_one_message_for_two_cards(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    sms = FakeChannel(Channel.SMS)
    sister = f"3522995506900009;SITI RUKMINI;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;BJN-000009-K07"
    take(sister)
    ready(office, SITI, clock)
    ready(office, "3522995506900009", clock)
    await send_all(office, sms, now=clock)
    [message] = sms.given
    assert "2 KTP-el" in message.text
    assert {notice.state for notice in notices(office)} == {NoticeState.TOLD}


async def test_nobody_is_told_at_night(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    clock.move(hours=10)  # 19.00
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    assert not sms.given
    clock.move(hours=13)  # 08.00
    await send_all(office, sms, now=clock)
    assert len(sms.given) == 1


async def test_an_sms_may_not_be_delivered_after_the_window_closes(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    [message] = sms.given
    assert message.worthless_after is not None
    assert message.worthless_after.astimezone(clock().tzinfo).hour == 11  # 18.00 in Bojonegoro


async def test_beyond_the_daily_cap_sms_wait_for_the_next_day(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    await send_all(office, sms, now=clock, sms_daily_cap=1)
    assert len(sms.given) == 1
    clock.move(days=1)
    await send_all(office, sms, now=clock, sms_daily_cap=1)
    assert len(sms.given) == 2


async def test_a_card_that_moved_on_meanwhile_is_not_announced(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    await send_all(office, sms, now=clock)
    assert not sms.given
    assert notices(office)[0].state is NoticeState.OVERTAKEN


async def test_who_stops_after_being_owed_a_notice_does_not_get_it(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="operator")
    await send_all(office, sms, now=clock)
    assert not sms.given
    assert notices(office)[0].state is NoticeState.UNREACHABLE


async def test_without_a_channel_its_notices_wait(office: OpenOffice, clock: Clock) -> None:
    ready(office, SITI, clock)
    await send_all(office, FakeChannel(Channel.TELEGRAM), now=clock)
    assert notices(office)[0].state is NoticeState.WAITING


async def test_before_the_office_is_live_only_trial_addresses_get_anything(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    await send_all(office, sms, now=clock, live=False, trial_addresses=frozenset({SITI_PHONE}))
    assert [message.address for message in sms.given] == [SITI_PHONE]
    assert [notice.state for notice in notices(office)] == [NoticeState.TOLD, NoticeState.TRIAL]


async def test_a_number_of_a_clerk_is_no_contact(office: OpenOffice, take: Import, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    rows = [
        f"352299550690010{n};WARGA {n};35.22.15.2003;PRR;05/01/2017;+6281200009999;YA;BJN-10000{n}-A0{n}"
        for n in range(1, 8)
    ]
    take(*rows)
    ready(office, "3522995506900101", clock)
    await send_all(office, sms, now=clock)
    assert not sms.given
    assert notices(office)[0].state is NoticeState.UNREACHABLE


async def test_a_throttled_message_waits_as_long_as_asked_and_then_leaves(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, TryLater("20429", after_seconds=30, throttled=True))
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    clock.move(seconds=29)
    await send_all(office, sms, now=clock)
    assert len(sms.given) == 1
    clock.move(seconds=1)
    await send_all(office, sms, now=clock)
    assert attempts(office) == ["TryLater", "Sent"]
    assert ask(office, lambda session: session.scalars(select(Message.failures)).all()) == [0]


async def test_a_doubtful_telegram_is_sent_again_once_and_then_left(office: OpenOffice, clock: Clock) -> None:
    telegram = FakeChannel(Channel.TELEGRAM, Unsure("timeout"), Unsure("timeout"))
    link(office, SITI, SITI_CHAT, clock)
    ready(office, SITI, clock)
    await send_all(office, telegram, now=clock)
    assert len(telegram.given) == 2
    assert notices(office)[0].state is NoticeState.IN_DOUBT


async def test_a_doubtful_sms_is_looked_for_and_never_sent_twice(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, Unsure("timeout"))
    sms.on_list.add(SITI_PHONE)
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    assert notices(office)[0].state is NoticeState.SENDING
    clock.move(minutes=1)
    await send_all(office, sms, now=clock)
    assert (len(sms.given), sms.looks) == (1, 1)
    assert notices(office)[0].state is NoticeState.TOLD


async def test_an_sms_that_is_nowhere_to_be_found_goes_to_the_operator(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, Unsure("timeout"))
    ready(office, SITI, clock)
    for _ in range(5):
        await send_all(office, sms, now=clock)
        clock.move(minutes=31)
    assert (len(sms.given), sms.looks) == (1, 3)
    assert notices(office)[0].state is NoticeState.IN_DOUBT


async def test_a_wrong_token_stops_the_channel_and_nothing_fails(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, Halt("20003", "check the token"))
    sms.trouble = Halt("20003", "check the token")
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    await send_all(office, sms, now=clock)
    given = len(sms.given)
    clock.move(minutes=2)
    await send_all(office, sms, now=clock)
    assert len(sms.given) == given
    sms.trouble = None
    clock.move(minutes=2)
    await send_all(office, sms, now=clock)
    await send_all(office, sms, now=clock)
    assert {notice.state for notice in notices(office)} == {NoticeState.TOLD}


async def test_an_import_tells_only_of_what_it_saw_change(office: OpenOffice, take: Import, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS)
    new = "3522995506900008;BARU;35.22.15.2003;CARD_PRINTED;05/01/2017;+6281200000008;YA;BJN-000008-K08"
    moved = f"{SITI};SITI AMINAH;35.22.15.2003;CARD_PRINTED;05/01/2017;{SITI_PHONE};YA;BJN-000001-V87"
    take(new, moved, as_of=date(2017, 9, 28))
    clock.move(days=2)
    await send_all(office, sms, now=clock)
    assert [message.address for message in sms.given] == [SITI_PHONE]
    assert "dicetak" in sms.given[0].text


async def test_the_sender_that_was_killed_leaves_doubt_only_about_what_was_in_flight(
    office: OpenOffice, clock: Clock
) -> None:
    from core.actions.sending import Turn, start_messages
    from tests.senders import terms

    ready(office, SITI, clock)
    act(
        office,
        start_messages,
        Channel.SMS,
        slots=1,
        held=frozenset(),
        turn=Turn(),
        now=clock(),
        terms=terms(office),
    )
    sms = FakeChannel(Channel.SMS)
    await send_all(office, sms, now=clock)
    assert not sms.given  # it may have left: never twice
    assert attempts(office) == ["Unsure"]


async def test_what_stands_in_line_when_the_sender_is_told_to_stop_is_the_next_ones_to_send(
    office: OpenOffice, clock: Clock
) -> None:
    for nik in (SITI, WATI):
        ready(office, nik, clock)
    sms = FakeChannel(Channel.SMS)
    sender = a_sender(office, sms, now=clock, pace=Pace(per_second=0.001))  # the second one's turn comes in 1,000 s
    running = asyncio.create_task(sender.run())
    await sms.given_any.wait()
    sender.stop()
    await running
    assert (len(sms.given), sorted(map(str, attempts(office)))) == (1, ["Sent", "TryLater"])
    await send_all(office, sms, now=clock)
    assert sorted(message.address for message in sms.given) == [SITI_PHONE, WATI_PHONE]
    assert {notice.state for notice in notices(office)} == {NoticeState.TOLD}
    assert ask(office, lambda session: set(session.scalars(select(Message.failures)))) == {0}


async def test_one_notice_that_cannot_be_put_into_words_keeps_nobody_else_waiting(
    office: OpenOffice, clock: Clock
) -> None:
    sms = FakeChannel(Channel.SMS)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    nowhere = update(Card).where(Card.resident_id == 1).values(pickup_point="35.22.99.9999")
    act(office, lambda session: session.execute(nowhere))
    await send_all(office, sms, now=clock)
    assert [notice.state for notice in notices(office)] == [NoticeState.UNREACHABLE, NoticeState.TOLD]
    assert len(sms.given) == 1
