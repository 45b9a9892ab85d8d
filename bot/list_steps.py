"""The steps of one list that an official sent, for which Telegram is needed: fetch it, tell how far it is, say what
became of it. In between, core/jobs/sent_lists.py looks it through and takes it in.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
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
from bot.replies import Reply, as_json
from bot.send import Pace
from bot.talk import House
from core.actions.chat_files import end_list, note_looked
from core.actions.telling import leave_calls
from core.jobs.list_content import keep_list
from core.jobs.sent_lists import COUNTS, FAULT, KIND, KINDS, REPORT
from core.questions.chat_files import ChatList, run_of, sender_may
from core.questions.languages import language_of
from core.rules.delivery import Channel
from core.store.office import OpenOffice
from core.store.words import FileState
from core.wording import Wording

T = TypeVar("T")

#: The message that tells how far it is changes at each so many-th look.
_LOOKS_BETWEEN = 3
_PROGRAM = "kabar"


class ListSteps:
    """Works on the list it is given; each step raises what hindered it, and is done anew then."""

    def __init__(
        self,
        bot: Bot,
        office: OpenOffice,
        commit: Commit,
        house: House,
        *,
        pace: Pace,
        on_left: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._office = office
        self._commit = commit
        self._house = house
        self._pace = pace
        self._on_left = on_left
        self._now = now
        self._out_of_the_chat: set[int] = set()
        self._looks: dict[int, int] = {}
        self._shown: dict[int, str] = {}

    async def step(self, one: ChatList) -> None:
        """Do what is to be done with it now. Whoever may not any more is not told so: that was said elsewhere."""
        may = await self._ask(partial(sender_may, one=one, operators=self._house.operators))
        if one.found and COUNTS in one.found:  # it is in, whoever she is by now
            calls = done_calls(await self._words(one), one, one.found[COUNTS]) if may else []
            await self._end(one, FileState.DONE, calls)
        elif not may:
            await delete_message(self._bot, one.chat_id, one.report["message"])
            await self._end(one, FileState.DROPPED, [])
        elif one.found:
            await self._say_found(one, one.found)
        elif not one.here:
            await asyncio.to_thread(keep_list, self._office, one.id, await fetch(self._bot, one.file_id))
        elif one.state is FileState.CONFIRMED:
            await self._show_progress(one)
        else:
            await self._take_out_of_the_chat(one)

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

    async def _say_found(self, one: ChatList, found: Mapping[str, Any]) -> None:
        if FAULT in found:
            await self.refuse(one, found[FAULT])
            return
        await self._take_out_of_the_chat(one)
        w = await self._words(one)
        kind, report = (found[KIND], found[REPORT]) if KIND in found else (None, {KINDS: found[KINDS]})

        def note(session: Session) -> None:
            now = self._now()
            if not note_looked(session, one.id, kind=kind, report=one.report | report, now=now):
                return
            calls = looked_calls(self._house, w, one, kind, report) if kind else asked_kind(w, one, report[KINDS])
            self._leave(session, one=one, calls=calls, what=f"looked {kind}")
            if kind and not report["rows"]:
                end_list(session, one.id, FileState.REFUSED, by=_PROGRAM, now=now)

        await self._commit(note)
        self._on_left()

    async def _take_out_of_the_chat(self, one: ChatList) -> None:
        """The message that it came in; its content is kept."""
        if one.id not in self._out_of_the_chat:
            await delete_message(self._bot, one.chat_id, one.report["message"])
            self._out_of_the_chat.add(one.id)

    async def _show_progress(self, one: ChatList) -> None:
        """Change the message while it goes on; one that cannot be changed is no matter."""
        looks = self._looks[one.id] = self._looks.get(one.id, 0) + 1
        if looks % _LOOKS_BETWEEN:
            return
        run, rows, w = await self._ask(partial(run_of, list_id=one.id)), one.report["rows"], await self._words(one)
        taken = min(sum(run.counts.values()), rows) if run else 0
        text = w.text("list-taking", n=taken, dari=rows)
        if text == self._shown.get(one.id, w.text("list-taking", n=0, dari=rows)):
            return
        self._shown[one.id] = text
        with suppress(AiogramError, OSError):
            await self._pace.turn(one.chat_id, answer=True)
            await self._bot(EditMessageText(chat_id=one.chat_id, message_id=one.report["shown"], text=text))

    async def _end(self, one: ChatList, state: FileState, calls: Sequence[Reply]) -> None:
        def end(session: Session) -> None:
            if end_list(session, one.id, state, by=_PROGRAM, now=self._now()):
                self._leave(session, one=one, calls=calls, what=state.value)

        await self._commit(end)
        self._on_left()

    def _leave(self, session: Session, *, one: ChatList, calls: Sequence[Reply], what: str) -> None:
        if calls:
            kept = [as_json(call) for call in calls]
            leave_calls(session, one.chat_id, kept, key=f"list {one.id} {what}", now=self._now())

    async def _words(self, one: ChatList) -> Wording:
        language = await self._ask(partial(language_of, channel=Channel.TELEGRAM, address=one.chat_id))
        return self._house.wordings.of(language)

    async def _ask(self, question: Callable[[Session], T]) -> T:
        return await asyncio.to_thread(self._office.read, question)
