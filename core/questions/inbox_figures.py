"""How the inbox stands, for the operator: counts, and what could not be handled; never content, never a person."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.inbox import IS_WAITING, OVERSIZED
from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of
from core.store.words import UpdateState

#: In the order in which they are looked for; an update carries one of them.
_KINDS = {
    "message": "message",
    "edited_message": "corrected message",
    "callback_query": "press",
    "my_chat_member": "block or unblock",
}


@dataclass(frozen=True, slots=True)
class InboxFigures:
    """waiting: not answered to their end. oldest: since when the longest waits. overtaken: since the given moment."""

    waiting: int
    oldest: datetime | None
    set_aside: int
    overtaken: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be handled. kind: None when nothing of it is left.

    can_retry: its content is here; that of an oversized one never was, and what a person had erased is gone.
    """

    inbox_id: int
    since: datetime
    kind: str | None
    failures: int
    why: str | None
    can_retry: bool


def inbox_figures(session: Session, *, since: datetime) -> InboxFigures:
    """Return how the inbox stands. since: from when on what was overtaken is counted."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(InboxUpdate.received_at)).where(IS_WAITING).select_from(InboxUpdate)
    ).one()
    ended = select(InboxUpdate.state, func.count()).where(
        (InboxUpdate.state == UpdateState.SET_ASIDE)
        | ((InboxUpdate.state == UpdateState.OVERTAKEN) & (InboxUpdate.done_at >= since))
    )
    counts = Counter({row[0]: row[1] for row in session.execute(ended.group_by(InboxUpdate.state))})
    return InboxFigures(waiting, oldest, counts[UpdateState.SET_ASIDE], counts[UpdateState.OVERTAKEN])


def set_aside_updates(session: Session, *, most: int) -> list[SetAside]:
    """Return what could not be handled, newest first."""
    query = select(InboxUpdate).where(InboxUpdate.state == UpdateState.SET_ASIDE).order_by(InboxUpdate.id.desc())
    return [_set_aside(session, row) for row in session.scalars(query.limit(most))]


def _set_aside(session: Session, row: InboxUpdate) -> SetAside:
    body = json.loads(seal_of(session).open(row.body_sealed)) if row.body_sealed else {}
    kind = next((word for name, word in _KINDS.items() if name in body), None)
    return SetAside(row.id, row.received_at, kind, row.failures, row.why, row.why != OVERSIZED and bool(body))
