"""After a restore: what was waiting when the backup was made may have been sent since, and nobody here knows.

To tell somebody twice is worse than to ask an operator whom to tell: an SMS costs money, old news sends people on a
wasted trip. So what waited ends "in doubt", like an SMS whose fate nobody can prove, and the operator is shown it.
What residents had written and nobody had answered is forgotten: to act days later on "yes" or "erase" is no answer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, text, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.rules.delivery import Unsure
from core.store.delivery_tables import Attempt, Broadcast, Message, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.words import BroadcastState, MessageState, NoticeState, UpdateState

_WHY = "restored from a backup"
_ON_THEIR_WAY = (MessageState.STARTED, MessageState.WAITING, MessageState.UNSURE)
#: The first schema in which notices wait for an answer.
_ANSWERS_SINCE = "0002"


@dataclass(frozen=True, slots=True)
class Held:
    """notices: ended in doubt. broadcasts: cancelled, because nobody knows how far their telling went.

    updates: messages to the bot that were not answered to their end, and are not any more.
    """

    notices: int
    broadcasts: int
    updates: int


def hold_what_waited(session: Session, *, schema: str, now: datetime, by: str) -> Held:
    """End everything that would leave by itself, and note the restore.

    schema: the newest migration of the restored data, which may be older than this program: only the columns are
    touched that it has.
    """
    waiting = (NoticeState.WAITING, NoticeState.SENDING)
    unanswered = InboxUpdate.state.in_((UpdateState.RECEIVED, UpdateState.DECIDED))
    forgotten = {"state": UpdateState.DONE, "done_at": now, "body_sealed": b"", "replies_sealed": None}
    held = Held(
        _count(session, _ended(Notice, Notice.state.in_(waiting), state=NoticeState.IN_DOUBT, ended_at=now, why=_WHY)),
        _count(session, _ended(Broadcast, Broadcast.state == BroadcastState.PREPARING, state=BroadcastState.CANCELLED)),
        _count(session, _ended(InboxUpdate, unanswered, **forgotten)),
    )
    _count(session, _ended(Attempt, Attempt.ended_at.is_(None), ended_at=now, outcome=Unsure.__name__, code=_WHY))
    # Not failed: a receipt that still comes may say what became of it. Not looked for either: that could send it again.
    _count(session, _ended(Message, Message.state.in_(_ON_THEIR_WAY), state=MessageState.UNSURE, check_at=None))
    if schema >= _ANSWERS_SINCE:
        _count(session, _ended(Notice, Notice.unanswered_at.is_not(None), unanswered_at=None))
    details = {"notices": held.notices, "broadcasts": held.broadcasts, "updates": held.updates}
    append_fact(session, Happened.OFFICE_RESTORED, now=now, by=by, details=details)
    return held


def make_usable(session: Session, schema: str) -> None:
    """Mark which migration restored tables are at; a database without that mark is no office to anybody."""
    session.execute(text("INSERT INTO alembic_version (version_num) VALUES (:schema)"), {"schema": schema})


def _ended(table: Any, which: Any, **values: object) -> Update:
    return update(table).where(which).values(values).execution_options(synchronize_session=False)


def _count(session: Session, change: Update) -> int:
    changed: int = session.execute(change).rowcount  # type: ignore[attr-defined]  # an UPDATE's result has a row count
    return changed
