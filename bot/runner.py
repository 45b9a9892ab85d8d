"""The bot as a whole: receives, decides, answers and forgets until it is stopped."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.call_news import CallNews
from bot.commands import Menu
from bot.commit import Commit
from bot.connection import Trouble, connect, disconnect
from bot.decide import Decider
from bot.fetching import Fetching
from bot.forget import Forgetting
from bot.live_work import LiveMessages
from bot.papers import PAPERS, Paper
from bot.receive import Receiver, Sleep
from bot.send import Courier, Pace
from bot.storing import UpdateStore
from bot.talk import House
from bot.work import InboxWork
from core.actions.bot_name import keep_bot_name
from core.settings import TELEGRAM_API
from core.store.office import OpenOffice

#: A stop waits this long for answers on their way; what is not out by then is sent at the next start.
DRAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates; without one they are polled. secret: Telegram shows it with every request."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


class BotRunner:
    """One office's bot. Only whoever holds the office may run one."""

    def __init__(
        self,
        office: OpenOffice,
        house: House,
        *,
        token: str,
        pace: Pace,
        now: Callable[[], datetime],
        api_base: str = TELEGRAM_API,
        webhook: Webhook | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """pace: the bot token's, shared with the notices. Raises SetupError when the token cannot be one."""
        self.house = house
        self._webhook = webhook
        self._stop = asyncio.Event()
        self._bot = connect(token, api_base)
        self._commit = Commit(office, sleep=sleep)
        self._office = office
        self._courier = Courier(self._bot, self._commit, pace, draw=self._draw, now=now, sleep=sleep)
        self._work = InboxWork(office, self._commit, Decider(house), self._courier, now=now, sleep=sleep)
        self._forgetting = Forgetting(self._bot, office, self._commit, now=now, sleep=sleep)
        self._live = LiveMessages(office, self._commit, house, now=now, on_left=self._work.wake, sleep=sleep)
        self._call_news = CallNews(office, self._commit, house, now=now, on_left=self._work.wake, sleep=sleep)
        self._menu = Menu(self._bot, house.wordings, sleep=sleep)
        self._fetching = Fetching(
            self._bot, office, self._commit, house, pace=pace, on_left=self._work.wake, now=now, sleep=sleep
        )
        self.store = UpdateStore(office, now=now, on_stored=self._work.wake)
        self._receiver = Receiver(self._bot, self.store, on_name=self._learn_name, sleep=sleep)

    @property
    def trouble(self) -> Trouble | None:
        """What keeps residents from being heard or answered right now; None when all is well."""
        watches = (self._commit.watch, self._receiver.watch, self._courier.watch)
        return next((watch.trouble for watch in watches if watch.trouble), None)

    def _parts(self) -> Sequence[InboxWork | Forgetting | Menu | Fetching | LiveMessages | CallNews]:
        return self._work, self._forgetting, self._menu, self._fetching, self._live, self._call_news

    async def _draw(self, kept: Mapping[str, Any]) -> Paper:
        draw = partial(PAPERS[kept["paper"]], house=self.house, about=kept["about"])
        return await asyncio.to_thread(self._office.read, draw)

    def wake(self) -> None:
        """Look at the inbox at once: something was stored in it by somebody else."""
        self._work.wake()

    def stop(self) -> None:
        """Take nothing more; `run` returns when the answers on their way are out."""
        self._stop.set()

    async def run(self) -> None:
        """Until stopped, beginning with what was left over from before."""
        try:
            async with asyncio.TaskGroup() as parts:
                receiving = parts.create_task(self._receive())
                others = [parts.create_task(part.run()) for part in self._parts()]
                await self._stop.wait()
                receiving.cancel()
                await self._work.drain(DRAIN_SECONDS)
                for part in others:
                    part.cancel()
        finally:
            await disconnect(self._bot)

    async def _learn_name(self, username: str) -> None:
        self.house.learn_name(username)
        await self._commit(partial(keep_bot_name, username=username))

    async def _receive(self) -> None:
        if self._webhook is None:
            await self._receiver.poll()
        else:
            await self._receiver.listen_at(self._webhook.url, self._webhook.secret)
