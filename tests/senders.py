"""A sender for tests: the real loop, with a fake channel or the simulator behind the real adapters."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.actions.sending import SendTerms
from core.jobs.tenure import Tenure
from core.questions.regions import office_words
from core.rules.delivery import Channel, Halt, Outcome, Outgoing, Sent, TryLater
from core.rules.window import Window
from core.store.office import OpenOffice
from core.wording.wordings import Wordings
from notifier.adapter import Adapter
from notifier.loop import Sender
from notifier.pace import Pace

WORDINGS = Wordings()


class FakeChannel:
    """A channel behind the real interface: keeps what it was given and answers from a list, then always Sent."""

    def __init__(self, channel: Channel, *answers: Outcome) -> None:
        self.channel = channel
        self.answers = list(answers)
        self.given: list[Outgoing] = []
        self.given_any = asyncio.Event()
        self.on_list: set[str] = set()
        self.trouble: Halt | TryLater | None = None
        self.looks = 0

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.given.append(outgoing)
        self.given_any.set()
        return self.answers.pop(0) if self.answers else Sent(f"{self.channel}-{len(self.given)}")

    async def probe(self) -> Halt | TryLater | None:
        return self.trouble

    async def find(self, outgoing: Outgoing) -> list[Sent]:
        self.looks += 1
        return [Sent("found")] if outgoing.address in self.on_list else []


def terms(office: OpenOffice, **changes: object) -> SendTerms:
    """What a live office sends by."""
    usual: dict[str, object] = {
        "office": office.read(office_words),
        "wordings": WORDINGS,
        "zone": ZoneInfo("Asia/Jakarta"),
        "window": Window(time(8), time(18)),
        "sms_daily_cap": 500,
        "live": True,
        "trial_addresses": frozenset(),
    }
    return SendTerms(**(usual | changes))  # type: ignore[arg-type]


def a_sender(
    office: OpenOffice,
    *channels: Adapter,
    now: Callable[[], datetime],
    pace: Pace | None = None,
    tenure: Tenure | None = None,
    **changes: object,
) -> Sender:
    """The real sender, unless another is given at a pace that no test has to wait for."""
    pace = pace or Pace(per_second=100_000, per_chat_seconds=0)
    slots = {Channel.TELEGRAM: 8, Channel.SMS: 8}
    paces = dict.fromkeys(Channel, pace)
    return Sender(office, channels, paces=paces, slots=slots, terms=terms(office, **changes), now=now, tenure=tenure)


@asynccontextmanager
async def at_work(sender: Sender) -> AsyncIterator[Sender]:
    """A sender that works; at the end it does what is left to do, and stops."""
    running = asyncio.create_task(sender.run())
    yield sender
    await sender.idle()
    sender.stop()
    await running


async def send_all(
    office: OpenOffice, *channels: Adapter, now: Callable[[], datetime], pace: Pace | None = None, **changes: object
) -> None:
    """Let a sender send all that may leave at this moment, and stop it."""
    async with at_work(a_sender(office, *channels, now=now, pace=pace, **changes)):
        pass
