"""Lists sent in the chat: kept while somebody has to look at them, moved on only from the state they were seen in.

What is read of one goes into its report: counts, reasons, row numbers; never a cell. Once it is over, neither its name,
nor Telegram's number of it, nor what it holds is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.list_parts import erase_left_parts
from core.questions.chat_files import OPEN, ChatList
from core.questions.regions import office_row
from core.store.office import seal_of
from core.store.official_tables import ChatFile, ListPart
from core.store.words import FileState

#: Whoever did not decide within so long sends it again: by then it speaks of another day.
DROPPED_AFTER = timedelta(days=1)
#: What became of a list is told for so long to whoever presses its old buttons.
_FORGOTTEN_AFTER = timedelta(days=30)
_ENDS = (FileState.DONE, FileState.REFUSED, FileState.DROPPED)
#: Tries at one list, after which it is given up.
MOST_FAILURES = 3
_NOTHING = b""


def send_list(
    session: Session,
    *,
    chat_id: int,
    file_id: str,
    name: str,
    message_id: int,
    kind: str | None,
    by: str,
    now: datetime,
) -> int:
    """Note that an official sent a list; return its number. message_id: the chat's own, which is to go from there."""
    seal = seal_of(session)
    row = ChatFile(
        state=FileState.SENT,
        kind=kind,
        chat_sealed=seal.seal(str(chat_id)),
        file_sealed=seal.seal(file_id),
        name_sealed=seal.seal(name),
        report={"message": message_id},
        by=by,
        sent_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    _fact(session, row.id, "sent", by=by, now=now)
    return row.id


def note_found(session: Session, one: ChatList, found: dict[str, Any]) -> bool:
    """Keep what looking through a list, or taking it in, came to, until that is said; False if somebody was first."""
    row = session.get(ChatFile, one.id, with_for_update=True)
    if row is None or (row.state, row.kind) != (one.state, one.kind) or row.found is not None:
        return False
    row.found = found
    return True


def begin_taking(session: Session, list_id: int, begin: Callable[[Session], int]) -> int:
    """Return the run that takes a list in; of all who do that, at once or after a kill, the first one begins it."""
    office_row(session, lock=True)
    row = session.get_one(ChatFile, list_id)
    if row.run_id is None:
        row.run_id = begin(session)
    return row.run_id


def note_looked(session: Session, list_id: int, *, kind: str | None, report: dict[str, Any], now: datetime) -> bool:
    """Note what a list would do, or (kind None) that its official has to say what it lists; False if it moved on."""
    return _move(
        session,
        list_id,
        (FileState.SENT,),
        now=now,
        report=report,
        state=FileState.LOOKED,
        **({"kind": kind} if kind else {}),
    )


def choose_kind(session: Session, list_id: int, kind: str, *, now: datetime) -> bool:
    """Have a list looked through as this kind; False if that is no question any more."""
    row = session.get(ChatFile, list_id)
    if row is None or "kinds" not in row.report:
        return False
    report = {name: value for name, value in row.report.items() if name != "kinds"}
    return _move(session, list_id, (FileState.LOOKED,), now=now, state=FileState.SENT, kind=kind, report=report)


def confirm_list(session: Session, list_id: int, *, tell: bool, shown: int, by: str, now: datetime) -> bool:
    """Have a list taken in as it was shown; False if it was decided before. shown: the message that tells how far."""
    row = session.get(ChatFile, list_id)
    if row is None or "rows" not in row.report:
        return False
    report = {**row.report, "tell": tell, "shown": shown, "failures": 0}
    moved = _move(session, list_id, (FileState.LOOKED,), now=now, state=FileState.CONFIRMED, report=report)
    if moved:
        _fact(session, list_id, "confirmed", by=by, now=now)
    return moved


def end_list(
    session: Session,
    list_id: int,
    state: FileState,
    *,
    by: str,
    now: datetime,
    from_states: tuple[FileState, ...] = OPEN,
) -> bool:
    """End a list; False if it was over. Whose it was stays, so that its buttons answer; the rest is forgotten."""
    ended = _move(session, list_id, from_states, now=now, state=state, file_sealed=_NOTHING, name_sealed=_NOTHING)
    if ended:
        erase_left_parts(session)  # all of it, unless it is large: then the rest goes soon
        _fact(session, list_id, state.value, by=by, now=now)
    return ended


def note_list_failure(session: Session, list_id: int) -> bool:
    """Count a try that failed for a reason nobody expected; return whether it is to be given up now."""
    row = session.get(ChatFile, list_id)
    if row is None or row.state not in OPEN:
        return False
    failures = int(row.report.get("failures", 0)) + 1
    row.report = {**row.report, "failures": failures}
    return failures >= MOST_FAILURES


def drop_stale_lists(session: Session, *, now: datetime) -> list[int]:
    """End those that nobody decided on for a day, forget those that ended long ago; return the ones ended.

    One that is being taken in goes on: that was decided.
    """
    waiting = (FileState.SENT, FileState.LOOKED)
    query = select(ChatFile.id).where(ChatFile.state.in_(waiting), ChatFile.changed_at <= now - DROPPED_AFTER)
    dropped = [
        list_id
        for list_id in session.scalars(query)
        if end_list(session, list_id, FileState.DROPPED, by="kabar", now=now, from_states=waiting)
    ]
    forgotten = (ChatFile.state.in_(_ENDS), ChatFile.changed_at <= now - _FORGOTTEN_AFTER)
    session.execute(delete(ChatFile).where(*forgotten, ChatFile.id.not_in(select(ListPart.chat_file_id))))
    return dropped


def _move(session: Session, list_id: int, seen: tuple[FileState, ...], *, now: datetime, **values: Any) -> bool:
    moved = (
        update(ChatFile)
        .where(ChatFile.id == list_id, ChatFile.state.in_(seen))
        .values(changed_at=now, found=None, **values)
        .execution_options(synchronize_session=False)
    )
    done = session.execute(moved)
    session.expire_all()
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result has a row count


def _fact(session: Session, list_id: int, what: str, *, by: str, now: datetime) -> None:
    append_fact(session, Happened.LIST_SENT, now=now, by=by, details={"list": list_id, "came_to": what})
