"""One office in one process: at work, with its web part beside it, on one event loop."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from cli.at_work import OfficeAtWork
from cli.chores import keep_doing
from cli.collector import set_apart
from cli.doors import telegram_door, twilio_door
from cli.edge import utc_now
from core.jobs.tenure import Tenure
from core.offices import code_at_end
from core.settings import Settings
from core.store.office import OpenOffice
from web.app import create_app
from web.metrics import Metrics
from web.serve import serve


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
        self._webhook = webhook or settings.webhook
        self.at_work = OfficeAtWork(office, settings, do=keep_doing, now=now, tenure=tenure, webhook=self._webhook)

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Work until `stop`; an unexpected end of any part ends all of them, and is raised."""
        host, port = self._settings.http_address
        runner = await serve(self._app(), host=host, port=port)

        def begun() -> None:
            set_apart()
            ready()

        try:
            await self.at_work.run(begun)
        finally:
            await runner.cleanup()

    def stop(self) -> None:
        """Take in nothing more, finish what is in flight, and let `run` return. May be called from any thread."""
        self.at_work.stop()

    def _app(self) -> web.Application:
        office, settings, bot = self._office, self._settings, self.at_work.bot
        cap, pulse = settings.sms_daily_cap, self.at_work.sender.pulse
        return create_app(
            health=self.at_work.health,
            metrics=Metrics(office=office, now=self._now, sms_daily_cap=cap, pulse=pulse),
            twilio=twilio_door(office, settings, now=self._now),
            telegram=telegram_door(office, settings, store=bot.store) if bot and self._webhook else None,
            code=code_at_end(settings.public_url),
        )
