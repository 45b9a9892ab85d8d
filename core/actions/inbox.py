"""The durable inbox: stored raw, decided in one transaction with everything it changes, then answered, then done.

After a crash a decided update is only answered again, an undecided one is handled from the start; after three
failures an update is set aside and the next goes on.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from core.errors import NotFound, Overtaken, Refused
from core.questions.inbox import OVERSIZED
from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.per_database import insert_or
from core.store.ready import run, run_all, table_of
from core.store.words import UpdateState

#: After so many failures an update is set aside.
MOST_FAILURES = 3
#: A question by NIK stays in the chat for this long.
QUESTION_STAYS = timedelta(hours=1)
_LONGEST_WHY = 60
_FORGOTTEN: dict[str, Any] = {"body_sealed": b"", "replies_sealed": None}
_updates = table_of(InboxUpdate)
_DECIDE = (
    update(_updates)
    .where(_updates.c.id == bindparam("inbox_id"), _updates.c.state == UpdateState.RECEIVED)
    .values(state=UpdateState.DECIDED, replies_sealed=bindparam("replies"))
)
_FINISH = (
    update(_updates)
    .where(_updates.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=UpdateState.DONE, done_at=bindparam("now"), **_FORGOTTEN)
)
_DELETE_LATER = insert(table_of(QuestionToDelete))


class Question(NamedTuple):
    """A chat message that must not stay there; the chat's and the message's numbers are Telegram's."""

    inbox_id: int
    chat_id: int
    message_id: int


def store_updates(session: Session, raw: Sequence[tuple[int, str, str]], *, now: datetime) -> None:
    """Keep raw updates: (update id, person, body as JSON). One that is here already is left as it is."""
    if not raw:
        return
    seal = seal_of(session)
    rows = [
        {
            "update_id": update_id,
            "person_index": seal.index("person", person),
            "body_sealed": seal.seal(body),
            "state": UpdateState.RECEIVED,
            "received_at": now,
            "failures": 0,
            "replies_sent": 0,
        }
        for update_id, person, body in raw
    ]
    session.execute(insert_or(session, InboxUpdate).on_conflict_do_nothing(index_elements=["update_id"]), rows)


def decide(session: Session, inbox_id: int, replies: Sequence[dict[str, Any]], *, now: datetime | None = None) -> None:
    """Note the replies to an update, in the transaction that did everything else it asked for.

    now: from when on they are fresh; None: from when it came. Raises Overtaken when it was decided before, so that
    nothing it asks for happens twice.
    """
    decide_all(session, {inbox_id: replies}, now=now)


def decide_all(
    session: Session, replies: Mapping[int, Sequence[dict[str, Any]]], *, now: datetime | None = None
) -> None:
    """The same for several updates, by our numbers, that one transaction decides."""
    seal = seal_of(session)
    kept = {id_: {"since": now.isoformat(), "calls": calls} if now else calls for id_, calls in replies.items()}
    rows = [{"inbox_id": id_, "replies": seal.seal(json.dumps(content))} for id_, content in kept.items()]
    decided = run_all(session, _DECIDE, rows)
    if decided.rowcount != len(rows):
        numbers = ", ".join(map(str, replies))
        raise Overtaken(f"of update {numbers} in the inbox some was decided already; only its replies are to be sent")


def note_failure(session: Session, inbox_id: int, *, now: datetime, why: str | None = None) -> bool:
    """Count a failed handling; return whether the update is set aside now. why: the kind of error, never its text."""
    row = session.get_one(InboxUpdate, inbox_id)
    row.failures += 1
    row.why = why and why[:_LONGEST_WHY]
    if row.failures < MOST_FAILURES:
        return False
    row.state, row.done_at = UpdateState.SET_ASIDE, now
    return True


def set_aside_oversized(session: Session, inbox_id: int, *, now: datetime) -> bool:
    """Set the stub of an update aside that was too large to be kept; return whether it was not before."""
    return _move(session, [inbox_id], UpdateState.RECEIVED, state=UpdateState.SET_ASIDE, done_at=now, why=OVERSIZED) > 0


def note_replied(session: Session, inbox_id: int, replies_sent: int) -> None:
    """Note that the first so many replies left, so that they are not sent again."""
    session.execute(update(InboxUpdate).where(InboxUpdate.id == inbox_id).values(replies_sent=replies_sent))


