"""A card that was told to be ready and is then taken back: she hears it, by what she read, and does not travel."""

import pytest

from core.actions.answers import not_mine
from core.actions.cards import move_card_of
from core.rules.card import Stage
from core.rules.delivery import Channel, Outcome, Outgoing, TryLater, Unsure
from core.rules.notices import Kind
from core.store.office import OpenOffice
from core.store.words import NoticeState
from tests.offices import SITI, SITI_PHONE, Clock, act
from tests.senders import FakeChannel, send_all
from tests.test_sending import SITI_CHAT, link, notices, ready
from tests.test_unanswered import Office

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


@pytest.fixture
def morning(office: OpenOffice, clock: Clock) -> Office:
    return Office(office, clock)


def move(morning: Office, *way: Stage) -> None:
    for to in way:
        act(morning.office, move_card_of, SITI, to, now=morning.clock(), by="operator")


def owed(morning: Office) -> list[tuple[Kind, NoticeState]]:
    return [(notice.kind, notice.state) for notice in notices(morning.office)]


@pytest.mark.parametrize("back", [Stage.SHIPPED, Stage.PRINTED, Stage.PRINT_READY])
async def test_who_was_told_that_it_is_ready_hears_that_it_is_not(morning: Office, back: Stage) -> None:
    await morning.tell()
    move(morning, back)
    await morning.send()
    assert "KTP-el BELUM DAPAT DIAMBIL\nResi berakhiran V87" in morning.telegram.given[-1].text
    assert owed(morning) == [(Kind.READY, NoticeState.TOLD), (Kind.WITHDRAWN, NoticeState.TOLD)]


async def test_who_was_not_told_yet_hears_nothing_of_it(morning: Office) -> None:
    link(morning.office, SITI, SITI_CHAT, morning.clock)
    ready(morning.office, SITI, morning.clock)
    move(morning, Stage.SHIPPED)
    await morning.send()
    assert [message.text for message in (*morning.telegram.given, *morning.sms.given)] == []
    assert owed(morning) == [(Kind.READY, NoticeState.OVERTAKEN)]


async def test_who_was_not_told_yet_hears_that_it_is_printed_as_ever(morning: Office) -> None:
    ready(morning.office, SITI, morning.clock)
    move(morning, Stage.PRINTED)
    assert [kind for kind, _ in owed(morning)] == [Kind.READY, Kind.PRINTED]


async def test_what_may_have_arrived_is_withdrawn_too(morning: Office) -> None:
    morning.telegram.answers = [Unsure("timeout"), Unsure("timeout")]
    await morning.tell()
    move(morning, Stage.SHIPPED)
    await morning.send()
    assert owed(morning) == [(Kind.READY, NoticeState.IN_DOUBT), (Kind.WITHDRAWN, NoticeState.TOLD)]


@pytest.mark.parametrize("stage", [Stage.HANDED_OVER, Stage.CLOSED])
async def test_a_card_that_is_handed_over_or_closed_is_not_withdrawn(morning: Office, stage: Stage) -> None:
    await morning.tell()
    move(morning, stage)
    assert owed(morning) == [(Kind.READY, NoticeState.TOLD)]


@pytest.mark.parametrize("then", [Stage.READY_FOR_PICKUP, Stage.HANDED_OVER])
async def test_a_withdrawal_that_still_waits_is_worthless_when_she_can_have_it(morning: Office, then: Stage) -> None:
    await morning.tell()
    move(morning, Stage.SHIPPED, then)
    await morning.send()
    assert not [message for message in morning.telegram.given if "BELUM" in message.text]


async def test_taken_back_twice_before_anything_left_she_hears_it_once(morning: Office) -> None:
    await morning.tell()
    move(morning, Stage.SHIPPED, Stage.READY_FOR_PICKUP, Stage.SHIPPED)
    await morning.send()
    assert [message.text[:12] for message in morning.telegram.given] == ["KTP-el SIAP ", "KTP-el BELUM"]


async def test_it_is_withdrawn_once_unless_it_is_ready_anew(morning: Office) -> None:
    await morning.tell()
    move(morning, Stage.SHIPPED)
    await morning.send()
    move(morning, Stage.READY_FOR_PICKUP, Stage.SHIPPED)
    assert [kind for kind, _ in owed(morning)] == [Kind.READY, Kind.WITHDRAWN, Kind.READY]
    move(morning, Stage.READY_FOR_PICKUP)
    await morning.send()
    move(morning, Stage.PRINT_READY)
    await morning.send()
    assert [message.text[:12] for message in morning.telegram.given] == ["KTP-el SIAP ", "KTP-el BELUM"] * 2


async def test_whom_only_the_sms_after_her_silence_reached_reads_it_by_sms(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later()
    move(morning, Stage.SHIPPED)
    assert await morning.send() == [SITI_PHONE] * 2
    assert morning.sms.given[-1].text == (
        "Dukcapil Bojonegoro: mohon maaf, KTP-el (resi V87) ternyata belum dapat diambil."
        " Mohon belum datang, kami kabari lagi. GRATIS"
    )
    assert len(morning.telegram.given) == 1


async def test_nobody_is_written_to_for_silence_about_a_card_that_was_taken_back(morning: Office) -> None:
    await morning.tell()
    move(morning, Stage.SHIPPED)
    assert await morning.a_day_later() == []


async def test_whose_chat_said_that_it_is_not_hers_was_not_told(morning: Office) -> None:
    await morning.tell()
    act(morning.office, not_mine, 1, SITI_CHAT, now=morning.clock())
    move(morning, Stage.SHIPPED)
    assert Kind.WITHDRAWN not in [kind for kind, _ in owed(morning)]


class TakenBackMeanwhile(FakeChannel):
    """While the first message is on its way, the office takes the card back; and then it did not leave after all."""

    def __init__(self, morning: Office) -> None:
        super().__init__(Channel.TELEGRAM, TryLater("refused"))
        self.morning = morning

    async def send(self, outgoing: Outgoing) -> Outcome:
        if not self.given:
            move(self.morning, Stage.SHIPPED)
        return await super().send(outgoing)


async def test_what_was_on_its_way_and_did_not_leave_needs_no_withdrawal(morning: Office) -> None:
    link(morning.office, SITI, SITI_CHAT, morning.clock)
    ready(morning.office, SITI, morning.clock)
    telegram = TakenBackMeanwhile(morning)
    await send_all(morning.office, telegram, now=morning.clock)
    morning.clock.move(hours=1)
    await send_all(morning.office, telegram, now=morning.clock)
    assert len(telegram.given) == 1
    assert owed(morning) == [(Kind.READY, NoticeState.OVERTAKEN), (Kind.WITHDRAWN, NoticeState.OVERTAKEN)]
