"""What Twilio in particular says of a message, at once and in receipts, and what we ask of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, Outcome, Sent, TryLater, Unsure
from notifier.sms import Receipt, read_receipt
from simulator import SimulatorThread
from simulator.sms_receipts import sign
from tests.desks import NUMBER, SENDER, STARTED_AT, desk_of, opened, running_simulator, sms_adapter

URL = "https://kabar.example.id/twilio/42"
TOKEN = "an-auth-token"

WRONG_NUMBER = (21211, 21614, 21635, 30005, 30006)
OPTED_OUT = (21610, 30004)
OURS_TO_REPAIR = (20003, 21408, 21606, 21608, 21612, 21617, 21659, 30002)
LATER = (20429, 30001, 21611, 30003, 30008, 30036)
HOUR = 3600


def kind_of(code: int) -> type[Outcome]:
    kinds = ((WRONG_NUMBER, GiveUp), ((30007,), GiveUp), (OPTED_OUT, OptedOut), (OURS_TO_REPAIR, Halt))
    return next((kind for codes, kind in kinds if code in codes), TryLater)


EVERY_CODE = (*WRONG_NUMBER, 30007, *OPTED_OUT, *OURS_TO_REPAIR, *LATER)


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with running_simulator() as running:
        yield running


@pytest.mark.parametrize("code", EVERY_CODE)
async def test_a_code_has_one_meaning_whether_it_refuses_at_once_or_comes_in_a_receipt(
    code: int, simulator: SimulatorThread
) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 400, code=code)
        refused = await desk.adapter.send(desk.outgoing)
        reported = receipt(MessageStatus="undelivered", ErrorCode=str(code))
        assert isinstance(refused, kind_of(code))
        assert refused.code == str(code)
        assert reported is not None
        assert reported.outcome == refused


@pytest.mark.parametrize(
    ("code", "hours", "resends"),
    [(30003, 4, 2), (30008, 4, 1), (30999, 4, 1), (30036, None, None), (30005, None, None)],
)
def test_a_phone_out_of_reach_is_tried_hours_later_and_not_for_ever(
    code: int, hours: float | None, resends: int | None
) -> None:
    reported = receipt(MessageStatus="undelivered", ErrorCode=str(code))
    assert reported is not None
    assert reported.resends == resends
    if hours is not None:
        assert reported.outcome == TryLater(str(code), after_seconds=hours * HOUR)


async def test_twilios_429_waits_and_is_no_failed_try(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 429, code=20429)
        outcome = await desk.adapter.send(desk.outgoing)
        assert isinstance(outcome, TryLater)
        assert outcome.throttled
        assert outcome.after_seconds is not None


async def test_a_code_nobody_here_knows_stops_the_channel_and_names_itself(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 400, code=21999)
        outcome = await desk.adapter.send(desk.outgoing)
        assert isinstance(outcome, Halt)
        assert "21999" in outcome.hint


@pytest.mark.parametrize(
    "body",
    [
        '{"type": "https://example.id/p", "title": "Bad number", "status": 400, "code": 21211}',
        '{"code": "21211", "message": "Bad number"}',
    ],
)
async def test_a_refusal_in_another_shape_of_twilios_is_understood_too(body: str, simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 400, body=body)
        assert await desk.adapter.send(desk.outgoing) == GiveUp("21211")


async def test_an_answer_whose_code_is_no_number_is_in_doubt(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 400, body='{"code": "none", "message": "?"}')
        assert await desk.adapter.send(desk.outgoing) == Unsure("unreadable-answer")


@pytest.mark.parametrize(
    ("seconds_left", "validity"), [(None, 36_000), (90, 90), (90.9, 90), (1, 1), (10 * HOUR + 1, 36_000)]
)
async def test_twilio_gives_up_when_the_message_would_be_worthless(
    seconds_left: float | None, validity: int, simulator: SimulatorThread
) -> None:
    until = None if seconds_left is None else STARTED_AT + timedelta(seconds=seconds_left)
    async with desk_of(Channel.SMS, simulator) as desk:
        assert isinstance(await desk.adapter.send(replace(desk.outgoing, worthless_after=until)), Sent)
        assert [sms.validity_seconds for sms in simulator.sms.sent()] == [validity]


@pytest.mark.parametrize("seconds_left", [0.9, 0, -60])
async def test_a_message_that_is_already_too_late_does_not_leave(
    seconds_left: float, simulator: SimulatorThread
) -> None:
    until = STARTED_AT + timedelta(seconds=seconds_left)
    async with desk_of(Channel.SMS, simulator) as desk:
        assert await desk.adapter.send(replace(desk.outgoing, worthless_after=until)) == TryLater("too-late")
        assert simulator.sms.sent() == []


@pytest.mark.parametrize(
    ("sender", "shown", "service"),
    [
        (SENDER, SENDER, None),
        ("+6281200990009", "+6281200990009", None),
        ("MGDUKCAPIL", "MGDUKCAPIL", None),
        ("MG" + "9" * 32, SENDER, "MG" + "9" * 32),
    ],
)
async def test_a_sender_is_a_name_a_number_or_a_messaging_service(
    sender: str, shown: str, service: str | None, simulator: SimulatorThread
) -> None:
    async with desk_of(Channel.SMS, simulator, sender=sender) as desk:
        await desk.adapter.send(desk.outgoing)
        (sms,) = simulator.sms.sent()
        assert (sms.sender, sms.service_sid) == (shown, service)


@pytest.mark.parametrize(
    ("public_url", "callback"),
    [(None, ""), ("https://kabar.example.id", URL), ("https://kabar.example.id/", URL)],
)
async def test_the_address_for_receipts_carries_our_message_id(
    public_url: str | None, callback: str, simulator: SimulatorThread
) -> None:
    async with desk_of(Channel.SMS, simulator, public_url=public_url) as desk:
        await desk.adapter.send(desk.outgoing)
        (sms,) = simulator.sms.sent()
        assert sms.callback == callback


async def test_a_message_whose_answer_was_lost_is_found_even_while_it_waits_at_twilio(
    simulator: SimulatorThread,
) -> None:
    simulator.sms.hold_queue()
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.drop_after("twilio", method="create")
        assert isinstance(await desk.adapter.send(desk.outgoing), Unsure)
        (sms,) = simulator.sms.sent()
        assert await desk.adapter.find(desk.outgoing) == [Sent(sms.sid)]


async def test_neither_an_older_message_nor_another_text_nor_another_number_is_taken_for_it(
    simulator: SimulatorThread,
) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        await desk.adapter.send(desk.outgoing)
        others = (
            replace(desk.outgoing, started_at=STARTED_AT + timedelta(minutes=1)),
            replace(desk.outgoing, text="Another text"),
            replace(desk.outgoing, address="+6281200990002"),
        )
        assert [await desk.adapter.find(other) for other in others] == [[], [], []]


async def test_a_list_that_cannot_be_read_is_no_look(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        await desk.adapter.send(desk.outgoing)
        for status, body in ((502, "bad"), (200, "no json"), (200, "[]"), (200, "{}"), (403, "no")):
            simulator.faults.answer("twilio", status, body=body, method="list")
            assert isinstance(await desk.adapter.find(desk.outgoing), TryLater)


async def test_a_suspended_account_halts_the_channel(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        simulator.faults.answer("twilio", 200, body='{"sid": "AC", "status": "suspended"}', method="account")
        probed = await desk.adapter.probe()
        assert isinstance(probed, Halt)
        assert "suspended" in probed.hint


async def test_the_machines_own_twilio_variables_change_nothing(
    simulator: SimulatorThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    async with desk_of(Channel.SMS, simulator) as desk:
        assert isinstance(await desk.adapter.send(desk.outgoing), Sent)


async def test_opening_needs_no_twilio(simulator: SimulatorThread) -> None:
    simulator.faults.answer("twilio", 500)
    async with opened(sms_adapter(simulator)):
        assert simulator.faults.outstanding == 1


async def test_sending_before_opening_is_a_loud_mistake_and_no_outcome(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.SMS, simulator) as desk:
        with pytest.raises(RuntimeError, match="call open"):
            await sms_adapter(simulator).send(desk.outgoing)


def receipt(signature: str | None = None, **fields: str) -> Receipt | None:
    form = {"MessageSid": "SM1", "To": NUMBER, "SmsStatus": "", **fields}
    return read_receipt(auth_token=TOKEN, url=URL, form=form, signature=signature or sign(TOKEN, URL, form))


def test_receipts_rank_from_queued_to_the_end_and_prove_that_the_message_exists() -> None:
    steps = [receipt(MessageStatus=status) for status in ("queued", "sending", "sent", "delivered")]
    assert [step and step.rank for step in steps] == [1, 2, 3, 4]
    assert {step and step.outcome for step in steps} == {Sent("SM1")}
    ends = [receipt(MessageStatus=status) for status in ("undelivered", "failed", "canceled")]
    assert [end and end.rank for end in ends] == [4, 4, 4]


def test_a_status_of_tomorrow_moves_nothing() -> None:
    reported = receipt(MessageStatus="teleported")
    assert reported is not None
    assert (reported.rank, reported.outcome) == (0, Sent("SM1"))


@pytest.mark.parametrize("code", ["", "none", "٣٠٠٠٥", "9" * 5000, "-30005"])
def test_a_failure_without_a_readable_code_is_tried_once_more_hours_later(code: str) -> None:
    reported = receipt(MessageStatus="failed", ErrorCode=code)
    assert reported is not None
    assert reported.outcome == TryLater("undelivered", after_seconds=4 * HOUR)
    assert reported.resends == 1


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus"])
def test_a_signed_request_that_is_no_receipt_is_none(missing: str) -> None:
    assert receipt(**{"MessageStatus": "sent", missing: ""}) is None


def test_without_a_token_in_the_settings_nobody_can_sign() -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    assert read_receipt(auth_token="", url=URL, form=form, signature=sign("", URL, form)) is None


@given(
    form=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    signature=st.none() | st.text(max_size=40) | st.just(sign(TOKEN, URL, {"MessageSid": "SM1"})),
)
def test_whatever_is_sent_without_the_right_signature_is_no_receipt(
    form: dict[str, str], signature: str | None
) -> None:
    form |= {"MessageStatus": "delivered", "MessageSid": "SM1"}
    assert read_receipt(auth_token=TOKEN, url=URL, form=form, signature=signature) is None
