"""What Telegram in particular says of a message, and what a message looks like there."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, Outcome, Sent, TryLater
from notifier.telegram_words import meaning
from simulator import SimulatorThread
from tests.desks import desk_of, opened, running_simulator, telegram_adapter


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with running_simulator() as running:
        yield running


@pytest.mark.parametrize(
    ("status", "words", "outcome"),
    [
        (403, "Forbidden: bot was blocked by the user", OptedOut("blocked")),
        (403, "Forbidden: user is deactivated", OptedOut("deactivated")),
        (403, "Forbidden: bot can't initiate conversation with a user", GiveUp("forbidden")),
        (403, "Forbidden: bot was kicked from the supergroup chat", GiveUp("forbidden")),
        (400, "Bad Request: chat not found", GiveUp("chat-not-found")),
        (400, "Bad Request: PEER_ID_INVALID", GiveUp("chat-not-found")),
        (400, "Bad Request: message is too long", GiveUp("text-refused")),
        (400, "Bad Request: BUTTON_DATA_INVALID", GiveUp("text-refused")),
    ],
)
async def test_a_refusal_in_telegrams_own_words_has_one_meaning(
    simulator: SimulatorThread, status: int, words: str, outcome: Outcome
) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        simulator.faults.answer("telegram", status, text=words)
        assert await desk.adapter.send(desk.outgoing) == outcome
        assert desk.arrived == []


async def test_a_resident_who_blocks_the_bot_has_opted_out(simulator: SimulatorThread) -> None:
    simulator.telegram.person("Siti").block()
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        assert await desk.adapter.send(desk.outgoing) == OptedOut("blocked")


async def test_a_stranger_who_never_wrote_to_the_bot_is_not_found(simulator: SimulatorThread) -> None:
    stranger = simulator.telegram.person("Budi")
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        assert await desk.adapter.send(replace(desk.outgoing, address=str(stranger.id))) == GiveUp("chat-not-found")


async def test_a_429_says_exactly_how_long(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        simulator.faults.answer("telegram", 429, retry_after=37)
        assert await desk.adapter.send(desk.outgoing) == TryLater("429", after_seconds=37, throttled=True)


async def test_a_chat_that_moved_names_its_new_address(simulator: SimulatorThread) -> None:
    group = simulator.telegram.group("RT 05")
    new = group.upgrade()
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        moved = await desk.adapter.send(replace(desk.outgoing, address=str(group.id)))
        assert moved == TryLater("moved", moved_to=str(new.id))
        assert isinstance(await desk.adapter.send(replace(desk.outgoing, address=str(new.id))), Sent)


async def test_a_message_keeps_its_buttons_its_silence_and_every_sign_as_it_is(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        buttons = ((("Saya ambil", "take:1"), ("Nanti", "later:1")), (("Berhenti", "stop"),))
        text = "<b>KTP-el</b> *Anda* & kawan_kawan sudah jadi"
        await desk.adapter.send(replace(desk.outgoing, text=text, buttons=buttons, silent=True))
        (message,) = simulator.telegram.person("Siti").received
        assert (message.text, message.entities, message.silent) == (text, [], True)
        assert message.labels == (("Saya ambil", "Nanti"), ("Berhenti",))


async def test_a_plain_message_sounds_and_has_no_buttons(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        sent = await desk.adapter.send(desk.outgoing)
        (message,) = simulator.telegram.person("Siti").received
        assert sent == Sent(str(message.message_id))
        assert (message.silent, message.keyboard) == (False, None)


async def test_a_bot_cannot_look_back_at_what_it_sent(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        await desk.adapter.send(desk.outgoing)
        assert await desk.adapter.find(desk.outgoing) == ()


async def test_opening_needs_no_telegram(simulator: SimulatorThread) -> None:
    async with opened(telegram_adapter(simulator)):
        assert not simulator.telegram.requests


async def test_sending_before_opening_is_a_loud_mistake_and_no_outcome(simulator: SimulatorThread) -> None:
    async with desk_of(Channel.TELEGRAM, simulator) as desk:
        with pytest.raises(Exception, match="call open"):
            await telegram_adapter(simulator).send(desk.outgoing)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "description": json_values,
        "parameters": st.fixed_dictionaries(
            {}, optional={"retry_after": json_values, "migrate_to_chat_id": json_values}
        )
        | json_values,
    },
)


@given(
    status=st.integers(min_value=400, max_value=499),
    body=st.binary(max_size=40) | answers.map(lambda answer: json.dumps(answer).encode()),
)
def test_whatever_refuses_us_there_is_an_outcome_and_a_throttled_one_knows_for_how_long(
    status: int, body: bytes
) -> None:
    outcome = meaning(status, body)
    assert isinstance(outcome, TryLater | GiveUp | OptedOut | Halt)
    if status == 429:
        assert isinstance(outcome, TryLater)
        assert outcome.after_seconds is not None
        assert 0 < outcome.after_seconds < 10_000_000
