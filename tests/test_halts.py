"""A channel stops because our settings are wrong: nothing is lost, operators hear of it, and it goes on by itself."""

import json

import pytest
from sqlalchemy import select

from core.rules.delivery import Channel, Halt, TryLater
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice, seal_of
from core.store.words import NoticeState
from core.wording import languages
from core.wording.gsm import fits_one_sms
from core.wording.operators import stopped_sms
from core.wording.wordings import Wordings
from tests.offices import SITI, WATI, Clock, ask
from tests.senders import FakeChannel, a_sender, at_work, send_all
from tests.test_sending import link, notices, ready
from tests.test_wording_notices import LONGEST_OFFICE
from tests.unreliable import Unreliable

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

OPERATOR, OPERATOR_PHONE = "990000001", "+6281200000077"
WRONG_TOKEN = Halt("20003", "check the token")
WRONG_SENDER = Halt("21606", "check the sender", by_account=False)


def told_in_the_chat(office: OpenOffice) -> list[str]:
    """What waits for the operator, or was said to her, in order."""

    def texts(session) -> list[str]:  # type: ignore[no-untyped-def]
        sealed = session.scalars(select(InboxUpdate.replies_sealed).order_by(InboxUpdate.id))
        return [json.loads(seal_of(session).open(one))[0]["text"] for one in sealed]

    return ask(office, texts)


async def look(office: OpenOffice, clock: Clock, *channels: FakeChannel) -> None:
    """A sender works for a minute or so."""
    people = {"operators": frozenset({OPERATOR}), "operator_phones": frozenset({OPERATOR_PHONE})}
    await send_all(office, *channels, now=clock, **people)
    clock.move(minutes=2)
    await send_all(office, *channels, now=clock, **people)


async def test_operators_hear_in_the_chat_that_sms_stopped_and_that_it_goes_on_each_once(
    office: OpenOffice, clock: Clock
) -> None:
    sms = FakeChannel(Channel.SMS, WRONG_TOKEN)
    sms.trouble = WRONG_TOKEN
    ready(office, SITI, clock)
    for _ in range(3):
        await look(office, clock, sms, FakeChannel(Channel.TELEGRAM))
    [stopped] = told_in_the_chat(office)
    assert stopped.startswith("SALURAN BERHENTI: sms")
    assert "20003" in stopped
    sms.trouble = None
    for _ in range(2):
        await look(office, clock, sms, FakeChannel(Channel.TELEGRAM))
    assert told_in_the_chat(office)[1:] == ["SALURAN PULIH: sms. Yang menunggu sedang dikirim."]
    assert notices(office)[0].state is NoticeState.TOLD


async def test_a_stopped_channel_stops_no_other(office: OpenOffice, clock: Clock) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.SMS, WRONG_TOKEN)
    sms.trouble = WRONG_TOKEN
    link(office, SITI, "900000001", clock)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    await look(office, clock, telegram, sms)
    assert len(telegram.given) == 1
    assert [notice.state for notice in notices(office)] == [NoticeState.TOLD, NoticeState.WAITING]


async def test_that_the_bot_stopped_operators_hear_by_sms_once_while_residents_sms_go_on(
    office: OpenOffice, clock: Clock
) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM, WRONG_TOKEN), FakeChannel(Channel.SMS)
    telegram.trouble = WRONG_TOKEN
    link(office, SITI, "900000001", clock)
    ready(office, SITI, clock)
    for _ in range(3):
        await look(office, clock, telegram, sms)
    ready(office, WATI, clock)
    await look(office, clock, telegram, sms)
    alarm, resident = sms.given
    assert (alarm.address, alarm.message_id) == (OPERATOR_PHONE, 0)
    assert "bot telegram berhenti" in alarm.text
    assert "siap diambil" in resident.text
    assert not told_in_the_chat(office), "nobody reads a chat whose bot has stopped"


