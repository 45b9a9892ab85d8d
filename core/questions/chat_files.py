"""Lists that officials sent in the chat: which are to be worked on, and what is known of one."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import decompressobj

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.questions.officials import acting_of
from core.questions.regions import office_row
from core.rules.officials import Deed
from core.store.office import seal_of
from core.store.official_tables import ChatFile, ListPart
from core.store.tables import ImportRun
from core.store.words import FileState

#: While it stands at one of these, what was sent is kept.
OPEN = (FileState.SENT, FileState.LOOKED, FileState.CONFIRMED)
#: The program has something to do with it; at LOOKED it is the official's turn.
_AT_WORK = (FileState.SENT, FileState.CONFIRMED)
_MOST = 20
_PARTS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class ChatList:
    """chat_id: the official's own. file_id: Telegram's; both are "" once it is over. report: as it is kept.

    here: its content is. found: what looking it through, or taking it in, came to; None while that is to be done.
    """

    id: int
    state: FileState
    kind: str | None
    chat_id: str = field(repr=False)
    file_id: str = field(repr=False)
    report: dict[str, Any]
    by: str
    sent_at: datetime
    changed_at: datetime
    here: bool
    found: dict[str, Any] | None


class NotHereError(Exception):
    """What a list holds is not here, or no more."""


def chat_list(session: Session, list_id: int) -> ChatList | None:
    """Return a list by its number."""
    row = session.get(ChatFile, list_id)
    return _view(session, row) if row else None


def lists_under_way(session: Session) -> list[ChatList]:
    """Return those that it is not the official's turn with, the oldest first."""
    return _lists(session, select(ChatFile).where(ChatFile.state.in_(_AT_WORK)))


def lists_at_work(session: Session) -> list[ChatList]:
    """Return those of them that are to be looked through or taken in, and are here to be read."""
    return [one for one in _lists(session, lists_to_read()) if one.here]


def lists_to_read() -> Select[ChatFile]:
    """Those of which nothing was found yet, and all was once here."""
    return select(ChatFile).where(ChatFile.state.in_(_AT_WORK), ChatFile.found.is_(None), ChatFile.parts.is_not(None))


def sender_may(session: Session, one: ChatList, operators: Collection[str]) -> bool:
    """Whether whoever sent it still may. operators: Telegram account numbers."""
    acting = acting_of(session, one.chat_id, operators)
    return acting is not None and acting.may(Deed.IMPORT, office_row(session).regency)


def unpack_list(session: Session, list_id: int, write: Callable[[bytes], object]) -> None:
    """Hand on what a list holds, piece by piece. Raises NotHereError."""
    open_bytes, expanding = seal_of(session).open_bytes, decompressobj()
    query = select(ListPart.content_sealed).where(ListPart.chat_file_id == list_id).order_by(ListPart.number)
    for sealed in session.scalars(query.execution_options(yield_per=_PARTS_AT_ONCE)):
        write(expanding.decompress(open_bytes(sealed)))
    if not expanding.eof:
        raise NotHereError


def is_here(session: Session, row: ChatFile) -> bool:
    """Whether all of what a list holds is here; an office that was put back from a backup has none of it."""
    held = select(func.count()).select_from(ListPart).where(ListPart.chat_file_id == row.id)
    return row.parts is not None and session.scalar(held) == row.parts


def run_of(session: Session, list_id: int) -> ImportRun | None:
    """Return the run that takes a list in, once it was begun; its counts tell how far it is."""
    return session.scalar(
        select(ImportRun).join(ChatFile, ChatFile.run_id == ImportRun.id).where(ChatFile.id == list_id)
    )


def _lists(session: Session, which: Select[ChatFile]) -> list[ChatList]:
    return [_view(session, row) for row in session.scalars(which.order_by(ChatFile.id).limit(_MOST))]


def _view(session: Session, row: ChatFile) -> ChatList:
    seal = seal_of(session)
    chat_id, file_id = (seal.open(part) if part else "" for part in (row.chat_sealed, row.file_sealed))
    return ChatList(
        row.id,
        row.state,
        row.kind,
        chat_id,
        file_id,
        row.report,
        row.by,
        row.sent_at,
        row.changed_at,
        is_here(session, row),
        row.found,
    )