def finish_updates(session: Session, inbox_ids: Sequence[int], *, now: datetime) -> None:
    """Every reply to these left: forget what was said, keep that they were here."""
    run(session, _FINISH, ids=list(inbox_ids), now=now)


def overtake(session: Session, inbox_ids: Sequence[int], *, now: datetime) -> int:
    """End updates whose answers are in vain by now, or which nobody needs to read; return how many.

    What they said and were to be answered is forgotten at once.
    """
    waiting = (UpdateState.RECEIVED, UpdateState.DECIDED)
    return _move(session, inbox_ids, *waiting, state=UpdateState.OVERTAKEN, done_at=now, **_FORGOTTEN)


def leave_unread(session: Session, inbox_ids: Sequence[int], *, questions: Sequence[Question], now: datetime) -> int:
    """End updates that nobody needs to read; return how many. questions: of these, what must not stay in the chat."""
    if questions:
        _delete_later(session, questions, now=now)
    return overtake(session, inbox_ids, now=now)


def retry_set_aside(session: Session, inbox_ids: Sequence[int] | None = None) -> int:
    """Have updates that were set aside handled from the start; return how many. None: all of which the content is here.

    Raises NotFound, or Refused when nothing of one is left that could be handled; then none is retried.
    """
    if inbox_ids is None:
        inbox_ids = [row.id for row in _set_aside(session) if _can_retry(row)]
    for row in _named(session, inbox_ids):
        if not _can_retry(row):
            raise Refused(
                f"nothing of update {row.id} was kept, so it cannot be handled; run: kabar inbox drop {row.id}"
            )
    return _move(
        session, inbox_ids, UpdateState.SET_ASIDE, state=UpdateState.RECEIVED, done_at=None, failures=0, why=None
    )


def drop_set_aside(session: Session, inbox_ids: Sequence[int], *, now: datetime) -> int:
    """Forget what updates said that were set aside; return how many. Raises NotFound; then none is dropped."""
    _named(session, inbox_ids)
    return _move(session, inbox_ids, UpdateState.SET_ASIDE, state=UpdateState.DONE, done_at=now, **_FORGOTTEN)


def _named(session: Session, inbox_ids: Sequence[int]) -> list[InboxUpdate]:
    rows = {row.id: row for row in _set_aside(session)}
    for id_ in inbox_ids:
        if id_ not in rows:
            raise NotFound(f"number {id_} is not set aside; see: kabar inbox")
    return [rows[id_] for id_ in inbox_ids]


def _set_aside(session: Session) -> list[InboxUpdate]:
    """Held until the end of the transaction, so that two operators do not retry and drop the same one."""
    query = select(InboxUpdate).where(InboxUpdate.state == UpdateState.SET_ASIDE).order_by(InboxUpdate.id)
    return list(session.scalars(query.with_for_update()))


def _can_retry(row: InboxUpdate) -> bool:
    return row.why != OVERSIZED and row.body_sealed != b""


def _move(session: Session, inbox_ids: Sequence[int], *states: UpdateState, **values: object) -> int:
    moved = update(InboxUpdate).where(InboxUpdate.id.in_(inbox_ids), InboxUpdate.state.in_(states)).values(values)
    done = session.execute(moved.execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0


def delete_later(session: Session, inbox_id: int, chat_id: int, message_id: int, *, now: datetime) -> None:
    """Have a chat message that holds a NIK deleted an hour from now."""
    _delete_later(session, [Question(inbox_id, chat_id, message_id)], now=now)


def _delete_later(session: Session, questions: Sequence[Question], *, now: datetime) -> None:
    seal = seal_of(session)
    rows = [
        {
            "update_id": inbox_id,
            "chat_sealed": seal.seal(str(chat_id)),
            "chat_message_id": message_id,
            "due_at": now + QUESTION_STAYS,
        }
        for inbox_id, chat_id, message_id in questions
    ]
    run_all(session, _DELETE_LATER, rows)


def question_deleted(session: Session, question_id: int) -> None:
    """Forget a question that is gone from the chat, or that can no longer be deleted there."""
    session.execute(delete(QuestionToDelete).where(QuestionToDelete.id == question_id))
