"""Keeps live messages up to date: looks every few seconds while there are any, and changes those that tell less.

1. A message gets its next change only when the one before has left, so a slow line gets fewer of them, never a pile.
2. Only what moved is put into words again, and everything once a minute.
3. A look that took long is followed by a rest of many times that: however many there are, residents come first.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.connection import log
from bot.officials.live import Glance, LiveScreen, live_screen
from bot.receive import Sleep
from bot.replies import as_json
from bot.talk import House
from core.actions.live_messages import change, end
from core.questions.batches import orders, states_of
from core.questions.languages import language_of
from core.questions.live_messages import Live, live_messages, on_their_way, shown_index
from core.questions.officials import acting_of
from core.rules.delivery import Channel
from core.store.office import OpenOffice

#: A chat should not see a message flicker, and Telegram counts every change.
EVERY_SECONDS = 2.0
#: What did not change for so long is not watched any more; its buttons still hold.
FOLLOWED_FOR = timedelta(days=7)
#: Changes that one transaction leaves.
_AT_ONCE = 25
_REST = 20


@dataclass(frozen=True, slots=True)
class _Due:
    """screen: None: it is left as it is from now on."""

    live: Live
    screen: LiveScreen | None


class LiveMessages:
    """Looks again and again for messages that show less than is so, until cancelled."""

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
        """on_left: called when changes were left to be sent."""
        self._office = office
        self._commit = commit
        self._house = house
        self._now = now
        self._on_left = on_left
        self._sleep = sleep
        #: by message, how things stood when it was put into words last
        self._stood: dict[int, Hashable] = {}

    async def run(self) -> None:
        """Begins with those that were followed before a restart."""
        while True:
            began = time.monotonic()
            try:
                if await self._look():
                    self._on_left()
            except Exception as error:  # noqa: BLE001  # whatever it is, the next look may find it mended
                log.error("progress could not be shown; trying again", extra={"error": type(error).__name__})
            await self._sleep(max(EVERY_SECONDS, _REST * (time.monotonic() - began)))

    async def _look(self) -> int:
        """Leave the changes that are due for the bot to send; return how many."""
        due = await asyncio.to_thread(self._office.read, self._due)
        changed = 0
        for start in range(0, len(due), _AT_ONCE):
            changed += await self._commit.once(partial(self._leave, due=due[start : start + _AT_ONCE]))
        return changed

    def _due(self, session: Session) -> list[_Due]:
        found = live_messages(session)
        if not found:
            return []
        waiting = on_their_way(session, found)
        rendered: dict[tuple[str, str | None], LiveScreen | None] = {}
        stands = self._standing(session, {live.about for live in found})
        moved = [live for live in found if live.id not in waiting and self._stood.get(live.id) != stands[live.about]]
        due = [self._seen(session, live, rendered) for live in moved]
        self._stood = {live.id: stands[live.about] for live in found if live.id not in waiting}
        return [one for one in due if one]

    def _standing(self, session: Session, names: Collection[str]) -> dict[str, Hashable]:
        """Of each batch what tells cheaply that it moved: its counts, its order, and the minute."""
        ordered, minute = orders(session), self._now().replace(second=0, microsecond=0)
        return {name: (frozenset(states_of(session, name).items()), ordered.get(name), minute) for name in names}

    def _seen(
        self, session: Session, live: Live, rendered: dict[tuple[str, str | None], LiveScreen | None]
    ) -> _Due | None:
        """What is to be done about a message. rendered: what was put into words in this look, each only once."""
        now = self._now()
        gone = acting_of(session, live.account, self._house.operators) is None
        if gone or live.changed_at <= now - FOLLOWED_FOR:
            return _Due(live, None)
        language = language_of(session, Channel.TELEGRAM, live.account)
        which = live.about, language
        if which not in rendered:
            glance = Glance(session, self._house.wordings.of(language), self._house, now)
            rendered[which] = live_screen(glance, live.about)
        screen = rendered[which]
        if screen is None or (screen.over and shown_index(session, screen.shown) == live.shown_index):
            return _Due(live, None)
        return None if shown_index(session, screen.shown) == live.shown_index else _Due(live, screen)

    def _leave(self, session: Session, due: Sequence[_Due]) -> int:
        now, changed = self._now(), 0
        for one in due:
            if one.screen is None:
                end(session, one.live, now=now)
                continue
            call = as_json(one.screen.edit(int(one.live.account), one.live.chat_message_id))
            changed += change(session, one.live, one.screen.shown, call, now=now, over=one.screen.over)
        return changed
