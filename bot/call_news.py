"""Tells officials of a point that a call of it came by itself, once each, with a button to it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiogram.methods import SendMessage
from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.connection import log
from bot.officials.calling.follow import SHOW, place_said
from bot.officials.screens import DeedPress, keyboard
from bot.receive import Sleep
from bot.replies import as_json
from bot.talk import House
from core.actions.telling import leave_calls
from core.questions.call_choice import ToTell, officials_to_tell
from core.questions.calls import call_view
from core.questions.languages import language_of
from core.questions.telling import untold
from core.rules.delivery import Channel
from core.rules.officials import Deed
from core.store.office import OpenOffice
from core.wording.calling import schedule
from core.wording.dates import hours_text

EVERY_SECONDS = 60.0
#: An official who is appointed later sees it below Panggil warga.
_NEWS_FOR = timedelta(days=2)
_AT_ONCE = 25

News = tuple[ToTell, dict[str, Any]]


class CallNews:
    """Looks again and again for who was not told yet, until cancelled."""

    def __init__(
        self,
        office: OpenOffice,
        commit: Commit,
        house: House,
        *,
        now: Callable[[], datetime],
        on_left: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """on_left: called when something was left to be sent."""
        self._office = office
        self._commit = commit
        self._house = house
        self._now = now
        self._on_left = on_left
        self._sleep = sleep

    async def run(self) -> None:
        """What was left untold by a stop is told after the next start."""
        while True:
            try:
                news = await asyncio.to_thread(self._office.read, self._due)
                for start in range(0, len(news), _AT_ONCE):
                    await self._commit.once(partial(self._leave, news=news[start : start + _AT_ONCE]))
                if news:
                    self._on_left()
            except Exception as error:  # noqa: BLE001  # whatever it is, the next look may find it mended
                log.error("officials were not told of a call; trying again", extra={"error": type(error).__name__})
            await self._sleep(EVERY_SECONDS)

    def _due(self, session: Session) -> list[News]:
        found = officials_to_tell(session, since=self._now() - _NEWS_FOR)
        return [
            (one, self._message(session, one)) for one in found if untold(session, [one.account], key=_key(one.call_id))
        ]

    def _message(self, session: Session, one: ToTell) -> dict[str, Any]:
        words = self._house.wordings.of(language_of(session, Channel.TELEGRAM, one.account))
        view = call_view(session, one.call_id)
        text = words.text(
            "call-automatic",
            tempat=place_said(words, view),
            orang=view.totals.people,
            jadwal=schedule(words, [day.day for day in view.days] or [view.terms.first_day]),
            jam=hours_text(view.terms.opens, view.terms.closes),
            perhari=view.terms.per_day,
        )
        button = words.text("call-button-show"), DeedPress(deed=Deed.CALL, act=SHOW, about=one.call_id)
        return as_json(SendMessage(chat_id=int(one.account), text=text, reply_markup=keyboard([[button]])))

    def _leave(self, session: Session, news: Sequence[News]) -> None:
        for one, message in news:
            leave_calls(session, one.account, [message], key=_key(one.call_id), now=self._now())


def _key(call_id: int) -> str:
    return f"automatic call {call_id}"
