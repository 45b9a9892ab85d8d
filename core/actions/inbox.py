"""The durable inbox: stored raw, decided in one transaction with everything it changes, then answered, then done.

After a crash a decided update is only answered again, an undecided one is handled from the start; after three
failures an update is set aside and the next goes on.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from core.errors import Overtaken
from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import seal_of
from core.store.per_database import insert_or
from core.store.words import UpdateState

#: After so many failures an update is set aside.
MOST_FAILURES = 3
#: A question by NIK stays in the chat for this long.
QUESTION_STAYS = timedelta(hours=1)


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


def decide(session: Session, inbox_id: int, replies: Sequence[dict[str, Any]]) -> None:
    """Note the replies to an update, in the transaction that did everything else it asked for.

    Raises Overtaken when it was decided before, so that nothing it asks for happens twice.
    """
    decided = session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.id == inbox_id, InboxUpdate.state == UpdateState.RECEIVED)
        .values(state=UpdateState.DECIDED, replies_sealed=seal_of(session).seal(json.dumps(replies)))
    )
    if decided.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken(f"update {inbox_id} in the inbox was decided already; only its replies are to be sent")


def note_failure(session: Session, inbox_id: int, *, now: datetime) -> bool:
    """Count a failed handling; return whether the update is set aside now."""
    row = session.get_one(InboxUpdate, inbox_id)
    row.failures += 1
    if row.failures < MOST_FAILURES:
        return False
    row.state, row.done_at = UpdateState.SET_ASIDE, now
    return True


def note_replied(session: Session, inbox_id: int, replies_sent: int) -> None:
    """Note that the first so many replies left, so that they are not sent again."""
    session.execute(update(InboxUpdate).where(InboxUpdate.id == inbox_id).values(replies_sent=replies_sent))


def finish_update(session: Session, inbox_id: int, *, now: datetime) -> None:
    """Every reply left: forget what was said, keep that this update was here."""
    session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.id == inbox_id)
        .values(state=UpdateState.DONE, done_at=now, replies_sealed=None, body_sealed=b"")
    )


def delete_later(session: Session, inbox_id: int, chat_id: int, message_id: int, *, now: datetime) -> None:
    """Have a chat message that holds a NIK deleted an hour from now."""
    values = {
        "update_id": inbox_id,
        "chat_sealed": seal_of(session).seal(str(chat_id)),
        "chat_message_id": message_id,
        "due_at": now + QUESTION_STAYS,
    }
    session.execute(insert(QuestionToDelete).values(values))


def question_deleted(session: Session, question_id: int) -> None:
    """Forget a question that is gone from the chat, or that can no longer be deleted there."""
    session.execute(delete(QuestionToDelete).where(QuestionToDelete.id == question_id))
