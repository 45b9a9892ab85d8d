"""Two suspensions of one service: it runs again when both are over, and nobody is told so before."""

import pytest
from sqlalchemy import select

from core.actions.letters import ask_letter
from core.actions.suspensions import Started, resume, suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.cards import where_is
from core.questions.regions import office_words
from core.rules.answer import LetterKind
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.words import NoticeState
from core.wording import Wording
from core.wording.answers import card_answer
from tests.offices import JOKO, SITI, WATI, Clock, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_sending import SITI_CHAT, link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

WATI_CHAT = "900000003"
PRINTING, LETTERS, CENTRE = Service.PRINTING, Service.LETTERS, Service.CENTRE


class Stops:
    """Siti waits for printing, Wati for the centre, in another district; both are on Telegram."""

    def __init__(self, office: OpenOffice, clock: Clock) -> None:
        self.office = office
        self.clock = clock
        self.telegram = FakeChannel(Channel.TELEGRAM)
        link(office, SITI, SITI_CHAT, clock)
        link(office, WATI, WATI_CHAT, clock)

    async def stop(self, *services: Service, tell: bool = True, **terms: object) -> int:
        until = None if tell else self.clock().date()
        started = self.do(suspend, services, cause=Cause.SERVER, until=until, **terms)
        await self.send()
        return started.suspension_id

    def do(self, action: object, *args: object, **terms: object) -> Started:
        self.clock.move(minutes=5)
        return act(self.office, action, *args, now=self.clock(), by="operator", **terms)  # type: ignore[arg-type]

    async def resume(self, suspension_id: int) -> list[tuple[str, str]]:
        """Return to which chat it was then said that which services run again."""
        self.do(resume, suspension_id)
        return await self.send()

    async def send(self) -> list[tuple[str, str]]:
        prepare_broadcasts(self.office, now=self.clock)
        before = len(self.telegram.given)
        await send_all(self.office, self.telegram, now=self.clock)
        said = [(message.address, message.text) for message in self.telegram.given[before:]]
        return [(chat, text.split("berjalan lagi: ")[1].split(".")[0]) for chat, text in said if "lagi: " in text]


@pytest.fixture
def stops(office: OpenOffice, clock: Clock) -> Stops:
    return Stops(office, clock)


async def test_what_another_suspension_still_stops_is_not_said_to_run_again(stops: Stops) -> None:
    both = await stops.stop(PRINTING, LETTERS)
    printing = await stops.stop(PRINTING)
    assert await stops.resume(both) == [(SITI_CHAT, "suket")]
    assert await stops.resume(printing) == [(SITI_CHAT, "cetak")]


async def test_when_nothing_runs_again_nobody_is_owed_anything_until_the_other_is_over(stops: Stops) -> None:
    first, second = await stops.stop(PRINTING), await stops.stop(PRINTING)
    assert await stops.resume(second) == []
    assert len(ask(stops.office, lambda session: session.scalars(select(Notice)).all())) == 1
    assert await stops.resume(first) == [(SITI_CHAT, "cetak")]


async def test_the_end_of_a_stop_that_nobody_was_told_of_tells_those_whom_it_kept_from_hearing(stops: Stops) -> None:
    told, quiet = await stops.stop(PRINTING), await stops.stop(PRINTING, tell=False)
    assert await stops.resume(told) == []
    assert await stops.resume(quiet) == [(SITI_CHAT, "cetak")]


async def test_of_three_in_a_row_the_last_tells_all(stops: Stops) -> None:
    first = await stops.stop(PRINTING)
    second = await stops.stop(PRINTING, LETTERS, tell=False)
    assert await stops.resume(first) == []
    third = await stops.stop(LETTERS, PRINTING, tell=False)
    assert await stops.resume(second) == []
    assert await stops.resume(third) == [(SITI_CHAT, "cetak, suket")]


async def test_a_stop_elsewhere_keeps_nobody_here_from_hearing(stops: Stops) -> None:
    everywhere = await stops.stop(PRINTING, CENTRE)
    there = await stops.stop(CENTRE, PRINTING, region="35.22.01", tell=False)
    assert await stops.resume(everywhere) == [(SITI_CHAT, "cetak, pengiriman data ke pusat")]
    assert await stops.resume(there) == [(WATI_CHAT, "cetak, pengiriman data ke pusat")]


async def test_people_of_one_phone_for_whom_not_the_same_runs_again_read_it_each_by_itself(
    stops: Stops, clock: Clock
) -> None:
    link(stops.office, JOKO, SITI_CHAT, clock)
    everywhere = await stops.stop(PRINTING, CENTRE)
    await stops.stop(CENTRE, region="35.22.01", tell=False)
    said = [services for chat, services in await stops.resume(everywhere) if chat == SITI_CHAT]
    assert sorted(said) == ["cetak", "cetak, pengiriman data ke pusat"]


async def test_a_stop_that_begins_before_the_news_of_the_end_has_left_overtakes_it(stops: Stops) -> None:
    first = await stops.stop(PRINTING)
    stops.do(resume, first)
    prepare_broadcasts(stops.office, now=stops.clock)
    stops.do(suspend, [PRINTING], cause=Cause.POWER)
    assert await stops.send() == []
    states = ask(stops.office, lambda session: session.scalars(select(Notice.state).order_by(Notice.id)).all())
    assert states == [NoticeState.TOLD, NoticeState.OVERTAKEN, NoticeState.TOLD]


async def test_answers_speak_of_the_stop_that_goes_on(stops: Stops) -> None:
    def answer() -> str:
        found = ask(stops.office, where_is, SITI, now=stops.clock())
        return card_answer(Wording(), ask(stops.office, office_words), found)

    stops.do(ask_letter, SITI, LetterKind.SUKET)
    both = await stops.stop(PRINTING, LETTERS)
    letters = await stops.stop(LETTERS)
    await stops.resume(both)
    assert "Pencetakan sedang berhenti" not in answer()
    assert "Pembuatan suket sedang berhenti" in answer()
    await stops.resume(letters)
    assert "berhenti" not in answer()
