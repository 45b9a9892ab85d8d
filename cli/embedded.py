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
from core.actions.batches import end_cancelled
from core.actions.lease import BEAT_SECONDS
from core.actions.receipts import note_receipt
from core.actions.retention import forget_what_is_over
from core.actions.sending import SendTerms
from core.actions.unanswered import follow_up_unanswered
from core.errors import Overtaken, SetupError
from core.files.print_policy import read_policy
from core.jobs.broadcasting import prepare_broadcasts
from core.jobs.calling import carry_on_calls
from core.jobs.friday_cards import tell_friday_cards
from core.jobs.nightly import NightlyBackup
from core.jobs.queue_picture import PictureKeeper
from core.jobs.sweeps import sweep
from core.jobs.telling_operators import tell_what_is_due
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
#: A command prepares its own; this goes on with one that was killed in it.
_BROADCASTS_SECONDS = 5.0
_CANCELLED_SECONDS, _FORGET_SECONDS = 10.0, 3600.0
_CALLS_SECONDS = 0.5  # a call to 3,000 people is on its way within two seconds
_BACKUP_LOOK_SECONDS = _OPERATORS_LOOK_SECONDS = _UNANSWERED_SECONDS = 60.0
_SWEEP_SECONDS, _PICTURE_SECONDS = 300.0, 30.0


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
        self._pictures = PictureKeeper(office, house.print_terms, now=now)
        self._missing = [channel for channel in Channel if channel not in {adapter.channel for adapter in adapters}]
        self._webhook = webhook
        self._tenure = tenure
        self.backups = self._nightly_backup()

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Work until `stop`; an unexpected end of any part ends all of them, and is raised."""
        self._loop = asyncio.get_running_loop()
        host, port = self._settings.http_address
        runner = await serve(self._app(), host=host, port=port)
        chore = partial(keep_doing, stopped=self._stopped)
        calls = partial(carry_on_calls, self._office, now=self._now, stopping=self._stopping)
        for channel in self._missing:
            log.warning("a channel is not set up: its notices wait (see kabar doctor)", extra={"channel": channel})
        try:
            async with asyncio.TaskGroup() as parts:
                at_work = [parts.create_task(self.sender.run())]
                parts.create_task(chore(self._prepare_broadcasts, every_seconds=_BROADCASTS_SECONDS))
                parts.create_task(chore(calls, every_seconds=_CALLS_SECONDS))
                parts.create_task(chore(self._end_cancelled, every_seconds=_CANCELLED_SECONDS))
                parts.create_task(chore(self._forget, every_seconds=_FORGET_SECONDS))
                parts.create_task(chore(self._follow_up, every_seconds=_UNANSWERED_SECONDS))
                parts.create_task(chore(self._sweep, every_seconds=_SWEEP_SECONDS))
                parts.create_task(chore(self._pictures.look, every_seconds=_PICTURE_SECONDS))
                if self.backups:
                    parts.create_task(chore(self.backups.look, every_seconds=_BACKUP_LOOK_SECONDS))
                if self.bot:
                    at_work.append(parts.create_task(self.bot.run()))
                    parts.create_task(chore(self._tell_operators, every_seconds=_OPERATORS_LOOK_SECONDS))
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

    def _tell_operators(self) -> int:
        """Leave in the inbox what operators and officials are to be told; the bot finds it at its next look."""
        settings = self._settings
        friday = tell_friday_cards(self._office, now=self._now())
        return friday + tell_what_is_due(
            self._office,
            settings.operators,
            wording=self._wording,
            home=settings.home,
            sms_cap=settings.sms_daily_cap,
            now=self._now(),
        )

    def _prepare_broadcasts(self) -> int:
        """Go on with broadcasts that a command began, also those it was killed in."""
        if (put := prepare_broadcasts(self._office, now=self._now, stopping=self._stopping)) and self._loop:
            self._loop.call_soon_threadsafe(self.sender.wake)
        return put

    def _end_cancelled(self) -> int:
        """End some of what waits in a batch that was cancelled; nothing of it leaves meanwhile."""
        return self._office.write(partial(end_cancelled, now=self._now()))

    def _follow_up(self) -> int:
        """Owe by SMS some of what nobody answered on Telegram for a day; the sender finds it at its next look."""
        return self._office.write(partial(follow_up_unanswered, now=self._now()))

    def _sweep(self) -> int:
        """Do some of what became due by itself: plans and letters that run out, reminders, who waits for too long."""
        return sweep(self._office, now=self._now())

    def _forget(self) -> int:
        """Erase some of what is kept no longer."""
        return self._office.write(partial(forget_what_is_over, now=self._now()))

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
