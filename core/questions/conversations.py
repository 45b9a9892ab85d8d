"""Where a chat stands in a conversation, as far as it is not over."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.inbox_tables import Conversation
from core.store.office import seal_of

#: A conversation is over after so long a silence: what it held, maybe a NIK, is forgotten with it.
CONVERSATION_LASTS = timedelta(hours=1)


def conversation(session: Session, key: str, *, now: datetime) -> tuple[str | None, dict[str, Any]]:
    """Return state and data of a conversation; (None, {}) when there is none, or it is over."""
    seal = seal_of(session)
    query = select(Conversation.state, Conversation.data_sealed).where(
        Conversation.key_index == seal.index("conversation", key), Conversation.changed_at > now - CONVERSATION_LASTS
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None, {}
    return row.state, json.loads(seal.open(row.data_sealed)) if row.data_sealed else {}
