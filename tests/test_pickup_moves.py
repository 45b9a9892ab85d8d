"""Pickup stops on the day that people were called to: they get another one, and are told if they were told of it."""

from datetime import date

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.pickup_moves import move_pickup_days
from core.actions.suspensions import Started, move_end, resume, suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.cards import current_card
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, known_of
from core.store.tables import Card
from tests.offices import BUDI, SITI, Clock, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_sending import SITI_CHAT, link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

TODAY, TOMORROW = date(2017, 9, 26), date(2017, 9, 27)  # a Tuesday
BUDI_CHAT = "900000002"


class Counter:
    """Siti and Budi, both on Telegram, whose cards are there."""

    def __init__(self, office: OpenOffice, clock: Clock) -> None:
        self.office = office
        self.clock = clock
        self.telegram = FakeChannel(Channel.TELEGRAM)
        link(office, SITI, SITI_CHAT, clock)
        link(office, BUDI, BUDI_CHAT, clock)

    async def ready(self, nik: str, day: date | None, *, told: bool = True) -> None:
        self.do(move_card_of, nik, Stage.READY_FOR_PICKUP)
        if told:
            await self.read()
        id_ = self.card(nik).id
        self.office.write(lambda session: session.execute(update(Card).where(Card.id == id_).values(pickup_on=day)))

    def card(self, nik: str) -> Card:
        card = ask(self.office, current_card, nik)
        assert card is not None
        return card

    def do(self, action: object, *args: object, **terms: object) -> Started:
        self.clock.move(minutes=1)
        return act(self.office, action, *args, now=self.clock(), by="operator", **terms)  # type: ignore[arg-type]

    def stop(self, **terms: object) -> int:
        return self.do(suspend, [Service.PICKUP], cause=Cause.POWER, **terms).suspension_id

    async def read(self) -> list[tuple[str, str]]:
        prepare_broadcasts(self.office, now=self.clock)
        while act(self.office, move_pickup_days, now=self.clock()):
            pass
        before = len(self.telegram.given)
        await send_all(self.office, self.telegram, now=self.clock)
        return [(one.address, one.text) for one in self.telegram.given[before:]]


@pytest.fixture
def counter(office: OpenOffice, clock: Clock) -> Counter:
    return Counter(office, clock)


async def test_who_was_called_for_today_is_told_another_day_though_the_stop_is_short(counter: Counter) -> None:
    await counter.ready(SITI, TODAY)
    await counter.ready(BUDI, TOMORROW)
    counter.stop(until=TODAY)
    [(chat, text)] = await counter.read()
    assert chat == SITI_CHAT
    assert "HARI PENGAMBILAN KTP-el BERUBAH" in text and "Hari yang baru: Rabu, 27 September 2017." in text
    assert counter.card(SITI).pickup_on == TOMORROW == counter.card(BUDI).pickup_on
    assert await counter.read() == []


async def test_over_a_weekend_the_new_day_is_one_on_which_the_office_is_open(counter: Counter) -> None:
    await counter.ready(SITI, TOMORROW)
    counter.stop(until=date(2017, 9, 29))  # Friday
    said = await counter.read()
    assert [text.splitlines()[0] for _, text in said] == [
        "PEMBERITAHUAN GANGGUAN LAYANAN",
        "HARI PENGAMBILAN KTP-el BERUBAH",
    ]
    assert counter.card(SITI).pickup_on == date(2017, 10, 2)


async def test_whose_card_waits_without_a_day_is_not_told_that_pickup_stops(counter: Counter) -> None:
    await counter.ready(SITI, None)
    counter.stop(until=date(2017, 9, 29))
    assert await counter.read() == []


async def test_while_no_end_is_known_there_is_no_day_and_there_is_one_when_pickup_runs_again(counter: Counter) -> None:
    await counter.ready(SITI, TOMORROW)
    stop = counter.stop()
    said = await counter.read()
    assert "begitu hari yang baru diketahui, kami kabari lagi" in said[-1][1]
    assert counter.card(SITI).pickup_on is None
    counter.do(resume, stop)
    said = await counter.read()
    assert sorted(text.splitlines()[0] for _, text in said) == [
        "HARI PENGAMBILAN KTP-el BERUBAH",
        "LAYANAN BERJALAN KEMBALI",
    ]
    assert counter.card(SITI).pickup_on == TOMORROW
    assert await counter.read() == []


async def test_when_the_end_moves_on_the_day_moves_again(counter: Counter) -> None:
    await counter.ready(SITI, TOMORROW)
    stop = counter.stop(until=TOMORROW)
    await counter.read()
    counter.do(move_end, stop, date(2017, 10, 3))
    await counter.read()
    assert counter.card(SITI).pickup_on == date(2017, 10, 4)


async def test_who_has_not_heard_of_her_day_yet_only_gets_another_one(counter: Counter) -> None:
    await counter.ready(SITI, TODAY, told=False)
    counter.stop(until=TODAY)
    act(counter.office, move_pickup_days, now=counter.clock())
    kinds = ask(counter.office, lambda session: [notice.kind for notice in session.scalars(select(Notice))])
    assert kinds == ["ready"]
    assert counter.card(SITI).pickup_on == TOMORROW


async def test_a_stop_elsewhere_moves_nobody_here(counter: Counter) -> None:
    await counter.ready(SITI, TODAY)
    counter.stop(until=TODAY, region="35.22.01")
    assert await counter.read() == []
    assert counter.card(SITI).pickup_on == TODAY


async def test_a_day_is_not_given_to_more_than_the_counter_serves(counter: Counter) -> None:
    await counter.ready(SITI, TODAY)
    await counter.ready(BUDI, TOMORROW)
    counter.stop(until=TODAY)
    counter.office.write(lambda session: known_of(session).update(pickup_per_day=1))
    act(counter.office, move_pickup_days, now=counter.clock())
    assert counter.card(SITI).pickup_on == date(2017, 9, 28)


async def test_who_shares_a_phone_gets_the_same_new_day(counter: Counter) -> None:
    link(counter.office, BUDI, SITI_CHAT, counter.clock)
    await counter.ready(SITI, TODAY)
    await counter.ready(BUDI, TODAY)
    counter.office.write(lambda session: known_of(session).update(pickup_per_day=1))
    counter.stop(until=TODAY)
    act(counter.office, move_pickup_days, now=counter.clock())
    assert counter.card(SITI).pickup_on == counter.card(BUDI).pickup_on == TOMORROW
