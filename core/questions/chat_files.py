"""Lists that officials sent in the chat: which are to be worked on, and what is known of one."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.office import seal_of
from core.store.official_tables import ChatFile
from core.store.tables import ImportRun
from core.store.words import FileState

#: While it stands at one of these, what was sent is kept.
OPEN = (FileState.SENT, FileState.LOOKED, FileState.CONFIRMED)
#: The program has something to do with it; at LOOKED it is the official's turn.
_AT_WORK = (FileState.SENT, FileState.CONFIRMED)
_MOST = 20


@dataclass(frozen=True, slots=True)
class ChatList:
    """chat_id: the official's own. file_id: Telegram's; both are "" once it is over. report: as it is kept."""

    id: int
    state: FileState
    kind: str | None
    chat_id: str = field(repr=False)
    file_id: str = field(repr=False)
    report: dict[str, Any]
    by: str
    sent_at: datetime
    changed_at: datetime


def chat_list(session: Session, list_id: int) -> ChatList | None:
    """Return a list by its number."""
    row = session.get(ChatFile, list_id)
    return _view(session, row) if row else None


def lists_at_work(session: Session) -> list[ChatList]:
    """Return what is to be looked through or taken in, the oldest first."""
    query = select(ChatFile).where(ChatFile.state.in_(_AT_WORK)).order_by(ChatFile.id).limit(_MOST)
    return [_view(session, row) for row in session.scalars(query)]


def kept_lists(session: Session) -> frozenset[int]:
    """Return the numbers of those of which the file may still be needed."""
    return frozenset(session.scalars(select(ChatFile.id).where(ChatFile.state.in_(OPEN))))


def ended_run(session: Session, digest: str, *, by: str, since: datetime) -> Counter[str] | None:
    """Return the counts of the run that took this in to its end, if there was one since then."""
    run = session.scalar(
        select(ImportRun)
        .where(
            ImportRun.file_digest == digest,
            ImportRun.by == by,
            ImportRun.started_at >= since,
            ImportRun.ended_at.is_not(None),
        )
        .order_by(ImportRun.id.desc())
        .limit(1)
    )
    return Counter(run.counts) if run else None


def _view(session: Session, row: ChatFile) -> ChatList:
    seal = seal_of(session)
    chat_id, file_id = (seal.open(part) if part else "" for part in (row.chat_sealed, row.file_sealed))
    return ChatList(row.id, row.state, row.kind, chat_id, file_id, row.report, row.by, row.sent_at, row.changed_at)
