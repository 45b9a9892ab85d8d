"""One office in one process: the bot, the sender, the web part and the preparing of broadcasts, on one event loop."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.commit import Commit
from bot.runner import BotRunner, Webhook
from bot.talk import House, open_house
from cli.chores import keep_doing, set_apart
from cli.edge import utc_now
from core.actions.lease import BEAT_SECONDS
from core.actions.receipts import note_receipt
from core.actions.sending import SendTerms
from core.errors import Overtaken, SetupError
from core.files.print_policy import read_policy
from core.jobs.chores import Chore, Workplace, backup_chore, office_chores, telling_chore
from core.jobs.nightly import NightlyBackup
from core.jobs.tenure import Tenure
from core.questions.health import health_of
from core.rules.delivery import Channel
from core.settings import Settings
from core.store.office import OpenOffice, seal_of
from core.wording.wordings import INDONESIAN, Wordings
from notifier.adapter import Adapter
from notifier.loop import Sender
from notifier.pace import Pace
from notifier.sms import Receipt, SmsAdapter
from notifier.telegram import TelegramAdapter
from web.app import create_app
from web.metrics import Metrics
from web.serve import serve
from web.telegram import TelegramUpdates
from web.twilio import TwilioReceipts

log = logging.getLogger("kabar.run")

#: Requests in flight: what may be in doubt after a kill, and enough to keep the pace at a slow provider.
_FEWEST_SLOTS, _MOST_SLOTS = 8, 128
_SLOTS_PER_RATE = 0.6

#: Twilio waits 15 seconds for an answer.
_RECEIPT_SECONDS = 12.0


class Embedded:
    """Runs an office until stopped. Build it with the office locked (`locked_home`)."""

    def __init__(
        self,
        office: OpenOffice,
        settings: Settings,
        *,
        now: Callable[[], datetime] = utc_now,
        tenure: Tenure | None = None,
        webhook: bool = False,
    ) -> None:
        """tenure: the lease of an office in a database server; None where the lock on its home is enough."""
        self._office = office
        self._settings = settings
        self._now = now
        self._stopping = threading.Event()
        self._stopped = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        wordings = Wordings(settings.wording)
        self._wording = wordings.of(INDONESIAN)
        pace = Pace(per_second=settings.telegram_rate)
        house = office.read(
            partial(
                open_house,
                wordings=wordings,
                live=settings.live,
                trial_addresses=settings.trial_addresses,
                hours=settings.office_hours,
                address=settings.office_address,
                closed_days=settings.closed_days,
                operators=settings.operators,
                policy=read_policy(settings.print_policy),
                telling=settings.telling_terms,
                home=settings.home,
                validity=settings.letter_validity,
            )
        )
        terms = SendTerms(
            office=house.office,
            wordings=wordings,
            zone=house.zone,
            window=settings.send_window,
            sms_daily_cap=settings.sms_daily_cap,
            live=settings.live,
            trial_addresses=settings.trial_addresses,
            operators=settings.operators,
            operator_phones=settings.operator_phones,
        )
        adapters = list(_adapters(settings, now))
        self.paces = {Channel.TELEGRAM: pace, Channel.SMS: Pace(per_second=settings.sms_per_second, per_chat_seconds=0)}
        self.sender = Sender(
            office, adapters, paces=self.paces, slots=_slots(settings), terms=terms, now=now, tenure=tenure
        )
        self._path_secret = office.read(lambda session: seal_of(session).index("webhook", "path")).hex()
        self._header_secret = office.read(lambda session: seal_of(session).index("webhook", "header")).hex()
        self.bot = self._bot_runner(house, pace, webhook=webhook) if settings.telegram_token else None
        self._print_terms = house.print_terms
        self._missing = [channel for channel in Channel if channel not in {adapter.channel for adapter in adapters}]
        self._webhook = webhook
        self._tenure = tenure
        self.backups = self._nightly_backup()

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Work until `stop`; an unexpected end of any part ends all of them, and is raised."""
        self._loop = asyncio.get_running_loop()
        host, port = self._settings.http_address
        runner = await serve(self._app(), host=host, port=port)
        for channel in self._missing:
            log.warning("a channel is not set up: its notices wait (see kabar doctor)", extra={"channel": channel})
        try:
            async with asyncio.TaskGroup() as parts:
                at_work = [parts.create_task(self.sender.run())]
                for chore in self._chores():
                    parts.create_task(keep_doing(chore, stopped=self._stopped))
                if self.bot:
                    at_work.append(parts.create_task(self.bot.run()))
                if self._tenure:
                    parts.create_task(self._keep(self._tenure, at_work))
                set_apart()
                ready()
        finally:
            self._stopping.set()
            await runner.cleanup()

    def stop(self) -> None:
        """Take in nothing more, finish what is in flight, and let `run` return. May be called from any thread."""
        self._stopping.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop_parts)

    def _stop_parts(self) -> None:
        self._stopped.set()
        self.sender.stop()
        if self.bot:
            self.bot.stop()

    async def _keep(self, tenure: Tenure, at_work: Sequence[asyncio.Task[None]]) -> None:
        """Renew the lease until the last answer is out; whoever lost it ends, and so does everything else here."""
        while not all(part.done() for part in at_work):
            try:
                await asyncio.to_thread(tenure.renew)
            except Overtaken:
                raise
            except Exception as error:  # noqa: BLE001  # a server that is away may be back in time
                log.error("the lease could not be renewed; trying again", extra={"error": type(error).__name__})
            await asyncio.wait(at_work, timeout=BEAT_SECONDS)

    def _chores(self) -> Iterator[Chore]:
        here = Workplace(office=self._office, now=self._now, stopping=self._stopping, on_put=self._wake_sender)
        yield from office_chores(here, self._print_terms)
        if self.backups:
            yield backup_chore(self.backups)
        if self.bot:
            yield telling_chore(here, self._settings, self._wording)

    def _wake_sender(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.sender.wake)

    def _bot_runner(self, house: House, pace: Pace, *, webhook: bool) -> BotRunner:
        settings = self._settings
        if webhook and not settings.public_url:
            raise SetupError("--webhook needs KABAR_PUBLIC_URL, the https:// address under which Telegram reaches us")
        return BotRunner(
            self._office,
            house,
            token=settings.telegram_token.get_secret_value() if settings.telegram_token else "",
            pace=pace,
            now=self._now,
            api_base=settings.telegram_api,
            webhook=Webhook(f"{settings.public_url}/telegram/{self._path_secret}", self._header_secret)
            if webhook
            else None,
        )

    def _nightly_backup(self) -> NightlyBackup | None:
        settings = self._settings
        if settings.backup_folder is None:
            return None
        return NightlyBackup(
            self._office,
            settings.backup_folder,
            home=settings.home,
            address=settings.database_address,
            now=self._now,
            stopped=self._stopping.is_set,
        )

    def _app(self) -> web.Application:
        settings = self._settings
        twilio = telegram = None
        if settings.public_url and settings.twilio_auth_token:
            token = settings.twilio_auth_token.get_secret_value()
            twilio = TwilioReceipts(public_url=settings.public_url, auth_token=token, on_receipt=self._on_receipt)
        if self.bot and self._webhook:
            telegram = TelegramUpdates(
                path_secret=self._path_secret, header_secret=self._header_secret, on_update=self.bot.receive_webhook
            )
        cap, pulse = settings.sms_daily_cap, self.sender.pulse
        metrics = Metrics(office=self._office, now=self._now, sms_daily_cap=cap, pulse=pulse)
        return create_app(health=self._health, metrics=metrics, twilio=twilio, telegram=telegram)

    async def _on_receipt(self, message_id: int, receipt: Receipt) -> None:
        """Twilio says it once: a database that is away for some seconds must not cost an "undelivered"."""
        note = partial(
            note_receipt,
            message_id=message_id,
            provider_id=receipt.provider_id,
            rank=receipt.rank,
            outcome=receipt.outcome,
            resends=receipt.resends,
            now=self._now(),
        )
        async with asyncio.timeout(_RECEIPT_SECONDS):
            await Commit(self._office)(note)

    async def _health(self) -> dict[str, object]:
        health = await asyncio.to_thread(self._office.read, health_of)
        bot = self.bot.trouble if self.bot else None
        ok = not health.halted and bot is None and self.sender.trouble is None
        backup = "off" if self.backups is None else "failed" if self.backups.trouble else "well"
        parts = {"bot": bot or "well", "sender": self.sender.trouble or "well", "backup": backup}
        return {"ok": ok, **parts, **health.as_dict()}


def _adapters(settings: Settings, now: Callable[[], datetime]) -> Iterator[Adapter]:
    if settings.telegram_token:
        yield TelegramAdapter(token=settings.telegram_token.get_secret_value(), api_base=settings.telegram_api)
    if settings.twilio_account_sid and settings.twilio_auth_token and settings.sms_sender:
        yield SmsAdapter(
            account_sid=settings.twilio_account_sid,
            auth_token=settings.twilio_auth_token.get_secret_value(),
            sender=settings.sms_sender,
            api_base=settings.twilio_api,
            public_url=settings.public_url,
            now=now,
        )


def _slots(settings: Settings) -> dict[Channel, int]:
    telegram = round(settings.telegram_rate * _SLOTS_PER_RATE)
    return {Channel.TELEGRAM: max(_FEWEST_SLOTS, min(_MOST_SLOTS, telegram)), Channel.SMS: settings.sms_in_flight}
