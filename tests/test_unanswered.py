"""A ready card that nobody answers for on Telegram: after a day it also goes by SMS, once, to who agreed to SMS."""

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from core.actions.answers import answer_notice, not_mine
from core.actions.cards import move_card_of
from core.actions.contacts import close_address
from core.actions.erasing import erase_account
from core.actions.unanswered import follow_up_unanswered
from core.questions.cards import history
from core.questions.visits import people_to_visit
from core.rules.card import Stage
from core.rules.delivery import Channel, GiveUp, OptedOut, Outcome, Sent, Unsure
from core.rules.notices import Answer
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.words import NoticeState
from tests.offices import BUDI, SITI, SITI_PHONE, Clock, Import, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_sending import SITI_CHAT, link, notices, ready

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]


class Office:
    """Siti is told on Telegram this morning; her phone stands in the office's list, with consent."""

    def __init__(self, office: OpenOffice, clock: Clock) -> None:
        self.office = office
        self.clock = clock
        self.telegram = FakeChannel(Channel.TELEGRAM)
        self.sms = FakeChannel(Channel.SMS)

    async def tell(self, *niks: str, chat: str = SITI_CHAT) -> None:
        for nik in niks or (SITI,):
            link(self.office, nik, chat, self.clock)
            ready(self.office, nik, self.clock)
        await self.send()

    async def send(self, **terms: object) -> list[str]:
        """Let the sender work; return to whom SMS have gone so far."""
        await send_all(self.office, self.telegram, self.sms, now=self.clock, **terms)
        return [message.address for message in self.sms.given]

    async def a_day_later(self, **terms: object) -> list[str]:
        self.clock.move(days=1)
        self.look()
        return await self.send(**terms)

    def look(self) -> int:
        return act(self.office, follow_up_unanswered, now=self.clock())

    def presses(self, answer: Answer, *, message: int = 1) -> None:
        act(self.office, answer_notice, message, SITI_CHAT, answer, now=self.clock())

    def closes_her_chat(self, why: str, *, chat: str = SITI_CHAT) -> None:
        act(self.office, close_address, Channel.TELEGRAM, chat, why=why, now=self.clock(), by="resident")

    def states(self) -> list[NoticeState]:
        return [notice.state for notice in notices(self.office)]

    def to_visit(self) -> int:
        return len(ask(self.office, people_to_visit))


@pytest.fixture
def morning(office: OpenOffice, clock: Clock) -> Office:
    return Office(office, clock)


async def test_who_did_not_answer_for_a_day_gets_the_sms_too(morning: Office) -> None:
    await morning.tell()
    assert await morning.a_day_later() == [SITI_PHONE]
    assert "siap diambil" in morning.sms.given[0].text
    assert morning.states() == [NoticeState.TOLD, NoticeState.TOLD]
    assert [line.kind for line in ask(morning.office, history, 1)].count("pickup-unanswered") == 1


async def test_before_the_day_is_over_nothing_goes(morning: Office) -> None:
    await morning.tell()
    morning.clock.move(hours=23, minutes=59)
    assert morning.look() == 0
    assert await morning.send() == []


@pytest.mark.parametrize("answer", [Answer.COMING, Answer.OTHER_DAY])
async def test_any_answer_is_enough(morning: Office, answer: Answer) -> None:
    await morning.tell()
    morning.presses(answer)
    assert await morning.a_day_later() == []


async def test_an_answer_that_comes_after_the_day_but_before_the_sms_is_enough_too(morning: Office) -> None:
    await morning.tell()
    morning.clock.move(days=1, hours=10)  # 19.00: the SMS waits for the morning
    morning.look()
    assert await morning.send() == []
    morning.presses(Answer.COMING)
    morning.clock.move(hours=13)
    assert await morning.send() == []
    assert morning.states() == [NoticeState.TOLD, NoticeState.OVERTAKEN]


async def test_the_sms_keeps_to_the_window_and_the_daily_cap(morning: Office) -> None:
    await morning.tell()
    assert await morning.a_day_later(sms_daily_cap=0) == []
    morning.clock.move(hours=10)
    assert await morning.send() == []
    morning.clock.move(hours=14)
    assert await morning.send() == [SITI_PHONE]


