"""What a list holds that was sent in the chat: kept in sealed parts, a transaction each, until it is over.

Nobody reads it before its last part is in; parts are written over, so whoever was killed in it begins anew.
"""

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from core.questions.chat_files import OPEN, is_here
from core.store.office import seal_of
from core.store.official_tables import ChatFile, ListPart
from core.store.per_database import insert_or

#: Most lists have fewer; a large one's would hold SQLite's writer for a quarter of a second.
_MOST_ERASED_AT_ONCE = 8


def keep_part(session: Session, list_id: int, number: int, content: bytes) -> bool:
    """Keep one part; False if nobody needs the list any more, or if it is here whole already."""
    row = _wanting(session, list_id)
    if row is None:
        return False
    row.parts = None  # those that a backup left out come anew
    sealed = seal_of(session).seal_bytes(content)
    put = insert_or(session, ListPart).values(chat_file_id=list_id, number=number, content_sealed=sealed)
    session.execute(
        put.on_conflict_do_update(index_elements=["chat_file_id", "number"], set_={"content_sealed": sealed})
    )
    return True


def note_kept(session: Session, list_id: int, *, parts: int) -> None:
    """Note that all of its parts are in: from now on it can be read."""
    row = _wanting(session, list_id)
    if row is not None:
        row.parts = parts


def erase_left_parts(session: Session) -> int:
    """Erase a bounded part of what is held of lists that are over; return how many parts that were."""
    still_open = select(ChatFile.id).where(ChatFile.state.in_(OPEN))
    list_id = session.scalar(select(ListPart.chat_file_id).where(ListPart.chat_file_id.not_in(still_open)).limit(1))
    of_it = ListPart.chat_file_id == list_id
    some = select(ListPart.number).where(of_it).order_by(ListPart.number).limit(_MOST_ERASED_AT_ONCE)
    erased = session.execute(delete(ListPart).where(of_it, ListPart.number.in_(some)))
    return erased.rowcount if isinstance(erased, CursorResult) else 0


def _wanting(session: Session, list_id: int) -> ChatFile | None:
    """The list, if its content is wanted and not here; it neither ends nor is completed until this is over."""
    row = session.get(ChatFile, list_id, with_for_update=True)
    return None if row is None or row.state not in OPEN or is_here(session, row) else row
