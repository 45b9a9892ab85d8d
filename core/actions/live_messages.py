"""Messages that show how far something is: begun by a press, changed while that goes on, and then left as they are.

1. A change is left in the inbox under a key of its own, in the transaction that notes it: a kill finds both or none.
2. Whoever changes one says which state she saw; what was changed meanwhile is looked at again, never changed twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from core.actions.telling import leave_calls
from core.questions.live_messages import Live, key_of, shown_index
from core.store.office import seal_of
from core.store.official_tables import LiveMessage
from core.store.per_database import insert_or


def follow(session: Session, chat: str, chat_message_id: int, about: str, shown: str, *, now: datetime) -> None:
    """Keep a message up to date from now on, which shows this now. about: a batch, by its name.

    shown: its text and its buttons. The same message may be about something else than before.
    """
    seal = seal_of(session)
    row = {
        "chat_index": seal.index("live chat", chat),
        "chat_sealed": seal.seal(chat),
        "chat_message_id": chat_message_id,
        "about": about,
        "shown_index": shown_index(session, shown),
        "edits": 0,
        "changed_at": now,
    }
    put = insert_or(session, LiveMessage).values(row)
    # Its number of changes goes on: a key that was used once would leave nothing.
    anew = {name: put.excluded[name] for name in ("about", "shown_index", "changed_at")} | {"ended_at": None}
    session.execute(put.on_conflict_do_update(index_elements=["chat_index", "chat_message_id"], set_=anew))


def leave_alone(session: Session, chat: str, chat_message_id: int, *, now: datetime) -> None:
    """Keep a message up to date no longer, because it shows something else now; nothing if it was not."""
    whose = (
        LiveMessage.chat_index == seal_of(session).index("live chat", chat),
        LiveMessage.chat_message_id == chat_message_id,
        LiveMessage.ended_at.is_(None),
    )
    session.execute(update(LiveMessage).where(*whose).values(ended_at=now))


def change(
    session: Session, live: Live, shown: str, call: Mapping[str, Any], *, now: datetime, over: bool = False
) -> bool:
    """Have a message changed by this call to Telegram; return False if somebody changed it meanwhile.

    over: it is the last change.
    """
    values = {"edits": live.edits + 1, "shown_index": shown_index(session, shown), "changed_at": now}
    if not _moved(session, live, **values, ended_at=now if over else None):
        return False
    leave_calls(session, live.account, [dict(call)], key=key_of(live.id, live.edits + 1), now=now)
    return True


def end(session: Session, live: Live, *, now: datetime) -> bool:
    """Leave a message as it is from now on; return False if somebody changed it meanwhile."""
    return _moved(session, live, ended_at=now)


def _moved(session: Session, live: Live, **values: object) -> bool:
    seen = (
        LiveMessage.id == live.id,
        LiveMessage.edits == live.edits,
        LiveMessage.shown_index == live.shown_index,
        LiveMessage.ended_at.is_(None),
    )
    done = session.execute(update(LiveMessage).where(*seen).values(values))
    return isinstance(done, CursorResult) and done.rowcount == 1