async def test_however_often_it_is_looked_at_one_sms_goes(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later()
    for _ in range(3):
        assert await morning.a_day_later() == [SITI_PHONE]


async def test_a_look_that_was_killed_is_done_again_and_one_sms_goes(morning: Office) -> None:
    await morning.tell()
    morning.clock.move(days=1)

    def killed(session: Session) -> None:
        follow_up_unanswered(session, now=morning.clock())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        morning.office.write(killed)
    assert morning.states() == [NoticeState.TOLD]
    assert morning.look() == 1
    assert await morning.send() == [SITI_PHONE]


async def test_a_card_that_was_collected_meanwhile_is_not_announced_again(morning: Office) -> None:
    await morning.tell()
    act(morning.office, move_card_of, SITI, Stage.HANDED_OVER, now=morning.clock(), by="operator")
    assert await morning.a_day_later() == []
    assert morning.states() == [NoticeState.TOLD]


async def test_a_card_collected_while_the_sms_waits_is_not_announced_either(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later(sms_daily_cap=0)
    act(morning.office, move_card_of, SITI, Stage.HANDED_OVER, now=morning.clock(), by="operator")
    assert await morning.send() == []
    assert morning.states() == [NoticeState.TOLD, NoticeState.OVERTAKEN]


async def test_a_card_that_left_and_came_back_is_followed_up_once_for_its_coming_back(morning: Office) -> None:
    await morning.tell()
    morning.clock.move(hours=5)
    for stage in (Stage.SHIPPED, Stage.READY_FOR_PICKUP):
        act(morning.office, move_card_of, SITI, stage, now=morning.clock(), by="operator")
    await morning.send()
    assert len(morning.telegram.given) == 2
    morning.clock.move(hours=19)
    morning.look()
    assert await morning.send() == []  # the first one's day is over, but it was said anew since
    morning.clock.move(hours=5)
    morning.look()
    assert await morning.send() == [SITI_PHONE]


async def test_who_did_not_agree_to_sms_is_not_written_to_and_needs_no_visit(morning: Office) -> None:
    await morning.tell(BUDI)
    assert await morning.a_day_later() == []
    assert (morning.states(), morning.to_visit()) == ([NoticeState.TOLD], 0)


async def test_who_agreed_to_sms_since_gets_it(morning: Office, take: Import) -> None:
    act(morning.office, close_address, Channel.SMS, SITI_PHONE, why="opted-out", now=morning.clock(), by="x")
    await morning.tell()
    link(morning.office, SITI, "+6281200000077", morning.clock, channel=Channel.SMS)
    assert await morning.a_day_later() == ["+6281200000077"]


async def test_a_wrong_number_after_she_was_told_on_telegram_needs_no_visit(morning: Office) -> None:
    morning.sms.answers = [GiveUp("21211")]
    await morning.tell()
    await morning.a_day_later()
    assert (morning.states(), morning.to_visit()) == ([NoticeState.TOLD, NoticeState.UNREACHABLE], 0)


async def test_who_was_told_and_then_blocked_the_bot_still_gets_the_sms(morning: Office) -> None:
    await morning.tell()
    morning.closes_her_chat("opted-out")
    assert await morning.a_day_later() == [SITI_PHONE]


@pytest.mark.parametrize("why", ["stopped", "erased"])
async def test_who_was_told_and_then_stopped_heard_us_and_gets_no_sms(morning: Office, why: str) -> None:
    await morning.tell()
    morning.closes_her_chat(why)
    assert await morning.a_day_later() == []
    assert morning.states() == [NoticeState.TOLD]


async def test_who_stops_while_the_sms_waits_does_not_get_it_any_more(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later(sms_daily_cap=0)
    morning.closes_her_chat("stopped")
    assert await morning.send() == []
    assert (morning.states(), morning.to_visit()) == ([NoticeState.TOLD, NoticeState.OVERTAKEN], 0)


async def test_who_stops_before_it_was_said_is_told_by_sms(morning: Office) -> None:
    link(morning.office, SITI, SITI_CHAT, morning.clock)
    ready(morning.office, SITI, morning.clock)
    morning.closes_her_chat("stopped")
    assert await morning.send() == [SITI_PHONE]


async def test_another_account_that_stops_ends_no_waiting_for_hers(morning: Office) -> None:
    await morning.tell()
    link(morning.office, SITI, "900000009", morning.clock)
    morning.closes_her_chat("stopped", chat="900000009")
    assert await morning.a_day_later(sms_daily_cap=0) == []
    assert await morning.send() == [SITI_PHONE]


async def test_a_family_that_stops_is_waited_for_at_none_of_its_cards(morning: Office) -> None:
    await morning.tell(SITI, BUDI)
    link(morning.office, BUDI, SITI_PHONE, morning.clock, channel=Channel.SMS)
    morning.closes_her_chat("stopped")
    assert await morning.a_day_later() == []


async def test_a_family_that_erases_its_account_is_waited_for_at_none_of_its_cards(morning: Office) -> None:
    link(morning.office, BUDI, SITI_PHONE, morning.clock, channel=Channel.SMS)
    await morning.tell(SITI, BUDI)
    act(morning.office, erase_account, int(SITI_CHAT), now=morning.clock(), by="resident")
    assert await morning.a_day_later() == []


async def test_what_failed_over_to_sms_at_once_does_not_go_there_again(morning: Office) -> None:
    morning.telegram.answers = [OptedOut("blocked")]
    await morning.tell()
    assert await morning.a_day_later() == [SITI_PHONE]
    assert len(notices(morning.office)) == 1


async def test_what_may_not_have_arrived_on_telegram_is_followed_up_too(morning: Office) -> None:
    morning.telegram.answers = [Unsure("timeout"), Unsure("timeout")]
    await morning.tell()
    assert morning.states() == [NoticeState.IN_DOUBT]
    assert await morning.a_day_later() == [SITI_PHONE]


async def test_a_family_of_one_chat_and_one_phone_gets_one_sms_for_its_cards(morning: Office) -> None:
    link(morning.office, BUDI, SITI_PHONE, morning.clock, channel=Channel.SMS)
    await morning.tell(SITI, BUDI)
    assert await morning.a_day_later() == [SITI_PHONE]
    assert "2 KTP-el" in morning.sms.given[0].text


async def test_a_shared_phone_that_heard_of_another_card_today_hears_of_this_one_as_well(morning: Office) -> None:
    link(morning.office, BUDI, SITI_PHONE, morning.clock, channel=Channel.SMS)
    await morning.tell()
    morning.clock.move(days=1)
    ready(morning.office, BUDI, morning.clock)
    assert await morning.send() == [SITI_PHONE]
    morning.look()
    assert await morning.send() == [SITI_PHONE] * 2
    assert [message.text.count("K07") for message in morning.sms.given] == [1, 0]


async def test_the_follow_ups_of_an_import_stay_in_its_lane(morning: Office) -> None:
    link(morning.office, SITI, SITI_CHAT, morning.clock)
    ready(morning.office, SITI, morning.clock)
    act(morning.office, lambda session: session.execute(update(Notice).values(batch="import:7")))
    await morning.send()
    morning.clock.move(days=1)
    morning.look()
    assert [(one.channel, one.batch) for one in notices(morning.office)] == [
        (Channel.TELEGRAM, "import:7"),
        (Channel.SMS, "import:7"),
    ]


async def test_who_says_that_it_is_not_hers_is_not_waited_for(morning: Office) -> None:
    await morning.tell()
    act(morning.office, not_mine, 1, SITI_CHAT, now=morning.clock())
    assert await morning.send() == [SITI_PHONE]
    assert await morning.a_day_later() == [SITI_PHONE]


async def test_not_hers_after_the_sms_went_says_it_no_second_time(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later()
    act(morning.office, not_mine, 1, SITI_CHAT, now=morning.clock())
    assert await morning.send() == [SITI_PHONE]
    assert morning.to_visit() == 0


async def test_not_hers_while_the_sms_waits_lets_that_one_go(morning: Office) -> None:
    await morning.tell()
    await morning.a_day_later(sms_daily_cap=0)
    act(morning.office, not_mine, 1, SITI_CHAT, now=morning.clock())
    assert await morning.send() == [SITI_PHONE]
    assert len(notices(morning.office)) == 2


@pytest.mark.parametrize("outcome", [Sent("1"), Unsure("timeout")])
async def test_an_answer_that_is_quicker_than_our_own_record_counts(morning: Office, outcome: Outcome) -> None:
    class Pressing(FakeChannel):
        async def send(self, outgoing):  # type: ignore[no-untyped-def]
            morning.presses(Answer.COMING, message=outgoing.message_id)
            return await super().send(outgoing)

    morning.telegram = Pressing(Channel.TELEGRAM, outcome)
    await morning.tell()
    assert len(morning.telegram.given) == 1
    assert await morning.a_day_later() == []


async def test_a_bounded_number_is_looked_at_in_one_go(morning: Office) -> None:
    await morning.tell(BUDI)
    [told] = notices(morning.office)
    again = {column.name: getattr(told, column.name) for column in Notice.__table__.columns}
    rows = [again | {"id": told.id + n, "fact_id": None, "unanswered_at": morning.clock()} for n in range(1, 31)]
    act(morning.office, lambda session: session.execute(insert(Notice), rows))
    assert [morning.look() for _ in range(3)] == [25, 5, 0]
