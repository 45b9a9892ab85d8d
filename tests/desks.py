"""A desk for every channel: its real adapter, the simulator behind it, and one resident whose phone shows what came."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.rules.delivery import Channel, Outgoing
from notifier.adapter import Adapter
from notifier.sms import SmsAdapter
from notifier.telegram import TelegramAdapter
from simulator import UNTHROTTLED, SimulatorThread
from simulator.faults import Faults, Service

NUMBER = "+6281200990001"
TEXT = "KTP-el Anda sudah jadi. GRATIS."
SENDER = "DUKCAPIL"
#: More than a busy machine ever stalls: only a test that waits on purpose asks for less.
PATIENCE_SECONDS = 40.0
SHORT_PATIENCE_SECONDS = 6.0
STARTED_AT = datetime(2017, 9, 4, 3, 0, tzinfo=UTC)


@dataclass
class Desk:
    """One channel, ready to send to one resident, and what her phone and the provider saw."""

    adapter: Adapter
    outgoing: Outgoing
    simulator: SimulatorThread
    service: Service
    method: str

    @property
    def arrived(self) -> list[str]:
        if self.service == "twilio":
            return [sms.body for sms in self.simulator.sms.inbox(NUMBER)]
        return [message.text for message in self.simulator.telegram.person("Siti").received]

    def goes_wrong(self, order: Callable[[Faults, Service, str], None]) -> None:
        order(self.simulator.faults, self.service, self.method)


@contextmanager
def running_simulator(**options: Any) -> Iterator[SimulatorThread]:
    with SimulatorThread(limits=UNTHROTTLED, now=lambda: STARTED_AT, **options) as running:
        running.telegram.person("Siti", started=True)
        yield running


def message_to(channel: Channel, simulator: SimulatorThread, **changes: Any) -> Outgoing:
    siti = simulator.telegram.person("Siti")
    defaults: dict[str, Any] = {
        "attempt_id": 7,
        "message_id": 42,
        "channel": channel,
        "address": str(siti.id) if channel is Channel.TELEGRAM else NUMBER,
        "text": TEXT,
        "started_at": STARTED_AT,
    }
    return Outgoing(**defaults | changes)


def telegram_adapter(simulator: SimulatorThread, **changes: Any) -> TelegramAdapter:
    defaults = {"token": simulator.bot_token, "api_base": simulator.telegram_url, "total_seconds": PATIENCE_SECONDS}
    return TelegramAdapter(**defaults | changes)


def sms_adapter(simulator: SimulatorThread, **changes: Any) -> SmsAdapter:
    defaults = {
        "account_sid": simulator.account_sid,
        "auth_token": simulator.auth_token,
        "sender": SENDER,
        "api_base": simulator.twilio_url,
        "now": lambda: STARTED_AT,
        "total_seconds": PATIENCE_SECONDS,
    }
    return SmsAdapter(**defaults | changes)


@asynccontextmanager
async def opened(adapter: Adapter) -> AsyncIterator[Adapter]:
    await adapter.open()
    try:
        yield adapter
    finally:
        await adapter.close()


@asynccontextmanager
async def desk_of(channel: Channel, simulator: SimulatorThread, **changes: Any) -> AsyncIterator[Desk]:
    telegram = channel is Channel.TELEGRAM
    adapter: Adapter = telegram_adapter(simulator, **changes) if telegram else sms_adapter(simulator, **changes)
    service: Service = "telegram" if telegram else "twilio"
    async with opened(adapter):
        yield Desk(adapter, message_to(channel, simulator), simulator, service, "sendMessage" if telegram else "create")
