"""An office that owes Siti a Telegram message and Wati an SMS, with both providers behind their real adapters."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from core.rules.delivery import Channel
from core.store.delivery_tables import Attempt, Notice
from core.store.office import OpenOffice
from core.store.words import NoticeState
from notifier.adapter import Adapter
from notifier.loop import Sender
from notifier.pace import Pace
from simulator import UNTHROTTLED, Person, SimulatorThread
from tests.bot_world import brief
from tests.killed_jobs import channels
from tests.offices import SITI, WATI, WATI_PHONE, Clock, ask
from tests.senders import a_sender, at_work, send_all
from tests.test_sending import link, ready


@dataclass
class Owing:
    """Nobody is told until a sender is let to work."""

    office: OpenOffice
    clock: Clock
    simulator: SimulatorThread
    channels: tuple[Adapter, ...]
    siti: Person

    async def send(self, pace: Pace | None = None) -> None:
        """Let a sender send all that may leave at this moment."""
        await send_all(self.office, *self.channels, now=self.clock, pace=pace)

    @asynccontextmanager
    async def sender(self) -> AsyncIterator[Sender]:
        """A sender at work; at the end it does what is left to do, and stops."""
        async with at_work(a_sender(self.office, *self.channels, now=self.clock)) as sender:
            yield sender

    def arrived(self) -> tuple[int, int]:
        """How many messages came to Siti by Telegram, and to Wati by SMS."""
        assert len(self.simulator.sms.sent()) == len(self.simulator.sms.inbox(WATI_PHONE))
        return len(self.siti.received), len(self.simulator.sms.sent())

    def attempts(self, channel: Channel) -> list[str | None]:
        """The outcome of each attempt; None for one that is in flight, or was."""
        query = select(Attempt.outcome).where(Attempt.channel == channel).order_by(Attempt.id)
        return ask(self.office, lambda session: list(session.scalars(query)))

    def states(self) -> set[NoticeState]:
        return ask(self.office, lambda session: set(session.scalars(select(Notice.state))))


@contextmanager
def owing(office: OpenOffice, clock: Clock) -> Iterator[Owing]:
    with SimulatorThread(limits=UNTHROTTLED, now=clock, seed=1) as simulator:
        siti = simulator.telegram.person("Siti", started=True)
        link(office, SITI, str(siti.id), clock)
        ready(office, SITI, clock)
        ready(office, WATI, clock)
        yield Owing(office, clock, simulator, channels(simulator.telegram_url, clock), siti)


async def refusal(caplog: pytest.LogCaptureFixture) -> None:
    """Wait until a sender says that it could not write."""
    while "the database refused" not in caplog.text:
        await brief(0)
