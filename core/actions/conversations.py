"""Conversations: kept while they go on, under a keyed index, sealed; and what is said to a chat only now and then."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.questions.conversations import CONVERSATION_LASTS
from core.store.inbox_tables import Conversation
from core.store.office import seal_of


def keep_conversation(
    session: Session, key: str, *, state: str | None, data: dict[str, Any] | None, now: datetime
) -> None:
    """Note where a conversation stands; without state and data it is over and leaves nothing."""
    seal = seal_of(session)
    index = seal.index("conversation", key)
    row = session.get(Conversation, index)
    if state is None and not data:
        if row is not None:
            session.delete(row)
            session.flush()
        return
    if row is None:
        row = Conversation(key_index=index)
        session.add(row)
    row.state, row.changed_at = state, now
    row.data_sealed = seal.seal(json.dumps(data)) if data else None
    session.flush()


def may_say(session: Session, what: str, chat_id: int, *, every: timedelta, now: datetime) -> bool:
    """Whether this was not said to this chat within `every` (at most an hour); counts as said from now on."""
    index = seal_of(session).index("said", f"{what}:{chat_id}")
    row = session.get(Conversation, index)
    if row is not None and row.changed_at > now - every:
        return False
    if row is None:
        row = Conversation(key_index=index)
        session.add(row)
    row.changed_at = now
    session.flush()
    return True


def forget_conversations(session: Session, *, now: datetime) -> None:
    """Delete the conversations that are over."""
    session.execute(delete(Conversation).where(Conversation.changed_at <= now - CONVERSATION_LASTS))
