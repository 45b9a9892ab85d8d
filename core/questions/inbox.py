"""What waits in the inbox, person by person: one person's updates are handled in order, different people's at once."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.sealing import Seal
from core.store.words import UpdateState

#: What operators are told waits for them: nobody sits there waiting for it, as for an answer.
OPERATORS_ARE_TOLD_WITHIN = timedelta(days=1)
#: In the very words of the index; with parameters for the states, no database could see that it fits.
IS_WAITING: ColumnElement[bool] = literal_column("state IN ('received', 'decided')")

#: Why an update too large to be kept is set aside, and how its stub is told from one with content.
OVERSIZED = "oversized"

_COLUMNS = (
    InboxUpdate.id,
    InboxUpdate.update_id,
    InboxUpdate.person_index,
    InboxUpdate.received_at,
    InboxUpdate.body_sealed,
    InboxUpdate.replies_sealed,
    InboxUpdate.replies_sent,
)


@dataclass(frozen=True, slots=True)
class Replies:
    """What is left to say to an update. calls: as JSON; sent of them left already; since: how old they are.

    lasts: how long they are worth sending; None: as long as an answer is. received_at: when what they answer came.
    """

    inbox_id: int
    calls: list[dict[str, Any]]
    sent: int
    since: datetime
    lasts: timedelta | None = None
    received_at: datetime | None = None

    def __repr__(self) -> str:
        """The id only: what a person is told must not reach a log."""
        return f"Replies(inbox_id={self.inbox_id})"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not done. replies: None while undecided."""

    inbox_id: int
    person: bytes
    received_at: datetime
    body: dict[str, Any]
    replies: Replies | None

    def __repr__(self) -> str:
        """The id only: what a person wrote must not reach a log."""
        return f"Waiting(inbox_id={self.inbox_id})"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who waits. undecided: for more than replies to leave. waiting: how many updates. newest: the last id."""

    index: bytes
    undecided: bool
    waiting: int
    newest: int


def waiting_people(session: Session, *, most: int) -> list[Person]:
    """Return who waits: first those with something undecided, then those to whom older answers are left to send.

    Who waits longest comes first. However much one person wrote, she is one among the others.
    """
    undecided = func.max(case((InboxUpdate.state == UpdateState.RECEIVED, 1), else_=0))
    oldest, newest = func.min(InboxUpdate.id), func.max(InboxUpdate.id)
    query = (
        select(InboxUpdate.person_index, undecided, func.count(), newest)
        .where(IS_WAITING)
        .group_by(InboxUpdate.person_index)
        .order_by(undecided.desc(), oldest)
        .limit(most)
    )
    return [Person(index, bool(some), waiting, last) for index, some, waiting, last in session.execute(query)]


def before_newest(session: Session, person: bytes, newest: int) -> int:
    """Return the number up to which the updates of a person go that wait, without the newest so many; 0: none."""
    query = select(InboxUpdate.id).where(IS_WAITING, InboxUpdate.person_index == person)
    return session.scalar(query.order_by(InboxUpdate.id.desc()).offset(newest).limit(1)) or 0


def updates_of(session: Session, people: Collection[bytes], *, after: int = 0, most: int) -> list[Waiting]:
    """Return what waits of these people from past an inbox id on, oldest first."""
    return _all(session, _waiting_after(after, most).where(InboxUpdate.person_index.in_(people)))


def waiting_updates(session: Session, *, after: int = 0, most: int = 100) -> list[Waiting]:
    """Return what waits of everybody from past an inbox id on, oldest first."""
    return _all(session, _waiting_after(after, most))


def _waiting_after(after: int, most: int) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(IS_WAITING, InboxUpdate.id > after).order_by(InboxUpdate.id).limit(most)


def _all(session: Session, query: Select[*tuple[Any, ...]]) -> list[Waiting]:
    seal = seal_of(session)
    return [_waiting(row, seal) for row in session.execute(query)]


def _waiting(row: Row[Any], seal: Seal) -> Waiting:
    replies = None
    if row.replies_sealed is not None:
        kept = json.loads(seal.open(row.replies_sealed))
        since, calls = row.received_at, kept
        if isinstance(kept, dict):
            since, calls = datetime.fromisoformat(kept["since"]), kept["calls"]
        lasts = OPERATORS_ARE_TOLD_WITHIN if row.update_id < 0 else None
        replies = Replies(row.id, calls, row.replies_sent, since, lasts, row.received_at)
    body = json.loads(seal.open(row.body_sealed))
    return Waiting(row.id, row.person_index, row.received_at, body, replies)


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
