"""Forgetting what is kept about people who asked: codes of questions, tries at proof, numbers of updates.

Each step looks at the oldest rows only and deletes a bounded number, so it is cheap however long the office runs.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, Select, delete, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.rules.retention import QUESTION_KEPT, SET_ASIDE_KEPT, TRY_KEPT, UPDATE_KEPT
from core.store.inbox_tables import Asked, InboxUpdate, ProofTry, QuestionToDelete
from core.store.words import UpdateState

#: Of each sort, so that one step lasts less than 50 ms.
_MOST_AT_ONCE = 200


def forget_askers(session: Session, *, now: datetime) -> int:
    """Delete some of what is over; return how many rows that were."""
    return (
        _delete_oldest(session, Asked.id, Asked.at <= now - QUESTION_KEPT)
        + _delete_oldest(session, ProofTry.id, ProofTry.at <= now - TRY_KEPT)
        + _delete_updates(session, UpdateState.DONE, before=now - UPDATE_KEPT)
        + _delete_updates(session, UpdateState.OVERTAKEN, before=now - UPDATE_KEPT)
        + _delete_updates(session, UpdateState.SET_ASIDE, before=now - SET_ASIDE_KEPT)
    )


def _delete_updates(session: Session, state: UpdateState, *, before: datetime) -> int:
    """The newest update of all stays: its number must not be given to another while somebody counts from there."""
    in_state = select(InboxUpdate.id).where(InboxUpdate.state == state)
    is_over = (
        (InboxUpdate.done_at <= before)
        & (InboxUpdate.id < select(func.max(InboxUpdate.id)).scalar_subquery())
        & ~exists().where(QuestionToDelete.update_id == InboxUpdate.id)
    )
    return _delete_oldest(session, InboxUpdate.id, is_over, among=in_state)


def _delete_oldest(
    session: Session,
    number: InstrumentedAttribute[int],
    is_over: ColumnElement[bool],
    *,
    among: Select[int] | None = None,
) -> int:
    oldest = (select(number) if among is None else among).order_by(number).limit(_MOST_AT_ONCE)
    deleted = session.execute(
        delete(number.class_).where(number.in_(oldest), is_over).execution_options(synchronize_session=False)
    )
    return deleted.rowcount if isinstance(deleted, CursorResult) else 0
