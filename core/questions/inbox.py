"""What waits in the inbox."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.sealing import Seal
from core.store.words import UpdateState

#: What operators are told waits for them: nobody sits there waiting for it, as for an answer.
OPERATORS_ARE_TOLD_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Replies:
    """What is left to say to an update. calls: as JSON; sent of them left already; since: how old they are.

    lasts: how long they are worth sending; None: as long as an answer is.
    """

    inbox_id: int
    calls: list[dict[str, Any]]
    sent: int
    since: datetime
    lasts: timedelta | None = None

    def __repr__(self) -> str:
        """The id only: what a person is told must not reach a log."""
        return f"Replies(inbox_id={self.inbox_id})"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not done. replies: None while undecided."""

    inbox_id: int
    person: bytes
    body: dict[str, Any]
    replies: Replies | None

    def __repr__(self) -> str:
        """The id only: what a person wrote must not reach a log."""
        return f"Waiting(inbox_id={self.inbox_id})"


def waiting_updates(session: Session, *, after: int = 0, most: int = 100) -> list[Waiting]:
    """Return updates that are received or decided, oldest first, from past an inbox id on."""
    query = (
        select(InboxUpdate)
        .where(InboxUpdate.state.in_((UpdateState.RECEIVED, UpdateState.DECIDED)), InboxUpdate.id > after)
        .order_by(InboxUpdate.id)
        .limit(most)
    )
    return [_waiting(row, seal_of(session)) for row in session.scalars(query)]


def _waiting(row: InboxUpdate, seal: Seal) -> Waiting:
    replies = None
    if row.replies_sealed is not None:
        calls = json.loads(seal.open(row.replies_sealed))
        lasts = OPERATORS_ARE_TOLD_WITHIN if row.update_id < 0 else None
        replies = Replies(row.id, calls, sent=row.replies_sent, since=row.received_at, lasts=lasts)
    return Waiting(row.id, row.person_index, json.loads(seal.open(row.body_sealed)), replies)


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """A chat message to delete."""

    id: int
    chat_id: int
    message_id: int


def questions_to_delete(session: Session, *, now: datetime, most: int = 20) -> list[DueQuestion]:
    """Return the chat messages whose hour is over."""
    query = select(QuestionToDelete).where(QuestionToDelete.due_at <= now).order_by(QuestionToDelete.due_at).limit(most)
    seal = seal_of(session)
    return [DueQuestion(row.id, int(seal.open(row.chat_sealed)), row.chat_message_id) for row in session.scalars(query)]