async def test_nobody_is_woken_at_night_for_a_bot_that_stopped(office: OpenOffice, clock: Clock) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM, WRONG_TOKEN), FakeChannel(Channel.SMS)
    telegram.trouble = WRONG_TOKEN
    link(office, SITI, "900000001", clock)
    ready(office, SITI, clock)
    await send_all(office, telegram, now=clock)
    clock.move(hours=12)
    await look(office, clock, telegram, sms)
    assert not sms.given
    clock.move(hours=12)
    await look(office, clock, telegram, sms)
    assert [one.address for one in sms.given] == [OPERATOR_PHONE]


async def test_what_only_a_message_can_show_is_tried_by_one_message_at_a_time(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, WRONG_SENDER, WRONG_SENDER, WRONG_SENDER, WRONG_SENDER)
    ready(office, SITI, clock)
    ready(office, WATI, clock)
    await send_all(office, sms, now=clock)
    refused = len(sms.given)
    for minute in range(1, 5 - refused):
        clock.move(minutes=2)
        await look(office, clock, sms)
        assert len(sms.given) >= refused + minute, "tried again by itself"
    await look(office, clock, sms)
    assert {notice.state for notice in notices(office)} == {NoticeState.TOLD}
    assert [text.partition(":")[0] for text in told_in_the_chat(office)] == ["SALURAN BERHENTI", "SALURAN PULIH"]


async def test_while_a_channel_is_on_trial_one_refusal_costs_one_message(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, WRONG_SENDER, WRONG_SENDER, WRONG_SENDER)
    ready(office, SITI, clock)
    await send_all(office, sms, now=clock)
    ready(office, WATI, clock)
    assert len(sms.given) == 1
    clock.move(minutes=2)
    await send_all(office, sms, now=clock)
    assert len(sms.given) == 2
    await send_all(office, sms, now=clock)
    assert len(sms.given) == 2, "not before the next probe"


@pytest.mark.parametrize("language", languages())
def test_the_alarm_is_one_sms_for_the_office_with_the_longest_name(language: str) -> None:
    text = stopped_sms(Wordings().of(language), LONGEST_OFFICE, Channel.TELEGRAM)
    assert fits_one_sms(text), (len(text), text)


async def test_an_alarm_that_reached_no_phone_is_tried_again(office: OpenOffice, clock: Clock) -> None:
    telegram = FakeChannel(Channel.TELEGRAM, WRONG_TOKEN)
    telegram.trouble = WRONG_TOKEN
    sms = FakeChannel(Channel.SMS, TryLater("503"))
    link(office, SITI, "900000001", clock)
    ready(office, SITI, clock)
    for _ in range(3):
        await look(office, clock, telegram, sms)
    assert [one.address for one in sms.given] == [OPERATOR_PHONE] * 2


@pytest.mark.parametrize("terms", [{"live": False}, {"sms_daily_cap": 0}], ids=["in the trial", "no SMS may leave"])
async def test_no_alarm_leaves_where_no_sms_may(office: OpenOffice, clock: Clock, terms: dict[str, object]) -> None:
    telegram, sms = FakeChannel(Channel.TELEGRAM, WRONG_TOKEN), FakeChannel(Channel.SMS)
    telegram.trouble = WRONG_TOKEN
    link(office, SITI, "900000001", clock)
    ready(office, SITI, clock)
    people = {"operator_phones": frozenset({OPERATOR_PHONE}), "trial_addresses": frozenset({"900000001"})}
    for _ in range(2):
        await send_all(office, telegram, sms, now=clock, **people, **terms)
        clock.move(minutes=2)
    assert not sms.given


async def test_operators_hear_of_it_also_when_the_first_transaction_that_said_so_was_refused(
    office: OpenOffice, clock: Clock
) -> None:
    refusing = Unreliable(office, lambda result: bool(getattr(result, "halts", None)), refuses=True)
    sms = FakeChannel(Channel.SMS, WRONG_TOKEN)
    sms.trouble = WRONG_TOKEN
    ready(office, SITI, clock)
    async with at_work(a_sender(refusing, sms, now=clock, operators=frozenset({OPERATOR}))):  # type: ignore[arg-type]  # all that a sender uses
        pass
    assert refusing.failed
    assert [text.partition(":")[0] for text in told_in_the_chat(office)] == ["SALURAN BERHENTI"]
