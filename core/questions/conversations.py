"""Where a chat stands in a conversation, as far as it is not over."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.store.inbox_tables import Conversation
from core.store.office import seal_of
from core.store.ready import run, table_of

_conversations = table_of(Conversation).c
_GOING_ON = select(_conversations.state, _conversations.data_sealed).where(
    _conversations.key_index == bindparam("key"), _conversations.changed_at > bindparam("since")
)

#: A conversation is over after so long a silence: what it held, maybe a NIK, is forgotten with it.
CONVERSATION_LASTS = timedelta(hours=1)


def conversation(session: Session, key: str, *, now: datetime) -> tuple[str | None, dict[str, Any]]:
    """Return state and data of a conversation; (None, {}) when there is none, or it is over."""
    seal = seal_of(session)
    since = now - CONVERSATION_LASTS
    row = run(session, _GOING_ON, key=seal.index("conversation", key), since=since).one_or_none()
    if row is None:
        return None, {}
    return row.state, json.loads(seal.open(row.data_sealed)) if row.data_sealed else {}
