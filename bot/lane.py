"""One person's updates from first to last: decided in order, then answered. Several people's are decided in one act."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

from sqlalchemy.orm import Session

from bot.alone import Alone
from bot.backlog import FLOOD, NEWEST_READ, Decided, in_order, may_go_unread, worth_answering
from bot.commit import Commit, Finishing
from bot.decide import Decider
from bot.reading import must_not_stay_unread
from bot.receive import Sleep
from bot.send import Courier
from bot.updates import content_of, is_oversized, private_chat_of
from core.actions.inbox import Question, decide_all, leave_unread, overtake
from core.questions.inbox import Replies, Waiting, before_newest, updates_of
from core.store.office import OpenOffice

#: Updates decided in one act, so that it lasts less than 50 ms. On PostgreSQL one: no lock waits for others' acts.
_TOGETHER = 16
#: Updates of a flood that are looked into at once.
_LOOKED_INTO = 500

#: What waits of one person, oldest first.
Lane = list[Waiting]


class Lanes:
    """What happens to the updates of whoever is in hand."""

    def __init__(
        self,
        office: OpenOffice,
        commit: Commit,
        decider: Decider,
        courier: Courier,
        *,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._office = office
        self._commit = commit
        self._decider = decider
        self._courier = courier
        self._now = now
        self._alone = Alone(commit, decider, courier, now=now, sleep=sleep)
        self._finish = Finishing(commit, now=now)
        self._together = _TOGETHER if office.backend == "sqlite" else 1
        self._is_plain = may_go_unread(decider.house.wordings)

    async def read(self, people: Sequence[bytes]) -> list[list[Lane]]:
        """Return what waits of these people, in groups that can be decided together."""
        lanes: dict[bytes, Lane] = {}
        for update in await self._read(people, most=FLOOD * len(people)) if people else []:
            lanes.setdefault(update.person, []).append(update)
        return list(_in_groups(list(lanes.values()), self._together))

    async def decide(self, group: Sequence[Lane]) -> list[list[Decided]]:
        """Decide what is undecided; what cannot be decided with the others is decided alone, and fails alone."""
        undecided = [update for update in chain(*group) if update.replies is None]
        if any(is_oversized(update.body) for update in undecided):
            return [await self._one_by_one(lane) for lane in group]
        try:
            replies = await self._commit.once(partial(self._act, undecided=undecided)) if undecided else {}
        except Exception:  # noqa: BLE001  # nothing of it happened; whose it was shows when each is alone
            return list(await asyncio.gather(*(self._one_by_one(lane) for lane in group)))
        return [[(update, update.replies or replies[update.inbox_id]) for update in lane] for lane in group]

    async def answer(self, decided: Sequence[Decided]) -> bool:
        """Answer one person; return whether something is left for when everybody was answered once."""
        if in_order(decided, now=self._now()):
            for _, replies in decided:
                await self._send(replies)
            return False
        leaving = worth_answering(decided)
        await self._overtake([one for one in decided if one not in leaving])
        for _, replies in leaving[:1]:
            await self._send(replies)
        return len(leaving) > 1

    async def ebb(self, person: bytes) -> bool:
        """Likewise one person who writes more than anybody can answer: most of it is not even read."""
        await self._leave_unread(person)
        told: list[Decided] = []
        after = 0
        while True:
            lane = await self._read([person], after=after, most=FLOOD + 1)
            decided: list[Decided] = []
            for start in range(0, min(FLOOD, len(lane)), self._together):
                (part,) = await self.decide([lane[start : min(FLOOD, start + self._together)]])
                decided += part
            if len(lane) <= FLOOD:
                return await self.answer([*told, *decided])
            await self._overtake(decided)  # a newer one waits
            # What operators are told still waits: read once more, it would stand before what is newer for ever.
            told += [one for one in decided if one[1].lasts is not None]
            after = lane[FLOOD - 1].inbox_id

    async def _leave_unread(self, person: bytes) -> None:
        end = await asyncio.to_thread(self._office.read, partial(before_newest, person=person, newest=NEWEST_READ))
        after = 0
        while lane := [u for u in await self._read([person], after=after, most=_LOOKED_INTO) if u.inbox_id <= end]:
            unread = [update for update in lane if self._is_plain(update.body)]
            # Off the loop: somebody may have written what is slow to look through.
            questions = await asyncio.to_thread(_must_not_stay, unread)
            numbers = [update.inbox_id for update in unread]
            await self._commit(partial(leave_unread, inbox_ids=numbers, questions=questions, now=self._now()))
            after = lane[-1].inbox_id

    async def _one_by_one(self, lane: Lane) -> list[Decided]:
        decided = [(update, update.replies or await self._alone.decide(update)) for update in lane]
        return [(update, replies) for update, replies in decided if replies is not None]

    def _act(self, session: Session, undecided: Sequence[Waiting]) -> dict[int, Replies]:
        now = self._now()
        calls = {}
        for update in undecided:
            calls[update.inbox_id] = self._decider.replies(session, update, now=now)
            session.flush()
            session.expunge_all()  # what one changed, the next reads anew
        decide_all(session, calls, now=now)
        return {u.inbox_id: Replies(u.inbox_id, calls[u.inbox_id], 0, now, None, u.received_at) for u in undecided}

    async def _send(self, replies: Replies) -> None:
        await self._courier.deliver(replies)
        await self._finish(replies.inbox_id)

    async def _overtake(self, decided: Sequence[Decided]) -> None:
        """All but what operators are told, which is an answer to nothing; what asks for no answer is simply done."""
        answers = [replies for _, replies in decided if replies.lasts is None]
        if vain := [replies.inbox_id for replies in answers if replies.calls]:
            await self._commit(partial(overtake, inbox_ids=vain, now=self._now()))
        for silent in (replies.inbox_id for replies in answers if not replies.calls):
            await self._finish(silent)

    async def _read(self, people: Sequence[bytes], *, most: int, after: int = 0) -> Lane:
        question = partial(updates_of, people=people, after=after, most=most)
        return await asyncio.to_thread(self._office.read, question)


def _must_not_stay(unread: Sequence[Waiting]) -> list[Question]:
    """Those that a handler would have had deleted; in groups, which are not ours, none would."""
    questions = []
    for update in unread:
        message, chat_id = content_of(update.body) or {}, private_chat_of(update.body)
        message_id = message.get("message_id")
        if chat_id is not None and isinstance(message_id, int) and must_not_stay_unread(message):
            questions.append(Question(update.inbox_id, chat_id, message_id))
    return questions


def _in_groups(lanes: Sequence[Lane], most: int) -> Iterator[list[Lane]]:
    """Whole people, so many that about `most` updates are decided together."""
    group: list[Lane] = []
    for lane in lanes:
        if group and sum(map(len, group)) + len(lane) > most:
            yield group
            group = []
        group.append(lane)
    if group:
        yield group
