"""A village whose cards wait for a call, for tests."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from core.actions.batches import end_cancelled
from core.actions.calls import change_call, make_call
from core.actions.sending import expire_waiting
from core.jobs.broadcasting import prepare_broadcasts
from core.jobs.calling import carry_on_calls
from core.jobs.sweeps import sweep
from core.questions.calls import CallView, call_view
from core.rules.calls import CallTerms
from core.rules.delivery import Channel
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Fact
from tests.boxing import OTHER_VILLAGE as HERE
from tests.boxing import bring, in_box, pack, printed
from tests.offices import Clock, Import, act, ask
from tests.senders import FakeChannel, send_all

BY = "official:1"
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2017, 9, day) for day in (26, 27, 28, 29))
MONDAY = date(2017, 10, 2)
TERMS = CallTerms(point=HERE, first_day=WEDNESDAY, opens=time(8), closes=time(12), per_day=100)


@dataclass
class Village:
    """Nobody there was told that the cards are ready: that is for a call."""

    office: OpenOffice
    clock: Clock
    take: Import
    telegram: FakeChannel = field(default_factory=lambda: FakeChannel(Channel.TELEGRAM))
    sms: FakeChannel = field(default_factory=lambda: FakeChannel(Channel.SMS))
    people: int = 0

    def receive(self, people: int, *, phones: dict[int, str] | None = None) -> list[str]:
        """A box arrives, its cards ready a minute after those before; return their NIKs. phones: by place, from 0."""
        niks = printed(self.take, people, village=HERE, phones=phones, first=self.people)
        self.people += people
        bring(self.office, self.clock, pack(self.office, self.clock, point=HERE), tell=False)
        self.clock.move(minutes=1)
        return niks

    def call(self, terms: CallTerms = TERMS, **changes: object) -> int:
        call_id = act(self.office, make_call, replace(terms, **changes), now=self.clock(), by=BY)  # type: ignore[arg-type]
        self.carry_on()
        return call_id

    def change(self, call_id: int, terms: CallTerms = TERMS, **changes: object) -> None:
        act(self.office, change_call, call_id, replace(terms, **changes), now=self.clock(), by=BY)  # type: ignore[arg-type]
        self.carry_on()

    def carry_on(self) -> None:
        carry_on_calls(self.office, now=self.clock, polite=False)

    def days(self) -> Counter[date | None]:
        """How many of those who wait are called for which day."""
        query = select(Card.pickup_on).where(Card.stage == "READY_FOR_PICKUP")
        return ask(self.office, lambda session: Counter(session.scalars(query)))

    def cards(self) -> list[Card]:
        query = select(Card).where(Card.pickup_point == HERE).order_by(Card.pickup_number)
        return ask(self.office, lambda session: list(session.scalars(query)))

    def view(self, call_id: int) -> CallView:
        return ask(self.office, call_view, call_id)

    def notices(self) -> list[Notice]:
        return ask(self.office, lambda session: list(session.scalars(select(Notice).order_by(Notice.id))))

    def facts(self, kind: str) -> list[Fact]:
        query = select(Fact).where(Fact.kind == kind).order_by(Fact.id)
        return ask(self.office, lambda session: list(session.scalars(query)))

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """By the office's clock, which is seven hours ahead."""
        self.clock.now = datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=7)

    async def send(self) -> list[tuple[str, str]]:
        """What leaves now: address and text."""
        before = len(self.telegram.given), len(self.sms.given)
        act(self.office, expire_waiting, now=self.clock())
        await send_all(self.office, self.telegram, self.sms, now=self.clock)
        given = self.telegram.given[before[0] :] + self.sms.given[before[1] :]
        return [(one.address, one.text) for one in given]

    def time_goes_by(self) -> None:
        """What the office does by itself."""
        act(self.office, expire_waiting, now=self.clock())
        prepare_broadcasts(self.office, now=self.clock, polite=False)
        while act(self.office, end_cancelled, now=self.clock()):
            pass
        while sweep(self.office, now=self.clock()):
            self.carry_on()
        self.carry_on()


def phone(number: int) -> str:
    return f"+62812000{number:05d}"


__all__ = ["BY", "FRIDAY", "HERE", "MONDAY", "TERMS", "THURSDAY", "TUESDAY", "WEDNESDAY", "Village", "in_box", "phone"]
