"""The steps of one list that an official sent: fetch and seal it, look it through, take it in."""

import asyncio
import gc
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy.orm import Session

from bot.commit import Commit
from bot.downloading import delete_message, fetch
from bot.list_words import asked_kind, done_calls, looked_calls
from bot.receive import Sleep
from bot.replies import Reply, as_json
from bot.send import Pace
from bot.talk import House
from core.actions.chat_files import end_list, note_looked
from core.actions.telling import leave_calls
from core.files.kinds_in import kinds_in
from core.jobs.chat_lists import Terms, look_through, take_in
from core.jobs.list_folder import ListFolder
from core.questions.chat_files import ChatList
from core.questions.languages import language_of
from core.questions.officials import acting_of
from core.questions.regions import office_row
from core.rules.delivery import Channel
from core.rules.officials import Deed
from core.store.office import OpenOffice
from core.store.words import FileState
from core.wording import Wording

T = TypeVar("T")

#: Between two changes of the message that tells how far it is.
SHOWN_EVERY_SECONDS = 3.0
#: A stop waits this long for the chunk under way.
_STOP_SECONDS = 5.0
_PROGRAM = "kabar"


class StoppedError(Exception):
    """The bot is stopping; what was taken stays, and the next start goes on."""


class ListSteps:
    """Works on the list it is given; each step raises what hindered it, and is done anew then."""

    def __init__(
        self,
        bot: Bot,
        office: OpenOffice,
        commit: Commit,
        house: House,
        folder: ListFolder,
        *,
        pace: Pace,
        on_left: Callable[[], None],
        now: Callable[[], datetime],
        sleep: Sleep,
    ) -> None:
        self.folder = folder
        self._bot = bot
        self._office = office
        self._commit = commit
        self._house = house
        self._pace = pace
        self._on_left = on_left
        self._now = now
        self._sleep = sleep
        self._stopping = threading.Event()
        self._under_way: asyncio.Future[Any] | None = None
        self._far = (0, 0)

    async def step(self, one: ChatList) -> None:
        """Do what is to be done with it now. Whoever may not any more is not told so: that was said elsewhere."""
        if not await self._ask(partial(_still_may, one=one, operators=self._house.operators)):
            await delete_message(self._bot, one.chat_id, one.report["message"])
            await self._end(one, FileState.DROPPED, [])
            return
        await self._have(one)
        if one.state is FileState.SENT:
            await self._look_through(one)
        else:
            await self._take_in(one)

    async def refuse(self, one: ChatList, fault: str) -> None:
        """End a list that cannot be used. fault: the end of the text's name."""
        with suppress(AiogramError, OSError):  # it goes an hour after it came in any case
            await delete_message(self._bot, one.chat_id, one.report["message"])
        w = await self._words(one)
        key = "list-unreadable" if one.state is FileState.SENT else "list-stopped"
        said = SendMessage(chat_id=one.chat_id, text=w.text(key, sebab=w.text(f"list-fault-{fault}")))
        await self._end(one, FileState.REFUSED, [said])

    async def tell_dropped(self, one: ChatList) -> None:
        """Nobody decided on it."""
        w = await self._words(one)
        said = SendMessage(chat_id=one.chat_id, text=w.text("list-expired"))
        await self._commit(partial(self._leave, one=one, calls=[said], what="expired"))
        self._on_left()

    async def stop(self) -> None:
        """Have the reading or taking under way end after its chunk."""
        self._stopping.set()
        if self._under_way is not None and not self._under_way.done():
            await asyncio.wait([self._under_way], timeout=_STOP_SECONDS)

    async def _have(self, one: ChatList) -> None:
        """Have its file here, sealed, and the message that it came in out of the chat."""
        if not self.folder.holds(one.id):
            content = await fetch(self._bot, one.file_id)
            await asyncio.to_thread(self.folder.keep, one.id, content)
        if one.state is FileState.SENT:
            await delete_message(self._bot, one.chat_id, one.report["message"])

    async def _look_through(self, one: ChatList) -> None:
        kind, report = await self._in_thread(partial(self._read, one))
        w = await self._words(one)

        def note(session: Session) -> None:
            now = self._now()
            if not note_looked(session, one.id, kind=kind, report=one.report | report, now=now):
                return
            calls = looked_calls(self._house, w, one, kind, report) if kind else asked_kind(w, one, report["kinds"])
            self._leave(session, one=one, calls=calls, what=f"looked {kind}")
            if kind and not report["rows"]:
                end_list(session, one.id, FileState.REFUSED, by=_PROGRAM, now=now)

        await self._commit(note)
        self._on_left()
        if kind and not report["rows"]:
            self.folder.erase(one.id)

    def _read(self, one: ChatList) -> tuple[str | None, dict[str, Any]]:
        """Its kind and what it would do; or no kind, and those that it may be."""
        with self.folder.opened(one.id) as path:
            kind = one.kind
            if kind is None:
                kinds, sure = kinds_in(path)
                if not sure:
                    return None, {"kinds": kinds}
                (kind,) = kinds
            return kind, look_through(self._office, path, kind, self._terms(one), self._note_progress)

    async def _take_in(self, one: ChatList) -> None:
        self._far = (0, one.report["rows"])
        w = await self._words(one)
        showing = asyncio.create_task(self._show_progress(one, w))
        try:
            counts = await self._in_thread(partial(self._take, one))
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        await self._end(one, FileState.DONE, done_calls(w, one, counts))

    def _take(self, one: ChatList) -> dict[str, int]:
        with self.folder.opened(one.id) as path:
            kind, terms, since = one.kind or "", self._terms(one), one.changed_at
            counts = take_in(self._office, path, kind, one.report, terms, since=since, progress=self._note_progress)
        gc.collect()
        gc.freeze()  # the taking thawed what lasts as long as the process (cli/chores.py)
        return dict(counts)

    async def _show_progress(self, one: ChatList, w: Wording) -> None:
        """Change the message while it goes on; one that cannot be changed is no matter."""
        shown = w.text("list-taking", n=0, dari=one.report["rows"])
        while True:
            await self._sleep(SHOWN_EVERY_SECONDS)
            taken, rows = self._far
            if (text := w.text("list-taking", n=taken, dari=rows)) == shown:
                continue
            shown = text
            with suppress(AiogramError, OSError):
                await self._pace.turn(one.chat_id, answer=True)
                await self._bot(EditMessageText(chat_id=one.chat_id, message_id=one.report["shown"], text=text))

    def _note_progress(self, phase: str, done: int, of: int) -> None:
        if self._stopping.is_set():
            raise StoppedError
        if phase == "writing":
            self._far = (done, max(of, self._far[1]))

    async def _end(self, one: ChatList, state: FileState, calls: Sequence[Reply]) -> None:
        def end(session: Session) -> None:
            if end_list(session, one.id, state, by=_PROGRAM, now=self._now()):
                self._leave(session, one=one, calls=calls, what=state.value)

        await self._commit(end)
        self._on_left()
        await asyncio.to_thread(self.folder.erase, one.id)

    def _leave(self, session: Session, *, one: ChatList, calls: Sequence[Reply], what: str) -> None:
        if calls:
            kept = [as_json(call) for call in calls]
            leave_calls(session, one.chat_id, kept, key=f"list {one.id} {what}", now=self._now())

    async def _words(self, one: ChatList) -> Wording:
        language = await self._ask(partial(language_of, channel=Channel.TELEGRAM, address=one.chat_id))
        return self._house.wordings.of(language)

    def _terms(self, one: ChatList) -> Terms:
        now = self._now()
        today = now.astimezone(self._house.zone).date()
        return Terms(today=today, now=now, by=one.by, validity=self._house.validity)

    async def _ask(self, question: Callable[[Session], T]) -> T:
        return await asyncio.to_thread(self._office.read, question)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """A thread cannot be cancelled: it sees the stop at its next step, and `stop` waits for that."""
        self._under_way = asyncio.ensure_future(asyncio.to_thread(work))
        self._under_way.add_done_callback(_seen)
        done: T = await asyncio.shield(self._under_way)
        return done


def _still_may(session: Session, one: ChatList, operators: frozenset[str]) -> bool:
    acting = acting_of(session, one.chat_id, operators)
    return acting is not None and acting.may(Deed.IMPORT, office_row(session).regency)


def _seen(done: asyncio.Future[Any]) -> None:
    """Whoever waited for it may be gone; then nobody else looks at how it ended."""
    if not done.cancelled():
        done.exception()
