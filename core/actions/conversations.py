"""Conversations: kept while they go on, under a keyed index, sealed; and what is said to a chat only now and then."""

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.orm import Session

from core.questions.conversations import CONVERSATION_LASTS
from core.store.inbox_tables import Conversation
from core.store.office import seal_of
from core.store.per_database import insert_into, is_sqlite
from core.store.ready import run, table_of

_ENDED = delete(table_of(Conversation)).where(table_of(Conversation).c.key_index == bindparam("key"))


def keep_conversation(session: Session, key: str, *, state: str | None, data: dict[str, Any], now: datetime) -> None:
    """Note where a conversation stands; without state and data it is over and leaves nothing."""
    index = seal_of(session).index("conversation", key)
    if state is None and not data:
        run(session, _ENDED, key=index)
    else:
        sealed = seal_of(session).seal(json.dumps(data)) if data else None
        _put(session, key_index=index, state=state, data_sealed=sealed, changed_at=now)


def may_say(session: Session, what: str, chat_id: int, *, every: timedelta, now: datetime) -> bool:
    """Whether this was not said to this chat within `every` (at most an hour); counts as said from now on."""
    index = seal_of(session).index("said", f"{what}:{chat_id}")
    said = session.scalar(select(Conversation.changed_at).where(Conversation.key_index == index))
    if said is not None and said > now - every:
        return False
    _put(session, key_index=index, state=None, data_sealed=None, changed_at=now)
    return True


def forget_conversations(session: Session, *, now: datetime) -> None:
    """Delete the conversations that are over."""
    session.execute(delete(Conversation).where(Conversation.changed_at <= now - CONVERSATION_LASTS))


def _put(session: Session, **row: object) -> None:
    run(session, _put_or_change(is_sqlite(session)), **row)


@cache
def _put_or_change(sqlite: bool) -> Executable:
    put = insert_into(Conversation, sqlite=sqlite)
    changed = {name: put.excluded[name] for name in ("state", "data_sealed", "changed_at")}
    return put.on_conflict_do_update(index_elements=["key_index"], set_=changed)
