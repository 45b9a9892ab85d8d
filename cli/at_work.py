"""One office at work: its bot and its sender under its lease, and its chores beside them, on one event loop.

`kabar run` has one of these and the web part beside it; a worker has as many as it took.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from bot.runner import BotRunner, Webhook
from bot.talk import House, open_house
from cli.edge import utc_now
from core.actions.lease import BEAT_SECONDS
from core.actions.sending import SendTerms
from core.errors import Overtaken, SetupError
from core.files.print_policy import read_policy
from core.jobs.chores import Chore, Workplace, backup_chore, office_chores, picture_chore, telling_chore
from core.jobs.nightly import NightlyBackup
from core.jobs.tenure import Tenure
from core.questions.health import health_of
from core.rules.delivery import Channel
from core.settings import Settings
from core.store.office import OpenOffice, seal_of
from core.wording.wordings import INDONESIAN, Wordings, shipped_wordings
from notifier.adapter import Adapter
from notifier.loop import Sender
from notifier.pace import Pace
from notifier.sms import SmsAdapter
from notifier.telegram import TelegramAdapter

log = logging.getLogger("kabar.run")

#: Requests in flight: what may be in doubt after a kill, and enough to keep the pace at a slow provider.
_FEWEST_SLOTS, _MOST_SLOTS = 8, 128
_SLOTS_PER_RATE = 0.6

#: Sees to one chore again and again until the event is set; whatever it raises ends the office's work.
Doing = Callable[[Chore, asyncio.Event], Coroutine[Any, Any, None]]


class OfficeAtWork:
    """Answers and sends for one office until stopped. Build it with the office held (cli/holding.py)."""

    def __init__(
        self,
        office: OpenOffice,
        settings: Settings,
        *,
        do: Doing,
        now: Callable[[], datetime] = utc_now,
        tenure: Tenure | None = None,
        webhook: bool = False,
    ) -> None:
        """tenure: the lease of an office in a database server; None where the lock on its home is enough."""
        self.office = office
        self.settings = settings
        self._do = do
        self._now = now
        self._tenure = tenure
        self._webhook = webhook
        self._stopping = threading.Event()
        self._stopped = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        wordings = Wordings(settings.wording) if settings.wording else shipped_wordings()
        self._wording = wordings.of(INDONESIAN)
        house = office.read(partial(house_of, settings=settings, wordings=wordings))
        self._print_terms = house.print_terms
        adapters = list(_adapters(settings, now))
        self._missing = [channel for channel in Channel if channel not in {adapter.channel for adapter in adapters}]
        pace = Pace(per_second=settings.telegram_rate)
        self.paces = {Channel.TELEGRAM: pace, Channel.SMS: Pace(per_second=settings.sms_per_second, per_chat_seconds=0)}
        self.sender = Sender(
            office,
            adapters,
            paces=self.paces,
            slots=_slots(settings),
            terms=_send_terms(settings, house),
            now=now,
            tenure=tenure,
        )
        self.bot = self._bot_runner(house, pace) if settings.telegram_token else None
        self.backups = _nightly_backup(office, settings, now, self._stopping.is_set)

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Work until `stop`; an unexpected end of any part ends all of them, and is raised."""
        self._loop = asyncio.get_running_loop()
        for channel in self._missing:
            log.warning("a channel is not set up: its notices wait (see kabar doctor)", extra={"channel": channel})
        try:
            async with asyncio.TaskGroup() as parts:
                at_work = [parts.create_task(self.sender.run())]
                for chore in self._chores():
                    parts.create_task(self._do(chore, self._stopped))
                if self.bot:
                    at_work.append(parts.create_task(self.bot.run()))
                if self._tenure:
                    parts.create_task(self._keep(self._tenure, at_work))
                ready()
        finally:
            self._stopping.set()

    def stop(self) -> None:
        """Take in nothing more, finish what is in flight, and let `run` return. May be called from any thread."""
        self._stopping.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop_parts)

    def wake(self) -> None:
        """Look at once for what came in or is owed, instead of at the next look. May be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake_parts)

    async def health(self) -> dict[str, object]:
        """How it is: "ok", and what is known of each part; counts and words, nobody's data."""
        health = await asyncio.to_thread(self.office.read, health_of)
        bot = self.bot.trouble if self.bot else None
        ok = not health.halted and bot is None and self.sender.trouble is None
        backup = "off" if self.backups is None else "failed" if self.backups.trouble else "well"
        parts = {"bot": bot or "well", "sender": self.sender.trouble or "well", "backup": backup}
        return {"ok": ok, **parts, **health.as_dict()}

    def _stop_parts(self) -> None:
        self._stopped.set()
        self.sender.stop()
        if self.bot:
            self.bot.stop()

    def _wake_parts(self) -> None:
        self.sender.wake()
        if self.bot:
            self.bot.wake()

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
        here = Workplace(office=self.office, now=self._now, stopping=self._stopping, on_put=self.wake)
        yield from office_chores(here, self.settings)
        yield picture_chore(here, self._print_terms)
        if self.backups:
            yield backup_chore(self.backups)
        if self.bot:
            yield telling_chore(here, self.settings, self._wording)

    def _bot_runner(self, house: House, pace: Pace) -> BotRunner:
        settings = self.settings
        if self._webhook and not settings.public_url:
            raise SetupError("--webhook needs KABAR_PUBLIC_URL, the https:// address under which Telegram reaches us")
        return BotRunner(
            self.office,
            house,
            token=settings.telegram_token.get_secret_value() if settings.telegram_token else "",
            pace=pace,
            now=self._now,
            api_base=settings.telegram_api,
            webhook=webhook_of(self.office, settings) if self._webhook else None,
        )


def house_of(session: Session, *, settings: Settings, wordings: Wordings) -> House:
    """Return what the bot knows of the office that it speaks for."""
    return open_house(
        session,
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


def webhook_of(office: OpenOffice, settings: Settings) -> Webhook:
    """Return where Telegram brings this office's updates, and the secret that it shows there."""
    seal = office.read(seal_of)
    path, header = (seal.index("webhook", part).hex() for part in ("path", "header"))
    return Webhook(f"{settings.public_url}/telegram/{path}", header)


def _send_terms(settings: Settings, house: House) -> SendTerms:
    return SendTerms(
        office=house.office,
        wordings=house.wordings,
        zone=house.zone,
        window=settings.send_window,
        sms_daily_cap=settings.sms_daily_cap,
        live=settings.live,
        trial_addresses=settings.trial_addresses,
        operators=settings.operators,
        operator_phones=settings.operator_phones,
    )


def _nightly_backup(
    office: OpenOffice, settings: Settings, now: Callable[[], datetime], stopped: Callable[[], bool]
) -> NightlyBackup | None:
    if settings.backup_folder is None:
        return None
    return NightlyBackup(
        office,
        settings.backup_folder,
        home=settings.home,
        address=settings.database_address,
        now=now,
        stopped=stopped,
    )


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
